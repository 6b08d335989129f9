/** Values of what-ifs: `+10%`, `-5%`, `+2 points`, `+1 month`, `+5000` are changes; all else stands in place of what was there. */
import type { Move } from '../../scenario/what-if.ts';
import { parseDuration } from '../sheet/duration-text.ts';
import { parseAmount } from '../sheet/number-text.ts';

/** What a signed value adds or multiplies by. */
export type Signed =
  | { readonly unit: 'percent'; readonly move: Move }
  /** Of a share: `+2 points` of 20 % are 22 %. */
  | { readonly unit: 'points'; readonly move: Move }
  | { readonly unit: 'months'; readonly move: Move }
  | { readonly unit: 'amount'; readonly move: Move };

const SIGN = /^([+\u2212-])\s*(.+)$/s;
const POINTS = /^([\d.,]+)\s*(?:percentage\s+)?(?:points?|pp|pts?)$/i;

/** Null where it has no sign, or cannot be read. */
export function parseSigned(text: string): Signed | null {
  const [, sign, rest = ''] = SIGN.exec(text) ?? [];
  if (sign === undefined) return null;
  const of = sign === '+' ? 1 : -1;
  const percent = /^([\d.,]+)\s*%$/.exec(rest)?.[1];
  if (percent !== undefined) {
    const value = numberOf(percent);
    return value === null
      ? null
      : { unit: 'percent', move: { kind: 'times', value: 1 + (of * value) / 100 } };
  }
  const points = POINTS.exec(rest)?.[1];
  if (points !== undefined) {
    const value = numberOf(points);
    return value === null ? null : { unit: 'points', move: { kind: 'plus', value: (of * value) / 100 } };
  }
  const months = parseDuration(rest).value;
  if (months !== null) return { unit: 'months', move: { kind: 'plus', value: of * months } };
  const amount = numberOf(rest);
  return amount === null ? null : { unit: 'amount', move: { kind: 'plus', value: of * amount } };
}

/** Whether a value begins with a sign: then it is a change of what was there, or a typing error. */
export const isSigned = (text: string): boolean => SIGN.test(text);

function numberOf(text: string): number | null {
  return parseAmount(text.trim(), 'point').value?.value ?? null;
}
