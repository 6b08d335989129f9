/** Bytes → sheet: the header among titles, our columns, data rows, totals, and what was detected on the way. */
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import { type DateOrderDecision, decideDateOrder } from './date-text.ts';
import { type DecimalDecision, decideDecimal } from './decimal.ts';
import { decodeText, type Encoding } from './decode.ts';
import { decidePeriodDateOrder } from './period-text.ts';
import { parseRecords, type Records } from './records.ts';
import { findHeader, type SheetHeader } from './sheet-header.ts';
import type { Note, Sheet, SheetSpec } from './sheet-model.ts';
import { type SortedRows, sortRows } from './sheet-rows.ts';

/**
 * A file as a sheet of its kind. The value is null where the file is no text, no records or has no header that
 * fits; it is there, beside the errors, where only its decimals or dates cannot be decided.
 * Errors: those of `decodeText`, `parseRecords`, `findHeader` and `sortRows`; `no_data_rows`;
 * `decimal_conflict`, `decimal_ambiguous`, `date_order_conflict`, `date_order_ambiguous`.
 */
export function readSheet(bytes: Uint8Array, file: string | null, spec: SheetSpec): Parsed<Sheet> {
  const decoded = decodeText(bytes, file);
  if (!decoded.value) return { value: null, problems: decoded.problems };
  const records = parseRecords(decoded.value.text, file);
  if (!records.value) return { value: null, problems: records.problems };
  const header = findHeader(records.value.rows, spec, file);
  if (!header.value) return { value: null, problems: header.problems };
  const sorted = sortRows(records.value, header.value, { spec, file });
  const found = {
    file,
    encoding: decoded.value.encoding,
    records: records.value,
    header: header.value,
    sorted,
  };
  const { sheet, problems } = decided(found, spec);
  const empty =
    sheet.rows.length === 0 ? [error('no_data_rows', at(file, sheet.headerLine), { kind: spec.kind })] : [];
  return { value: sheet, problems: [...header.problems, ...sorted.problems, ...problems, ...empty] };
}

interface Found {
  readonly file: string | null;
  readonly encoding: Encoding;
  readonly records: Records;
  readonly header: SheetHeader;
  readonly sorted: SortedRows;
}

/** The sheet with its decimal sign and date order, decided from all its cells. */
function decided(found: Found, spec: SheetSpec): { sheet: Sheet; problems: readonly Problem[] } {
  const { file, encoding, header, sorted } = found;
  const { delimiter, blank } = found.records;
  const numbers = cellsIn(sorted, numberColumns(header, spec));
  const dates = cellsIn(sorted, columnsHolding('date', header, spec));
  const months = cellsIn(sorted, columnsHolding('period', header, spec));
  const option = spec.periods.dateOrder;
  const decimal = decideDecimal(numbers.texts, { delimiter, option: spec.decimal });
  const order = decideDateOrder(dates.texts, option);
  const names = header.periodColumns.map((column) => column.header);
  const monthOrder = decidePeriodDateOrder(names.length > 0 ? names : months.texts, option);
  const sheet: Omit<Sheet, 'detected'> = {
    file,
    encoding,
    delimiter,
    decimal: decimal.decimal,
    dateOrder: order.order,
    periods: { ...spec.periods, dateOrder: monthOrder },
    headerLine: header.row.line,
    columns: header.columns,
    periodColumns: header.periodColumns,
    totalColumns: header.totalColumns,
    ignoredColumns: header.ignored.map((index) => header.row.cells[index]!),
    rows: sorted.rows,
    totalRows: sorted.totalRows,
    skipped: {
      titles: header.titles,
      blank,
      footers: sorted.footers.length,
      repeatedHeaders: sorted.repeatedHeaders,
    },
    rowFaults: spec.rowFaults,
  };
  const problems = [...decimalProblems(decimal, numbers, file), ...orderProblems(order, dates, file)];
  return { sheet: { ...sheet, detected: notesOn(sheet, found) }, problems };
}

/** Cells of some columns, column by column, and where the one at a place in that order stands. */
interface ColumnCells {
  readonly texts: readonly string[];
  readonly placeOf: (index: number) => { readonly line: number; readonly column: number };
}

function cellsIn({ rows, totalRows }: SortedRows, columns: readonly number[]): ColumnCells {
  const all = totalRows.length > 0 ? [...rows, ...totalRows] : rows;
  const texts: string[] = [];
  for (const column of columns) for (const row of all) texts.push(row.cells[column] ?? '');
  const placeOf = (index: number) => ({
    line: all[index % all.length]!.line,
    column: columns[Math.floor(index / all.length)]! + 1,
  });
  return { texts, placeOf };
}

function columnsHolding(holds: 'number' | 'date' | 'period', header: SheetHeader, spec: SheetSpec): number[] {
  const names = new Set(spec.wanted.filter((column) => column.holds === holds).map((column) => column.name));
  return header.columns.filter((column) => names.has(column.name)).map((column) => column.index);
}

function numberColumns(header: SheetHeader, spec: SheetSpec): number[] {
  const wide = [...header.periodColumns, ...header.totalColumns].map((column) => column.index);
  return [...columnsHolding('number', header, spec), ...wide];
}

function decimalProblems(decision: DecimalDecision, cells: ColumnCells, file: string | null): Problem[] {
  const { conflict, ambiguous } = decision;
  if (conflict) {
    const { line, column } = cells.placeOf(conflict.comma.index);
    const other = cells.placeOf(conflict.point.index);
    const args = { comma: conflict.comma.text, point: conflict.point.text, point_line: other.line };
    return [error('decimal_conflict', at(file, line, column), args)];
  }
  if (!ambiguous) return [];
  const { line, column } = cells.placeOf(ambiguous.index);
  const args = { text: ambiguous.text, as_point: ambiguous.asPoint, as_comma: ambiguous.asComma };
  return [error('decimal_ambiguous', at(file, line, column), args)];
}

function orderProblems(decision: DateOrderDecision, cells: ColumnCells, file: string | null): Problem[] {
  const { conflict, ambiguous } = decision;
  if (conflict) {
    const { line, column } = cells.placeOf(conflict.dayFirst.index);
    const other = cells.placeOf(conflict.monthFirst.index);
    const args = {
      day_first: conflict.dayFirst.text,
      month_first: conflict.monthFirst.text,
      month_first_line: other.line,
    };
    return [error('date_order_conflict', at(file, line, column), args)];
  }
  if (!ambiguous) return [];
  const { line, column } = cells.placeOf(ambiguous.index);
  const args = {
    text: ambiguous.text,
    as_day_first: ambiguous.asDayFirst,
    as_month_first: ambiguous.asMonthFirst,
  };
  return [error('date_order_ambiguous', at(file, line, column), args)];
}

function notesOn(sheet: Omit<Sheet, 'detected'>, { header, sorted }: Found): Note[] {
  const notes: Note[] = [];
  const say = (when: boolean, code: string, args: Note['arguments']) => {
    if (when) notes.push({ code, arguments: args });
  };
  const { skipped, dateOrder } = sheet;
  say(sheet.encoding !== 'utf-8', 'note_encoding', { encoding: sheet.encoding });
  say(sheet.delimiter !== ',', 'note_delimiter', { delimiter: sheet.delimiter });
  say(sheet.decimal === 'comma', 'note_decimal', { decimal: 'comma' });
  say(dateOrder !== null && dateOrder !== 'ymd', 'note_date_order', { order: dateOrder ?? '' });
  say(sheet.headerLine > 1, 'note_header_line', { line: sheet.headerLine, titles: skipped.titles });
  for (const column of unnamedColumns(header, sorted)) say(true, 'note_column_without_header', { column });
  const footer = sorted.footers[0];
  say(footer !== undefined, 'note_footers', {
    count: skipped.footers,
    line: footer?.line ?? 0,
    text: footer?.cells.find((cell) => cell !== '') ?? '',
  });
  say(skipped.repeatedHeaders > 0, 'note_repeated_headers', { count: skipped.repeatedHeaders });
  return notes;
}

/** Numbers, from 1, of columns that hold something in a data row but have no header. */
function unnamedColumns(header: SheetHeader, { rows }: SortedRows): number[] {
  const unnamed = [...header.row.cells.keys()].filter((index) => header.row.cells[index] === '');
  return unnamed.filter((index) => rows.some((row) => row.cells[index])).map((index) => index + 1);
}
