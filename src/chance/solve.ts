/** Finding where a growing function is zero: the quantiles of this room, in the logarithm of their argument. */

/** A growing function at one point. */
export interface Measured {
  /** Its value: below 0 left of the root. −∞ where it is too far left to tell. */
  readonly excess: number;
  readonly slope: number;
  /** Second derivative ÷ slope. */
  readonly bend: number;
}

/**
 * Bracketed Newton with Halley's correction for the bend: each step cubes a small error, so one more step from
 * |excess| < 1e−4 is exact to the last digits. A step that leaves the bracket becomes a bisection.
 * `start` and `highest` (a point known not to lie left of the root, or ∞) are in the units of the argument.
 */
export function solve(start: number, highest: number, measure: (at: number) => Measured): number {
  let low = Number.NEGATIVE_INFINITY;
  let high = highest;
  let at = start;
  for (let round = 0; round < 200; round++) {
    const { excess, slope, bend } = measure(at);
    if (excess < 0) low = at;
    else high = at;
    const step = excess / slope;
    const next = at - step / Math.max(0.5, 1 - (step * bend) / 2);
    if (Math.abs(excess) < 1e-4) return next;
    const inside = next > low && next < high;
    at = inside ? next : Number.isFinite(low + high) ? (low + high) / 2 : at - Math.sign(excess);
  }
  return at;
}
