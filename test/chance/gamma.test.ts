/** The gamma function and distribution: values of R, identities, and the quantile that undoes it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deviance,
  gammaAbove,
  gammaBelow,
  gammaQuantile,
  gammaWeight,
  logGamma,
  stirlingGap,
} from '../../src/chance/gamma.ts';
import { expectRelative, oracle } from './oracle.ts';

describe('against R', () => {
  it('the function', () => {
    for (const entry of oracle('lgamma', 17)) expectRelative(logGamma(entry.x!), entry.v!, entry);
  });
  it('the lower and the upper probability', () => {
    for (const entry of oracle('pgamma', 72)) {
      expectRelative(gammaBelow(entry.s!, entry.x!), entry.v!, entry);
      expectRelative(gammaAbove(entry.s!, entry.x!), entry.u!, entry);
    }
  });
  it('the quantile', () => {
    for (const entry of oracle('qgamma', 81))
      expectRelative(gammaQuantile(entry.s!, entry.p!), entry.v!, entry);
  });
});

describe('identities', () => {
  it('Γ of whole numbers are factorials', () => {
    let factorial = 1;
    for (let x = 1; x <= 20; x++) {
      expect(Math.exp(logGamma(x)) / factorial).toBeCloseTo(1, 12);
      factorial *= x;
    }
  });

  it("Stirling's gap is 1/(12x) − 1/(360x³) for large x, and no step where its series begins", () => {
    expect(stirlingGap(1000)).toBeCloseTo(1 / 12_000 - 1 / 360e9, 15);
    expect(stirlingGap(9.9999999999)).toBeCloseTo(stirlingGap(10), 11);
    expect(stirlingGap(1)).toBeCloseTo(1 - Math.log(Math.sqrt(2 * Math.PI)), 14);
  });

  it('the deviance is 0 where count and mean agree, its formula elsewhere, half a squared step close by', () => {
    expect(deviance(5, 5)).toBe(0);
    expect(deviance(5, 50)).toBeCloseTo(5 * Math.log(0.1) + 45, 12);
    expect(deviance(5, 4)).toBeCloseTo(5 * Math.log(5 / 4) - 1, 14);
    expect(deviance(1e6, 1e6 + 1) / 0.5e-6).toBeCloseTo(1, 5);
  });

  it('shape 1 is exponential', () => {
    for (const x of [1e-9, 0.1, 1, 5, 40]) {
      expectRelative(gammaBelow(1, x), -Math.expm1(-x), x);
      expectRelative(gammaAbove(1, x), Math.exp(-x), x);
      expectRelative(gammaWeight(1, x), x * Math.exp(-x), x);
    }
    expectRelative(gammaQuantile(1, 0.5), Math.LN2, 'median');
  });

  it('the lower probability of a whole shape is a Poisson tail', () => {
    let term = Math.exp(-6.5);
    let fewer = 0;
    for (let count = 0; count <= 25; count++) {
      expect(gammaBelow(count, 6.5)).toBeCloseTo(1 - fewer, 12);
      fewer += term;
      term *= 6.5 / (count + 1);
    }
  });

  it('ends', () => {
    expect([gammaBelow(3, 0), gammaAbove(3, 0), gammaBelow(0, 5), gammaAbove(0, 5)]).toEqual([0, 1, 1, 0]);
    expect([gammaQuantile(3, 0), gammaQuantile(3, 1), gammaQuantile(0, 0.5)]).toEqual([0, Infinity, 0]);
  });
});

it('has a quantile that undoes it, from either tail', () => {
  const logs = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map(Math.exp);
  fc.assert(
    fc.property(logs(-3, 13), logs(-25, -0.01), fc.boolean(), (shape, share, upper) => {
      const wanted = upper ? 1 - share : share;
      const x = gammaQuantile(shape, wanted);
      if (x < 1e-290) return;
      expectRelative(gammaBelow(shape, x), wanted, { shape, wanted });
    }),
    { seed: 1, numRuns: 1_000 },
  );
});
