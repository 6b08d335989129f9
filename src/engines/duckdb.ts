/** DuckDB, embedded: opened when a history is read, and only then. */
import { createRequire } from 'node:module';
import { error, NOWHERE, type Parsed } from '../problem.ts';
import type { Cell, Engine, Rows } from './engine.ts';

const PACKAGE = '@duckdb/node-api';

/** How much DuckDB may hold before it writes to disk. */
const MEMORY = '2GB';

/** A database in memory. Errors: `engine_missing` where its package is not installed. */
export async function openDuckDb(): Promise<Parsed<Engine>> {
  const duckdb = loadPackage();
  if (duckdb === null)
    return { value: null, problems: [error('engine_missing', NOWHERE, { package: PACKAGE })] };
  const instance = await duckdb.DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `SET preserve_insertion_order = false; SET memory_limit = '${MEMORY}'; SET TimeZone = 'UTC'`,
  );
  return {
    value: {
      rows: async (sql) => {
        const reader = await connection.runAndReadAll(sql);
        const none = Array.from({ length: reader.columnCount }, (): Cell[] => []);
        const count = reader.currentRowCount;
        return { columns: count === 0 ? none : (reader.getColumnsJS() as Cell[][]), count } satisfies Rows;
      },
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    },
    problems: [],
  };
}

type DuckDb = typeof import('@duckdb/node-api');

/** Loaded where it is asked for: it takes longer to start than everything else. */
function loadPackage(): DuckDb | null {
  try {
    return createRequire(import.meta.url)(PACKAGE) as DuckDb;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw fault;
  }
}
