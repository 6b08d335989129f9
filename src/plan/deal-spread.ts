/** How much deals differ in size, from the closed ones whose amounts are known. */
import type { PlanModel } from './model.ts';

/** Fewer deals than this say little about their spread. */
const ENOUGH_DEALS = 20;

/**
 * Coefficient of variation of the amounts of won deals: standard deviation ÷ mean, with n − 1. 0 where fewer than
 * twenty are known, or quotas count deals: then every deal is taken to be of the deal size.
 */
export function dealSpread({ pipeline, quotaUnit }: PlanModel): number {
  if (pipeline === null || quotaUnit === 'deals') return 0;
  const amounts = pipeline.records.flatMap(({ outcome, amount }) =>
    outcome === 'won' && amount !== null && amount > 0 ? [amount] : [],
  );
  if (amounts.length < ENOUGH_DEALS) return 0;
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
  const squares = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
  return Math.sqrt(squares / (amounts.length - 1)) / mean;
}
