/** How much deals differ in size, from the closed ones whose amounts are known, or as it was measured. */
import type { Pipeline, PlanModel } from './model.ts';

/** Fewer deals than this say little about their spread. */
const ENOUGH_DEALS = 20;

/**
 * Coefficient of variation of the amounts of won deals: standard deviation ÷ mean, with n − 1; of the pipeline, else as
 * it was measured with the rates. 0 where fewer than twenty are known, or quotas count deals: then every deal is taken
 * to be of the deal size.
 */
export function dealSpread({ pipeline, quotaUnit, measured }: PlanModel): number {
  if (quotaUnit === 'deals') return 0;
  const spread = pipeline === null ? null : spreadOf(pipeline);
  if (spread !== null) return spread;
  const known = measured?.dealSpread ?? null;
  return known === null || known.deals < ENOUGH_DEALS ? 0 : known.variation;
}

function spreadOf({ records }: Pipeline): number | null {
  const amounts = records.flatMap(({ outcome, amount }) =>
    outcome === 'won' && amount !== null && amount > 0 ? [amount] : [],
  );
  if (amounts.length < ENOUGH_DEALS) return null;
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
  const squares = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
  return Math.sqrt(squares / (amounts.length - 1)) / mean;
}
