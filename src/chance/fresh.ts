/** New deals: those that nobody can name yet. Their number is Poisson's, their amounts are gamma-distributed. */
import { atLeast, countLaw } from './closes.ts';
import { gammaAbove, gammaWeight } from './gamma.ts';
import { type Cumulants, sumReaches } from './normal.ts';

/** New deals of one kind. */
export interface NewDeals {
  /** How many are expected; 0 is none. */
  readonly expected: number;
  /** Mean amount of one. */
  readonly size: number;
  /** Coefficient of variation of their amounts; 0 where all are alike. */
  readonly variation: number;
}

/** Probability of at least that amount. */
export type Reach = (amount: number) => number;

/** Cells that the wanted amount is cut into; a number with many divisors, so that round sizes fit. */
const CELLS = 240;

/** Cells that the mean deal is cut into where there is one kind. */
const CELLS_OF_DEAL = 24;

/** Above this many deals of several kinds their sum is as good as normal. */
const MANY_DEALS = 50;

/** What matters no more. */
const NEGLIGIBLE = 1e-13;

/**
 * Cumulants of the amount that new deals bring in: expected number × the moments of a deal, of which a gamma has
 * m, m²(1 + v²) and m³(1 + v²)(1 + 2v²).
 */
export function newCumulants({ expected, size, variation }: NewDeals): Cumulants {
  const square = variation * variation;
  return {
    mean: expected * size,
    variance: expected * size ** 2 * (1 + square),
    third: expected * size ** 3 * (1 + square) * (1 + 2 * square),
  };
}

/** The sum of independent sums. */
export function sumOfCumulants(parts: readonly Cumulants[]): Cumulants {
  let mean = 0;
  let variance = 0;
  let third = 0;
  for (const part of parts) {
    mean += part.mean;
    variance += part.variance;
    third += part.third;
  }
  return { mean, variance, third };
}

/** Kinds of new deals, those alike put together. */
function kindsOf(fresh: readonly NewDeals[]): NewDeals[] {
  const kinds: NewDeals[] = [];
  for (const deals of fresh) {
    if (!(deals.expected > 0 && deals.size > 0)) continue;
    const same = kinds.findIndex((kind) => kind.size === deals.size && kind.variation === deals.variation);
    if (same < 0) kinds.push(deals);
    else kinds[same] = { ...deals, expected: deals.expected + kinds[same]!.expected };
  }
  return kinds;
}

/**
 * Whether new deals reach an amount, for amounts up to `most`; null where there are none. One kind of deals that are
 * all alike is a Poisson number, exactly; many deals are as good as normal; others are summed up cell by cell.
 */
export function reachOfNew(
  fresh: readonly NewDeals[],
  most: number,
  sizes: SizeLaws = sizeLaws(),
): Reach | null {
  const kinds = kindsOf(fresh);
  const [first] = kinds;
  if (first === undefined) return null;
  if (kinds.length === 1 && !(first.variation > 0)) return reachByNumber(first);
  let expected = 0;
  for (const kind of kinds) expected += kind.expected;
  const cumulants = sumOfCumulants(kinds.map(newCumulants));
  if (expected > MANY_DEALS) return (amount) => (amount <= 0 ? 1 : sumReaches(amount, cumulants));
  const utmost = Math.min(most, utmostOf(kinds, cumulants));
  return kinds.length === 1
    ? reachByCount(first, { most: utmost, sizes })
    : reachByCells(kinds, { expected, most: utmost });
}

/** An amount that the new deals go beyond in no more than one case of 10¹²: some deviations, and some single deals. */
function utmostOf(kinds: readonly NewDeals[], { mean, variance }: Cumulants): number {
  const single = Math.max(...kinds.map(({ size, variation }) => size * (3 + 30 * variation * variation)));
  return mean + 8 * Math.sqrt(variance) + single;
}

/** Deals all alike: their number decides. */
function reachByNumber({ expected, size }: NewDeals): Reach {
  const moments = { mean: expected, squares: 0 };
  const { least, chances } = countLaw(moments);
  const reach: number[] = [];
  let rest = atLeast(least, moments);
  for (const chance of chances) {
    reach.push(rest);
    rest = Math.max(0, rest - chance);
  }
  return (amount) => {
    const number = Math.ceil(amount / size - 1e-9) - least;
    return number < 0 ? 1 : (reach[number] ?? 0);
  };
}

/** Mean of the smaller of a deal and an amount. */
function meanUpTo(amount: number, { size, variation }: NewDeals): number {
  if (!(variation > 0)) return Math.min(size, amount);
  const shape = 1 / (variation * variation);
  const x = (amount / size) * shape;
  const above = gammaAbove(shape, x);
  return size * (1 - above - gammaWeight(shape, x) / shape) + amount * above;
}

/**
 * Weights of a deal's amount on cells 0, unit, 2·unit … such that its mean is kept: second differences of `meanUpTo`
 * (method of local moments, Gerber 1982).
 */
function cellWeights(deals: NewDeals, unit: number): number[] {
  const weights: number[] = [];
  let before = 0;
  let here = 0;
  for (let cell = 0; cell <= CELLS; cell++) {
    const after = meanUpTo((cell + 1) * unit, deals);
    weights.push((2 * here - before - after) / unit + (cell === 0 ? 1 : 0));
    if (deals.size - here < NEGLIGIBLE * deals.size) break;
    before = here;
    here = after;
  }
  return weights;
}

/** Chances of amounts that several deals of one kind come to: the same for all kinds that vary alike. */
export interface SizeLaws {
  /** Chances that so many deals bring at least 0, 1, 2 … cells of mean ÷ 24, up to that cell; 0 beyond the end. */
  readonly atLeast: (of: { variation: number; count: number; cells: number }) => readonly number[];
}

/** Worked out once each; who asks for many chances keeps one of these. */
export function sizeLaws(): SizeLaws {
  const known = new Map<number, number[][]>();
  return {
    atLeast: ({ variation, count, cells }) => {
      let byCount = known.get(variation);
      if (byCount === undefined) known.set(variation, (byCount = []));
      const law = (byCount[count] ??= []);
      const shape = 1 / (variation * variation);
      for (let cell = law.length; cell <= cells && (cell === 0 || law[cell - 1]! > 0); cell++) {
        const reaches = gammaAbove(count * shape, (cell / CELLS_OF_DEAL) * shape);
        law.push(reaches < NEGLIGIBLE ? 0 : reaches);
      }
      return law;
    },
  };
}

/**
 * One kind of deals that vary, summed over their number: n deals together are a gamma of n times the shape. The table
 * holds the chance of at least each 24th of a deal; between them it is read on the line.
 */
function reachByCount(kind: NewDeals, { most, sizes }: { most: number; sizes: SizeLaws }): Reach {
  const { expected, size, variation } = kind;
  const unit = size / CELLS_OF_DEAL;
  const cells = Math.ceil(most / unit) + 1;
  const reach = new Float64Array(cells + 1);
  const { least, chances } = countLaw({ mean: expected, squares: 0 });
  for (const [index, chance] of chances.entries()) {
    const count = least + index;
    if (count === 0) continue;
    const law = sizes.atLeast({ variation, count, cells });
    const length = Math.min(law.length, cells + 1);
    for (let cell = 0; cell < length; cell++) reach[cell] = reach[cell]! + chance * law[cell]!;
  }
  return (amount) => {
    if (amount <= 0) return 1;
    const place = amount / unit;
    const cell = Math.floor(place);
    if (cell >= cells) return 0;
    return reach[cell]! + (reach[cell + 1]! - reach[cell]!) * (place - cell);
  };
}

/** Chance × cell of the amount of any one deal among several kinds. */
function mixedWeights(kinds: readonly NewDeals[], of: { expected: number; unit: number }): readonly number[] {
  const mixed: number[] = [];
  for (const kind of kinds) {
    for (const [cell, weight] of cellWeights(kind, of.unit).entries())
      mixed[cell] = (mixed[cell] ?? 0) + (weight * kind.expected) / of.expected;
  }
  return mixed;
}

/**
 * Deals of several kinds: Panjer's recursion (1981) over cells. The table holds the chance of at least each cell, of
 * the cell itself only half where amounts flow; between cells it is read on the line.
 */
function reachByCells(
  kinds: readonly NewDeals[],
  { expected, most }: { expected: number; most: number },
): Reach {
  const unit = most / CELLS;
  const weights = mixedWeights(kinds, { expected, unit });
  const counted = kinds.some((kind) => kind.variation > 0) ? 0.5 : 1;
  const chances = new Float64Array(CELLS + 1);
  const reach = new Float64Array(CELLS + 2);
  chances[0] = Math.exp(-expected * (1 - weights[0]!));
  reach[0] = -Math.expm1(-expected);
  let above = 1 - chances[0]!;
  const pulls = Float64Array.from(weights, (weight, cell) => expected * cell * weight);
  for (let cell = 1; cell <= CELLS; cell++) {
    let sum = 0;
    for (let part = Math.min(cell, pulls.length - 1); part > 0; part--)
      sum += pulls[part]! * chances[cell - part]!;
    const chance = sum / cell;
    chances[cell] = chance;
    above -= chance;
    reach[cell] = Math.max(0, above + counted * chance);
  }
  reach[CELLS + 1] = Math.max(0, above);
  return (amount) => {
    if (amount <= 0) return 1;
    if (amount > most) return 0;
    const cell = Math.min(CELLS, Math.floor(amount / unit));
    const part = amount / unit - cell;
    return reach[cell]! * (1 - part) + reach[cell + 1]! * part;
  };
}
