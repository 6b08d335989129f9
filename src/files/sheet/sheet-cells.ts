/** A sheet's cells → values, each fault with the line and column it stands in. */
import type { Day } from '../../period/day.ts';
import type { Period } from '../../period/fiscal.ts';
import { at, error, type Problem, type ProblemCode, type Where, warning } from '../../problem.ts';
import type { Fault, Reading } from './cell-fault.ts';
import { parseDate } from './date-text.ts';
import { type Amount, parseAmount, parseCount, parseShare, spreadsheetError } from './number-text.ts';
import { periodReader } from './period-text.ts';
import type { Row } from './records.ts';
import type { Sheet } from './sheet-model.ts';

/** A column by our name, or by its position from 0. */
export type CellOf = string | number;

/** Each reads one cell of a row: null where it is missing, or faulty, or the sheet has no such column. */
export interface CellReader {
  text(row: Row, column: CellOf): string | null;
  amount(row: Row, column: CellOf): Amount | null;
  count(row: Row, column: CellOf): number | null;
  share(row: Row, column: CellOf): number | null;
  day(row: Row, column: CellOf): Day | null;
  period(row: Row, column: CellOf): Period | null;
  /** Whether nothing stands there: what tells a missing cell from a faulty one. */
  isMissing(row: Row, column: CellOf): boolean;
  /** Where a cell stands: file, line and field number. */
  placeOf(row: Row, column: CellOf): Where;
  /** A problem at that cell, or at the row where the sheet has no such column; as severe as the sheet's row faults. */
  problemAt(row: Row, column: CellOf, fault: Fault): Problem;
  /** The faults met so far, in the order of reading. */
  readonly problems: readonly Problem[];
}

/** Whether the problems of a file already tell a fault of its cells, once for all: that its dates or numbers contradict. */
function isTold({ headerLine, dateOrder, decimal }: Sheet, code: ProblemCode): boolean {
  if (headerLine === 0) return false;
  return (
    (code === 'date_undecided' && dateOrder === null) || (code === 'number_decimal_style' && decimal === null)
  );
}

function parseText(text: string): Reading<string> {
  const fault = spreadsheetError(text);
  return { value: text === '' || fault ? null : text, fault };
}

/** What errors of a spreadsheet begin with. */
const NUMBER_SIGN = 35;

export function cellReader(sheet: Sheet): CellReader {
  const positions = new Map(sheet.columns.map((column) => [column.name, column.index]));
  const positionOf = (column: CellOf) => (typeof column === 'number' ? column : positions.get(column));
  const problems: Problem[] = [];
  const placeOf = (row: Row, column: CellOf) => {
    const index = positionOf(column);
    return at(sheet.file, row.line, index === undefined ? null : index + 1);
  };
  const problemAt = (row: Row, column: CellOf, fault: Fault) =>
    (sheet.rowFaults === 'error' ? error : warning)(fault.code, placeOf(row, column), fault.arguments);
  const textAt = (row: Row, column: CellOf) => row.cells[positionOf(column) ?? -1] ?? '';
  const read = <Value>(parse: (text: string) => Reading<Value>) => {
    return (row: Row, column: CellOf): Value | null => {
      const { value, fault } = parse(textAt(row, column));
      if (fault && !isTold(sheet, fault.code)) problems.push(problemAt(row, column, fault));
      return value;
    };
  };
  const readText = read(parseText);
  const readDay = read((text) => parseDate(text, sheet.dateOrder));
  // the same days stand in many cells
  const days = new Map<string, Day>();
  return {
    text: (row, column) => {
      const text = textAt(row, column);
      if (text === '') return null;
      return text.charCodeAt(0) === NUMBER_SIGN ? readText(row, column) : text;
    },
    amount: read((text) => parseAmount(text, sheet.decimal)),
    count: read((text) => parseCount(text, sheet.decimal)),
    share: read((text) => parseShare(text, sheet.decimal)),
    day: (row, column) => {
      const text = textAt(row, column);
      const known = days.get(text);
      if (known !== undefined) return known;
      const day = readDay(row, column);
      if (day !== null) days.set(text, day);
      return day;
    },
    period: read(periodReader(sheet.periods)),
    isMissing: (row, column) => textAt(row, column) === '',
    placeOf,
    problemAt,
    problems,
  };
}
