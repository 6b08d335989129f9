/** Splitting a whole number into whole parts that add up to it. */

/**
 * Splits `total` (a whole number, may be negative) in proportion to `weights` by largest remainder;
 * equal remainders go to the earlier part. `apportion(100, [1, 1, 1])` is `[34, 33, 33]`.
 * Weights are at least 0; where all are 0 every part is 0 and the caller decides what that means.
 */
export function apportion(total: number, weights: ArrayLike<number>): number[] {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  const parts = new Array<number>(weights.length).fill(0);
  if (!(sum > 0) || total === 0) return parts;
  const sign = total < 0 ? -1 : 1;
  const remainders: number[] = new Array(weights.length);
  let left = Math.abs(total);
  for (let i = 0; i < weights.length; i++) {
    const exact = (Math.abs(total) * weights[i]!) / sum;
    const whole = Math.floor(exact + TIE);
    parts[i] = whole === 0 ? 0 : sign * whole;
    remainders[i] = exact - whole;
    left -= whole;
  }
  if (left > 0) giveOneEach(parts, { remainders, weights, left, sign });
  return parts;
}

/** Quotients of amounts up to a billion are exact to this: remainders closer than it are ties. */
const TIE = 1e-6;

interface Leftover {
  readonly remainders: readonly number[];
  readonly weights: ArrayLike<number>;
  readonly left: number;
  readonly sign: number;
}

/** Hands the units that are left to the largest remainders. */
function giveOneEach(parts: number[], { remainders, weights, left, sign }: Leftover): void {
  const order = remainders
    .map((remainder, index) => ({ remainder: Math.round(remainder / TIE), index }))
    .filter(({ index }) => weights[index]! > 0)
    .sort((first, second) => second.remainder - first.remainder || first.index - second.index);
  for (let i = 0; i < left; i++) {
    const { index } = order[i % order.length]!;
    parts[index] = parts[index]! + sign;
  }
}
