/** The rates file: stage counts or shares, for all or per team, rep and source. */
import type { Month } from '../period/month.ts';
import { at, type Problem, type ProblemCode } from '../problem.ts';
import type { Measure, RateRow } from '../rates/rate-row.ts';
import type { Names } from './names.ts';
import { type MeasureContext, readCounts, readShares, shareColumns } from './rate-measures.ts';
import { SCOPE_COLUMNS, type ScopeContext, scopeOf } from './scope-cells.ts';
import type { Row } from './sheet/records.ts';
import { cellReader } from './sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';

/** Columns of a rates file for a funnel of these stages: counts per stage, or a share per transition. */
export function rateColumns(stages: readonly string[]): WantedColumn[] {
  const number = (name: string): WantedColumn => ({ name, holds: 'number', required: false });
  return [
    ...SCOPE_COLUMNS,
    { name: 'from', holds: 'period', required: false },
    { name: 'to', holds: 'period', required: false },
    ...[...stages, ...shareColumns(stages)].map(number),
  ];
}

export interface RatesContext {
  readonly names: Names;
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
  /** Index of the first stage of each source. */
  readonly startsAt: ReadonlyMap<string, number>;
  readonly stages: readonly string[];
}

/** A rate row with the months it counts, where it says them. */
interface WindowedRow extends RateRow {
  readonly window: { readonly first: Month; readonly last: Month } | null;
}

interface Reading extends MeasureContext, ScopeContext {
  readonly problems: Problem[];
  readonly rows: WindowedRow[];
  /** Positions in `rows` by scope. */
  readonly byScope: Map<string, number>;
}

/**
 * Errors: `rates_of_both_kinds`, `rates_without_stages`, `rate_column_missing`, `rate_above_one`, `rate_zero`,
 * `count_empty`, `rate_empty`, `rate_twice`, `rates_need_sources`, `source_unknown`, and the faults of cells.
 */
export function parseRates(sheet: Sheet, context: RatesContext): { rows: RateRow[]; problems: Problem[] } {
  const read = cellReader(sheet);
  const reading: Reading = { ...context, sheet, read, problems: [], rows: [], byScope: new Map() };
  const kind = kindOf(reading);
  if (kind !== null) for (const row of sheet.rows) readRow(reading, row, kind);
  return { rows: reading.rows, problems: [...reading.problems, ...read.problems] };
}

type Kind = 'counts' | 'shares';

/** Whether the sheet holds counts or shares; null, with problems, where it holds both or not enough of either. */
function kindOf(reading: Reading): Kind | null {
  const { sheet, stages, problems, sources, read, startsAt } = reading;
  const bySource = sheet.rows.find((row) => !read.isMissing(row, 'source'));
  if (bySource && sources.length === 0) {
    problems.push(read.problemAt(bySource, 'source', { code: 'rates_need_sources', arguments: {} }));
  }
  const header = at(sheet.file, sheet.headerLine || (sheet.rows[0]?.line ?? null));
  const problem = (code: ProblemCode, args: Problem['arguments'] = {}) => {
    problems.push({ code, severity: sheet.rowFaults, where: header, arguments: args });
    return null;
  };
  const has = (name: string) =>
    sheet.columns.some((column) => column.name === name && isUsed(sheet, column.index));
  const counts = stages.filter(has);
  const shares = shareColumns(stages).filter(has);
  if (counts.length > 0 && shares.length > 0) return problem('rates_of_both_kinds');
  if (counts.length < 2 && shares.length === 0) {
    return problem('rates_without_stages', {
      stages: stages.join(', '),
      shares: shareColumns(stages).join(', '),
      measured: sheet.ignoredColumns.includes('answered_by') ? 'yes' : 'no',
    });
  }
  const first = startsAt.size === 0 ? 0 : Math.min(...startsAt.values());
  const wanted = counts.length > 0 ? stages : shareColumns(stages);
  const missing = wanted.filter((name, index) => index >= first && !has(name));
  for (const column of missing) problem('rate_column_missing', { column });
  if (missing.length > 0) return null;
  return counts.length > 0 ? 'counts' : 'shares';
}

/** Inline rows have every column; only those with something in them count. */
function isUsed(sheet: Sheet, index: number): boolean {
  return sheet.headerLine > 0 || sheet.rows.some((row) => row.cells[index] !== '');
}

function readRow(reading: Reading, row: Row, kind: Kind): void {
  const { read, sheet } = reading;
  const scope = scopeOf(reading, row);
  const measures = (kind === 'shares' ? readShares : readCounts)(reading, row, scope.source);
  const from = read.period(row, 'from');
  const to = read.period(row, 'to');
  const window = from === null || to === null ? null : { first: from.first, last: to.last };
  if (window !== null && window.last < window.first) {
    reading.problems.push(read.problemAt(row, 'from', { code: 'rates_window_backwards', arguments: {} }));
  }
  const made = { ...scope, measures, lastMonth: to?.last ?? null, where: at(sheet.file, row.line), window };
  const key = `${scope.source ?? ''}\u0000${scope.team ?? ''}\u0000${scope.rep ?? ''}`;
  const same = reading.byScope.get(key);
  if (same !== undefined) merge(reading, row, { made, same });
  else reading.byScope.set(key, reading.rows.push(made) - 1);
}

/** Two rows of the same scope are counts of two windows that do not meet, and add up; anything else is twice. */
function merge(reading: Reading, row: Row, { made, same }: { made: WindowedRow; same: number }): void {
  const before = reading.rows[same]!;
  const [first, second] = [before.window, made.window];
  const apart = first !== null && second !== null && (second.first > first.last || second.last < first.first);
  if (!apart || made.measures.some((measure) => measure?.kind === 'share')) {
    const fault = { code: 'rate_twice' as const, arguments: { line: before.where.line ?? 0 } };
    reading.problems.push(reading.read.problemAt(row, firstScopeColumn(made), fault));
    return;
  }
  reading.rows[same] = {
    ...before,
    measures: before.measures.map((measure, transition) => added(measure, made.measures[transition] ?? null)),
    lastMonth: Math.max(first.last, second.last) as Month,
    window: {
      first: Math.min(first.first, second.first) as Month,
      last: Math.max(first.last, second.last) as Month,
    },
  };
}

function added(first: Measure | null, second: Measure | null): Measure | null {
  if (first?.kind !== 'counts' || second?.kind !== 'counts') return first ?? second;
  const entered = first.tally.entered + second.tally.entered;
  const converted = first.tally.converted + second.tally.converted;
  return { ...first, tally: { entered, converted } };
}

function firstScopeColumn({ rep, team, source }: RateRow): string {
  if (rep !== null) return 'rep';
  if (team !== null) return 'team';
  return source !== null ? 'source' : '';
}
