/** Conversion rates: shares of records, 0 … 1, never percent. */

/** A share of records between 0 and 1. */
export type Rate = number & { readonly unit: 'rate' };

/**
 * Yield over consecutive transitions: the share of records at the first stage that ever reaches the last.
 * 50 % × 40 % × 25 % = 5 %. Multiplied from first to last, so that the bits do not depend on who asks.
 */
export function yieldOver(rates: readonly number[]): Rate {
  return rates.reduce((product, rate) => product * rate, 1) as Rate;
}
