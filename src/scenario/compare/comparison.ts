/** Plans compared: each later one with the first. */
import type { Grain } from '../../period/fiscal.ts';
import { type Cause, causesOf } from './causes/causes.ts';
import { type ChangeRow, changesOf } from './goals/changes.ts';
import { type LaterGoal, laterGoals } from './goals/later.ts';
import { type LonePeriod, lonePeriods } from './goals/periods.ts';
import { type Whole, wholeOf } from './goals/whole.ts';
import { inputDifferences } from './inputs/input-differences.ts';
import type { InputDifference } from './inputs/input-value.ts';
import { namedAs } from './people/renamed.ts';
import type { Side } from './side.ts';

/** One plan beside the first. */
export interface Comparison {
  /** With the names that its people have in the other. */
  readonly a: Side;
  readonly b: Side;
  readonly inputs: readonly InputDifference[];
  /** Rows that differ by month, quarter and year, the largest change first. */
  readonly changes: readonly ChangeRow[];
  /** Null where the plans have no quarter in common. */
  readonly whole: Whole | null;
  /** Goals of sources that begin after that stage. */
  readonly later: readonly LaterGoal[];
  readonly causes: readonly Cause[];
  /** Quarters and years that only one of them has. */
  readonly lone: readonly LonePeriod[];
}

export function compare(first: Side, b: Side, grains: readonly Grain[]): Comparison {
  const a = namedAs(first, b);
  const whole = wholeOf(a, b);
  return {
    a,
    b,
    inputs: inputDifferences(a, b),
    changes: changesOf(a, b, grains),
    whole,
    later: whole === null ? [] : laterGoals(a, b, whole),
    causes: whole === null ? [] : causesOf(a, b, whole),
    lone: (['quarter', 'year'] as const).flatMap((grain) => lonePeriods(a, b, grain)),
  };
}

/** Whether the two plans are the same in all that is compared. */
export function isUnchanged({ inputs, changes, causes, lone }: Comparison): boolean {
  return inputs.length === 0 && changes.length === 0 && causes.length === 0 && lone.length === 0;
}
