/** DuckDB, embedded: opened when a history is read, and only then. */
import { createRequire } from 'node:module';
import type { DuckDBDataChunk } from '@duckdb/node-api';
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
        const result = await connection.run(sql);
        const columns = Array.from({ length: result.columnCount }, (): Cell[] => []);
        for (const chunk of await result.fetchAllChunks())
          for (const [index, column] of columns.entries())
            readCells(column, { chunk, index, otherwise: duckdb.JSDuckDBValueConverter });
        return { columns, count: columns[0]?.length ?? 0 } satisfies Rows;
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

interface ChunkColumn {
  readonly chunk: DuckDBDataChunk;
  readonly index: number;
  /** Reads cells of any type, one by one. */
  readonly otherwise: DuckDb['JSDuckDBValueConverter'];
}

/** A column of numbers as it lies in memory: a bit per cell tells whether it holds one; none where all do. */
interface NumberVector {
  readonly items: Int32Array | Float64Array;
  readonly validity: { readonly data: BigUint64Array | null; readonly offset: number };
}

/** Adds the cells of a column; those of numbers without asking each what it is, which takes several times as long. */
function readCells(cells: Cell[], { chunk, index, otherwise }: ChunkColumn): void {
  const vector = chunk.getColumnVector(index) as unknown as Partial<NumberVector>;
  const { items, validity } = vector;
  if (!(items instanceof Int32Array || items instanceof Float64Array) || validity === undefined) {
    for (const cell of chunk.convertColumnValues(index, otherwise)) cells.push(cell as Cell);
    return;
  }
  const { data, offset } = validity;
  const words = data === null ? null : new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
  for (let row = 0; row < items.length; row++) {
    const bit = offset + row;
    const isThere = words === null || ((words[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
    cells.push(isThere ? items[row]! : null);
  }
}

/** Loaded where it is asked for: it takes longer to start than everything else. */
function loadPackage(): DuckDb | null {
  try {
    return createRequire(import.meta.url)(PACKAGE) as DuckDb;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw fault;
  }
}
