/** Spreading the quota of a quarter or year over its months, to the cent. */
import { apportion } from './apportion.ts';

/** One way to weigh the months of a period: seasonality alone, with ramp and presence, by presence alone. */
export interface MonthWeights {
  /** Seasonality of each month. */
  readonly season: readonly number[];
  /** Ramp × days there (Σ over the reps of a team). */
  readonly capacity: readonly number[];
  /** Days there, without ramp. */
  readonly presence: readonly number[];
}

/**
 * The amount (whole minor units) over the months in proportion to season × capacity, the total kept.
 * Where that is 0 for all months, by presence alone; null where nobody is there in any month.
 */
export function spreadKeepingTotal(amount: number, weights: MonthWeights): number[] | null {
  const productive = weights.season.map((season, index) => season * weights.capacity[index]!);
  if (productive.some((weight) => weight > 0)) return apportion(amount, productive);
  if (weights.presence.some((weight) => weight > 0)) return apportion(amount, weights.presence);
  return null;
}

/**
 * The amount over the months by season, total kept, then reduced in each month by ramp and absence and
 * rounded half up. 100,000 a year at 20/20/20/40 % by quarter, start on 1 March: 6,667 · 20,000 · 20,000 · 40,000.
 * Null where nobody is there in any month.
 */
export function spreadReduced(amount: number, weights: MonthWeights): number[] | null {
  if (!weights.presence.some((weight) => weight > 0)) return null;
  const season = weights.season.some((weight) => weight > 0) ? weights.season : weights.season.map(() => 1);
  return apportion(amount, season).map((part, index) => Math.floor(part * weights.capacity[index]! + 0.5));
}
