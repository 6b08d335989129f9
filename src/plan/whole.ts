/** Whole numbers: the one place where exact goals become records one can count. */

/**
 * The smallest whole number not below `value`, forgiving the last bits of a product of floats:
 * 7 closes at 70 % × 10 % are 100 leads, though 7 / (0.7 × 0.1) is 100.00000000000001.
 */
export function ceilWithTolerance(value: number): number {
  return Math.ceil(value - (1e-9 + 1e-12 * Math.abs(value))) + 0;
}

/** Where in an array a series stands. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/**
 * Whole goals of a series: each the running total rounded up less what was given before. The smallest whole series
 * that never falls below the exact one; under one record too many over the whole series.
 * `[4.25, 3.5, 2.75]` becomes `[5, 3, 3]`. Written into the same stretch of `whole`.
 */
export function wholeSeries(exact: readonly number[], whole: number[], { offset, length }: Stretch): void {
  let total = 0;
  let given = 0;
  for (let index = offset; index < offset + length; index++) {
    total += exact[index]!;
    const upTo = Math.max(given, ceilWithTolerance(total));
    whole[index] = upTo - given;
    given = upTo;
  }
}

/** The whole goals of a series for itself. */
export function wholeOf(exact: readonly number[]): number[] {
  const whole = exact.slice();
  wholeSeries(exact, whole, { offset: 0, length: exact.length });
  return whole;
}
