/** A CSV file of a history → its form: where its header is, what separates its cells, which columns are plain. */
import { basename } from 'node:path';
import {
  type CsvForm,
  dateColumns,
  type HistoryFiles,
  type HistoryLayout,
  isNothing,
} from '../../history/layout.ts';
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import type { TemporaryFile } from '../read.ts';
import { type Decimal, decideDecimal } from '../sheet/decimal.ts';
import type { Delimiter, Row } from '../sheet/records.ts';
import { historyLayout } from './columns.ts';
import type { ColumnsKnown } from './columns-known.ts';
import { allRows, csvHead } from './csv-head.ts';
import type { FoundFile } from './find-files.ts';

/** Rows above the header that may be titles. */
const MOST_TITLES = 20;

export interface CsvReading {
  readonly known: Omit<ColumnsKnown, 'holdsDates'>;
  /** As it was asked for; null: as the amounts say. */
  readonly decimal: Decimal | null;
  /** Copies made on the way, to be removed by whoever asked. */
  readonly copies: TemporaryFile[];
}

/**
 * The form of a CSV file, from its start; a file that is not UTF-8 is copied as such. Errors: those of reading,
 * decoding and of records, `history_columns_unknown`.
 */
export function readCsvForm(file: FoundFile, { known, copies, decimal }: CsvReading): Parsed<HistoryFiles> {
  const head = csvHead(file, copies);
  if (head.value === null) return { value: null, problems: head.problems };
  const { rows, delimiter, opened, size, isWhole } = head.value;
  for (const [index, row] of rows.slice(0, MOST_TITLES).entries()) {
    const below = rows.slice(index + 1);
    const layout = historyLayout(row.cells, {
      ...known,
      holdsDates: holdsDatesIn(below.map(({ cells }) => cells)),
    });
    if (layout === null) continue;
    const rest = (): readonly Row[] =>
      isWhole ? [] : (allRows({ ...file, opened })?.slice(index + 1) ?? []);
    const sign = decimalOf(below, { path: file.path, delimiter, layout, decimal, rest });
    if (sign.value === null) return { value: null, problems: sign.problems };
    const csv = csvForm(below, {
      ...sign.value,
      delimiter,
      skip: recordsTo(row, rows.slice(0, index)),
      layout,
    });
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

/** How many records end with the header, blank ones too: one over several lines is one. */
function recordsTo(header: Row, before: readonly Row[]): number {
  const newlines = before
    .flatMap(({ cells }) => cells)
    .reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
  return header.line - newlines;
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

interface Cells {
  readonly delimiter: Delimiter;
  readonly layout: HistoryLayout;
}

const cellsIn = (rows: readonly Row[], index: number): string[] =>
  rows.flatMap(({ cells }) => (isNothing(cells[index] ?? '') ? [] : [cells[index]!]));

interface Sign {
  readonly decimal: Decimal;
  /** Whether amounts further down are safe to be read by it as plain numbers. */
  readonly isSure: boolean;
}

interface SignAsked extends Cells {
  readonly path: string;
  readonly decimal: Decimal | null;
  /** All rows, where those of the start are not all. */
  readonly rest: () => readonly Row[];
}

/** The decimal sign of the amounts. Errors: `decimal_ambiguous`, `decimal_conflict`. */
function decimalOf(rows: readonly Row[], asked: SignAsked): Parsed<Sign> {
  const { delimiter, layout } = asked;
  const start = decidedBy(rows, asked);
  if (start.problems.length > 0) return { value: null, problems: start.problems };
  if (start.value !== null) return sureOf(start.value, true);
  // Where semicolons stand between cells a comma may stand in numbers, of which the first rows may have none.
  const isComma = delimiter === ',';
  if (layout.amount === null || (isComma && cellsIn(rows, layout.amount).length > 0))
    return sureOf('point', isComma);
  const all = asked.rest();
  const whole = decidedBy(all, asked);
  if (whole.problems.length > 0) return { value: null, problems: whole.problems };
  return sureOf(whole.value ?? (all.length === 0 && delimiter === ';' ? 'comma' : 'point'), isComma);
}

const sureOf = (decimal: Decimal, isSure: boolean): Parsed<Sign> => ({
  value: { decimal, isSure },
  problems: [],
});

/** Null without problems: nothing decides. */
function decidedBy(rows: readonly Row[], { path, delimiter, layout, decimal }: SignAsked): Parsed<Decimal> {
  const cells = layout.amount === null ? [] : cellsIn(rows, layout.amount);
  const decided = decideDecimal(cells, { delimiter, option: decimal });
  const { conflict, ambiguous } = decided;
  const lineOf = (text: string): number | null =>
    rows.find((row) => row.cells[layout.amount ?? -1] === text)?.line ?? null;
  if (conflict !== null) {
    const { comma, point } = conflict;
    const args = { comma: comma.text, point: point.text, point_line: lineOf(point.text) ?? '' };
    return { value: null, problems: [error('decimal_conflict', at(path, lineOf(comma.text)), args)] };
  }
  if (ambiguous !== null) {
    const { text, asPoint, asComma } = ambiguous;
    const args = { text, as_point: asPoint, as_comma: asComma };
    return { value: null, problems: [error('decimal_ambiguous', at(path, lineOf(text)), args)] };
  }
  return { value: decided.decimal, problems: [] };
}

function csvForm(
  rows: readonly Row[],
  { delimiter, skip, layout, decimal, isSure }: Cells & Sign & { readonly skip: number },
): CsvForm {
  // Ids and names are text, whatever they look like.
  const dated = dateColumns(layout);
  const where = (among: readonly number[], pattern: RegExp, mayBeEmpty = false) =>
    new Set(
      among.filter((index) => {
        const cells = cellsIn(rows, index);
        return cells.length > 0 ? cells.every((cell) => pattern.test(cell)) : mayBeEmpty;
      }),
    );
  const amounts = layout.amount === null ? [] : [layout.amount];
  return {
    delimiter,
    skip,
    // A column of days that has none yet is taken to go on as plainly.
    days: where(dated, PLAIN_DAY, true),
    times: where(dated, PLAIN_TIME),
    numbers: decimal === 'point' && isSure ? where(amounts, PLAIN_NUMBER, delimiter === ',') : new Set(),
    decimal,
  };
}
