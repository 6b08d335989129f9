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

/** What an engine says of what it was given to read, in short; null where the fault is ours. */
export function refusalOf(fault: unknown): string | null {
  if (!(fault instanceof Error)) return null;
  const refused = /^(?:Conversion|Invalid Input|IO|CSV|Out of Memory|Serialization) Error: (.*)/is.exec(
    fault.message,
  );
  if (refused === null) return null;
  const lines = refused[1]!.split('\n').map((line) => line.trim());
  const [first = '', ...rest] = lines.filter((line) => line !== '' && !/^(Original Line|LINE \d)/.test(line));
  // Where it is, then what it is.
  const what = /^CSV Error on Line: \d+$/.test(first) ? rest[0] : undefined;
  return (what === undefined ? first : `${first.replace('CSV Error on Line:', 'line')}: ${what}`).slice(
    0,
    200,
  );
}
