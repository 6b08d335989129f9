/** Splitting a whole number: known values, and the laws of largest remainders. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../src/quota/apportion.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('known values', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [100, [1, 2], [33, 67]],
    [10, [1, 1, 1, 1], [3, 3, 2, 2]],
    [7, [0, 1, 0, 1], [0, 4, 0, 3]],
    [1, [0.2, 0.5, 0.3], [0, 1, 0]],
    [5, [0.1, 0.2, 0.3, 0.4], [1, 1, 1, 2]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [0, [1, 2, 3], [0, 0, 0]],
    [42, [3], [42]],
    [42, [], []],
  ])('%j by %j is %j', (total, weights, parts) => {
    expect(apportion(total, weights)).toEqual(parts);
  });

  it('where no part has weight every part is 0', () => {
    expect(apportion(100, [0, 0])).toEqual([0, 0]);
  });

  it('shares of floats that are whole stay whole', () => {
    expect(apportion(1_000_000, [0.1, 0.2, 0.7])).toEqual([100_000, 200_000, 700_000]);
    expect(apportion(1_000_000, [0.7 * 0.1, 0.07, 0.14 / 2])).toEqual([333_334, 333_333, 333_333]);
  });

  it('ties go to the earlier part, also of amounts so large that a remainder has no nine digits', () => {
    // 1, 4 and 4 ninths of it all leave a third of a cent
    expect(apportion(26_062_563, [1, 4, 4])).toEqual([2_895_841, 11_583_361, 11_583_361]);
    expect(apportion(100_000_000_01, [1, 1])).toEqual([50_000_000_01, 50_000_000_00]);
  });
});

describe('laws', () => {
  const total = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 });
  const weight = fc.oneof(
    fc.integer({ min: 0, max: 12 }),
    fc
      .double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true })
      .map((value) => (value < 1e-6 ? 0 : value)),
  );
  const weights = fc.array(weight, { minLength: 1, maxLength: 14 }).filter((parts) => sum(parts) > 0);

  it('parts are whole, add up, and lie within one of the exact share', () => {
    fc.assert(
      fc.property(total, weights, (amount, by) => {
        const parts = apportion(amount, by);
        expect(sum(parts)).toBe(amount);
        const all = sum(by);
        for (const [index, part] of parts.entries()) {
          expect(Number.isInteger(part)).toBe(true);
          expect(Math.abs(part - (amount * by[index]!) / all)).toBeLessThan(1 + 1e-5);
          if (by[index] === 0) expect(part + 0).toBe(0);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('equal weights differ by at most one, the earlier ones have more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.integer({ min: 1, max: 40 }),
        (amount, count) => {
          const parts = apportion(amount, new Array<number>(count).fill(1 / 3));
          expect(parts).toEqual([...parts].sort((first, second) => second - first));
          expect(parts[0]! - parts[count - 1]!).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it('whole weights have the exact largest remainders, ties to the earlier', () => {
    const whole = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), whole, (amount, by) => {
        fc.pre(sum(by) > 0);
        expect(apportion(amount, by)).toEqual(exactly(amount, by));
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });

  it('a larger weight never has the smaller part', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (amount, by) => {
        const parts = apportion(amount, by);
        for (let i = 0; i < by.length; i++)
          for (let j = 0; j < by.length; j++)
            if (by[i]! > by[j]! * (1 + 1e-9)) expect(parts[i]!).toBeGreaterThanOrEqual(parts[j]! - 1);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

/** The same in whole numbers only, nothing rounded on the way. */
function exactly(amount: number, weights: readonly number[]): number[] {
  const all = BigInt(sum(weights));
  const parts = weights.map((weight) => (BigInt(amount) * BigInt(weight)) / all);
  const remainders = weights.map((weight) => (BigInt(amount) * BigInt(weight)) % all);
  let left = amount - Number(parts.reduce((total, part) => total + part, 0n));
  const order = remainders
    .map((remainder, index) => ({ remainder, index }))
    .sort((first, second) => Number(second.remainder - first.remainder) || first.index - second.index);
  for (const { index } of order) {
    if (left === 0) break;
    parts[index]! += 1n;
    left--;
  }
  return parts.map(Number);
}
