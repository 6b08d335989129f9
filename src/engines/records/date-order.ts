/** In which order the numbers of dates stand, told from dates in the files. */
import { dateColumns, type HistoryFiles } from '../../history/layout.ts';
import type { Parsed } from '../../problem.ts';
import { type Engine, quoted } from '../engine.ts';
import { type CellReading, typeOf } from './cell-sql.ts';
import { tableOf } from './file-tables.ts';

/** Decides the order of numeric dates from some of them; null where there are none. */
export type OrderOf = (texts: readonly string[]) => Parsed<CellReading['dateOrder']>;

/** Order of the numeric dates in columns that are read as text. Errors: those of `orderOf`. */
export async function dateOrderIn(
  engine: Engine,
  files: readonly HistoryFiles[],
  { isTyped, orderOf }: Pick<CellReading, 'isTyped'> & { readonly orderOf: OrderOf },
): Promise<Parsed<CellReading['dateOrder']>> {
  const texts: string[] = [];
  for (const of of files) {
    const sql = numericDatesSql(of, isTyped);
    if (sql !== null) texts.push(...((await engine.rows(sql)).columns[0] as string[]));
  }
  return orderOf(texts);
}

/** With a time behind it or without. */
const NUMERIC = String.raw`^\s*(\d{1,2}[./-]\d{1,2}[./-]\d{2,4})([\s T,].*)?$`;

/** Numeric dates that stand in columns of days read as text, so that their order can be told; null without any. */
function numericDatesSql(files: HistoryFiles, isTyped: boolean): string | null {
  const columns = dateColumns(files.layout).filter((index) => !isTyped || typeOf(files, index) === 'VARCHAR');
  if (columns.length === 0) return null;
  const table = tableOf(files, { isTyped });
  const of = (index: number): string =>
    `SELECT DISTINCT regexp_extract(c${index}, ${quoted(NUMERIC)}, 1) AS day FROM ${table} WHERE regexp_matches(c${index}, ${quoted(NUMERIC)})`;
  return `${[...new Set(columns)].map(of).join(' UNION ')} ORDER BY day LIMIT 20000`;
}
