/** A CSV file of a history → its form: where its header is, what separates its cells, which columns are plain. */
import { basename } from 'node:path';
import { type CsvForm, type HistoryFiles, type HistoryLayout, isNothing } from '../../history/layout.ts';
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import { readBytes, readHead, type TemporaryFile, temporaryFile, unzippedHead } from '../read.ts';
import { type Decimal, decideDecimal } from '../sheet/decimal.ts';
import { decodeText } from '../sheet/decode.ts';
import { parseRecords, type Records, type Row } from '../sheet/records.ts';
import { type ColumnsKnown, historyLayout } from './columns.ts';
import type { FoundFile } from './find-files.ts';

/** So much of each file is looked at for its form. */
const LOOKED_AT = 131_072;

/** Rows above the header that may be titles. */
const MOST_TITLES = 20;

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
    const csv = csvForm(below, { delimiter, skip: lastLineOf(row), columns: row.cells.length, layout });
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

/** A header may go over several lines. */
function lastLineOf({ line, cells }: Row): number {
  return line + cells.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
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
  const isZipped = isGzip(read.value.bytes);
  const bytes = isZipped ? unzipped(read.value.bytes) : read.value.bytes;
  if (bytes === null) return unzippable(file);
  const isWhole = !isZipped && bytes.length >= size;
  const decoded = decodeText(isWhole ? bytes : wholeLines(bytes), file.path);
  if (decoded.value === null) return { value: null, problems: decoded.problems };
  const records = recordsOf(decoded.value.text, { path: file.path, isWhole });
  if (records.value === null) return { value: null, problems: records.problems };
  const { rows, delimiter } = records.value;
  const isPlain = decoded.value.encoding === 'utf-8' && !hasLoneReturns(bytes);
  if (isPlain && isZipped === /\.gz$/i.test(file.opened))
    return { value: { opened: file.opened, size, rows, delimiter }, problems: [] };
  const opened = copied(file, copies);
  if (opened === null) return unzippable(file);
  return { value: { opened, size, rows, delimiter }, problems: [] };
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Null where what looks zipped is damaged. */
function unzipped(bytes: Uint8Array): Uint8Array | null {
  try {
    return unzippedHead(bytes);
  } catch {
    return null;
  }
}

function unzippable({ path }: FoundFile): Parsed<never> {
  return {
    value: null,
    problems: [error('history_unreadable', at(path), { cause: 'the gzip file is damaged' })],
  };
}

/** The records of the start of a file; where that ends inside a quoted cell, those before it. */
function recordsOf(text: string, { path, isWhole }: { path: string; isWhole: boolean }): Parsed<Records> {
  const records = parseRecords(text, path);
  const [fault] = records.problems;
  const line = fault?.where.line ?? 1;
  if (isWhole || fault?.code !== 'quote_not_closed' || line < 2) return records;
  const lines = text.split('\n').slice(0, line - 1);
  return parseRecords(`${lines.join('\n')}\n`, path);
}

/** Whether lines end with CR alone, which engines take for one long line. */
function hasLoneReturns(bytes: Uint8Array): boolean {
  const first = bytes.indexOf(0x0d);
  return first >= 0 && bytes[first + 1] !== 0x0a;
}

/** Up to the last line's end, so that no cell and no character is cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

/** The same text in UTF-8, with line feeds; null where it is zipped and damaged. */
function copied(file: FoundFile, copies: TemporaryFile[]): string | null {
  const whole = readBytes(file.opened).value?.bytes ?? new Uint8Array();
  const bytes = isGzip(whole) ? unzipped(whole) : whole;
  if (bytes === null) return null;
  const text = decodeText(bytes, file.path).value?.text ?? '';
  const copy = temporaryFile('history.csv', text);
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
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => !isNothing(cell));
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
    rows.flatMap(({ cells }) => (isNothing(cells[index] ?? '') ? [] : [cells[index]!]));
  const all = Array.from({ length: columns }, (_, index) => index);
  // Ids and names are text, whatever they look like.
  const dated = [
    ...layout.stageDates.flat(),
    ...layout.lost,
    layout.created,
    layout.entered,
    layout.closed,
  ].filter((index) => index !== null);
  const where = (among: readonly number[], pattern: RegExp, mayBeEmpty = false) =>
    new Set(
      among.filter((index) => {
        const cells = cellsOf(index);
        return cells.length > 0 ? cells.every((cell) => pattern.test(cell)) : mayBeEmpty;
      }),
    );
  const numbers = where(layout.amount === null ? [] : [layout.amount], PLAIN_NUMBER, true);
  const others = all
    .filter((index) => !numbers.has(index))
    .flatMap(cellsOf)
    .filter((cell) => /^[^A-Za-z]*\d[^A-Za-z]*$/.test(cell) && !DATE_LIKE.test(cell));
  const decimal: Decimal =
    decideDecimal(others, { delimiter: delimiter as ',', option: null }).decimal ?? 'point';
  return {
    delimiter,
    skip,
    // A column of days that has none yet is taken to go on as plainly.
    days: where(dated, PLAIN_DAY, true),
    times: where(dated, PLAIN_TIME),
    numbers,
    decimal,
  };
}
