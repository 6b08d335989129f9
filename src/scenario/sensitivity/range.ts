/** Ranges: between which two values an input may well lie, and what that rests on. */

/**
 * `measured`: the 80 % interval of a history; `counted`: of counts of records; `spread`: of the amounts of closed deals;
 * `taken`: nothing is known of it, so that a tenth (of a lag a month) to either side stands in.
 */
export type Basis = 'measured' | 'counted' | 'spread' | 'taken';

/** From the tenth to the ninetieth percentile; `low` ≤ `base` ≤ `high`. */
export interface Range {
  readonly low: number;
  /** What the plan uses. */
  readonly base: number;
  readonly high: number;
  readonly basis: Basis;
}

/** The part of an input that is taken to either side where nothing is known of it. */
export const TAKEN = 0.1;

/** A tenth to either side: 24,000 → 21,600 … 26,400. */
export function takenRange(base: number, atMost = Number.POSITIVE_INFINITY): Range {
  return {
    low: base * (1 - TAKEN),
    base,
    high: Math.max(base, Math.min(atMost, base * (1 + TAKEN))),
    basis: 'taken',
  };
}
