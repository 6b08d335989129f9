/** Total rows and columns as a checksum of a sheet: they must agree with what they add up. */
import { at, error, type Problem } from '../../problem.ts';
import { type Amount, parseAmount } from './number-text.ts';
import type { Row } from './records.ts';
import type { Sheet, TotalRow } from './sheet-model.ts';

export interface TotalsCheck {
  /** Null where the sheet has no totals to compare with. */
  readonly agreed: boolean | null;
  readonly problems: readonly Problem[];
}

/** Totals shown to the cent agree to half a cent, those shown in millions to half a million's last digit. */
const HALF_A_CENT = 0.005;

/** Sums of binary fractions differ from the shown decimals by about this share. */
const FLOAT_ERROR = 1e-9;

interface Comparison {
  readonly row: Row;
  readonly index: number;
  readonly total: Amount;
  /** The sums it may stand for; it agrees when one of them does. */
  readonly sums: readonly number[];
}

/**
 * Compares each total row, in the named columns and all period and total columns, with the rows it adds up, and
 * each total column with the periods it covers. A cell that is missing or faulty on either side is not compared.
 * Errors: `total_disagrees`, with what the total says and what the parts add up to.
 */
export function checkTotals(sheet: Sheet, names: readonly string[]): TotalsCheck {
  if (sheet.totalRows.length + sheet.totalColumns.length === 0) return { agreed: null, problems: [] };
  const comparisons = [...byColumn(sheet), ...byRow(sheet, names)];
  const wrong = comparisons.filter(({ total, sums }) => !sums.some((sum) => agrees(total, sum)));
  const problems = wrong.map(({ row, index, total, sums }) =>
    error('total_disagrees', at(sheet.file, row.line, index + 1), {
      text: row.cells[index]!,
      total: total.value,
      sum: toCents(nearest(total.value, sums)),
    }),
  );
  return { agreed: comparisons.length === 0 ? null : wrong.length === 0, problems };
}

function agrees({ value, unit }: Amount, sum: number): boolean {
  const slack = Math.max(unit / 2, HALF_A_CENT) + Math.abs(value) * FLOAT_ERROR;
  return Math.abs(value - sum) <= slack;
}

function nearest(value: number, sums: readonly number[]): number {
  return sums.reduce((best, sum) => (Math.abs(sum - value) < Math.abs(best - value) ? sum : best));
}

function toCents(sum: number): number {
  return Math.round(sum * 100) / 100;
}

/** Total columns, in data rows and total rows alike. */
function byColumn(sheet: Sheet): Comparison[] {
  return sheet.totalColumns.flatMap(({ index, covers }) =>
    [...sheet.rows, ...sheet.totalRows].flatMap((row) => {
      const total = amountAt(sheet, row, index);
      const parts = covers.map((part) => partAt(sheet, row, part));
      if (!total || parts.includes(null)) return [];
      return [{ row, index, total, sums: [sumOf(parts as number[])] }];
    }),
  );
}

/** Total rows. Where nothing says what a row is the total of, it is of all rows or of those since the last total. */
function byRow(sheet: Sheet, names: readonly string[]): Comparison[] {
  const named = sheet.columns.filter((column) => names.includes(column.name));
  const columns = [...named, ...sheet.periodColumns, ...sheet.totalColumns].map((column) => column.index);
  return sheet.totalRows.flatMap((row, position) => {
    const above = sheet.totalRows[position - 1]?.line ?? 0;
    const since = sheet.rows.filter(({ line }) => line > above && line < row.line);
    const scopes = row.within.length > 0 ? [rowsWithin(sheet, row)] : [sheet.rows, since];
    return columns.flatMap((index) => {
      const total = amountAt(sheet, row, index);
      const sums = scopes.map((rows) => columnSum(sheet, rows, index)).filter((sum) => sum !== null);
      return total && sums.length > 0 ? [{ row, index, total, sums }] : [];
    });
  });
}

/** The rows with all the labels of a total; a team's rows include those of teams below it. */
function rowsWithin(sheet: Sheet, { within }: TotalRow): Row[] {
  const labels = within.map(({ index, text }) => ({ index, text: text.toLowerCase() }));
  return sheet.rows.filter((row) =>
    labels.every(({ index, text }) => {
      const cell = row.cells[index]?.toLowerCase() ?? '';
      return cell === text || cell.startsWith(`${text}/`);
    }),
  );
}

/** Null where a cell is faulty, which is told where it is read. */
function columnSum(sheet: Sheet, rows: readonly Row[], index: number): number | null {
  let sum = 0;
  for (const row of rows) {
    const part = partAt(sheet, row, index);
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

function sumOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}

/** A missing part adds nothing; a faulty one is null. */
function partAt(sheet: Sheet, row: Row, index: number): number | null {
  const text = row.cells[index] ?? '';
  if (text === '') return 0;
  return amountAt(sheet, row, index)?.value ?? null;
}

function amountAt(sheet: Sheet, row: Row, index: number): Amount | null {
  return parseAmount(row.cells[index] ?? '', sheet.decimal).value;
}
