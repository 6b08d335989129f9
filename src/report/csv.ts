/** CSV as other systems read it: bare numbers, a dot for decimals, quotes only where they must be. */

/** A cell, quoted where it must be. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Objects of the same keys as a header and a line each; null is an empty cell. */
export function* csvTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  options: CsvTable,
): Iterable<string> {
  yield `${options.bom ? '\uFEFF' : ''}${options.columns.join(',')}\n`;
  for (const row of rows) {
    const cells = options.columns.map((column) => row[column] ?? '');
    yield `${cells.map((value) => csvCell(String(value))).join(',')}\n`;
  }
}

export interface CsvTable {
  readonly columns: readonly string[];
  /** A byte order mark, for Excel. */
  readonly bom: boolean;
}
