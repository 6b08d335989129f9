/**
 * Timing: of the records that get from one stage to a later one, which share gets there how many months after.
 * With the yield (the product of the conversion rates) it is the curve k: k[d] = yield × share[d].
 */

import type { Lag } from './lag.ts';
import { filled } from './series.ts';

/** `share[d]` arrives in the d-th month after; `cumulative[d]` within d months. The shares sum to 1. */
export interface Timing {
  readonly share: number[];
  readonly cumulative: number[];
}

/**
 * The timing over consecutive transitions. Fixed waits are added up before they are cut into months (bucketing
 * each for itself would smear the curve), waits in shares are convolved. No lag at all is a timing of one month.
 */
export function timingOver(lags: readonly (Lag | null)[]): Timing {
  let wait = 0;
  let share: number[] = [1];
  for (const lag of lags) {
    if (lag === null) continue;
    if (lag.kind === 'duration') wait += lag.months;
    else share = convolve(share, lag.shares);
  }
  return timingOf(convolve(share, bucket(wait)));
}

/** Timing with these shares by month waited. */
export function timingOf(shares: readonly number[]): Timing {
  const share = [...shares];
  const cumulative = filled(share.length, 0);
  let sum = 0;
  for (const [month, value] of share.entries()) {
    sum += value;
    cumulative[month] = sum;
  }
  return { share, cumulative };
}

/**
 * A fixed wait of m + f months for records that arrive evenly over a month: 1 − f of them get there in month m
 * after their own, f in month m + 1. 1.25 months → [0, 0.75, 0.25].
 */
function bucket(wait: number): number[] {
  const whole = Math.floor(wait);
  const rest = wait - whole;
  const shares = new Array<number>(whole).fill(0);
  shares.push(1 - rest);
  if (rest > 0) shares.push(rest);
  return shares;
}

function convolve(first: readonly number[], second: readonly number[]): number[] {
  const sum = new Array<number>(first.length + second.length - 1).fill(0);
  for (const [i, left] of first.entries()) {
    for (const [j, right] of second.entries()) sum[i + j] = sum[i + j]! + left * right;
  }
  return sum;
}

/** Share that has arrived by the end of the d-th month after: 0 before the first, 1 past the last. */
export function arrivedBy(timing: Timing, months: number): number {
  if (months < 0) return 0;
  return timing.cumulative[Math.min(months, timing.cumulative.length - 1)]!;
}

/** Months within which the given share has arrived: the smallest d with cumulative[d] ≥ share. */
export function monthsUntil(timing: Timing, share: number): number {
  const wanted = share * timing.cumulative[timing.cumulative.length - 1]! - 1e-12;
  return timing.cumulative.findIndex((value) => value >= wanted);
}
