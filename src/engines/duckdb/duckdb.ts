/** DuckDB, embedded: opened when a history is read, and only then. */
import { error, NOWHERE, type Parsed } from '../../problem.ts';
import type { Cell, Engine, Rows } from '../engine.ts';
import { type Bindings, type Chunk, loadBindings, PACKAGE, type Result } from './bindings.ts';
import { cellReaders } from './read-vectors.ts';

/** How much DuckDB may hold before it writes to disk. */
const MEMORY = '2GB';

/** A database in memory. Errors: `engine_missing` where its package is not installed. */
export async function openDuckDb(): Promise<Parsed<Engine>> {
  const duckdb = loadBindings();
  if (duckdb === null)
    return { value: null, problems: [error('engine_missing', NOWHERE, { package: PACKAGE })] };
  const database = await duckdb.open(':memory:');
  const connection = await duckdb.connect(database);
  await duckdb.query(
    connection,
    `SET preserve_insertion_order = false; SET memory_limit = '${MEMORY}'; SET TimeZone = 'UTC'`,
  );
  return {
    value: {
      rows: async (sql) => rowsOf(duckdb, await duckdb.query(connection, sql)),
      close: () => {
        duckdb.disconnect_sync(connection);
        duckdb.close_sync(database);
      },
    },
    problems: [],
  };
}

async function rowsOf(duckdb: Bindings, result: Result): Promise<Rows> {
  const chunks: Chunk[] = [];
  let count = 0;
  for (;;) {
    const chunk = await duckdb.fetch_chunk(result);
    const size = chunk === null ? 0 : duckdb.data_chunk_get_size(chunk);
    if (chunk === null || size === 0) break;
    chunks.push(chunk);
    count += size;
  }
  const columns = cellReaders(duckdb, result).map((read, index) => {
    const cells = new Array<Cell>(count);
    let at = 0;
    for (const chunk of chunks) {
      const size = duckdb.data_chunk_get_size(chunk);
      read(cells, at, { vector: duckdb.data_chunk_get_vector(chunk, index), size });
      at += size;
    }
    return cells;
  });
  return { columns, count };
}
