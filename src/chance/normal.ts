/**
 * The normal distribution: what sums of many small chances come to. Arguments are in standard deviations from the
 * mean, results are probabilities 0 … 1.
 */

const ROOT_OF_TWO_PI = 2.5066282746310002;

/** Beyond this many standard deviations the tail is worked out by itself, or its digits would cancel. */
const TAIL = 3;

/** Density at x: the height of the bell, .3989 in the middle. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_OF_TWO_PI;
}

/**
 * Φ(x), the probability of being below x: .5 at 0, .8413 at 1, 6.2e−16 at −8 (all its digits count); 0 and 1 at ∓∞.
 * The series φ·(x + x³/3 + x⁵/15 + …) in the middle, Laplace's continued fraction x + 1/(x + 2/(x + …)) in the tails
 * (Abramowitz & Stegun 26.2.11 and 26.2.14).
 */
export function normalBelow(x: number): number {
  const distance = Math.abs(x);
  if (distance > TAIL) {
    let fraction = 0;
    for (let k = 30; k > 0; k--) fraction = k / (distance + fraction);
    const tail = normalDensity(x) / (distance + fraction);
    return x < 0 ? tail : 1 - tail;
  }
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** Numerator and denominator of a rational function, constant first. */
interface Rational {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

/** The coefficients of AS 241: near the middle, further out, and beyond 5 in the root of −ln(tail). */
const MIDDLE: Rational = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.693765509461, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
};
const OUTER: Rational = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 7.745450142783414e-4,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    5.475938084995345e-4, 1.0507500716444169e-9,
  ],
};
const FAR: Rational = {
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 7.868691311456133e-4,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

function ratio({ above, below }: Rational, x: number): number {
  let top = 0;
  let bottom = 0;
  for (let power = above.length - 1; power >= 0; power--) {
    top = top * x + above[power]!;
    bottom = bottom * x + below[power]!;
  }
  return top / bottom;
}

/**
 * The x that a share of the distribution lies below: 0 for .5, 1.6449 for .95; ∓∞ for 0 and 1.
 * Wichura's algorithm AS 241 (PPND16), 16 digits.
 */
export function normalQuantile(share: number): number {
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  const off = share - 0.5;
  if (Math.abs(off) <= 0.425) return off * ratio(MIDDLE, 0.180625 - off * off);
  const root = Math.sqrt(-Math.log(Math.min(share, 1 - share)));
  const distance = root <= 5 ? ratio(OUTER, root - 1.6) : ratio(FAR, root - 5);
  return off < 0 ? -distance : distance;
}

/** First three cumulants of a sum: those of independent parts add up. Units: amount, amount², amount³. */
export interface Cumulants {
  readonly mean: number;
  readonly variance: number;
  readonly third: number;
}

/**
 * Probability that a sum of many independent parts reaches an amount: the normal with its first Edgeworth term,
 * 1 − [Φ(z) − skewness·(z² − 1)·φ(z)/6], kept within 0 … 1. A sum that does not vary reaches its mean and no more.
 */
export function sumReaches(wanted: number, { mean, variance, third }: Cumulants): number {
  if (!(variance > 0)) return wanted <= mean ? 1 : 0;
  const z = (wanted - mean) / Math.sqrt(variance);
  const skewness = third / variance ** 1.5;
  const chance = normalBelow(-z) + (skewness * (z * z - 1) * normalDensity(z)) / 6;
  return Math.min(1, Math.max(0, chance));
}
