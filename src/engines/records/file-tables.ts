/** Files → a table of cells `c0, c1 …`, one per header. */
import { type HistoryFiles, NOTHING_WRITTEN } from '../../history/layout.ts';
import { quoted } from '../engine.ts';
import { type CellReading, typeOf } from './cell-sql.ts';

/** The table of some files; with the place of each row, as `row`, where it is asked for. */
export function tableOf(
  files: HistoryFiles,
  { isTyped, withRows = false }: Pick<CellReading, 'isTyped'> & { readonly withRows?: boolean },
): string {
  const table = plainTable(files, isTyped);
  return withRows ? `(SELECT *, row_number() OVER () AS row FROM ${table})` : table;
}

function plainTable(files: HistoryFiles, isTyped: boolean): string {
  const paths = `[${files.paths.map(pathLiteral).join(', ')}]`;
  if (files.kind === 'csv') return csvTable(files, { paths, isTyped });
  const cells = files.headers.map((header, index) => `${cellText(header)} AS c${index}`);
  return `(SELECT ${cells.join(', ')} FROM ${reader(files.kind, { paths, headers: files.headers })})`;
}

/** A path as it stands: DuckDB takes `*`, `?` and `[` for a pattern, but not one of them in brackets. */
export function pathLiteral(path: string): string {
  return quoted(path.replace(/[*?[]/g, '[$&]'));
}

/** A cell of JSON or Parquet as text; null where it holds a word for nothing, among them a number that is none. */
export function cellText(header: string): string {
  const text = `CAST("${header.replaceAll('"', '""')}" AS VARCHAR)`;
  return `CASE WHEN ${text} NOT IN (${NOTHING}, 'nan') THEN ${text} END`;
}

/** JSON as it is written: a time that was understood would have lost the zone it names. */
export function reader(
  kind: 'parquet' | 'json',
  { paths, headers }: { readonly paths: string; readonly headers: readonly string[] },
): string {
  if (kind === 'parquet') return `read_parquet(${paths}, union_by_name = true)`;
  const columns = headers.map((header) => `${quoted(header)}: 'VARCHAR'`);
  return `read_json(${paths}, columns = {${columns.join(', ')}})`;
}

function csvTable(files: HistoryFiles, { paths, isTyped }: { paths: string; isTyped: boolean }): string {
  const { delimiter, skip } = files.csv!;
  const columns = files.headers.map(
    (_, index) => `'c${index}': '${isTyped ? typeOf(files, index) : 'VARCHAR'}'`,
  );
  const form = `delim = ${quoted(delimiter)}, quote = '"', escape = '"', header = false, skip = ${skip}, nullstr = [${NOTHING}]`;
  // Short rows, such as the footers of reports, are rows too; the fast way through a file does not know them.
  const lenient = isTyped ? '' : ', null_padding = true, strict_mode = false, parallel = false';
  return `read_csv(${paths}, auto_detect = false, columns = {${columns.join(', ')}}, ${form}${lenient})`;
}

const NOTHING = NOTHING_WRITTEN.map(quoted).join(', ');
