/** Files → a table of cells `c0, c1 …`, one per header, and what is read out of a cell. */
import { type HistoryFiles, NOTHING_WRITTEN } from '../history/layout.ts';
import { at, error, type Parsed } from '../problem.ts';
import { type Engine, quoted, refusalOf } from './engine.ts';

/** How dates and times in cells are understood. */
export interface CellReading {
  /** Whether cells that look plain are read as what they are; else all are text first, which any cell can be. */
  readonly isTyped: boolean;
  /** Order of numeric dates; null where no file has any. */
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null;
  /** Whose midnight ends a day, for times that name their zone. */
  readonly timezone: string;
}

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
function pathLiteral(path: string): string {
  return quoted(path.replace(/[*?[]/g, '[$&]'));
}

/** A cell of JSON or Parquet as text; null where it holds a word for nothing, among them a number that is none. */
function cellText(header: string): string {
  const text = `CAST("${header.replaceAll('"', '""')}" AS VARCHAR)`;
  return `CASE WHEN ${text} NOT IN (${NOTHING}, 'nan') THEN ${text} END`;
}

/** JSON as it is written: a time that was understood would have lost the zone it names. */
function reader(
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

type CellType = 'DATE' | 'TIMESTAMP' | 'DOUBLE' | 'VARCHAR';

function typeOf({ csv }: HistoryFiles, index: number): CellType {
  if (csv === null) return 'VARCHAR';
  if (csv.days.has(index)) return 'DATE';
  if (csv.times.has(index)) return 'TIMESTAMP';
  return csv.numbers.has(index) ? 'DOUBLE' : 'VARCHAR';
}

/** Expressions over the cells of some files, as typed as they are read. */
export function cellsOf(files: HistoryFiles, reading: CellReading) {
  const kind = (index: number): CellType => (reading.isTyped ? typeOf(files, index) : 'VARCHAR');
  return {
    text: (index: number | null): string =>
      index === null
        ? 'CAST(NULL AS VARCHAR)'
        : kind(index) === 'VARCHAR'
          ? textOf(index)
          : `CAST(c${index} AS VARCHAR)`,
    day: (index: number): string => {
      const type = kind(index);
      if (type === 'DATE') return `c${index}`;
      return type === 'TIMESTAMP' ? `CAST(c${index} AS DATE)` : dayIn(textOf(index), reading);
    },
    number: (index: number | null): string => {
      if (index === null) return 'CAST(NULL AS DOUBLE)';
      return kind(index) === 'DOUBLE' ? `c${index}` : numberIn(textOf(index), files.csv?.decimal ?? 'point');
    },
    /** Whether something stands in a cell that says nothing. */
    isUnread: (index: number, value: string): string =>
      kind(index) === 'VARCHAR' ? `(${textOf(index)} IS NOT NULL AND ${value} IS NULL)` : 'false',
  };
}

const textOf = (index: number): string => `nullif(trim(c${index}), '')`;

/** Dates whose form says which number is which. */
const CLEAR_FORMS = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%Y%m%d',
  ...['%d-%b-%', '%d-%B-%', '%d %b %', '%d %B %', '%d. %b %', '%d. %B %', '%d/%b/%', '%b %d, %', '%B %d, %']
    // Two digits first: four would take 27 for the year 27.
    .flatMap((form) => [`${form}y`, `${form}Y`]),
  '%b %d %Y',
  '%B %d %Y',
  '%Y-%b-%d',
  '%Y %b %d',
];

const NUMERIC_FORMS: Readonly<Record<'dmy' | 'mdy' | 'ymd', readonly string[]>> = {
  dmy: ['%d/%m/%y', '%d/%m/%Y', '%d.%m.%y', '%d.%m.%Y', '%d-%m-%y', '%d-%m-%Y'],
  mdy: ['%m/%d/%y', '%m/%d/%Y', '%m-%d-%y', '%m-%d-%Y', '%d.%m.%y', '%d.%m.%Y'],
  ymd: ['%y/%m/%d', '%y-%m-%d', '%y.%m.%d', '%d.%m.%Y'],
};

const ISO_DAY = String.raw`^\d{4}-\d{1,2}-\d{1,2}$`;
/** Without a time behind it: `3/4/2027 10:15 AM`. */
const AFTER_DAY = String.raw`[ T,]+\d{1,2}:\d{2}.*$`;
const NAMES_ZONE = String.raw`\d{1,2}:\d{2}.*(Z|[A-Z]{3,4}|[A-Z][A-Za-z]+/[A-Za-z_]+|[+-]\d{2}(:?\d{2})?)$`;
const MILLISECONDS = String.raw`^\d{13}$`;

/**
 * The day a text names. A time with its zone is taken to the zone asked for; a time without one is that of the zone.
 * `1767139200000` is milliseconds since 1970.
 */
function dayIn(text: string, { dateOrder, timezone }: CellReading): string {
  const zone = quoted(timezone);
  const forms = [...NUMERIC_FORMS[dateOrder ?? 'dmy'], ...CLEAR_FORMS].map(quoted).join(', ');
  const plain = `regexp_replace(${text}, ${quoted(AFTER_DAY)}, '')`;
  const iso = `CASE WHEN regexp_matches(${plain}, ${quoted(ISO_DAY)}) THEN try_cast(${plain} AS DATE) END`;
  const day = `coalesce(${iso}, CAST(try_strptime(${plain}, [${forms}]) AS DATE))`;
  return [
    'CASE',
    `WHEN ${text} IS NULL THEN NULL`,
    `WHEN regexp_matches(${text}, ${quoted(NAMES_ZONE)})`,
    `THEN CAST(timezone(${zone}, ${momentIn(text, day)}) AS DATE)`,
    `WHEN regexp_matches(${text}, ${quoted(MILLISECONDS)})`,
    `THEN CAST(timezone(${zone}, to_timestamp(CAST(${text} AS DOUBLE) / 1000)) AS DATE)`,
    `ELSE ${day} END`,
  ].join(' ');
}

const CLOCK = String.raw`(\d{1,2}):(\d{2})(:\d{2})?([.]\d+)? *(?:([AaPp][.]?[Mm][.]?)(?: +|$))?([^ ]*)$`;

/** The moment of a time that names its zone: as it stands, or put together from its day, its hour and the rest. */
function momentIn(text: string, day: string): string {
  const part = (place: number): string => `regexp_extract(${text}, ${quoted(CLOCK)}, ${place})`;
  const half = `CASE WHEN lower(${part(5)}) LIKE 'p%' THEN 12 ELSE 0 END`;
  const hour = `CASE WHEN ${part(5)} = '' THEN CAST(${part(1)} AS INTEGER) ELSE CAST(${part(1)} AS INTEGER) % 12 + ${half} END`;
  const clock = `printf('%02d:%s', ${hour}, ${part(2)}) || coalesce(nullif(${part(3)}, ''), ':00')`;
  const named = `CASE WHEN regexp_matches(${part(6)}, '^[A-Z][A-Za-z]') THEN ' ' ELSE '' END || ${part(6)}`;
  const zone = `CASE WHEN ${part(6)} IN ('UTC', 'GMT') THEN 'Z' ELSE ${named} END`;
  return `try_cast(CAST(${day} AS VARCHAR) || ' ' || ${clock} || ${zone} AS TIMESTAMPTZ)`;
}

/** Words and codes of currencies, some of which would pass for an exponent. */
const WORDS = String.raw`\p{L}{2,}`;
const THOUSANDS = '[kKT](EUR|USD|GBP|CHF)|[0-9] ?[kK]$';
const MILLIONS = 'M(EUR|USD|GBP|CHF)|[0-9] ?M$';

/** The number a text shows: `$24,000`, `24.000,50 €`, `(500)`, `45k`, `EUR 12500`, `24 TEUR`. */
function numberIn(text: string, decimal: 'point' | 'comma'): string {
  const bare = `trim(regexp_replace(${text}, ${quoted(WORDS)}, '', 'g'))`;
  const digits = `regexp_replace(${bare}, '[^0-9.,eE+-]', '', 'g')`;
  const plain =
    decimal === 'comma' ? `replace(replace(${digits}, '.', ''), ',', '.')` : `replace(${digits}, ',', '')`;
  const sign = `CASE WHEN ${text} LIKE '(%)' THEN -1 ELSE 1 END`;
  const shows = (form: string): string =>
    `(regexp_matches(${text}, ${quoted(form)}) OR regexp_matches(${bare}, ${quoted(form)}))`;
  const scale = `CASE WHEN ${shows(THOUSANDS)} THEN 1e3 WHEN ${shows(MILLIONS)} THEN 1e6 ELSE 1 END`;
  return `(try_cast(${plain} AS DOUBLE) * ${sign} * ${scale})`;
}

/** With a time behind it or without. */
const NUMERIC = String.raw`^\s*(\d{1,2}[./-]\d{1,2}[./-]\d{2,4})([\s T,].*)?$`;

/** Numeric dates that stand in columns of days read as text, so that their order can be told; null without any. */
export function numericDatesSql(files: HistoryFiles, isTyped: boolean): string | null {
  const { layout, csv } = files;
  const columns = [
    ...layout.stageDates.flat(),
    ...layout.lost,
    layout.created,
    layout.entered,
    layout.closed,
  ].filter(
    (index): index is number =>
      index !== null && !(isTyped && csv !== null && typeOf(files, index) !== 'VARCHAR'),
  );
  if (columns.length === 0) return null;
  const table = tableOf(files, { isTyped });
  const of = (index: number): string =>
    `SELECT DISTINCT regexp_extract(c${index}, ${quoted(NUMERIC)}, 1) AS day FROM ${table} WHERE regexp_matches(c${index}, ${quoted(NUMERIC)})`;
  return `${[...new Set(columns)].map(of).join(' UNION ')} ORDER BY day LIMIT 20000`;
}

/** What stands in the header of a file that is no CSV, in order. Errors: `history_unreadable`. */
export async function headersOf(
  engine: Engine,
  kind: 'parquet' | 'json',
  { opened, path }: { readonly opened: string; readonly path: string },
): Promise<Parsed<TableStart>> {
  try {
    return { value: await tableStart(engine, kind, opened), problems: [] };
  } catch (fault) {
    const cause = refusalOf(fault);
    if (cause === null) throw fault;
    return { value: null, problems: [error('history_unreadable', at(path), { cause })] };
  }
}

async function tableStart(engine: Engine, kind: 'parquet' | 'json', path: string): Promise<TableStart> {
  const auto = kind === 'parquet' ? 'read_parquet' : 'read_json_auto';
  const described = await engine.rows(
    `SELECT column_name FROM (DESCRIBE SELECT * FROM ${auto}(${pathLiteral(path)}))`,
  );
  const headers = described.columns[0] as string[];
  const from = reader(kind, { paths: pathLiteral(path), headers });
  const { columns, count } = await engine.rows(
    `SELECT ${headers.map(cellText).join(', ')} FROM ${from} LIMIT 500`,
  );
  const rows = Array.from({ length: count }, (_, row) => columns.map((column) => String(column[row] ?? '')));
  return { headers, rows };
}

export interface TableStart {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Whether a zone has that name. */
export async function knowsTimezone(engine: Engine, zone: string): Promise<boolean> {
  if (zone === 'UTC') return true;
  const { count } = await engine.rows(`SELECT name FROM pg_timezone_names() WHERE name = ${quoted(zone)}`);
  return count > 0;
}
