/** Rows of the table of changes: one for every source, team and rep, with its periods and their sum. */
import { compareKeys, type LineKey } from '../../plan/line.ts';
import {
  type ChangeRow,
  changeOf,
  type Measured,
  measuresOf,
  valueIn,
} from '../../scenario/compare/changes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import { type Pair, pairsOf } from '../../scenario/compare/pairs.ts';
import { type SharedPeriod, sharedPeriods } from '../../scenario/compare/periods.ts';
import { type Selection, selects } from '../selection.ts';

/** What a row counts in all periods together. */
export interface ChangeLine extends Pick<ChangeRow, 'a' | 'b' | 'change' | 'note'> {
  readonly key: LineKey;
  /** What each period changes by, in their order. */
  readonly byPeriod: readonly number[];
}

/** The periods of the table: quarters unless another length is asked for. */
export function shownPeriods({ a, b }: Comparison, { by }: Selection): SharedPeriod[] {
  return sharedPeriods(a, b, by ?? 'quarter');
}

/** The first stage that has goals and the quota; or the stages asked for. */
export function shownMeasures({ a, b, whole }: Comparison, { stages }: Selection): Measured[] {
  const all = measuresOf(a, b);
  if (stages.length > 0) return all.filter((measure) => measure !== null && stages.includes(measure));
  const first = a.head.stages[whole?.stage ?? 0] ?? null;
  return all.filter((measure) => measure === null || measure === first);
}

/** Lines that change, those over all sources and those of sources; the largest change first. */
export function changeLines(comparison: Comparison, selection: Selection, stage: Measured): ChangeLine[] {
  const { a, b } = comparison;
  const periods = shownPeriods(comparison, selection);
  return pairsOf(a, b)
    .filter(({ key }) => selects(selection, key))
    .flatMap((pair) => lineOf(comparison, { pair, stage, periods }) ?? [])
    .sort(
      (first, second) =>
        Math.abs(second.change) - Math.abs(first.change) ||
        restless(second) - restless(first) ||
        compareKeys(first.key, second.key),
    );
}

const restless = ({ byPeriod }: ChangeLine): number =>
  byPeriod.reduce((sum, change) => sum + Math.abs(change), 0);

interface LineOf {
  readonly pair: Pair;
  readonly stage: Measured;
  readonly periods: readonly SharedPeriod[];
}

/** Null where no period changes. */
function lineOf({ a, b }: Comparison, { pair, stage, periods }: LineOf): ChangeLine | null {
  const rows = periods.map((period) => changeOf({ a, b, pair }, stage, period));
  if (rows.every((change) => change === null)) return null;
  const before = totalOf(periods.map((period) => valueIn(a, pair.a, { stage, period: period.a })));
  const after = totalOf(periods.map((period) => valueIn(b, pair.b, { stage, period: period.b })));
  const note = pair.note ?? (before === null ? 'new goal' : after === null ? 'goal gone' : null);
  const change = (after ?? 0) - (before ?? 0);
  const byPeriod = rows.map((of) => of?.change ?? 0);
  return { key: pair.key, a: before, b: after, change, note, byPeriod };
}

/** Null where no period has a value. */
function totalOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
