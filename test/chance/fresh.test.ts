/** New deals: their number and amounts against sums written out. */
import { describe, expect, it } from 'vitest';
import { type NewDeals, newCumulants, reachOfNew, sumOfCumulants } from '../../src/chance/fresh.ts';
import { gammaAbove } from '../../src/chance/gamma.ts';

/** Poisson probabilities of 0 … 299. */
function poisson(mean: number): number[] {
  const law = [Math.exp(-mean)];
  for (let count = 1; count < 300; count++) law.push((law[count - 1]! * mean) / count);
  return law;
}

/** At least that amount from deals of one kind, by the number of deals. */
function exactly(amount: number, { expected, size, variation }: NewDeals): number {
  return poisson(expected).reduce((sum, chance, count) => {
    if (count === 0) return sum;
    const asked = amount / size / variation ** 2;
    return (
      sum +
      chance * (variation > 0 ? gammaAbove(count / variation ** 2, asked) : Number(count * size >= amount))
    );
  }, 0);
}

const steps = (most: number, count: number) =>
  Array.from({ length: count }, (_, step) => ((step + 1) * most) / count);

describe('one kind, all alike', () => {
  it.each([0.01, 1, 7.5, 60, 150])('%d expected: their number decides', (expected) => {
    const deals = { expected, size: 25, variation: 0 };
    const reach = reachOfNew([deals], 1_000)!;
    for (const amount of [0.1, 24.9, 25, 25.1, 50, 500, 1_000, 25 * Math.ceil(expected)])
      expect(reach(amount), `${amount}`).toBeCloseTo(exactly(amount, deals), 11);
  });

  it('forgives the last bits of a sum of fractions', () => {
    const reach = reachOfNew([{ expected: 2, size: 0.1, variation: 0 }], 1)!;
    expect((0.1 + 0.2) / 0.1).toBeGreaterThan(3);
    expect(reach(0.1 + 0.2)).toBe(reach(0.3));
  });

  it('kinds alike are one', () => {
    const half = { expected: 1.5, size: 25, variation: 0 };
    const whole = reachOfNew([{ expected: 3, size: 25, variation: 0 }], 100)!;
    expect(reachOfNew([half, half], 100)!(75)).toBeCloseTo(whole(75), 14);
  });
});

describe('amounts that vary', () => {
  it.each([
    { expected: 0.5, size: 30, variation: 0.7 },
    { expected: 3, size: 30, variation: 0.7 },
    { expected: 3, size: 30, variation: 0.2 },
    { expected: 10, size: 10, variation: 0.5 },
    { expected: 40, size: 2, variation: 1 },
    { expected: 1, size: 500, variation: 0.5 },
    { expected: 30, size: 0.01, variation: 0.5 },
    { expected: 70, size: 1, variation: 0.5 },
  ])('%j come near the sum over their number', (deals) => {
    const reach = reachOfNew([deals], 100)!;
    for (const amount of steps(100, 37))
      expect(Math.abs(reach(amount) - exactly(amount, deals)), `${amount}`).toBeLessThan(1e-3);
    const small = Math.min(100, deals.size / 3);
    expect(Math.abs(reach(small) - exactly(small, deals))).toBeLessThan(1e-3);
  });
});

describe('several kinds', () => {
  it('of whole cells are exact, deal by deal', () => {
    const [first, second] = [poisson(1.2), poisson(0.7)];
    const reach = reachOfNew(
      [
        { expected: 1.2, size: 10, variation: 0 },
        { expected: 0.7, size: 25, variation: 0 },
      ],
      60,
    )!;
    for (const amount of [5, 10, 25, 35, 45, 50, 60]) {
      let sum = 0;
      for (const [small, one] of first.entries())
        for (const [large, other] of second.entries())
          if (10 * small + 25 * large >= amount) sum += one * other;
      expect(reach(amount), `${amount}`).toBeCloseTo(sum, 12);
    }
  });

  it('that vary differently are the mixture of both', () => {
    const one = { expected: 1.2, size: 10, variation: 1 };
    const other = { expected: 0.7, size: 20, variation: 1 / Math.sqrt(2) };
    const reach = reachOfNew([one, other], 60)!;
    // Exponential deals of 10 and deals of two such parts are gammas of the same scale: count the parts.
    for (const amount of [5, 20, 40, 60]) {
      let sum = 0;
      for (const [small, chance] of poisson(1.2).slice(0, 40).entries())
        for (const [large, likewise] of poisson(0.7).slice(0, 40).entries())
          sum += chance * likewise * gammaAbove(small + 2 * large, amount / 10);
      expect(Math.abs(reach(amount) - sum)).toBeLessThan(2e-4);
    }
  });
});

describe('at the edges', () => {
  it('none are none', () => {
    expect(reachOfNew([], 100)).toBeNull();
    expect(reachOfNew([{ expected: 0, size: 10, variation: 0.5 }], 100)).toBeNull();
    expect(reachOfNew([{ expected: 3, size: 0, variation: 0.5 }], 100)).toBeNull();
  });

  it('no amount is always reached', () => {
    for (const expected of [3, 80])
      for (const variation of [0, 0.5]) expect(reachOfNew([{ expected, size: 1, variation }], 9)!(0)).toBe(1);
  });

  it('is never a negative chance, and never grows with the amount', () => {
    for (const variation of [0, 0.3, 1.2])
      for (const size of [0.5, 30, 400]) {
        const kinds = [
          { expected: 3, size, variation },
          { expected: 1, size: 17, variation: 0.5 },
        ];
        const reach = reachOfNew(kinds, 100)!;
        let before = 1;
        for (const amount of steps(100, 999)) {
          const chance = reach(amount);
          expect(chance >= 0 && chance <= before + 1e-12, `${size} ${amount}`).toBe(true);
          before = chance;
        }
      }
  });

  it('cumulants are those of the sum, and add up', () => {
    const deals = { expected: 3, size: 10, variation: 0.5 };
    expect(newCumulants(deals)).toEqual({ mean: 30, variance: 375, third: 3 * 1000 * 1.25 * 1.5 });
    const twice = sumOfCumulants([newCumulants(deals), newCumulants(deals)]);
    expect(twice).toEqual(newCumulants({ ...deals, expected: 6 }));
  });
});
