/** What a row of the rates file says of each transition: a share, or counts of the two stages. */
import type { Problem, ProblemArguments, ProblemCode } from '../problem.ts';
import type { Measure } from '../rates/rate-row.ts';
import type { Row } from './sheet/records.ts';
import type { CellReader } from './sheet/sheet-cells.ts';
import type { Sheet } from './sheet/sheet-model.ts';

export interface MeasureContext {
  readonly sheet: Sheet;
  readonly read: CellReader;
  readonly stages: readonly string[];
  /** Index of the first stage of each of the plan's sources; empty where it knows none. */
  readonly startsAt: ReadonlyMap<string, number>;
  readonly problems: Problem[];
}

/** `lead_to_conversation`: the column of shares for a transition. */
export function rateColumn(stages: readonly string[], transition: number): string {
  return `${stages[transition]}_to_${stages[transition + 1]}`;
}

export function shareColumns(stages: readonly string[]): string[] {
  return stages.slice(1).map((_, transition) => rateColumn(stages, transition));
}

/** One share per transition. Errors: `rate_empty`, `rate_zero`, `share_negative`, `share_rate_above_one`. */
export function readShares(context: MeasureContext, row: Row, source: string | null): (Measure | null)[] {
  const { read, stages } = context;
  const columns = shareColumns(stages);
  const first = firstNeeded(context, { source, row, columns });
  return columns.map((column, transition) => {
    const value = read.share(row, column);
    const fault = faultAt(context, row, column);
    const between = { from: stages[transition]!, to: stages[transition + 1]! };
    if (value === null) {
      if (transition >= first && read.isMissing(row, column)) fault('rate_empty', between);
    } else if (value === 0) fault('rate_zero', between);
    else if (value < 0) fault('share_negative', { key: column, text: String(value) });
    else if (value > 1) fault('share_rate_above_one', { ...between, rate: value });
    else return { kind: 'share', value, where: read.placeOf(row, column) };
    return null;
  });
}

/** The counts of the two stages of each transition. Errors: `count_empty`, `rate_above_one`. */
export function readCounts(context: MeasureContext, row: Row, source: string | null): (Measure | null)[] {
  const { read, stages } = context;
  const counts = stages.map((stage) => read.count(row, stage));
  const first = firstNeeded(context, { source, row, columns: stages });
  for (const [stage, name] of stages.entries()) {
    if (stage >= first && counts[stage] === null && read.isMissing(row, name)) {
      faultAt(context, row, name)('count_empty', { stage: name });
    }
  }
  return stages.slice(1).map((to, transition) => {
    const entered = counts[transition] ?? null;
    const converted = counts[transition + 1] ?? null;
    if (entered === null || converted === null) return null;
    if (converted <= entered) {
      return { kind: 'counts', tally: { converted, entered }, where: read.placeOf(row, to) };
    }
    const rate = entered > 0 ? String(Math.round((converted / entered) * 10_000) / 10_000) : 'endless';
    const args = { from: stages[transition]!, to, rate, converted, entered };
    faultAt(context, row, to)('rate_above_one', args);
    return null;
  });
}

/**
 * The first column a row must fill: that of its source's first stage; in a row for all of several sources, the
 * first it does fill.
 */
function firstNeeded(
  { read, startsAt }: MeasureContext,
  of: { readonly source: string | null; readonly row: Row; readonly columns: readonly string[] },
): number {
  if (of.source !== null) return startsAt.get(of.source) ?? 0;
  if (startsAt.size === 0) return 0;
  return Math.max(
    0,
    of.columns.findIndex((column) => !read.isMissing(of.row, column)),
  );
}

function faultAt({ read, problems }: MeasureContext, row: Row, column: string) {
  return (code: ProblemCode, args: ProblemArguments): void => {
    problems.push(read.problemAt(row, column, { code, arguments: args }));
  };
}
