/** The number in a typed change, written with a decimal point and nothing between its digits. */
import { type Fault, faulty, type Reading, reading } from '../sheet/cell-fault.ts';
import { type Decimal, decideDecimal, digitsAsNumber } from '../sheet/decimal.ts';

/** What may stand before a number and behind it: a sign, a currency; a percent sign, a scale, a unit. */
const AROUND = /^([^\w.,]*(?:[A-Z]{3}\s*)?)(\d(?:[\d.,'\u2019 ]*\d)?)(\s*(?:%|[a-z]+)?(?:\s+[a-z]+)?)$/i;

/**
 * `+30.000,5 €` by an option `comma`, or because only that can be: `+30000.5 €`. A text that holds anything but one
 * number stays as it is. Faults: `decimal_ambiguous`.
 */
export function withPlainNumber(text: string, option: Decimal | null): Reading<string> {
  const [, before = '', digits, after = ''] = AROUND.exec(text) ?? [];
  if (digits === undefined) return reading(text);
  const { decimal, ambiguous } = decideDecimal([digits], { delimiter: ',', option });
  if (ambiguous !== null) return faulty('decimal_ambiguous', ambiguousIn(text, ambiguous));
  const plain = digitsAsNumber(digits, decimal ?? 'point');
  return reading(plain === null ? text : `${before}${plain}${after}`);
}

function ambiguousIn(
  text: string,
  { asPoint, asComma }: { readonly asPoint: string; readonly asComma: string },
): Fault['arguments'] {
  return { text, as_point: asPoint, as_comma: asComma };
}
