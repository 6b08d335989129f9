/** Do deals reach an amount? The published values, every outcome written out, the laws, and simulated quarters. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfReaching, type Deal, type NewDeals } from '../../src/chance/amounts.ts';
import { gammaAbove } from '../../src/chance/gamma.ts';
import { evenNumbers } from './oracle.ts';

const dealsOf = (amounts: readonly number[], chances: readonly number[]): Deal[] =>
  amounts.map((amount, index) => ({ amount, chance: chances[index]! }));

const WORKED = dealsOf([40, 25, 60, 10, 30], [0.8, 0.5, 0.2, 0.9, 0.35]);

/** Every outcome of the named deals: what is left to reach, and how likely. */
function outcomes(deals: readonly Deal[], wanted: number): { left: number; chance: number }[] {
  let all = [{ left: wanted, chance: 1 }];
  for (const { amount, chance } of deals)
    all = all.flatMap((one) => [
      { left: one.left, chance: one.chance * (1 - chance) },
      { left: one.left - amount, chance: one.chance * chance },
    ]);
  return all;
}

const exactly = (
  deals: readonly Deal[],
  wanted: number,
  ofNew = (left: number) => Number(left <= 0),
): number => outcomes(deals, wanted).reduce((sum, { left, chance }) => sum + chance * ofNew(left), 0);

const reaching = (wanted: number, deals: readonly Deal[], fresh: readonly NewDeals[] = []): number =>
  chanceOfReaching({ wanted, deals, fresh });

/** Deals of odd cents, 5,000 to 50,000 each, with chances .05 … .65. */
function drawnDeals(count: number, even: () => number): Deal[] {
  return Array.from({ length: count }, () => ({
    amount: Math.round(500_000 + 4_500_000 * even()),
    chance: 0.05 + 0.6 * even(),
  }));
}

const meanOf = (deals: readonly Deal[]) =>
  deals.reduce((sum, { amount, chance }) => sum + amount * chance, 0);

describe('the published values', () => {
  const oracle = JSON.parse(
    readFileSync(new URL('../../fixtures/oracles/pipeline.json', import.meta.url), 'utf8'),
  ) as { worked: { quota: number; p: number }[] };

  it.each(oracle.worked)('%j', ({ quota, p }) => {
    expect(reaching(quota, WORKED)).toBeCloseTo(p, 12);
    expect(exactly(WORKED, quota)).toBeCloseTo(p, 12);
  });

  it('are three', () => expect(oracle.worked.map(({ quota }) => quota)).toEqual([50, 75, 100]));

  it('do not depend on the unit', () => {
    for (const unit of [0.01, 1 / 3, 100, 1e9])
      expect(
        reaching(
          75 * unit,
          WORKED.map(({ amount, chance }) => ({ amount: amount * unit, chance })),
        ),
      ).toBeCloseTo(0.587, 12);
  });
});

describe('named deals', () => {
  const cents = fc.integer({ min: 1, max: 1_000_000_000_000 });
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  const deals = fc.array(fc.record({ amount: cents, chance }), { maxLength: 11 });
  const part = fc.double({ min: 0.001, max: 1.2, noNaN: true });

  it('up to eleven of any amounts are exact', () => {
    fc.assert(
      fc.property(deals, part, (drawn, share) => {
        const wanted = Math.ceil(share * drawn.reduce((sum, { amount }) => sum + amount, 1));
        expect(reaching(wanted, drawn)).toBeCloseTo(exactly(drawn, wanted), 12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('three of 10,000 reach 30,000 to the cent, and no cent more', () => {
    const three = dealsOf([1e6, 1e6, 1e6], [0.5, 0.6, 0.7]);
    expect(reaching(3e6, three)).toBeCloseTo(0.5 * 0.6 * 0.7, 15);
    expect(reaching(3e6 + 1, three)).toBe(0);
    expect(reaching(3e6 - 1, three)).toBeCloseTo(0.5 * 0.6 * 0.7, 15);
    expect(reaching(0.1 + 0.2, dealsOf([0.3], [0.4]))).toBeCloseTo(0.4, 15);
  });

  it('many of round amounts are exact: 400 alike are a binomial', () => {
    const alike = Array.from({ length: 400 }, () => ({ amount: 1_234_567, chance: 0.1 }));
    let law = [1];
    for (let count = 0; count < 400; count++)
      law = [...law, 0].map((same, won) => same * 0.9 + (won > 0 ? law[won - 1]! * 0.1 : 0));
    for (const won of [30, 40, 55])
      expect(reaching(won * 1_234_567, alike)).toBeCloseTo(
        law.slice(won).reduce((sum, one) => sum + one, 0),
        12,
      );
  });

  it.each([13, 16, 18])('%d of odd amounts come within some ten-thousandths', (count) => {
    const even = evenNumbers(count);
    for (let round = 0; round < 6; round++) {
      const drawn = drawnDeals(count, even);
      const wanted = Math.round(meanOf(drawn) * (0.6 + 0.8 * even()));
      expect(Math.abs(reaching(wanted, drawn) - exactly(drawn, wanted))).toBeLessThan(4e-4);
    }
  });

  it('many too small for a cell still count', () => {
    const even = evenNumbers(5);
    const dust = Array.from({ length: 900 }, () => ({
      amount: Math.round(1_000 + 9_000 * even()),
      chance: 0.5,
    }));
    const wanted = 100_000_000;
    const short = (by: number) => ({ amount: wanted - Math.round(meanOf(dust)) - by, chance: 0.7 });
    expect(reaching(wanted, [short(-1_500_000), ...dust])).toBeCloseTo(0.7, 3);
    expect(reaching(wanted, [short(1_500_000), ...dust])).toBeCloseTo(0, 3);
  });

  it('certain ones count in full, impossible ones not at all', () => {
    const certain = dealsOf([30, 17], [1, 1]);
    expect(reaching(47, certain)).toBe(1);
    expect(reaching(47.01, certain)).toBe(0);
    expect(reaching(50 + 47, [...WORKED, ...certain])).toBeCloseTo(0.8472, 12);
    const impossible = Array.from({ length: 5_000 }, () => ({ amount: 1_000, chance: 0 }));
    expect(reaching(50, [...WORKED, ...impossible])).toBe(reaching(50, WORKED));
  });

  it('where there is nothing', () => {
    expect([reaching(0, []), reaching(-5, []), reaching(1, [])]).toEqual([1, 1, 0]);
    expect(reaching(0, WORKED)).toBe(1);
    expect(reaching(1, dealsOf([0, 0], [0.5, 1]))).toBe(0);
  });
});

describe('above a thousand deals', () => {
  it('the series agrees with the sums', () => {
    const even = evenNumbers(11);
    const drawn = drawnDeals(1_000, even);
    for (const share of [0.92, 0.97, 1, 1.03, 1.08]) {
      const wanted = Math.round(meanOf(drawn) * share);
      const summed = reaching(wanted, drawn);
      const series = reaching(wanted, [...drawn, { amount: 1, chance: 0.5 }]);
      expect(summed).not.toBe(series);
      expect(Math.abs(summed - series)).toBeLessThan(0.005);
    }
  });

  it('certain deals and new ones are in it', () => {
    const drawn = drawnDeals(1_001, evenNumbers(12));
    const wanted = Math.round(meanOf(drawn) * 1.05);
    const base = reaching(wanted, drawn);
    const certain = reaching(wanted + 5e8, [...drawn, { amount: 5e8, chance: 1 }]);
    expect(certain).toBeCloseTo(base, 12);
    const fresh = [{ expected: 10, size: 5e6, variation: 0.5 }];
    expect(reaching(wanted, drawn, fresh)).toBeGreaterThan(base + 0.05);
    expect(Math.abs(reaching(wanted, drawn, fresh) - reaching(wanted, drawn.slice(1), fresh))).toBeLessThan(
      0.01,
    );
  });
});

describe('named and new deals', () => {
  const poisson = (mean: number) => {
    const law = [Math.exp(-mean)];
    for (let count = 1; count < 120; count++) law.push((law[count - 1]! * mean) / count);
    return law;
  };

  it('alike: exact by every outcome and every number', () => {
    const law = poisson(2.3);
    const atLeast = (left: number) =>
      law.reduce((sum, chance, count) => sum + (20 * count >= left ? chance : 0), 0);
    for (const wanted of [10, 50, 100, 101, 180])
      expect(reaching(wanted, WORKED, [{ expected: 2.3, size: 20, variation: 0 }])).toBeCloseTo(
        exactly(WORKED, wanted, atLeast),
        12,
      );
  });

  it('that vary: by every outcome and every number', () => {
    const law = poisson(2.3);
    const atLeast = (left: number) =>
      left <= 0
        ? 1
        : law.reduce((sum, chance, count) => sum + chance * gammaAbove(count / 0.49, left / 20 / 0.49), 0);
    for (const wanted of [10, 50, 100, 101, 180]) {
      const chance = reaching(wanted, WORKED, [{ expected: 2.3, size: 20, variation: 0.7 }]);
      expect(Math.abs(chance - exactly(WORKED, wanted, atLeast))).toBeLessThan(2e-4);
    }
  });

  it.each([
    { times: 1, within: 1.5e-4, wins: 'likely' },
    { times: 0.05, within: 2.5e-3, wins: 'unlikely' },
  ])('in cells: sixteen $wins deals of odd amounts and new ones', ({ times, within }) => {
    const drawn = drawnDeals(16, evenNumbers(3)).map((deal) => ({ ...deal, chance: deal.chance * times }));
    const law = poisson(8);
    const atLeast = (left: number) =>
      law.reduce((sum, chance, count) => sum + (2_500_000 * count >= left ? chance : 0), 0);
    for (const wanted of [6_912_345, 8_812_345, 13_712_345, 23_412_345]) {
      const chance = reaching(wanted, drawn, [{ expected: 8, size: 2_500_000, variation: 0 }]);
      expect(Math.abs(chance - exactly(drawn, wanted, atLeast)), `${wanted}`).toBeLessThan(within);
    }
  });

  it('in cells: new ones that vary', () => {
    const drawn = drawnDeals(14, evenNumbers(4));
    const law = poisson(1);
    const atLeast = (left: number) =>
      left <= 0
        ? 1
        : law.slice(0, 20).reduce((sum, chance, count) => {
            return sum + chance * gammaAbove(count / 0.25, left / 2_500_000 / 0.25);
          }, 0);
    const wanted = Math.round(meanOf(drawn) * 1.3);
    const chance = reaching(wanted, drawn, [{ expected: 1, size: 2_500_000, variation: 0.5 }]);
    expect(Math.abs(chance - exactly(drawn, wanted, atLeast))).toBeLessThan(1e-4);
  });

  it('new ones alone', () => {
    expect(reaching(1, [], [{ expected: 2, size: 5, variation: 0 }])).toBeCloseTo(1 - Math.exp(-2), 14);
    expect(reaching(5.01, [], [{ expected: 2, size: 5, variation: 0 }])).toBeCloseTo(
      1 - 3 * Math.exp(-2),
      14,
    );
    expect(reaching(1, [], [{ expected: 0, size: 5, variation: 0 }])).toBe(0);
  });
});

describe('laws', () => {
  const deal = fc.record({
    amount: fc.integer({ min: 0, max: 1_000_000 }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const kind = fc.record({
    expected: fc.double({ min: 0, max: 70, noNaN: true }),
    size: fc.integer({ min: 1, max: 200_000 }),
    variation: fc.constantFrom(0, 0.5, 1),
  });
  const more = fc.double({ min: 0, max: 1, noNaN: true });

  /** Changes for the better of one deal or of the amount wanted. */
  function bettered(
    wanted: number,
    deals: readonly Deal[],
    [at, share]: readonly [number, number],
  ): number[][] {
    const index = Math.min(deals.length - 1, Math.floor(at * deals.length));
    const change = (how: (deal: Deal) => Deal) =>
      deals.map((one, place) => (place === index ? how(one) : one));
    const likelier = change((one) => ({ ...one, chance: one.chance + (1 - one.chance) * share }));
    const larger = change((one) => ({ ...one, amount: one.amount + Math.round(share * 200_000) }));
    const fewer = wanted - Math.round(share * wanted);
    return [[reaching(wanted, likelier)], [reaching(wanted, larger)], [reaching(fewer, deals)]];
  }

  it.each([
    { most: 11, tolerance: 1e-12, kept: 'sums kept apart' },
    { most: 40, tolerance: 2e-3, kept: 'sums in cells' },
  ])(
    'a better chance, a larger deal or less to reach never makes it less likely ($kept)',
    ({ most, tolerance }) => {
      const deals = fc.array(deal, { minLength: 1, maxLength: most });
      const wanted = fc.integer({ min: 1, max: 500_000 * most });
      fc.assert(
        fc.property(deals, wanted, more, more, (drawn, amount, at, share) => {
          const base = reaching(amount, drawn);
          expect(base >= 0 && base <= 1).toBe(true);
          for (const [better] of bettered(amount, drawn, [at, share]))
            expect(better!).toBeGreaterThanOrEqual(base - tolerance);
        }),
        { seed: 2, numRuns: 300 },
      );
    },
  );

  it('new deals never make it less likely, and a chance stays one', () => {
    const deals = fc.array(deal, { maxLength: 14 });
    const fresh = fc.array(kind, { maxLength: 3 });
    fc.assert(
      fc.property(deals, fresh, fc.integer({ min: 1, max: 9_000_000 }), (drawn, kinds, wanted) => {
        const base = reaching(wanted, drawn);
        const helped = reaching(wanted, drawn, kinds);
        expect(helped >= 0 && helped <= 1).toBe(true);
        expect(helped).toBeGreaterThanOrEqual(base - 1e-3);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('the order of the deals does not matter', () => {
    const deals = fc.array(deal, { maxLength: 40 });
    fc.assert(
      fc.property(deals, kind, fc.integer({ min: 1, max: 9_000_000 }), (drawn, fresh, wanted) => {
        const turned = [...drawn.slice(1), ...drawn.slice(0, 1)].reverse();
        expect(reaching(wanted, turned, [fresh])).toBeCloseTo(reaching(wanted, drawn, [fresh]), 12);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('simulated quarters', () => {
  it('of 2,000 with a stated chance of about 80 % quota is reached in 80 % ± 3 points', () => {
    const even = evenNumbers(2_027);
    let quarters = 0;
    let reached = 0;
    let stated = 0;
    while (quarters < 2_000) {
      const deals = drawnDeals(8 + Math.floor(50 * even()), even);
      const fresh = [{ expected: 4 * even(), size: 2_000_000, variation: 0 }];
      const wanted = amountReachedWith(0.8, deals, fresh);
      const chance = reaching(wanted, deals, fresh);
      if (chance < 0.78 || chance > 0.82) continue;
      for (let quarter = 0; quarter < 8; quarter++) {
        quarters++;
        stated += chance;
        if (simulated(deals, fresh, even) >= wanted) reached++;
      }
    }
    expect(stated / quarters).toBeGreaterThan(0.79);
    expect(stated / quarters).toBeLessThan(0.81);
    expect(Math.abs(reached / quarters - 0.8)).toBeLessThan(0.03);
  });

  /** The amount that is reached with a chance, by bisection. */
  function amountReachedWith(chance: number, deals: readonly Deal[], fresh: readonly NewDeals[]): number {
    let low = 1;
    let high = 400_000_000;
    while (high - low > 50_000) {
      const middle = Math.round((low + high) / 2);
      if (reaching(middle, deals, fresh) >= chance) low = middle;
      else high = middle;
    }
    return low;
  }

  /** What one quarter brings: each deal drawn, and a Poisson number of new ones (waiting times within 1). */
  function simulated(deals: readonly Deal[], fresh: readonly NewDeals[], even: () => number): number {
    const wait = () => -Math.log(1 - even());
    let sum = 0;
    for (const { amount, chance } of deals) if (even() < chance) sum += amount;
    for (const { expected, size } of fresh)
      for (let time = wait(); time < expected; time += wait()) sum += size;
    return sum;
  }
});
