/** Whether a file writes 1.5 or 1,5: decided once per file, from all its numbers. */

import { takeApart } from './number-shape.ts';
import type { Delimiter } from './records.ts';

export type Decimal = 'point' | 'comma';

export interface DecimalDecision {
  /** The decimal sign of the file; null where no number says anything, and where they contradict each other. */
  readonly decimal: Decimal | null;
  /** Indexes and texts of two cells of which one needs a point and the other a comma. */
  readonly conflict: { readonly point: Evidence; readonly comma: Evidence } | null;
  /** The first cell that can be read both ways where none decides. */
  readonly ambiguous: (Evidence & { readonly asPoint: string; readonly asComma: string }) | null;
}

export interface Evidence {
  readonly index: number;
  readonly text: string;
}

/** What a text says about the decimal sign: `1.5` point, `1.234,5` comma, `1,234` either. */
type Sign = Decimal | 'either' | null;

const GROUP = "[ '’]";
const PATTERNS: Readonly<Record<Decimal, RegExp>> = {
  point: pattern('\\.', ','),
  comma: pattern(',', '\\.'),
};

/** Digits in groups of three (of two, as in India, before the last) or none, then decimals; nobody groups `0,125`. */
function pattern(decimal: string, thousands: string): RegExp {
  const grouped = [thousands, GROUP].map((sign) => `[1-9]\\d{0,2}(?:${sign}\\d{3})+`).join('|');
  const indian = `[1-9]\\d?(?:${thousands}\\d{2})+${thousands}\\d{3}`;
  return new RegExp(`^(?:\\d+|${grouped}|${indian})?(?:${decimal}\\d*)?$`);
}

export function otherDecimal(decimal: Decimal): Decimal {
  return decimal === 'point' ? 'comma' : 'point';
}

/** Digits with a point and no group signs, `45000.5`, or null where they are no number in that style. */
export function digitsAsNumber(digits: string, decimal: Decimal): string | null {
  if (!PATTERNS[decimal].test(digits)) return null;
  const thousands = decimal === 'point' ? /[,'\u2019 ]/g : /[.'\u2019 ]/g;
  return digits.replace(thousands, '').replace(',', '.');
}

/**
 * The decimal sign of a file, from its numeric cells. An option decides alone. `1,234` without other evidence is
 * thousands where the file's delimiter is a comma or a $ or £ stands beside it; `1.234` never decides.
 */
export function decideDecimal(
  cells: Iterable<string>,
  given: { readonly delimiter: Delimiter; readonly option: Decimal | null },
): DecimalDecision {
  if (given.option) return { decimal: given.option, conflict: null, ambiguous: null };
  const found: { point?: Evidence; comma?: Evidence; either?: Evidence; thousands?: Evidence } = {};
  let index = -1;
  for (const text of cells) {
    index += 1;
    if (!text.includes(',') && !text.includes('.')) continue;
    const sign = signOf(text);
    if (sign === null) continue;
    const thousands =
      sign === 'either' && text.includes(',') && (given.delimiter === ',' || /[$\u00a3]/.test(text));
    found[thousands ? 'thousands' : sign] ??= { index, text };
  }
  const { point, comma, either, thousands } = found;
  if (point && comma) return { decimal: null, conflict: { point, comma }, ambiguous: null };
  if (point || comma) return { decimal: point ? 'point' : 'comma', conflict: null, ambiguous: null };
  if (either)
    return { decimal: null, conflict: null, ambiguous: { ...either, ...bothReadings(either.text) } };
  return { decimal: thousands ? 'point' : null, conflict: null, ambiguous: null };
}

function signOf(text: string): Sign {
  if (/^\d+\.\d\d?$/.test(text)) return 'point';
  const digits = takeApart(text)?.digits;
  if (digits === undefined) return null;
  const point = PATTERNS.point.test(digits);
  const comma = PATTERNS.comma.test(digits);
  if (point && comma) return /[.,]/.test(digits) ? 'either' : null;
  if (point) return 'point';
  return comma ? 'comma' : null;
}

function bothReadings(text: string): { asPoint: string; asComma: string } {
  const digits = takeApart(text)?.digits ?? '';
  return { asPoint: digitsAsNumber(digits, 'point') ?? '', asComma: digitsAsNumber(digits, 'comma') ?? '' };
}
