/**
 * The beta distribution (what a rate may be, after some records) and the binomial one (how many of a number of
 * records close), which is its other side.
 */
import { deviance, stirlingGap } from './gamma.ts';
import { normalQuantile } from './normal.ts';
import { solve } from './solve.ts';

const TWO_PI = 6.283185307179586;

/** The continued fraction stops where a term changes no more than this share. */
const SETTLED = 1e-14;

/** A beta distribution: about `first` successes and `second` failures; the mean is first ÷ (first + second). */
interface Shape {
  readonly first: number;
  readonly second: number;
  /** ln of its weight at the mean. */
  readonly peak: number;
}

function shapeOf(first: number, second: number): Shape {
  const total = first + second;
  const gaps = stirlingGap(total) - stirlingGap(first) - stirlingGap(second);
  return { first, second, peak: 0.5 * Math.log((first / total) * (second / TWO_PI)) + gaps };
}

/** The same seen from 1: what fails for it is what succeeds here. */
function mirror({ first, second, peak }: Shape): Shape {
  return { first: second, second: first, peak };
}

/** A point and its distance to 1, both with all their digits. */
interface Point {
  readonly x: number;
  readonly rest: number;
}

/** ln of the weight x^first·rest^second ÷ B(first, second): of the density times x times the rest (saddle-point). */
function logWeight({ first, second, peak }: Shape, { x, rest }: Point): number {
  const total = first + second;
  return peak - deviance(first, total * x) - deviance(second, total * rest);
}

/**
 * Weight ÷ probability of being at most x, for x up to the mean: Didonato and Morris' continued fraction (TOMS 708)
 * by modified Lentz. The number of terms grows with the root of the shape; it always ends.
 */
function fraction({ first, second }: Shape, { x, rest }: Point): number {
  const lead = first * rest - second * x + 1;
  let inverse = 1 / (first + 1);
  let value = first * lead * inverse;
  let above = value;
  let below = 0;
  for (let k = 1; ; k++) {
    const part = k * (second - k) * x * inverse;
    const factor = (first + k - 1) * (first + second + k - 1) * x * inverse * part;
    inverse = 1 / (first + 2 * k + 1);
    const term = k + part + (first + k) * (lead + k * (1 + rest)) * inverse;
    below = 1 / (term + factor * below);
    above = term + factor / above;
    const change = above * below;
    value *= change;
    if (!(Math.abs(change - 1) > SETTLED)) return value;
  }
}

/** Both tails of the beta at points x; the smaller-sided one is worked out and the other is its rest. */
function tailsOf(
  first: number,
  second: number,
): (x: number) => { readonly below: number; readonly above: number } {
  if (first <= 0 || second <= 0) return (x) => ((x > 0 && second > 0) || x >= 1 ? ALL_BELOW : ALL_ABOVE);
  const shape = shapeOf(first, second);
  const mirrored = mirror(shape);
  const mean = first / (first + second);
  return (x) => {
    if (x <= 0) return ALL_ABOVE;
    if (x >= 1) return ALL_BELOW;
    if (x > mean) {
      const above = lowerTail(mirrored, { x: 1 - x, rest: x });
      return { below: 1 - above, above };
    }
    const below = lowerTail(shape, { x, rest: 1 - x });
    return { below, above: 1 - below };
  };
}

const ALL_BELOW = { below: 1, above: 0 };
const ALL_ABOVE = { below: 0, above: 1 };

function lowerTail(shape: Shape, point: Point): number {
  return Math.exp(logWeight(shape, point)) / fraction(shape, point);
}

/**
 * I_x(first, second), the probability that the beta is at most x: x for (1, 1), .5 for any (a, a) at .5. A first of 0
 * is all at 0, a second of 0 all at 1.
 */
export function betaBelow(x: number, first: number, second: number): number {
  return tailsOf(first, second)(x).below;
}

/** The probability that the beta is above x, every digit of it also where it is tiny. */
export function betaAbove(x: number, first: number, second: number): number {
  return tailsOf(first, second)(x).above;
}

/** ln of a first guess for a lower tail, from the probability at the mean: A&S 26.5.22, or the power near 0. */
function guess(share: number, { first, second }: Shape, mean: { at: number; below: number }): number {
  if (first <= 1 || second <= 1) return mean.at + Math.log(share / mean.below) / first;
  const z = -normalQuantile(share);
  const left = 1 / (2 * first - 1);
  const right = 1 / (2 * second - 1);
  const narrow = 2 / (left + right);
  const curve = (z * z - 3) / 6;
  const logit =
    (z * Math.sqrt(Math.max(0, narrow + curve))) / narrow -
    (right - left) * (curve + 5 / 6 - 2 / (3 * narrow));
  return Math.min(mean.at, -Math.log1p((second / first) * Math.exp(2 * logit)));
}

/** ln of the x up to the mean that a share lies below. `mean.at` is ln of the mean, `mean.below` the probability there. */
function lowerQuantile(share: number, shape: Shape, mean: { at: number; below: number }): number {
  const start = guess(share, shape, mean);
  if (start < -700) return start;
  return solve(start, mean.at, (at) => {
    const point = { x: Math.exp(at), rest: -Math.expm1(at) };
    const terms = fraction(shape, point);
    const slope = terms / point.rest;
    const excess = logWeight(shape, point) - Math.log(terms * share);
    return { excess, slope, bend: shape.first - ((shape.second - 1) * point.x) / point.rest - slope };
  });
}

/**
 * The x that a share of the beta lies below: the share itself for (1, 1), .5 for any (a, a) at .5; 0 for share 0,
 * 1 for share 1.
 */
export function betaQuantile(share: number, of: { first: number; second: number }): number {
  return betaQuantiles([share], of)[0]!;
}

/** The same for several shares. Each is solved on the logarithm of the tail that ends at the mean. */
export function betaQuantiles(shares: readonly number[], of: { first: number; second: number }): number[] {
  const { first, second } = of;
  if (first <= 0 || second <= 0) return shares.map(() => (first <= 0 ? 0 : 1));
  const shape = shapeOf(first, second);
  const mirrored: Shape = { first: second, second: first, peak: shape.peak };
  const mean: Point = { x: first / (first + second), rest: second / (first + second) };
  const below = Math.exp(logWeight(shape, mean)) / fraction(shape, mean);
  const left = { at: Math.log(mean.x), below };
  const right = { at: Math.log(mean.rest), below: 1 - below };
  return shares.map((share) => {
    if (share <= 0 || share >= 1) return share <= 0 ? 0 : 1;
    if (share <= below) return Math.exp(lowerQuantile(share, shape, left));
    return -Math.expm1(lowerQuantile(1 - share, mirrored, right));
  });
}

/**
 * Probability of at least `wanted` successes in so many trials: I_chance(wanted, trials − wanted + 1). 1 of 2 at .5
 * is .75. A fractional number wanted lies between its neighbours. Trials may be fractional too (a binomial matched to
 * other records): up to the next whole number can succeed, where all are certain the last with what it is a part of;
 * more never. Nothing wanted is certain.
 */
export function binomialAtLeast(wanted: number, of: { trials: number; chance: number }): number {
  const { trials, chance } = of;
  if (wanted <= 0) return 1;
  const slack = 1e-9 + 1e-12 * trials;
  if (chance <= 0 || wanted - slack > Math.ceil(trials - slack)) return 0;
  if (chance < 1) return betaBelow(chance, wanted, trials - wanted + 1);
  const whole = Math.floor(trials + slack);
  return wanted - slack > whole ? trials - whole : 1;
}
