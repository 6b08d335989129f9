/** Late rows: the months whose closes nothing brings in time, and what is done about them. */
import type { Clock } from './clock.ts';
import { keyOfCarrier, partShares, territoryKey } from './finest.ts';
import type { Gap } from './pace.ts';
import type { LateRow } from './plan.ts';
import type { PlannedUnit } from './prepare.ts';

/** Below this many closes a gap is the rounding of floats, not a gap. */
const NOTHING = 1e-9;

/**
 * The gaps of a unit by plan month: in proportion to the part of each month's quota that new leads cannot reach.
 * `amountPerClose` is the deal size in minor units; null where quotas are deals.
 */
export function lateRows(planned: PlannedUnit, of: LateOf): LateRow[] {
  const rows: LateRow[] = [];
  const key = keyOfCarrier(planned.carrier, planned.source);
  const [rep, territory] = partShares(planned.carrier, of.clock);
  for (const gap of planned.unit.gaps) {
    if (gap.closes < NOTHING) continue;
    const weights = weightsOf(gap, planned.closes, of.reachable);
    for (let t = gap.first; t <= Math.min(gap.last, of.clock.months - 1); t++) {
      const parts = [
        { key, share: rep[t]! },
        { key: territoryKey(key), share: territory[t]! },
      ];
      for (const part of parts) {
        for (const treated of ['spread', 'reported'] as const) {
          const closes = treated === 'spread' ? gap.caughtUp : gap.closes - gap.caughtUp;
          const value = closes * weights[t - gap.first]! * part.share;
          if (value < NOTHING) continue;
          const amount = of.amountPerClose === null ? null : value * of.amountPerClose;
          rows.push({ key: part.key, month: t, closes: value, amount, treated });
        }
      }
    }
  }
  return rows;
}

export interface LateOf {
  readonly clock: Clock;
  /** Share of each month's closes that new leads can be asked for. */
  readonly reachable: number[];
  readonly amountPerClose: number | null;
}

/** Shares of the gap by month of its year; all on the last active month where no month stands out. */
function weightsOf(gap: Gap, closes: number[], reachable: number[]): number[] {
  const weights: number[] = [];
  for (let t = gap.first; t <= gap.last; t++) weights.push(closes[t]! * (1 - reachable[t]!));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const most = closes.slice(gap.first, gap.last + 1).reduce((largest, value) => Math.max(largest, value), 0);
  if (!(sum > NOTHING * most)) return weights.map((_, index) => (index === gap.until - gap.first ? 1 : 0));
  return weights.map((weight) => weight / sum);
}
