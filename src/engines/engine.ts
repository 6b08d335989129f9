/** What counts histories: anything that answers SQL. */

export type Cell = string | number | boolean | bigint | null;

/** An answer, column by column. */
export interface Rows {
  readonly columns: readonly (readonly Cell[])[];
  readonly count: number;
}

export interface Engine {
  /** Throws what the engine says where it cannot answer. */
  readonly rows: (sql: string) => Promise<Rows>;
  readonly close: () => void;
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
