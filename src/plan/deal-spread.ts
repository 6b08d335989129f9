/** How much deals differ in size, from the closed ones whose amounts are known, or as it was measured. */
import type { Pipeline, PlanModel } from './model.ts';

/** Fewer deals than this say little about their spread. */
const ENOUGH_DEALS = 20;

/** Standard deviation ÷ mean, with n − 1, of the amounts of so many won deals. */
export type DealSpread = NonNullable<NonNullable<PlanModel['measured']>['dealSpread']>;

/** Coefficient of variation of the amounts of won deals; 0 where it is not known: every deal is of the deal size. */
export function dealSpread(model: PlanModel): number {
  return knownSpread(model)?.variation ?? 0;
}

/**
 * How much won deals differ: of the pipeline, else as it was measured with the rates. Null where fewer than twenty are
 * known, or quotas count deals.
 */
export function knownSpread({ pipeline, quotaUnit, measured }: PlanModel): DealSpread | null {
  if (quotaUnit === 'deals') return null;
  const spread = pipeline === null ? null : spreadOf(pipeline);
  if (spread !== null) return spread;
  const known = measured?.dealSpread ?? null;
  return known === null || known.deals < ENOUGH_DEALS ? null : known;
}

function spreadOf({ records }: Pipeline): DealSpread | null {
  const amounts = records.flatMap(({ outcome, amount }) =>
    outcome === 'won' && amount !== null && amount > 0 ? [amount] : [],
  );
  if (amounts.length < ENOUGH_DEALS) return null;
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
  const squares = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
  return { variation: Math.sqrt(squares / (amounts.length - 1)) / mean, deals: amounts.length };
}
