/** Whole numbers that add up: known values and the law they keep. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilWithTolerance, wholeOf, wholeSeries } from '../../src/plan/whole.ts';

describe('rounding up', () => {
  it('forgives the last bits of a product of floats', () => {
    expect(7 / (0.7 * 0.1)).toBeGreaterThan(100);
    expect(ceilWithTolerance(7 / (0.7 * 0.1))).toBe(100);
    expect(ceilWithTolerance(3 * 1.1)).toBe(4);
    expect(ceilWithTolerance((0.1 + 0.2) * 10)).toBe(3);
  });

  it('forgives no more than those', () => {
    expect(ceilWithTolerance(100.00001)).toBe(101);
    expect(ceilWithTolerance(1_000_000.0001)).toBe(1_000_001);
  });

  it('keeps whole numbers, and gives no negative zero', () => {
    for (const value of [0, 1, 7, 12_345_678]) expect(ceilWithTolerance(value)).toBe(value);
    expect(Object.is(ceilWithTolerance(1e-12), 0)).toBe(true);
  });

  it('turns a quotient of whole numbers that is whole into that number', () => {
    const rate = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), rate, rate, (records, first, second) => {
        const closes = (records * first * second) / 10_000;
        expect(ceilWithTolerance(closes / ((first / 100) * (second / 100)))).toBe(records);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

describe('a series', () => {
  it.each([
    [
      [4.25, 3.5, 2.75],
      [5, 3, 3],
    ],
    [
      [1.4, 2.2, 3.1],
      [2, 2, 3],
    ],
    [
      [0.35, 0.8, 0.65],
      [1, 1, 0],
    ],
    [
      [0.4, 0.4, 0.4, 0.4, 0.4],
      [1, 0, 1, 0, 0],
    ],
    [[], []],
  ])('%j becomes %j', (exact, whole) => {
    expect(wholeOf(exact)).toEqual(whole);
  });

  it('can be one stretch of many', () => {
    const whole = [9, 9, 9, 9, 9];
    wholeSeries([0.5, 4.25, 3.5, 2.75, 0.5], whole, { offset: 1, length: 3 });
    expect(whole).toEqual([9, 5, 3, 3, 9]);
  });

  it('is never below the exact one in sum, and under one above', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1_000, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(amounts, (exact) => {
        let total = 0;
        let given = 0;
        for (const [month, whole] of wholeOf(exact).entries()) {
          total += exact[month]!;
          given += whole;
          expect(Number.isInteger(whole) && whole >= 0).toBe(true);
          expect(given).toBeGreaterThan(total - 1e-7);
          expect(given).toBeLessThan(total + 1);
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
