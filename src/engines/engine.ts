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

/** What an engine says of what it was given to read, in a line; null where the fault is ours. */
export function refusalOf(fault: unknown): string | null {
  if (!(fault instanceof Error)) return null;
  const isRefused = /^(Conversion|Invalid Input|IO|CSV|Out of Memory|Serialization) Error/i.test(fault.message);
  return isRefused ? fault.message.split('\n')[0]!.slice(0, 200) : null;
}
