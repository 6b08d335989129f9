/**
 * DuckDB's own functions, as far as they are used here, by the names they have in C. The classes that its package puts
 * over them take longer to load than all of leadgoal, and read a text several times as slowly.
 */
import { createRequire } from 'node:module';

/** What people install. */
export const PACKAGE = '@duckdb/node-api';

/** What that package stands on. */
const BINDINGS = '@duckdb/node-bindings';

interface Handle<Name extends string> {
  readonly __duckdb_type: Name;
}

export type Result = Handle<'duckdb_result'>;
export type Vector = Handle<'duckdb_vector'>;
type Database = Handle<'duckdb_database'>;
type Connection = Handle<'duckdb_connection'>;
export type Chunk = Handle<'duckdb_data_chunk'>;

export interface Bindings {
  readonly open: (path: string) => Promise<Database>;
  readonly close_sync: (database: Database) => void;
  readonly connect: (database: Database) => Promise<Connection>;
  readonly disconnect_sync: (connection: Connection) => void;
  /** Runs all statements and keeps the result of the last. */
  readonly query: (connection: Connection, sql: string) => Promise<Result>;
  readonly column_count: (result: Result) => number;
  readonly column_type: (result: Result, column: number) => number;
  /** Null after the last. */
  readonly fetch_chunk: (result: Result) => Promise<Chunk | null>;
  readonly data_chunk_get_size: (chunk: Chunk) => number;
  readonly data_chunk_get_vector: (chunk: Chunk, column: number) => Vector;
  readonly vector_get_data: (vector: Vector, bytes: number) => Uint8Array;
  /** Null where no cell is. */
  readonly vector_get_validity: (vector: Vector, bytes: number) => Uint8Array | null;
  /** So many bytes from where a pointer in a buffer leads. */
  readonly get_data_from_pointer: (buffer: ArrayBufferLike, offset: number, bytes: number) => Uint8Array;
}

/** Null where the package is not installed. Loaded where it is asked for: only histories need it. */
export function loadBindings(): Bindings | null {
  try {
    const installed = createRequire(import.meta.url).resolve(PACKAGE);
    return createRequire(installed)(BINDINGS) as Bindings;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw fault;
  }
}
