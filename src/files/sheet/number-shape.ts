/** A number as written, taken apart: sign, currency, digits with their separators, exponent, scale, percent. */
import { currencyOf } from './currency.ts';

export interface NumberShape {
  readonly negative: boolean;
  /** The symbol or code beside the number, as written. */
  readonly written: string | null;
  /** Digits and separators; spaces between groups are single spaces. */
  readonly digits: string;
  /** Power of ten to multiply by: 3 for `k` and `E+3`, −2 for `%`. */
  readonly power: number;
  readonly percent: boolean;
}

const SCALES: Readonly<Record<string, number>> = {
  k: 3,
  tsd: 3,
  thousand: 3,
  m: 6,
  mm: 6,
  mn: 6,
  mio: 6,
  mln: 6,
  million: 6,
  b: 9,
  bn: 9,
  mrd: 9,
  billion: 9,
};

/** Before the digits, the digits, and what follows them; only `E` with digits after it is an exponent. */
const AROUND_DIGITS = /^([^\d.,]*)([.,]?\d(?:[\d.,'\u2019 ]*\d)?[.,]?)(e[+-]?\d{1,3})?\s*(\D*)$/i;

/** Taken apart, or null where the text is no number; `500.-` is 500, `500-` is −500. Which separator is the decimal one is not decided here. */
export function takeApart(text: string): NumberShape | null {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/[\u2212\u2013\u2014]/g, '-')
    .replace(/[.,]-+$/, '')
    .trim();
  const unwrapped = /^([^()\d]*)\(([^()]*\d[^()]*)\)([^()\d]*)$/.exec(plain);
  const match = AROUND_DIGITS.exec(unwrapped ? unwrapped.slice(1).join('') : plain);
  if (!match) return null;
  const [, before = '', digits = '', exponent = '', after = ''] = match;
  const prefix = signed(before);
  const suffix = signed(after);
  const unit = unitOf(suffix.rest);
  const signs = prefix.minus + suffix.minus + (unwrapped ? 1 : 0);
  if (!unit || signs > 1 || (prefix.rest !== '' && unit.written !== null)) return null;
  if (prefix.rest !== '' && currencyOf(prefix.rest) === null) return null;
  return {
    negative: signs === 1,
    written: prefix.rest || unit.written,
    digits,
    power: Number(exponent.slice(1)) + unit.power,
    percent: unit.percent,
  };
}

/** A sign before or after the currency, `-$500` or `$-500`, or behind the number, `500-`. */
function signed(text: string): { minus: number; rest: string } {
  const minus = text.split('-').length - 1;
  return { minus, rest: text.replace(/[-+]/g, '').trim() };
}

/** What stands behind the digits: a scale, a percent sign, a currency, or a scale and a currency. */
function unitOf(text: string): { power: number; percent: boolean; written: string | null } | null {
  if (text === '') return { power: 0, percent: false, written: null };
  if (text === '%') return { power: -2, percent: true, written: null };
  if (currencyOf(text) !== null) return { power: 0, percent: false, written: text };
  const [, word = '', rest = ''] = /^([a-z]+)\.?\s*(.*)$/i.exec(text) ?? [];
  const power = Object.hasOwn(SCALES, word.toLowerCase()) ? SCALES[word.toLowerCase()]! : null;
  if (power === null || (rest !== '' && currencyOf(rest) === null)) return null;
  return { power, percent: false, written: rest || null };
}
