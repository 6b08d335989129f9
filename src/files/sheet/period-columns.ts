/** The columns of a wide sheet that stand for periods: one each, or a total of finer ones. */
import { MONTHS_IN } from '../../period/fiscal.ts';
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import { periodPart } from './header.ts';
import { decidePeriodDateOrder, type PeriodContext, parsePeriod } from './period-text.ts';
import type { Row } from './records.ts';
import type { PeriodColumn, TotalColumn } from './sheet-model.ts';

export interface PeriodHeaders {
  readonly row: Row;
  /** Positions of the headers that name a period. */
  readonly periods: readonly number[];
}

export interface PeriodColumns {
  readonly finest: readonly PeriodColumn[];
  readonly coarser: readonly TotalColumn[];
}

/**
 * The periods that headers name; a header that cannot be read is an error, and left out.
 * Errors: the faults of `parsePeriod`, `duplicate_period`, `periods_overlap`.
 */
export function periodColumns(
  headers: PeriodHeaders,
  context: PeriodContext,
  file: string | null,
): { readonly value: PeriodColumns; readonly problems: readonly Problem[] } {
  const read = readPeriods(headers, context, file);
  const value = splitByGrain(read.value ?? []);
  return { value, problems: [...read.problems, ...overlaps(value.finest, { line: headers.row.line, file })] };
}

function readPeriods(
  { row, periods }: PeriodHeaders,
  context: PeriodContext,
  file: string | null,
): Parsed<PeriodColumn[]> {
  const headers = periods.map((index) => periodPart(row.cells[index]!));
  const order = decidePeriodDateOrder(headers, context.dateOrder);
  const columns: PeriodColumn[] = [];
  const problems: Problem[] = [];
  for (const [position, index] of periods.entries()) {
    const { value: period, fault } = parsePeriod(headers[position]!, { ...context, dateOrder: order });
    const where = at(file, row.line, index + 1);
    const header = row.cells[index]!;
    if (fault) problems.push(error(fault.code, where, fault.arguments));
    if (!period) continue;
    const same = columns.find(
      (other) => other.period.first === period.first && other.period.last === period.last,
    );
    if (same) problems.push(error('duplicate_period', where, { first: same.header, second: header }));
    else columns.push({ index, header, period });
  }
  return { value: columns, problems };
}

/** Periods that finer ones beside them cover month by month are totals of those. */
function splitByGrain(columns: readonly PeriodColumn[]): { finest: PeriodColumn[]; coarser: TotalColumn[] } {
  const finest: PeriodColumn[] = [];
  const coarser: TotalColumn[] = [];
  const finestFirst = [...columns].sort((a, b) => MONTHS_IN[a.period.grain] - MONTHS_IN[b.period.grain]);
  for (const column of finestFirst) {
    const { first, last, grain } = column.period;
    const inside = finest.filter(({ period }) => period.first >= first && period.last <= last);
    const months = inside.reduce((sum, { period }) => sum + MONTHS_IN[period.grain], 0);
    const { index, header } = column;
    if (months === MONTHS_IN[grain])
      coarser.push({ index, header, covers: inside.map((part) => part.index) });
    else finest.push(column);
  }
  return { finest: finest.sort((a, b) => a.index - b.index), coarser };
}

/** Two periods of which neither is the other's total must not share a month. */
function overlaps(
  columns: readonly PeriodColumn[],
  header: { line: number; file: string | null },
): Problem[] {
  const ordered = [...columns].sort((a, b) => a.period.first - b.period.first || a.index - b.index);
  return ordered.slice(1).flatMap((column, position) => {
    const before = ordered[position]!;
    if (column.period.first > before.period.last) return [];
    const where = at(header.file, header.line, column.index + 1);
    return [error('periods_overlap', where, { first: before.header, second: column.header })];
  });
}
