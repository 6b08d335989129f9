/** What keeps a row of the pipeline out of the plan: a fault in it, or that it was there before. */
import { type Day, formatDay } from '../period/day.ts';
import type { PipelineRecord } from '../plan/model.ts';
import type { Problem, ProblemArguments, ProblemCode } from '../problem.ts';
import type { Dated, Reading } from './pipeline-reading.ts';
import type { Row } from './sheet/records.ts';
import type { Sheet } from './sheet/sheet-model.ts';

/** Whether what the row says cannot be, or cannot be known on the as-of day. */
export function hasFault(reading: Reading, row: Row, dated: Dated): boolean {
  const { read, problems, asOf, stages } = reading;
  const { outcome, stage, amount, since, closeDate, created } = dated;
  const fault = (column: string, code: ProblemCode, args: ProblemArguments = {}) => {
    problems.push(read.problemAt(row, column, { code, arguments: args }));
    return true;
  };
  if (outcome === 'lost') return false;
  if (amount !== null && amount < 0) return fault('amount', 'pipeline_amount_negative');
  if (outcome === 'won' && closeDate === null) return fault('close_date', 'pipeline_closed_without_date');
  const isDeal = outcome === 'won' || stage === stages.length - 2 || closeDate !== null;
  if (amount === null && isDeal)
    return fault('amount', 'pipeline_amount_empty', { column: columnOf(reading, 'amount') });
  if (asOf === null) return false;
  const known = outcome === 'won' ? closeDate : latest(created, since);
  if (known === null || known <= asOf) return false;
  const column =
    outcome === 'won' ? dayColumn(reading, row, outcome) : known === since ? 'stage_since' : 'created';
  return fault(column, 'pipeline_after_as_of', {
    what: column,
    day: formatDay(known),
    as_of: formatDay(asOf),
  });
}

/** The header of a column; empty where the file has none. */
function columnOf({ sheet }: Reading, name: string): string {
  return sheet.columns.find((column) => column.name === name)?.header ?? '';
}

function latest(first: Day | null, second: Day | null): Day | null {
  return first === null || (second !== null && second > first) ? second : first;
}

/** Where the day stands on which a record closed, or is to: some CRMs keep the day it was to beside the day it did. */
export function dayColumn({ read }: Reading, row: Row, outcome: PipelineRecord['outcome']): string {
  return outcome === 'won' && !read.isMissing(row, 'won_date') ? 'won_date' : 'close_date';
}

interface Among {
  readonly record: PipelineRecord;
  readonly records: PipelineRecord[];
}

/** A second record of the same id is left out; where it is closed and the first is open, it takes its place. */
export function isTwice({ read, seen, problems }: Reading, row: Row, { record, records }: Among): boolean {
  if (record.id === null) return false;
  const before = seen.get(record.id);
  if (before === undefined) {
    seen.set(record.id, records.length);
    return false;
  }
  const first = records[before]!;
  const line = first.where.line ?? 0;
  const isLater = first.outcome === 'open' && record.outcome !== 'open';
  problems.push(read.problemAt(row, 'id', { code: 'pipeline_twice', arguments: { id: record.id, line } }));
  if (isLater) records[before] = record;
  return true;
}

/** Open records of which nobody knows since when they are where they are: one warning for all. */
export function withoutAge(sheet: Sheet, records: readonly PipelineRecord[]): Problem[] {
  const ageless = records.filter(({ outcome, since }) => outcome === 'open' && since === null);
  if (ageless.length === 0) return [];
  const args = { count: ageless.length };
  return [
    { code: 'pipeline_age_unknown', severity: sheet.rowFaults, where: ageless[0]!.where, arguments: args },
  ];
}
