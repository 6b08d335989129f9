/** The beta and the binomial distribution: values of R, counts by hand, boundaries and laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaAbove, betaBelow, betaQuantile, betaQuantiles, binomialAtLeast } from '../../src/chance/beta.ts';
import { expectRelative, oracle } from './oracle.ts';

describe('against R', () => {
  it('the probabilities below and above', () => {
    for (const entry of oracle('pbeta', 810)) {
      expectRelative(betaBelow(entry.x!, entry.a!, entry.b!), entry.v!, entry);
      expectRelative(betaAbove(entry.x!, entry.a!, entry.b!), entry.u!, entry);
    }
  });
  it('the quantile', () => {
    for (const entry of oracle('qbeta', 810)) {
      const quantile = betaQuantile(entry.p!, { first: entry.a!, second: entry.b! });
      expectRelative(quantile, entry.v!, entry);
    }
  });
  it('the binomial', () => {
    for (const entry of oracle('pbinom', 191)) {
      const { n, p, k, v } = entry as { n: number; p: number; k: number; v: number };
      expectRelative(1 - binomialAtLeast(k + 1, { trials: n, chance: p }), v, entry);
    }
  });
});

describe('the beta', () => {
  it('is even for (1, 1), a power for (a, 1)', () => {
    for (const x of [1e-9, 0.1, 0.5, 0.9]) {
      expectRelative(betaBelow(x, 1, 1), x, x);
      expectRelative(betaBelow(x, 3.5, 1), x ** 3.5, x);
      expectRelative(betaAbove(x, 1, 3.5), (1 - x) ** 3.5, x);
    }
  });

  it('has its ends, and is a point where one side is 0', () => {
    expect([betaBelow(0, 2, 3), betaBelow(1, 2, 3), betaAbove(0, 2, 3), betaAbove(1, 2, 3)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([betaBelow(0.4, 0, 3), betaBelow(0.4, 3, 0)]).toEqual([1, 0]);
    expect(betaQuantiles([0, 0.5, 1], { first: 0, second: 3 })).toEqual([0, 0, 0]);
    expect(betaQuantiles([0, 0.5, 1], { first: 3, second: 0 })).toEqual([1, 1, 1]);
    expect(betaQuantiles([0, 1], { first: 3, second: 2 })).toEqual([0, 1]);
  });

  const shape = fc.double({ min: -4, max: 12, noNaN: true }).map(Math.exp);
  const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

  it('has a quantile that undoes it', () => {
    fc.assert(
      fc.property(shape, shape, share, (first, second, wanted) => {
        const x = betaQuantile(wanted, { first, second });
        expect(x >= 0 && x <= 1).toBe(true);
        fc.pre(x > 1e-290 && x < 1 - 1e-6);
        expectRelative(betaBelow(x, first, second), wanted, { first, second });
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });

  it.each([
    { first: 0.010762859369371042, second: 3.3293054195223464, share: 0.9725074599508541 },
    { first: 2027.572663758734, second: 0.001154259426962351, share: 0.0023095970545699983 },
    { first: 0.0025547697697967517, second: 21242.228233045214, share: 0.9963933555179738 },
    { first: 0.05, second: 1e9, share: 0.9 },
  ])('has it also where the first guess is far off or the result small: %j', ({ first, second, share }) => {
    const x = betaQuantile(share, { first, second });
    expect(Math.abs(betaBelow(x, first, second) / share - 1)).toBeLessThan(1e-11);
  });

  it('is the same from both sides', () => {
    fc.assert(
      fc.property(shape, shape, fc.integer({ min: 1, max: 1023 }), (first, second, part) => {
        const x = part / 1024;
        expectRelative(betaBelow(x, first, second), betaAbove(1 - x, second, first), { first, second, x });
        expect(betaBelow(x, first, second) + betaAbove(x, first, second)).toBeCloseTo(1, 13);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

describe('the binomial', () => {
  it('of four trials by hand', () => {
    const chance = 0.3;
    const exactly = [0.7 ** 4, 4 * 0.3 * 0.7 ** 3, 6 * 0.3 ** 2 * 0.7 ** 2, 4 * 0.3 ** 3 * 0.7, 0.3 ** 4];
    for (let wanted = 0; wanted <= 4; wanted++) {
      const sum = exactly.slice(wanted).reduce((total, part) => total + part, 0);
      expect(binomialAtLeast(wanted, { trials: 4, chance })).toBeCloseTo(sum, 14);
    }
  });

  it('never has more successes than trials, and never fewer than none', () => {
    expect(binomialAtLeast(0, { trials: 4, chance: 0 })).toBe(1);
    expect(binomialAtLeast(-2, { trials: 4, chance: 0.3 })).toBe(1);
    expect(binomialAtLeast(5, { trials: 4, chance: 0.9999 })).toBe(0);
    expect(binomialAtLeast(4.5, { trials: 4, chance: 0.9999 })).toBe(0);
    expect(binomialAtLeast(1, { trials: 4, chance: 0 })).toBe(0);
    expect(binomialAtLeast(1, { trials: 0, chance: 0.5 })).toBe(0);
  });

  it('reaches all its trials where all are certain, of a part of one that part', () => {
    const sure = (wanted: number, trials: number) => binomialAtLeast(wanted, { trials, chance: 1 });
    expect([sure(4, 4), sure(4.1, 4), sure(5, 4)]).toEqual([1, 0, 0]);
    expect([sure(30 * 0.1, 3), sure(3, 30 * 0.1), sure(3 + 1e-12, 3)]).toEqual([1, 1, 1]);
    expect([sure(3, 3.25), sure(3.2, 3.25), sure(4, 3.25), sure(4.1, 3.25)]).toEqual([1, 0.25, 0.25, 0]);
  });

  it('may succeed up to the next whole number where the trials are fractional, forgiving the last bits', () => {
    expect(binomialAtLeast(4, { trials: 3.7, chance: 0.757 })).toBeGreaterThan(0.1);
    expect(binomialAtLeast(4.1, { trials: 3.7, chance: 0.757 })).toBe(0);
    expect(binomialAtLeast(5, { trials: 4 + 1e-14, chance: 0.5 })).toBe(0);
    expect(binomialAtLeast(4, { trials: 4 - 1e-14, chance: 0.5 })).toBeCloseTo(1 / 16, 12);
  });

  it('grows with trials and chance, falls with what is wanted, whole or not', () => {
    const number = fc.double({ min: 0.01, max: 60, noNaN: true });
    const chance = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const more = fc.double({ min: 0, max: 5, noNaN: true });
    fc.assert(
      fc.property(number, number, chance, more, (wanted, trials, p, extra) => {
        const base = binomialAtLeast(wanted, { trials, chance: p });
        expect(base >= 0 && base <= 1).toBe(true);
        const slack = base * (1 - 1e-11);
        expect(binomialAtLeast(wanted, { trials: trials + extra, chance: p })).toBeGreaterThanOrEqual(slack);
        expect(
          binomialAtLeast(wanted, { trials, chance: p + (1 - p) * (extra / 10) }),
        ).toBeGreaterThanOrEqual(slack);
        expect(binomialAtLeast(wanted + extra, { trials, chance: p }) * (1 - 1e-11)).toBeLessThanOrEqual(
          base,
        );
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });
});
