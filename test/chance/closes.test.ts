/** Is a number of closes enough? The published table, exact counts for comparison, and the laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantiles, binomialAtLeast } from '../../src/chance/beta.ts';
import {
  type AmountAim,
  atLeast,
  chanceOfAmount,
  chanceOfCloses,
  countLaw,
  fewestLeads,
  type Moments,
  rateNodes,
} from '../../src/chance/closes.ts';
import { gammaAbove, gammaBelow } from '../../src/chance/gamma.ts';
import { wholeOf } from '../../src/plan/whole.ts';
import { oracle } from './oracle.ts';

const momentsOf = (chances: readonly number[]): Moments => ({
  mean: chances.reduce((sum, chance) => sum + chance, 0),
  squares: chances.reduce((sum, chance) => sum + chance * chance, 0),
});

/** Exact probability of at least so many closes, record by record. */
function exactlyAtLeast(wanted: number, chances: readonly number[]): number {
  let law = [1];
  for (const chance of chances)
    law = [...law, 0].map((same, count) => same * (1 - chance) + (count > 0 ? law[count - 1]! * chance : 0));
  return law.slice(wanted).reduce((sum, part) => sum + part, 0);
}

/** Five closes a month wanted; leads close with .02, .05, .03 in their month and the two after; 50 a month before. */
function steadyExample(leads: readonly number[], month: number): number[] {
  const within = (months: number) => (months < 0 ? 0 : [0.02, 0.07, 0.1][Math.min(2, months)]!);
  const chances: number[] = [];
  for (const past of [-2, -1])
    for (let lead = 0; lead < 50; lead++) chances.push(within(month - past) - within(-1 - past));
  for (let start = 0; start <= month; start++)
    for (let lead = 0; lead < leads[start]!; lead++) chances.push(within(month - start));
  return chances;
}

const FIFTY = new Array<number>(12).fill(50);

describe('the published table', () => {
  it.each([
    [1, 0.03, 53],
    [3, 0.03, 142],
    [10, 0.03, 416],
    [50, 0.03, 1858],
    [1, 0.3, 5],
    [10, 0.3, 40],
  ])('%d closes at %d with 80 %%: %d leads', (wanted, rate, leads) => {
    expect(fewestLeads({ wanted, rate, confidence: 0.8 })).toBe(leads);
  });

  it('the steady example, and how near it is to counting records one by one', () => {
    const said = [0.53838, 0.52764, 0.52271, 0.51972];
    const exact = [0.53836, 0.52763, 0.5227, 0.51972];
    for (const [index, month] of [2, 5, 8, 11].entries()) {
      const chances = steadyExample(FIFTY, month);
      const wanted = 5 * (month + 1);
      const chance = atLeast(wanted, momentsOf(chances));
      expect(Math.abs(chance - said[index]!)).toBeLessThanOrEqual(0.5e-5);
      expect(Math.abs(exactlyAtLeast(wanted, chances) - exact[index]!)).toBeLessThanOrEqual(0.5e-5);
      expect(Math.abs(chance - exactlyAtLeast(wanted, chances))).toBeLessThan(3e-5);
    }
  });

  it('its 80 % plan takes 667 leads, just above 1.11 times the goals', () => {
    const chanceAt = (factor: number) => {
      const leads = wholeOf(FIFTY.map((goal) => goal * factor));
      return {
        leads: leads.reduce((sum, goal) => sum + goal, 0),
        chance: atLeast(60, momentsOf(steadyExample(leads, 11))),
      };
    };
    expect(chanceAt(1.11).leads).toBe(666);
    expect(chanceAt(1.11).chance).toBeLessThan(0.8);
    expect(chanceAt(1.1101).leads).toBe(667);
    expect(chanceAt(1.1101).chance).toBeCloseTo(0.8008, 4);
  });

  it.each([
    [460, 0.8006884172],
    [459, 0.7993204117],
  ])('10 or more of %d when the rate is itself uncertain: %d', (trials, wanted) => {
    const averaged = (nodes: number) => {
      const shares = Array.from({ length: nodes }, (_, node) => (node + 0.5) / nodes);
      const rates = betaQuantiles(shares, { first: 10.5, second: 323.5 });
      return rates.reduce((sum, chance) => sum + binomialAtLeast(10, { trials, chance }), 0) / nodes;
    };
    expect(Math.abs(averaged(32) - wanted)).toBeLessThan(3e-3);
    expect(Math.abs(averaged(1_000) - wanted)).toBeLessThan(2e-6);
    expect(Math.abs(averaged(20_000) - wanted)).toBeLessThan(1e-8);
    expect(Math.abs(averaged(1_000) - wanted)).toBeLessThan(Math.abs(averaged(32) - wanted));
  });

  it('deals that vary: 200 records of 5 %, deals of 10 ± 70 %, 100 wanted', () => {
    const moments = momentsOf(new Array<number>(200).fill(0.05));
    const chance = chanceOfAmount({ wanted: 100, moments, size: 10, variation: 0.7, factors: [1] });
    expect(Math.abs(chance - 0.4666408528)).toBeLessThan(1e-9);
  });
});

describe('fewest leads', () => {
  it('against R', () => {
    for (const entry of oracle('leads', 80)) {
      const { w, p, c, v } = entry as { w: number; p: number; c: number; v: number };
      expect(fewestLeads({ wanted: w, rate: p, confidence: c }), JSON.stringify(entry)).toBe(v);
    }
  });

  it('are enough, and one less is not', () => {
    const wanted = fc.double({ min: 0.1, max: 200, noNaN: true });
    const share = fc.double({ min: 0.002, max: 0.998, noNaN: true });
    fc.assert(
      fc.property(wanted, share, share, (closes, rate, confidence) => {
        const leads = fewestLeads({ wanted: closes, rate, confidence });
        expect(Number.isInteger(leads)).toBe(true);
        expect(binomialAtLeast(closes, { trials: leads, chance: rate })).toBeGreaterThanOrEqual(confidence);
        expect(binomialAtLeast(closes, { trials: leads - 1, chance: rate })).toBeLessThan(confidence);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('where there is nothing to count', () => {
    expect(fewestLeads({ wanted: 0, rate: 0.1, confidence: 0.8 })).toBe(0);
    expect(fewestLeads({ wanted: 3, rate: 0.1, confidence: 0 })).toBe(0);
    expect(fewestLeads({ wanted: 2.5, rate: 1, confidence: 0.8 })).toBe(3);
    expect(fewestLeads({ wanted: 1, rate: 0, confidence: 0.8 })).toBe(Infinity);
    expect(fewestLeads({ wanted: 1, rate: 0.1, confidence: 1 })).toBe(Infinity);
  });
});

describe('at least so many closes', () => {
  it('10 of 200 records of 5 %', () =>
    expect(atLeast(10, { mean: 10, squares: 0.5 })).toBeCloseTo(0.5452901913, 9));

  it('is a binomial where all chances are alike', () => {
    const moments = momentsOf(new Array<number>(40).fill(0.3));
    for (const wanted of [1, 5, 12, 20, 40])
      expect(atLeast(wanted, moments)).toBeCloseTo(binomialAtLeast(wanted, { trials: 40, chance: 0.3 }), 11);
    expect(atLeast(41, moments)).toBe(0);
  });

  it('where nothing varies', () => {
    const none = { mean: 0, squares: 0 };
    expect([atLeast(0, none), atLeast(-1, none), atLeast(0.01, none)]).toEqual([1, 1, 0]);
    const certain = { mean: 5, squares: 5 };
    expect([atLeast(5, certain), atLeast(5.5, certain), atLeast(6, certain)]).toEqual([1, 0, 0]);
  });

  it('is Poisson where the chances are as good as 0, and comes near it before', () => {
    expect(atLeast(7, { mean: 6.5, squares: 0 })).toBe(gammaBelow(7, 6.5));
    const near = { mean: 6.5, squares: 6.5e-11 };
    expect(atLeast(7, near)).toBeCloseTo(gammaBelow(7, 6.5), 9);
  });
});

describe('the law of the number', () => {
  it.each<Moments>([
    { mean: 10, squares: 0.5 },
    { mean: 2.8, squares: 2.12 },
    { mean: 0.001, squares: 1e-6 },
    { mean: 350, squares: 300 },
    { mean: 6.5, squares: 0 },
    { mean: 4, squares: 4 },
    { mean: 3.6, squares: 3.8 },
    { mean: 12, squares: 14.4 },
    { mean: 0, squares: 0 },
    { mean: 900, squares: 0.9 },
  ])('of %j consists of differences of atLeast', (moments) => {
    const { least, chances } = countLaw(moments);
    let sum = 0;
    for (const [index, chance] of chances.entries()) {
      const number = least + index;
      expect(Math.abs(chance - (atLeast(number, moments) - atLeast(number + 1, moments)))).toBeLessThan(
        2e-12,
      );
      sum += chance;
    }
    expect(sum).toBeCloseTo(1, 11);
  });
});

describe('what a rate may turn out to be', () => {
  it('has the mean 1 and nearly the variation asked for', () => {
    for (const [rate, variation] of [
      [0.03, 0.15],
      [0.3, 0.3],
      [0.001, 0.5],
      [0.8, 0.1],
    ] as const) {
      const nodes = rateNodes({ rate, variation });
      expect(nodes).toHaveLength(32);
      expect(nodes.every((node, index) => index === 0 || node > nodes[index - 1]!)).toBe(true);
      const mean = nodes.reduce((sum, node) => sum + node, 0) / 32;
      const spread = Math.sqrt(nodes.reduce((sum, node) => sum + (node - mean) ** 2, 0) / 32);
      expect(Math.abs(mean - 1)).toBeLessThan(0.005);
      expect(Math.abs(spread / variation - 1)).toBeLessThan(0.05);
    }
  });

  it('is the rate where it does not or cannot vary', () => {
    expect(rateNodes({ rate: 0.03, variation: 0 })).toEqual([1]);
    expect(rateNodes({ rate: 0, variation: 0.15 })).toEqual([1]);
    expect(rateNodes({ rate: 1, variation: 0.15 })).toEqual([1]);
  });

  it('is all or nearly nothing where more is asked than a rate can vary', () => {
    const nodes = rateNodes({ rate: 0.6, variation: 3 });
    expect(nodes[0]).toBeLessThan(1e-3);
    expect(nodes[31]).toBeCloseTo(1 / 0.6, 3);
    expect(nodes.filter((node) => node > 1)).toHaveLength(19);
  });

  it('is averaged over, and makes a plan of 80 % less sure', () => {
    const moments = { mean: 416 * 0.03, squares: 416 * 0.03 ** 2 };
    const sure = chanceOfCloses({ wanted: 10, moments, factors: [1] });
    const factors = rateNodes({ rate: 0.03, variation: 0.3 });
    expect(sure).toBe(atLeast(10, moments));
    expect(sure).toBeGreaterThan(0.8);
    expect(chanceOfCloses({ wanted: 10, moments, factors })).toBeLessThan(0.75);
    const halves = chanceOfCloses({ wanted: 10, moments, factors: [0.5, 1.5] });
    const half = atLeast(10, { mean: moments.mean / 2, squares: moments.squares / 4 });
    const more = atLeast(10, { mean: moments.mean * 1.5, squares: moments.squares * 2.25 });
    expect(halves).toBeCloseTo((half + more) / 2, 14);
  });

  it('makes no more closes than there are records', () => {
    const nine = { mean: 9, squares: 8.1 };
    expect(chanceOfCloses({ wanted: 10, moments: nine, factors: [1.2] })).toBe(1);
    expect(chanceOfCloses({ wanted: 11, moments: nine, factors: [1.2] })).toBe(0);
  });
});

describe('amounts', () => {
  const aim: AmountAim = {
    wanted: 100,
    moments: { mean: 10, squares: 0.5 },
    size: 10,
    variation: 0.7,
    factors: [1],
  };

  /** Counts by differences of the binomial, one by one, and the amount of each. */
  function bySumming({ wanted, moments, size, variation, factors }: AmountAim): number {
    let sum = 0;
    for (const factor of factors) {
      const mean = moments.mean * factor;
      const squares = moments.squares * factor * factor;
      for (let count = 1; count < 2 * mean + 60; count++) {
        const exactly = atLeast(count, { mean, squares }) - atLeast(count + 1, { mean, squares });
        sum += exactly * gammaAbove(count / variation ** 2, wanted / (size * variation ** 2));
      }
    }
    return sum / factors.length;
  }

  it.each<Partial<AmountAim>>([
    { wanted: 20 },
    { wanted: 250, variation: 1.5 },
    { factors: [0.7, 1, 1.4] },
    { moments: { mean: 3, squares: 0 }, wanted: 35 },
    { moments: { mean: 3.3, squares: 2.9 }, wanted: 35, variation: 0.2 },
  ])('%j: the sum over the number of closes', (changed) => {
    expect(chanceOfAmount({ ...aim, ...changed })).toBeCloseTo(bySumming({ ...aim, ...changed }), 11);
  });

  it.each<Moments>([
    { mean: 410, squares: 20 },
    { mean: 410, squares: 0 },
    { mean: 410, squares: 380 },
  ])('many closes (%j) come near that sum', (moments) => {
    for (const wanted of [3_700, 3_900, 4_100, 4_300, 4_500]) {
      const many = { ...aim, moments, wanted, factors: [0.95, 1.2] };
      expect(Math.abs(chanceOfAmount(many) - bySumming(many))).toBeLessThan(5e-4);
    }
  });

  it('deals all alike are a matter of their number', () => {
    const alike = { ...aim, variation: 0 };
    expect(chanceOfAmount(alike)).toBe(atLeast(10, aim.moments));
    expect(chanceOfAmount({ ...alike, wanted: 105 })).toBe(atLeast(10.5, aim.moments));
    const nearly = chanceOfAmount({ ...aim, variation: 0.01, wanted: 95 });
    expect(nearly).toBeCloseTo(atLeast(10, aim.moments), 9);
  });

  it('where there is nothing to reach or nothing to reach it with', () => {
    expect(chanceOfAmount({ ...aim, wanted: 0 })).toBe(1);
    expect(chanceOfAmount({ ...aim, size: 0 })).toBe(0);
    expect(chanceOfAmount({ ...aim, moments: { mean: 0, squares: 0 } })).toBe(0);
    const nothing = { ...aim, moments: { mean: 0, squares: 0 }, variation: 0 };
    expect(chanceOfAmount(nothing)).toBe(0);
  });
});

describe('laws', () => {
  const chances = (max: number) =>
    fc.array(fc.double({ min: 0.001, max, noNaN: true }), { minLength: 1, maxLength: 60 });
  const wanted = fc.double({ min: 0.1, max: 40, noNaN: true });
  const more = fc.double({ min: 1, max: 1.5, noNaN: true });

  it('more leads of the same kinds, or a better rate, never make it less likely; more wanted never more', () => {
    fc.assert(
      fc.property(
        chances(0.3),
        fc.constantFrom(0, 0.3, 1),
        wanted,
        more,
        (records, spread, closes, times) => {
          const moments = momentsOf(records);
          const factors = rateNodes({ rate: 0.2, variation: spread / 3 });
          const shared = { wanted: 7 * closes, moments, size: 7, variation: spread, factors };
          const base = chanceOfAmount(shared);
          expect(base >= 0 && base <= 1).toBe(true);
          const leads = { mean: moments.mean * times, squares: moments.squares * times };
          expect(chanceOfAmount({ ...shared, moments: leads })).toBeGreaterThanOrEqual(base - 1e-11);
          const better = factors.map((factor) => factor * times);
          expect(chanceOfAmount({ ...shared, factors: better })).toBeGreaterThanOrEqual(base - 1e-11);
          const asked = chanceOfAmount({ ...shared, wanted: 7 * closes * times });
          expect(asked).toBeLessThanOrEqual(base + 1e-11);
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it('leads of different chances come near counting them one by one', () => {
    fc.assert(
      fc.property(chances(0.2), fc.integer({ min: 1, max: 12 }), (leads, closes) => {
        const off = atLeast(closes, momentsOf(leads)) - exactlyAtLeast(closes, leads);
        expect(Math.abs(off)).toBeLessThan(0.004);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('few nearly certain records among many unlikely ones are its weak spot', () => {
    const mixed = [...new Array<number>(5).fill(0.9), ...new Array<number>(100).fill(0.03)];
    let worst = 0;
    for (let closes = 1; closes <= 15; closes++)
      worst = Math.max(worst, Math.abs(atLeast(closes, momentsOf(mixed)) - exactlyAtLeast(closes, mixed)));
    expect(worst).toBeGreaterThan(0.03);
    expect(worst).toBeLessThan(0.035);
  });
});
