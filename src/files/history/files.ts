/** What a history is read from: files, folders, patterns and standard input → files of one header each. */
import { basename, dirname, extname, join } from 'node:path';
import type { CsvForm, HistoryFiles, HistoryLayout } from '../../history/layout.ts';
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import type { Input } from '../input.ts';
import {
  filesIn,
  hashOfFile,
  readBytes,
  readHead,
  STANDARD_INPUT,
  type TemporaryFile,
  temporaryFile,
  unzippedHead,
} from '../read.ts';
import { type Decimal, decideDecimal } from '../sheet/decimal.ts';
import { decodeText } from '../sheet/decode.ts';
import { parseRecords, type Row } from '../sheet/records.ts';
import { type ColumnsKnown, historyLayout } from './columns.ts';

/** So much of each file is looked at for its form. */
const LOOKED_AT = 131_072;

/** Rows above the header that may be titles. */
const MOST_TITLES = 20;

const KINDS: Readonly<Record<string, HistoryFiles['kind']>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.parquet': 'parquet',
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
};

export interface FoundFile {
  /** As it was named, or found in a folder that was. */
  readonly path: string;
  /** Its own name, the same wherever it was opened from. */
  readonly name: string;
  /** As it is opened: a copy, where it is no plain text in UTF-8. */
  readonly opened: string;
  readonly kind: HistoryFiles['kind'];
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly inputs: readonly Input[];
  /** Removes copies. */
  readonly close: () => void;
}

function kindOf(path: string): HistoryFiles['kind'] | null {
  const plain = path.replace(/\.gz$/i, '');
  return KINDS[extname(plain).toLowerCase()] ?? null;
}

/** Errors: `history_empty_folder` where nothing there can be read, and those of reading. */
export function findHistoryFiles(names: readonly string[]): Parsed<FoundFiles> {
  const problems: Problem[] = [];
  const copies: TemporaryFile[] = [];
  const files = names.flatMap((name): FoundFile[] => {
    if (name === STANDARD_INPUT) return fromStandardInput(copies, problems);
    const paths = pathsOf(name);
    if (paths.length === 0) problems.push(error('history_nothing_there', at(name), { path: name }));
    return paths.map((path) => ({ path, name: basename(path), opened: path, kind: kindOf(path) ?? 'csv' }));
  });
  const inputs = files.map(({ path, name, opened }) => ({
    path: name,
    shown: path,
    sha256: () => hashOfFile(opened),
  }));
  const close = (): void => {
    for (const copy of copies) copy.remove();
  };
  if (problems.length > 0) close();
  return { value: problems.length > 0 ? null : { files, inputs, close }, problems };
}

function fromStandardInput(copies: TemporaryFile[], problems: Problem[]): FoundFile[] {
  const read = readBytes(STANDARD_INPUT);
  problems.push(...read.problems);
  if (read.value === null) return [];
  const { bytes } = read.value;
  const kind = startsWith(bytes, 'PAR1')
    ? 'parquet'
    : startsWith(bytes, '{') || startsWith(bytes, '[')
      ? 'json'
      : 'csv';
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const copy = temporaryFile(`history.${kind}${isZipped ? '.gz' : ''}`, bytes);
  copies.push(copy);
  return [{ path: STANDARD_INPUT, name: STANDARD_INPUT, opened: copy.path, kind }];
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((character, index) => bytes[index] === character.charCodeAt(0));

/** A file is itself; of a folder the files in it that hold tables; a pattern is those whose name fits. */
function pathsOf(name: string): string[] {
  const inside = filesIn(name);
  if (inside !== null) return inside.filter((file) => kindOf(file) !== null).map((file) => join(name, file));
  const pattern = basename(name);
  if (!/[*?]/.test(pattern)) return [name];
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const fits = new RegExp(`^${escaped}$`);
  return (filesIn(dirname(name)) ?? [])
    .filter((file) => fits.test(file))
    .map((file) => join(dirname(name), file));
}

/** The start of a table: its header and some rows. */
export interface TableHead {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface CsvHead {
  readonly opened: string;
  readonly size: number;
  readonly rows: readonly Row[];
  readonly delimiter: string;
}

/**
 * The form of a CSV file, from its start; a file that is not UTF-8 is copied as such. Errors: those of reading,
 * decoding and of records, `history_columns_unknown`.
 */
export function readCsvForm(
  file: FoundFile,
  { known, copies }: { known: Omit<ColumnsKnown, 'holdsDates'>; copies: TemporaryFile[] },
): Parsed<HistoryFiles> {
  const head = csvHead(file, copies);
  if (head.value === null) return { value: null, problems: head.problems };
  const { rows, delimiter, opened, size } = head.value;
  for (const [index, row] of rows.slice(0, MOST_TITLES).entries()) {
    const below = rows.slice(index + 1);
    const layout = historyLayout(row.cells, {
      ...known,
      holdsDates: holdsDatesIn(below.map(({ cells }) => cells)),
    });
    if (layout === null) continue;
    const csv = csvForm(below, { delimiter, skip: row.line, columns: row.cells.length, layout });
    return {
      value: {
        paths: [opened],
        names: [basename(file.path)],
        bytes: size,
        kind: 'csv',
        headers: row.cells,
        csv,
        layout,
      },
      problems: [],
    };
  }
  return { value: null, problems: [unknownColumns(file.path, rows[0]?.cells ?? [], known)] };
}

export function unknownColumns(
  path: string,
  headers: readonly string[],
  { stages }: Pick<ColumnsKnown, 'stages'>,
): Problem {
  return error('history_columns_unknown', at(path, 1), {
    columns: headers.filter((header) => header !== '').join(', '),
    stages: stages.join(', '),
    first: stages[0] ?? '',
    last: stages.at(-1) ?? '',
  });
}

function csvHead(file: FoundFile, copies: TemporaryFile[]): Parsed<CsvHead> {
  const read = readHead(file.opened, LOOKED_AT);
  if (read.value === null) return { value: null, problems: read.problems };
  const { size } = read.value;
  const isZipped = read.value.bytes[0] === 0x1f && read.value.bytes[1] === 0x8b;
  const bytes = isZipped ? unzippedHead(read.value.bytes) : read.value.bytes;
  const isWhole = !isZipped && bytes.length >= size;
  const decoded = decodeText(isWhole ? bytes : wholeLines(bytes), file.path);
  if (decoded.value === null) return { value: null, problems: decoded.problems };
  const opened = decoded.value.encoding === 'utf-8' ? file.opened : copied(file, copies);
  const records = parseRecords(decoded.value.text, file.path);
  if (records.value === null) return { value: null, problems: records.problems };
  return {
    value: { opened, size, rows: records.value.rows, delimiter: records.value.delimiter },
    problems: [],
  };
}

/** Up to the last line's end, so that no cell and no character is cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

/** The same text in UTF-8. */
function copied(file: FoundFile, copies: TemporaryFile[]): string {
  const whole = readBytes(file.opened);
  const text = whole.value === null ? null : decodeText(whole.value.bytes, file.path).value;
  const copy = temporaryFile('history.csv', text?.text ?? '');
  copies.push(copy);
  return copy.path;
}

const PLAIN_DAY = /^\d{4}-\d\d-\d\d$/;
const PLAIN_TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?$/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const DATE_LIKE =
  /^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- .][^\W\d]{3,9}\.?,?[- .]\d{2,4}|[^\W\d]{3,9}\.? \d{1,2},? \d{4}|\d{8}|\d{13})([ T,].*)?$/u;

/** Whether cells of a column look like dates; one without cells may. */
export function holdsDatesIn(rows: readonly (readonly string[])[]): (index: number) => boolean {
  return (index) => {
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
    return cells.length === 0 || cells.filter((cell) => DATE_LIKE.test(cell)).length * 2 >= cells.length;
  };
}

function csvForm(
  rows: readonly Row[],
  {
    delimiter,
    skip,
    columns,
    layout,
  }: { delimiter: string; skip: number; columns: number; layout: HistoryLayout },
): CsvForm {
  const cellsOf = (index: number): string[] =>
    rows.flatMap(({ cells }) => (cells[index] === undefined || cells[index] === '' ? [] : [cells[index]!]));
  const all = Array.from({ length: columns }, (_, index) => index);
  // A column of days that has none yet is taken to go on as plainly.
  const dated = new Set([
    ...layout.stageDates.flat(),
    ...layout.lost,
    layout.created,
    layout.entered,
    layout.closed,
  ]);
  const where = (pattern: RegExp, mayBeEmpty: (index: number) => boolean = () => false) =>
    new Set(
      all.filter((index) => {
        const cells = cellsOf(index);
        return cells.length > 0 ? cells.every((cell) => pattern.test(cell)) : mayBeEmpty(index);
      }),
    );
  const numbers = where(PLAIN_NUMBER, (index) => index === layout.amount);
  const others = all
    .filter((index) => !numbers.has(index))
    .flatMap(cellsOf)
    .filter((cell) => /^[^A-Za-z]*\d[^A-Za-z]*$/.test(cell) && !DATE_LIKE.test(cell));
  const decimal: Decimal =
    decideDecimal(others, { delimiter: delimiter as ',', option: null }).decimal ?? 'point';
  return {
    delimiter,
    skip,
    days: where(PLAIN_DAY, (index) => dated.has(index)),
    times: where(PLAIN_TIME),
    numbers,
    decimal,
  };
}

/** Files of the same header and form are read as one. */
export function grouped(files: readonly HistoryFiles[]): HistoryFiles[] {
  const groups = new Map<string, HistoryFiles>();
  for (const file of files) {
    const { csv } = file;
    const key = JSON.stringify([file.kind, file.headers, csv?.delimiter, csv?.skip, csv?.decimal]);
    const before = groups.get(key);
    groups.set(key, before === undefined ? file : joined(before, file));
  }
  return [...groups.values()];
}

function joined(first: HistoryFiles, second: HistoryFiles): HistoryFiles {
  const both = (a: ReadonlySet<number>, b: ReadonlySet<number>) =>
    new Set([...a].filter((index) => b.has(index)));
  const csv =
    first.csv === null || second.csv === null
      ? null
      : {
          ...first.csv,
          days: both(first.csv.days, second.csv.days),
          times: both(first.csv.times, second.csv.times),
          numbers: both(first.csv.numbers, second.csv.numbers),
        };
  return {
    ...first,
    paths: [...first.paths, ...second.paths],
    names: [...first.names, ...second.names],
    bytes: first.bytes + second.bytes,
    csv,
  };
}
