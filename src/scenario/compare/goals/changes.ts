/** Goals and quotas of two plans side by side: whatever differs, row by row. */
import type { Grain } from '../../../period/fiscal.ts';
import { compareKeys, type Line, type LineKey } from '../../../plan/line.ts';
import { type PlanPeriod, quotaIn, stageIn } from '../../../plan/row.ts';
import type { Side } from '../side.ts';
import { type Note, type Pair, pairsOf } from './pairs.ts';
import { type SharedPeriod, sharedPeriods } from './periods.ts';

/** What a row counts: records of a stage, or (null) the quota in minor units. */
export type Measured = string | null;

export interface ChangeRow {
  readonly key: LineKey;
  /** Under the name and with the place it has in the first plan. */
  readonly period: PlanPeriod;
  readonly stage: Measured;
  /** Null where that plan has no such row. */
  readonly a: number | null;
  readonly b: number | null;
  /** What the second has more; of a row on one side only, the whole of it. */
  readonly change: number;
  readonly note: Note | null;
  /** As of its pair: the former name, or the other team. */
  readonly was: string | null;
}

const GRAINS: readonly Grain[] = ['month', 'quarter', 'year'];

/** Stages that both plans have, as the first names them, then the quota where both count in the same. */
export function measuresOf(a: Side, b: Side): Measured[] {
  const stages = a.head.stages.filter((stage) => b.head.stages.includes(stage));
  return isSameMoney(a, b) ? [...stages, null] : stages;
}

/** Whether amounts of both are in the same: deals, or money of one currency. */
export function isSameMoney({ head: a }: Side, { head: b }: Side): boolean {
  return a.quotaUnit === b.quotaUnit && (a.quotaUnit === 'deals' || a.currency === b.currency);
}

/** Rows that differ, over the periods both plans have: goals, then quotas, the largest change first. */
export function changesOf(a: Side, b: Side, grains: readonly Grain[] = GRAINS): ChangeRow[] {
  const periods = grains.flatMap((grain) => sharedPeriods(a, b, grain));
  const rows: ChangeRow[] = [];
  for (const pair of pairsOf(a, b)) {
    for (const stage of measuresOf(a, b)) {
      for (const period of periods) {
        const row = changeOf({ a, b, pair }, stage, period);
        if (row !== null) rows.push(row);
      }
    }
  }
  return rows.sort(largestFirst(a.head.stages));
}

interface Between {
  readonly a: Side;
  readonly b: Side;
  readonly pair: Pair;
}

/** One row; null where nothing differs, or where there is nothing on the only side that has it. */
export function changeOf({ a, b, pair }: Between, stage: Measured, period: SharedPeriod): ChangeRow | null {
  const before = valueIn(a, pair.a, { stage, period: period.a });
  const after = valueIn(b, pair.b, { stage, period: period.b });
  const change = (after ?? 0) - (before ?? 0);
  if (before === after || ((before === null || after === null) && change === 0)) return null;
  const begins = before === null ? 'new goal' : after === null ? 'goal gone' : null;
  const { key, was } = pair;
  return { key, period: period.a, stage, a: before, b: after, change, note: pair.note ?? begins, was };
}

/** Whole records, or minor units; null where there is no such line or goal. */
export function valueIn(
  { head }: Side,
  line: Line | null,
  { stage, period }: { readonly stage: Measured; readonly period: PlanPeriod },
): number | null {
  if (line === null) return null;
  const value =
    stage === null
      ? quotaIn(line, period)
      : stageIn(line, 'goals', { stage: head.stages.indexOf(stage), period });
  return Number.isNaN(value) ? null : value;
}

function largestFirst(stages: readonly string[]): (first: ChangeRow, second: ChangeRow) => number {
  const place = ({ stage }: ChangeRow) => (stage === null ? stages.length : stages.indexOf(stage));
  return (first, second) =>
    Number(first.stage === null) - Number(second.stage === null) ||
    Math.abs(second.change) - Math.abs(first.change) ||
    compareKeys(first.key, second.key) ||
    place(first) - place(second) ||
    GRAINS.indexOf(first.period.grain) - GRAINS.indexOf(second.period.grain) ||
    first.period.first - second.period.first;
}
