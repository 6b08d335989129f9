/**
 * Is a number of closes enough? A goal that is met in expectation is reached about half the time. How often, follows
 * from what each record brings: a close with its chance, or none.
 *
 * Only two sums over the records are needed. A binomial with the same mean and variance stands for them: for leads of
 * a plan it is off by some 1e−5, where a normal with continuity correction is off by up to .04. Few nearly certain
 * records among many unlikely ones are its weak spot: 5 of .9 with 100 of .03 are off by .03 at worst.
 */
import { filled } from '../funnel/series.ts';
import { betaQuantiles, binomialAtLeast } from './beta.ts';
import { gammaAbove, gammaBelow } from './gamma.ts';
import { sumReaches } from './normal.ts';

/** Sums over independent records, each with its chance of closing; those of several groups add up. */
export interface Moments {
  /** Σ chance: the closes expected. */
  readonly mean: number;
  /** Σ chance²; the variance is mean − squares. */
  readonly squares: number;
}

/** Nodes that stand for a rate's distribution. */
const NODES = 32;

/** A beta of fewer records than this is taken for a coin of none or all. */
const LEAST_RECORDS = 0.01;

/** Chances below this share of the whole are left out of a sum. */
const NEGLIGIBLE = 1e-15;

/** Below this mean chance the records are as good as countless: a Poisson number. */
const COUNTLESS = 1e-12;

/** Above this many closes a sum of deals is as good as normal. */
export const MANY_CLOSES = 400;

/**
 * The binomial with the mean and variance of the records: 200 records of 5 % are 200 trials of 5 %. Where every chance
 * is as good as 0 it is Poisson's: countless trials.
 */
export function matched({ mean, squares }: Moments): { trials: number; chance: number } {
  if (squares <= COUNTLESS * mean) return { trials: Number.POSITIVE_INFINITY, chance: 0 };
  return { trials: (mean * mean) / squares, chance: Math.min(1, squares / mean) };
}

/**
 * Probability of at least `wanted` closes. 10 of 200 records of 5 % each (mean 10, squares .5): .5453. Nothing wanted
 * is certain, nothing expected reaches nothing more; where all records are certain (squares = mean) it is 1 up to
 * their number; with squares 0 the closes are a Poisson number.
 */
export function atLeast(wanted: number, moments: Moments): number {
  if (wanted <= 0) return 1;
  if (!(moments.mean > 0)) return 0;
  const binomial = matched(moments);
  return binomial.chance > 0 ? binomialAtLeast(wanted, binomial) : gammaBelow(wanted, moments.mean);
}

/** The same records with every chance times a factor. */
function scaled({ mean, squares }: Moments, factor: number): Moments {
  return { mean: factor * mean, squares: factor * factor * squares };
}

/**
 * What a rate may turn out to be, as factors of it: the middles of 32 equally likely slices of the beta with this mean
 * and this coefficient of variation (.15 is ± 15 %). [1] where the rate does not vary or cannot (0, 1). A beta varies
 * by less than √((1 − rate) ÷ rate) of its mean; asked for more, it comes close to that.
 */
export function rateNodes(of: { rate: number; variation: number }): readonly number[] {
  const { rate, variation } = of;
  if (!(variation > 0 && rate > 0 && rate < 1)) return [1];
  const records = Math.max(LEAST_RECORDS, (1 - rate) / (rate * variation * variation) - 1);
  const beta = { first: records * rate, second: records * (1 - rate) };
  const shares = filled(NODES, 0).map((_, node) => (node + 0.5) / NODES);
  return betaQuantiles(shares, beta).map((node) => node / rate);
}

function averageOf(factors: readonly number[], chanceAt: (factor: number) => number): number {
  let sum = 0;
  for (const factor of factors) sum += chanceAt(factor);
  return sum / factors.length;
}

/**
 * Probability of at least `wanted` closes when the rate itself is uncertain: the mean over its `factors`, all equally
 * likely and the same for all records.
 */
export function chanceOfCloses(of: { wanted: number; moments: Moments; factors: readonly number[] }): number {
  return averageOf(of.factors, (factor) => atLeast(of.wanted, scaled(of.moments, factor)));
}

/**
 * The fewest leads that bring at least `wanted` closes with this confidence, each lead a close at this rate: 53 for 1
 * close at 3 % and 80 %. 0 where nothing is wanted, ∞ where no number will do.
 */
export function fewestLeads(of: { wanted: number; rate: number; confidence: number }): number {
  const { wanted, rate, confidence } = of;
  if (wanted <= 0 || confidence <= 0) return 0;
  if (rate >= 1) return Math.ceil(wanted);
  if (!(rate > 0) || confidence >= 1) return Number.POSITIVE_INFINITY;
  const isEnough = (leads: number) => binomialAtLeast(wanted, { trials: leads, chance: rate }) >= confidence;
  let tooFew = Math.ceil(wanted) - 1;
  let enough = Math.ceil(wanted / rate);
  while (!isEnough(enough)) {
    tooFew = enough;
    enough *= 2;
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** Probabilities of the whole numbers `least`, `least` + 1, …; what is left out has no weight. */
export interface CountLaw {
  readonly least: number;
  readonly chances: readonly number[];
}

/**
 * How likely each number of closes is: differences of `atLeast`, which follow from one another by
 * P(n+1) ÷ P(n) = (trials − n)/(n + 1) · odds, so that only the likeliest one is worked out. The part of a trial that
 * a matched binomial may have over its whole ones bears what is left.
 */
export function countLaw(moments: Moments): CountLaw {
  if (!(moments.mean > 0)) return { least: 0, chances: [1] };
  const { trials, chance } = matched(moments);
  const growth = (count: number) =>
    (chance > 0 ? ((trials - count) * chance) / (1 - chance) : moments.mean) / (count + 1);
  const likeliest = Math.floor(Math.min(moments.mean, trials + 1e-9));
  const most = atLeast(likeliest, moments) - atLeast(likeliest + 1, moments);
  const fewer: number[] = [];
  for (let count = likeliest - 1, at = most; count >= 0; count--) {
    at /= growth(count);
    if (at < NEGLIGIBLE) break;
    fewer.push(at);
  }
  const chances = [...fewer.reverse(), most];
  const least = likeliest - fewer.length;
  for (let count = likeliest, at = most; at >= NEGLIGIBLE && count < trials; count++) {
    at = count + 1 <= trials ? at * growth(count) : atLeast(count + 1, moments);
    chances.push(at);
  }
  return { least, chances };
}

/** The mean of the laws of the number of closes over the factors; index = closes. */
function mixedCounts(moments: Moments, factors: readonly number[]): number[] {
  const mixed: number[] = [];
  for (const factor of factors) {
    const { least, chances } = countLaw(scaled(moments, factor));
    while (mixed.length < least + chances.length) mixed.push(0);
    for (const [index, chance] of chances.entries())
      mixed[least + index] = mixed[least + index]! + chance / factors.length;
  }
  return mixed;
}

/** Deals won and what they bring in. */
export interface AmountAim {
  readonly wanted: number;
  readonly moments: Moments;
  /** Mean amount of a deal, in the units of `wanted`. */
  readonly size: number;
  /** Coefficient of variation of the amounts. */
  readonly variation: number;
  readonly factors: readonly number[];
}

/**
 * Probability that the closes bring in an amount, deals being gamma-distributed about their mean size. 200 records of
 * 5 %, deals of 10 that vary by .7: 100 or more with .4666. Deals that do not vary are a matter of their number.
 * n deals together are a gamma of n times the shape; above 400 closes the normal with its skewness is enough.
 */
export function chanceOfAmount(of: AmountAim): number {
  const { wanted, moments, size, variation, factors } = of;
  if (wanted <= 0) return 1;
  if (!(size > 0)) return 0;
  if (!(variation > 0)) return chanceOfCloses({ wanted: wanted / size, moments, factors });
  if (moments.mean > MANY_CLOSES) return averageOf(factors, (factor) => manyReach(of, factor));
  const counts = mixedCounts(moments, factors);
  const shape = 1 / (variation * variation);
  const asked = (wanted / size) * shape;
  let sum = 0;
  for (let count = counts.length - 1, settled = false; count > 0 && !settled; count--) {
    const reaches = gammaAbove(count * shape, asked);
    sum += counts[count]! * reaches;
    settled = reaches < NEGLIGIBLE;
  }
  return Math.min(1, sum);
}

/** The same for many closes at one factor, from the cumulants of a random number of random deals. */
function manyReach({ wanted, moments, size, variation }: AmountAim, factor: number): number {
  const { mean: expected } = scaled(moments, factor);
  const { trials, chance } = matched(scaled(moments, factor));
  const mean = Math.min(expected, trials);
  const rest = 1 - chance;
  const square = variation * variation;
  return sumReaches(wanted / size, {
    mean,
    variance: mean * (rest + square),
    third: mean * (rest * (1 - 2 * chance) + 3 * rest * square + 2 * square * square),
  });
}
