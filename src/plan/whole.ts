/** Whole numbers: the one place where exact goals become records one can count. */

/**
 * The smallest whole number not below `value`, forgiving the last bits of a product of floats:
 * 7 closes at 70 % × 10 % are 100 leads, though 7 / (0.7 × 0.1) is 100.00000000000001.
 */
export function ceilWithTolerance(value: number): number {
  return Math.ceil(value - (1e-9 + 1e-12 * Math.abs(value))) + 0;
}

/**
 * Whole goals of a series: each the running total rounded up less what was given before. The smallest whole series
 * that never falls below the exact one; under one record too many over the whole series.
 * `[4.25, 3.5, 2.75]` becomes `[5, 3, 3]`. NaN (no goal) stays NaN and counts 0.
 */
export function wholeSeries(exact: ArrayLike<number>): Float64Array {
  const whole = new Float64Array(exact.length);
  let total = 0;
  let given = 0;
  for (let t = 0; t < exact.length; t++) {
    const value = exact[t]!;
    if (Number.isNaN(value)) {
      whole[t] = Number.NaN;
      continue;
    }
    total += value;
    const upTo = ceilWithTolerance(total);
    whole[t] = Math.max(0, upTo - given);
    given = Math.max(given, upTo);
  }
  return whole;
}
