/** The normal distribution: values of R, and the sums that it stands for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaAbove } from '../../src/chance/gamma.ts';
import { normalBelow, normalDensity, normalQuantile, sumReaches } from '../../src/chance/normal.ts';
import { expectRelative, oracle } from './oracle.ts';

describe('against R', () => {
  it('below', () => {
    for (const entry of oracle('pnorm', 22)) expectRelative(normalBelow(entry.x!), entry.v!, entry);
  });
  it('quantile', () => {
    for (const entry of oracle('qnorm', 17)) expectRelative(normalQuantile(entry.p!), entry.v!, entry);
  });
});

describe('the distribution', () => {
  it('has its ends', () => {
    expect([normalBelow(-Infinity), normalBelow(Infinity)]).toEqual([0, 1]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  it('has the density of the bell', () => {
    expect(normalDensity(0)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 15);
    expect(normalDensity(-2) / normalDensity(0)).toBeCloseTo(Math.exp(-2), 15);
  });

  it('is the same on both sides, also where series and fraction meet', () => {
    for (const x of [0.1, 1, 2.5, 2.9999999999, 3, 3.0000000001, 4])
      expect(normalBelow(x) + normalBelow(-x)).toBeCloseTo(1, 14);
    const below = normalBelow(-3.0000000001);
    const above = normalBelow(-2.9999999999);
    expect(above).toBeGreaterThan(below);
    expect(above - below).toBeCloseTo(2e-10 * normalDensity(3), 14);
  });

  it('has a quantile that undoes it', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 5, noNaN: true }), (x) => {
        expect(normalQuantile(normalBelow(x))).toBeCloseTo(x, 9);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('a sum of many parts', () => {
  it('is the normal where it has no skewness', () => {
    expect(sumReaches(10, { mean: 10, variance: 4, third: 0 })).toBe(0.5);
    expect(sumReaches(12, { mean: 10, variance: 4, third: 0 })).toBeCloseTo(normalBelow(-1), 15);
  });

  it('follows a skewed sum where the normal does not: 100 exponential parts', () => {
    const cumulants = { mean: 100, variance: 100, third: 200 };
    let worst = 0;
    let worstOfNormal = 0;
    for (let wanted = 60; wanted <= 150; wanted++) {
      const exact = gammaAbove(100, wanted);
      worst = Math.max(worst, Math.abs(sumReaches(wanted, cumulants) - exact));
      worstOfNormal = Math.max(worstOfNormal, Math.abs(normalBelow((100 - wanted) / 10) - exact));
    }
    expect(worst).toBeLessThan(1e-3);
    expect(worstOfNormal).toBeGreaterThan(1e-2);
  });

  it('reaches its mean and no more where it does not vary', () => {
    const sure = { mean: 7, variance: 0, third: 0 };
    expect([sumReaches(6, sure), sumReaches(7, sure), sumReaches(7.1, sure)]).toEqual([1, 1, 0]);
  });

  it('stays within 0 and 1 however skewed', () => {
    for (const third of [-50, 50])
      for (let wanted = -10; wanted <= 10; wanted += 0.25) {
        const chance = sumReaches(wanted, { mean: 0, variance: 1, third });
        expect(chance >= 0 && chance <= 1).toBe(true);
      }
  });
});
