/** Lags: how long records wait at a stage before they reach the next. */

/**
 * The wait between two neighbouring stages: either every record waits the same number of months,
 * or a share of the records waits 0, 1, 2 … whole months (shares sum to 1).
 */
export type Lag =
  | { readonly kind: 'duration'; readonly months: number }
  | { readonly kind: 'shares'; readonly shares: readonly number[] };

/** Mean wait in months. Shares of 10 % now, 40 % next month, 50 % the month after wait 1.4 months. */
export function meanWait(lag: Lag | null): number {
  if (lag === null) return 0;
  if (lag.kind === 'duration') return lag.months;
  return lag.shares.reduce((sum, share, months) => sum + share * months, 0);
}
