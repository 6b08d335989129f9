/** Plans compared: each later one with the first. */
import type { Grain } from '../../period/fiscal.ts';
import { type Cause, causesOf, type Whole, wholeOf } from './causes.ts';
import { type ChangeRow, changesOf } from './changes.ts';
import { inputDifferences } from './input-differences.ts';
import type { InputDifference } from './input-value.ts';
import { type LonePeriod, lonePeriods } from './periods.ts';
import type { Side } from './side.ts';

/** One plan beside the first. */
export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  readonly inputs: readonly InputDifference[];
  /** Rows that differ by month, quarter and year, the largest change first. */
  readonly changes: readonly ChangeRow[];
  /** Null where the plans have no quarter in common. */
  readonly whole: Whole | null;
  readonly causes: readonly Cause[];
  /** Quarters and years that only one of them has. */
  readonly lone: readonly LonePeriod[];
}

export function compare(a: Side, b: Side, grains: readonly Grain[]): Comparison {
  const whole = wholeOf(a, b);
  return {
    a,
    b,
    inputs: inputDifferences(a, b),
    changes: changesOf(a, b, grains),
    whole,
    causes: whole === null ? [] : causesOf(a, b, whole),
    lone: (['quarter', 'year'] as const).flatMap((grain) => lonePeriods(a, b, grain)),
  };
}

/** Whether the two plans are the same in all that is compared. */
export function isUnchanged({ inputs, changes, causes, lone }: Comparison): boolean {
  return inputs.length === 0 && changes.length === 0 && causes.length === 0 && lone.length === 0;
}
