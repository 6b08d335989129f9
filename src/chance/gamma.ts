/**
 * The gamma function and the gamma distribution of scale 1: the size of a deal, the sum of several, and, read the
 * other way, the number of events that come at a steady rate.
 */
import { normalQuantile } from './normal.ts';
import { solve } from './solve.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** From here on Stirling's series gives every digit. */
const LARGE = 10;

/** Continued fractions and series stop where a term changes no more than this share. */
const SETTLED = 1e-15;

/**
 * What Stirling's formula lacks: ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π], 1/(12x) for large x. In differences of
 * ln Γ of large numbers it keeps the digits that would cancel (Loader 2000).
 */
export function stirlingGap(x: number): number {
  if (x < LARGE) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI);
  const square = 1 / (x * x);
  const series =
    1 / 12 -
    square *
      (1 / 360 -
        square *
          (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square / 156)))));
  return series / x;
}

/** ln Γ(x) for x > 0: 0 at 1 and 2, ln 24 at 5. Stirling's series; a small x is moved up by Γ(x + 1) = x·Γ(x). */
export function logGamma(x: number): number {
  let product = 1;
  let large = x;
  while (large < LARGE) product *= large++;
  return (large - 0.5) * Math.log(large) - large + HALF_LOG_TWO_PI + stirlingGap(large) - Math.log(product);
}

/**
 * How unlikely a count is at a mean: count·ln(count ÷ mean) + mean − count, 0 where they agree. Written so that it
 * loses nothing where they nearly agree (Loader's saddle-point).
 */
export function deviance(count: number, mean: number): number {
  const off = mean - count;
  const relative = off / count;
  return off - count * (Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(mean / count));
}

/** x^shape·e^−x ÷ Γ(shape): the density times x. */
export function gammaWeight(shape: number, x: number): number {
  return Math.sqrt(shape) * Math.exp(-HALF_LOG_TWO_PI - deviance(shape, x) - stirlingGap(shape));
}

/** The lower probability ÷ weight: the series 1/s + x/(s(s+1)) + …; quick for x up to about the shape. */
function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; term > SETTLED * sum; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum;
}

/** The upper probability ÷ weight, for x above shape + 1: Legendre's continued fraction by modified Lentz. */
function upperFraction(shape: number, x: number): number {
  let term = x + 1 - shape;
  let above = Number.POSITIVE_INFINITY;
  let below = 1 / term;
  let value = below;
  for (let k = 1; ; k++) {
    const factor = k * (shape - k);
    term += 2;
    below = 1 / (term + factor * below);
    above = term + factor / above;
    const change = above * below;
    value *= change;
    if (!(Math.abs(change - 1) > SETTLED)) return value;
  }
}

/**
 * Probability that a gamma of this shape (its mean, in units of the scale) is at most x; 1 − e^−x for shape 1. Also
 * the probability of at least `shape` events where x are expected. Shape 0 is always 0, so never above any x.
 */
export function gammaBelow(shape: number, x: number): number {
  if (shape <= 0) return 1;
  if (x <= 0) return 0;
  if (x < shape + 1) return gammaWeight(shape, x) * lowerSeries(shape, x);
  return 1 - gammaWeight(shape, x) * upperFraction(shape, x);
}

/** Probability that a gamma of this shape is above x, every digit of it also where it is tiny; e^−x for shape 1. */
export function gammaAbove(shape: number, x: number): number {
  if (shape <= 0) return 0;
  if (x <= 0) return 1;
  if (x < shape + 1) return 1 - gammaWeight(shape, x) * lowerSeries(shape, x);
  return gammaWeight(shape, x) * upperFraction(shape, x);
}

/** ln of a first guess: Wilson and Hilferty's cube of a normal, or the power that rules near 0. */
function guess(shape: number, share: number): number {
  const root = 1 - 1 / (9 * shape) + normalQuantile(share) / (3 * Math.sqrt(shape));
  if (shape < 1 || root < 0.1) return (Math.log(share) + logGamma(shape + 1)) / shape;
  return Math.log(shape) + 3 * Math.log(root);
}

/**
 * The x that a share of the gamma of this shape lies below: ln 2 for shape 1 and share .5; 0 for share 0, ∞ for 1,
 * and 0 where it is too small for a number. Solved on the logarithm of the smaller tail.
 */
export function gammaQuantile(shape: number, share: number): number {
  if (share <= 0 || shape <= 0) return 0;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  const start = guess(shape, share);
  if (start < -700) return Math.exp(start);
  const side = share > 0.5 ? -1 : 1;
  const tail = share > 0.5 ? 1 - share : share;
  const root = solve(start, Number.POSITIVE_INFINITY, (at) => {
    const x = Math.exp(at);
    const chance = side > 0 ? gammaBelow(shape, x) : gammaAbove(shape, x);
    const slope = gammaWeight(shape, x) / chance;
    return { excess: side * Math.log(chance / tail), slope, bend: shape - x - side * slope };
  });
  return Math.exp(root);
}
