/** What the plan assumes because nobody said it: closes from records not known, quotas beyond the plan. */
import { filled } from '../funnel/series.ts';
import type { AssumedRow } from './plan.ts';

/** Running sums over the company, by month from the first plan month on. */
export interface Assumed {
  readonly carryIn: Sums;
  readonly quota: Sums;
}

interface Sums {
  readonly closes: number[];
  readonly amount: number[];
}

export function emptyAssumed(horizon: number): Assumed {
  const sums = () => ({ closes: filled(horizon, 0), amount: filled(horizon, 0) });
  return { carryIn: sums(), quota: sums() };
}

/** Adds closes of a month; `amountPerClose` in minor units. */
export function assume(
  sums: Sums,
  month: number,
  of: { closes: number; amountPerClose: number | null },
): void {
  sums.closes[month]! += of.closes;
  sums.amount[month]! += of.amountPerClose === null ? Number.NaN : of.closes * of.amountPerClose;
}

export function assumedRows(assumed: Assumed): AssumedRow[] {
  const rows: AssumedRow[] = [];
  for (const [what, sums] of [['carry_in', assumed.carryIn] as const, ['quota', assumed.quota] as const]) {
    for (let month = 0; month < sums.closes.length; month++) {
      const closes = sums.closes[month]!;
      if (closes < 1e-9) continue;
      const amount = sums.amount[month]!;
      rows.push({ what, month, closes, amount: Number.isNaN(amount) ? null : amount });
    }
  }
  return rows;
}
