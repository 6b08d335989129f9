/**
 * Do deals reach an amount? Each named deal brings its amount with its chance or nothing; new deals come on top.
 *
 * The sums that named deals can come to are kept one by one while they are few, so that three deals of 10,000 reach
 * 30,000 exactly; from some thousands of them on, in cells.
 */
import {
  type NewDeals,
  newCumulants,
  type Reach,
  reachOfNew,
  type SizeLaws,
  sizeLaws,
  sumOfCumulants,
} from './fresh.ts';
import { type Cumulants, sumReaches } from './normal.ts';

export type { NewDeals } from './fresh.ts';

/** A deal that one can name. Amounts in any unit, the same for all, 0 or more. */
export interface Deal {
  readonly amount: number;
  readonly chance: number;
}

/**
 * Cells that the wanted amount is cut into when sums are too many to keep apart. As `inCells` uses them, 2,000 are off
 * by some 1e−5 and 5e−4 at most; 4,000 with amounts rounded to them by 1e−4 and 7e−4.
 */
const CELLS = 2_000;

/**
 * New deals whose amounts vary blur what the cells leave, unless there happen to be none: from so many expected on,
 * fewer cells err less than 2,000 do without new deals.
 */
const CELLS_BY_NEW: readonly { readonly expected: number; readonly cells: number }[] = [
  { expected: 5, cells: 500 },
  { expected: 2, cells: 1_000 },
  { expected: 0, cells: CELLS },
];

/** Amounts that vary by less than this blur nothing. */
const BLURRING = 0.3;

/** Sums kept apart at most: those of nine deals, or of any number whose amounts are round. */
const CAPACITY = 512;

/** Above this many deals their sum is as good as normal. */
const MANY_DEALS = 1_000;

/** Share of the wanted amount that sums of fractions may be off by. */
const SLACK = 1e-12;

/**
 * Probability that deals and new deals together reach an amount: 40, 25, 60, 10 and 30 with chances .8, .5, .2, .9 and
 * .35 reach 50 with .8472. Nothing wanted is certain; deals of chance 1 count in full, those of chance 0 not at all.
 * Exact for up to nine named deals and for round amounts, else within some 1e−4 (2e−3 where a few sums
 * bear most of the chance); above 1,000 deals by Edgeworth's series.
 */
export function chanceOfReaching(of: {
  wanted: number;
  deals: readonly Deal[];
  fresh: readonly NewDeals[];
  /** Kept by who asks for many chances. */
  bench?: Bench;
}): number {
  const open: Deal[] = [];
  let left = of.wanted;
  for (const deal of of.deals) {
    if (deal.chance >= 1) left -= deal.amount;
    else if (deal.chance > 0 && deal.amount > 0) open.push(deal);
  }
  if (left <= SLACK * of.wanted || of.wanted <= 0) return 1;
  if (open.length > MANY_DEALS)
    return sumReaches(left, sumOfCumulants([...open.map(cumulantsOf), ...of.fresh.map(newCumulants)]));
  const bench = of.bench ?? chanceBench();
  const rest = reachOfNew(of.fresh, left, bench.sizes);
  return reachOf(largestFirst(open), { wanted: left, fresh: of.fresh, rest, bench });
}

/** Room to work in, made once by who asks for many chances: nothing of one answer is in the next. */
export interface Bench {
  readonly amounts: Float64Array;
  readonly chances: Float64Array;
  readonly cells: Float64Array;
  readonly sizes: SizeLaws;
}

export function chanceBench(): Bench {
  return {
    amounts: new Float64Array(CAPACITY),
    chances: new Float64Array(CAPACITY),
    cells: new Float64Array(CELLS),
    sizes: sizeLaws(),
  };
}

/** Room for the place of a deal beside its amount in one number; there are no more of them. */
const PLACES = 1_024;

/** Deals by falling amount. Whole amounts are sorted as numbers that carry their place, which is many times as fast. */
function largestFirst(deals: readonly Deal[]): readonly Deal[] {
  const keys = new Float64Array(deals.length);
  for (const [place, { amount }] of deals.entries()) {
    keys[place] = amount * PLACES + place;
    if (!Number.isSafeInteger(keys[place]!))
      return [...deals].sort((one, other) => other.amount - one.amount || other.chance - one.chance);
  }
  keys.sort();
  return Array.from(keys, (_, index) => deals[keys[keys.length - 1 - index]! % PLACES]!);
}

/** The same of so many deals that only the cumulants of their sum matter: Edgeworth's series. */
export function chanceOfSum(of: { wanted: number; deals: Cumulants; fresh: readonly NewDeals[] }): number {
  if (of.wanted <= 0) return 1;
  return sumReaches(of.wanted, sumOfCumulants([of.deals, ...of.fresh.map(newCumulants)]));
}

function cumulantsOf({ amount, chance }: Deal): Cumulants {
  const variance = chance * (1 - chance) * amount ** 2;
  return { mean: chance * amount, variance, third: variance * (1 - 2 * chance) * amount };
}

/** What the named deals so far may come to. */
interface Sums {
  /** Sums below the wanted amount, ascending, and their chances; the first `count` of them. */
  readonly amounts: Float64Array;
  readonly chances: Float64Array;
  count: number;
  /** Chance of having reached it. */
  reached: number;
}

interface Reaching {
  readonly wanted: number;
  readonly fresh: readonly NewDeals[];
  /** What the new deals reach; null where there are none. */
  readonly rest: Reach | null;
  readonly bench: Bench;
}

/** The deals by falling amount, then the new ones. A sum that the deals still to come cannot help is dropped. */
function reachOf(deals: readonly Deal[], { wanted, fresh, rest, bench }: Reaching): number {
  const sums: Sums = { amounts: bench.amounts, chances: bench.chances, count: 1, reached: 0 };
  sums.amounts[0] = 0;
  sums.chances[0] = 1;
  const hopeless = rest === null ? restsOf(deals, wanted) : null;
  for (const [index, deal] of deals.entries()) {
    if (2 * sums.count > CAPACITY) {
      const cells = bench.cells.subarray(0, cellsFor(fresh));
      inCells(sums, deals.slice(index), { wanted, isAll: rest === null, cells });
      return Math.min(1, sums.reached + restOfCells(cells, wanted, rest));
    }
    addDeal(sums, deal, { wanted, least: hopeless?.[index] ?? 0 });
  }
  let chance = sums.reached;
  if (rest !== null)
    for (let index = 0; index < sums.count; index++)
      chance += sums.chances[index]! * rest(wanted - sums.amounts[index]!);
  return Math.min(1, chance);
}

function cellsFor(fresh: readonly NewDeals[]): number {
  let expected = 0;
  for (const deals of fresh) if (deals.variation >= BLURRING) expected += deals.expected;
  return CELLS_BY_NEW.find((choice) => expected >= choice.expected)!.cells;
}

/** What the new deals add to sums in cells, each taken at its middle. */
function restOfCells(cells: Float64Array, wanted: number, rest: Reach | null): number {
  if (rest === null) return 0;
  const unit = wanted / cells.length;
  let chance = 0;
  for (let cell = 0; cell < cells.length; cell++) chance += cells[cell]! * rest(wanted - (cell + 0.5) * unit);
  return chance;
}

/** What must have been reached after each deal for the later ones to suffice. */
function restsOf(deals: readonly Deal[], wanted: number): Float64Array {
  const least = new Float64Array(deals.length);
  let rest = wanted * (1 - SLACK);
  for (let index = deals.length - 1; index >= 0; index--) {
    least[index] = rest;
    rest -= deals[index]!.amount;
  }
  return least;
}

/**
 * Sums without the deal and sums with it, merged from the top down within the same arrays: what is written always lies
 * above what is still to be read. Equal sums become one.
 */
function addDeal(sums: Sums, { amount, chance }: Deal, of: { wanted: number; least: number }): void {
  const { amounts, chances, count } = sums;
  const slack = SLACK * of.wanted;
  let without = count - 1;
  let having = count - 1;
  for (; having >= 0 && amounts[having]! + amount >= of.wanted - slack; having--)
    sums.reached += chances[having]! * chance;
  let written = 2 * count;
  for (;;) {
    const low = without >= 0 ? amounts[without]! : Number.NEGATIVE_INFINITY;
    const high = having >= 0 ? amounts[having]! + amount : Number.NEGATIVE_INFINITY;
    const sum = Math.max(low, high);
    if (sum < of.least || sum === Number.NEGATIVE_INFINITY) break;
    let weight = 0;
    if (low >= sum - slack) weight += chances[without--]! * (1 - chance);
    if (high >= sum - slack) weight += chances[having--]! * chance;
    written--;
    amounts[written] = sum;
    chances[written] = weight;
  }
  amounts.copyWithin(0, written, 2 * count);
  chances.copyWithin(0, written, 2 * count);
  sums.count = 2 * count - written;
}

/**
 * The remaining deals on so many cells of what is wanted. A cell holds the sums from its lower end up to the next one, which
 * keeps "at least the wanted amount" unbiased though the amounts of deals fall between cells.
 */
function inCells(
  sums: Sums,
  deals: readonly Deal[],
  of: { wanted: number; isAll: boolean; cells: Float64Array },
): void {
  const { cells } = of;
  const unit = of.wanted / cells.length;
  cells.fill(0);
  for (let index = 0; index < sums.count; index++) {
    const cell = Math.min(cells.length - 1, Math.floor(sums.amounts[index]! / unit));
    cells[cell] = cells[cell]! + sums.chances[index]!;
  }
  let ahead = 0;
  for (const { amount } of deals) ahead += Math.ceil(amount / unit);
  for (const { amount, chance } of deals) {
    ahead -= Math.ceil(amount / unit);
    const low = of.isAll ? Math.max(0, cells.length - ahead) : 0;
    sums.reached += shift(cells, { steps: amount / unit, chance, low });
  }
}

/**
 * One deal on the cells, in place from the top down: f'[k] = f[k]·(1 − p) + f[k − v]·p. An amount between v and v + 1
 * cells goes to both in the proportion that keeps the mean. Gives the chance that goes beyond the last cell. Cells
 * under `low` do not matter any more and are left as they are.
 */
function shift(cells: Float64Array, of: { steps: number; chance: number; low: number }): number {
  const { chance, low } = of;
  const all = cells.length;
  const step = Math.min(all, Math.floor(of.steps));
  const far = step < all ? chance * (of.steps - step) : 0;
  const near = chance - far;
  const not = 1 - chance;
  let beyond = 0;
  for (let cell = all - step; cell < all; cell++) beyond += cells[cell]!;
  beyond *= chance;
  if (step < all) beyond += far * cells[all - step - 1]!;
  const end = Math.max(low, step + 1);
  let here = cells[all - 1 - step]!;
  for (let cell = all - 1; cell >= end; cell--) {
    const below = cells[cell - step - 1]!;
    cells[cell] = cells[cell]! * not + here * near + below * far;
    here = below;
  }
  if (step >= low && step < all) cells[step] = cells[step]! * not + cells[0]! * near;
  for (let cell = Math.min(step, all) - 1; cell >= low; cell--) cells[cell] = cells[cell]! * not;
  return beyond;
}
