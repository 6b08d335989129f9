/** Cells → numbers: amounts, counts and shares, as people and spreadsheets write them. */
import { type Fault, faulty, MISSING, type Reading, reading } from './cell-fault.ts';
import { currencyOf } from './currency.ts';
import { type Decimal, digitsAsNumber, otherDecimal } from './decimal.ts';
import { type NumberShape, takeApart } from './number-shape.ts';

export interface Amount {
  readonly value: number;
  /** ISO code of the currency beside it; `$` alone is USD, see `canMean`. */
  readonly currency: string | null;
  /** The symbol or code as written. */
  readonly written: string | null;
  /** What one unit of the last digit shown is worth: 0.01 in `1.25`, 100,000 in `1.2M`. */
  readonly unit: number;
}

/** Beyond this the cents of an amount cannot be told apart, and parts no longer add up to their total. */
const LARGEST = 1e12;

const WHOLE = /^\d{1,12}$/;
const POINTED = /^\d{1,12}\.\d{1,3}$/;
const POINTED_UNITS = [1, 0.1, 0.01, 0.001];
const PLACEHOLDER = /^([-\u2013\u2014]+|n\/?a|n\.a\.|none|null|nil|tbd|tba|\?+)$/i;
const NOT_FINITE = /^[-+]?(nan|inf|infinity|\u221e)$/i;
const SPREADSHEET_ERROR = /^(#(ref!|n\/a|div\/0!|name\?|value!|num!|null!|spill!|calc!|error!)|#{3,})/i;

/**
 * An amount of money, or any number: `$45,000`, `45k`, `1.2M`, `(500)`, `45 000`, `1'200`, `€ 45.000,50`, `3E+3`.
 * Faults: those of `parseNumber`, and `number_with_percent`.
 */
export function parseAmount(text: string, decimal: Decimal | null): Reading<Amount> {
  if (WHOLE.test(text)) return reading({ value: Number(text), currency: null, written: null, unit: 1 });
  if (decimal !== 'comma' && POINTED.test(text)) {
    const unit = POINTED_UNITS[text.length - text.indexOf('.') - 1]!;
    return reading({ value: Number(text), currency: null, written: null, unit });
  }
  const { value: number, fault } = parseNumber(text, decimal);
  if (number?.shape.percent) return faulty('number_with_percent', { text });
  if (!number) return { value: null, fault };
  const { written } = number.shape;
  return reading({
    value: number.value,
    currency: written === null ? null : currencyOf(written),
    written,
    unit: number.unit,
  });
}

/** A number of records, 0 or more, `1,200` or `12.5`. Faults: also `count_with_unit` and `count_negative`. */
export function parseCount(text: string, decimal: Decimal | null): Reading<number> {
  if (WHOLE.test(text)) return reading(Number(text));
  const { value: number, fault } = parseNumber(text, decimal);
  if (!number) return { value: null, fault: wanted('count', fault) };
  if (number.shape.percent || number.shape.written !== null) return faulty('count_with_unit', { text });
  return number.value < 0 ? faulty('count_negative', { text }) : reading(number.value);
}

/**
 * A share as 0..1: `25%`, `25 %`, `0.25`. More than 1 is left to the caller, except whole numbers and those from
 * 2 on without a percent sign, where `25` may be meant as 25 %: `share_without_percent`. Faults: also
 * `share_with_unit`.
 */
export function parseShare(text: string, decimal: Decimal | null): Reading<number> {
  const { value: number, fault } = parseNumber(text, decimal);
  if (!number) return { value: null, fault: wanted('share', fault) };
  const { shape, value } = number;
  if (shape.written !== null) return faulty('share_with_unit', { text });
  if (shape.percent || value <= 1 || (value < 2 && !Number.isInteger(value))) return reading(value);
  return faulty('share_without_percent', { text, percent: `${text}%`, share: value / 100 });
}

/** A fault that says what was wanted instead. */
function wanted(what: string, fault: Fault | null): Fault | null {
  return fault === null ? null : { ...fault, arguments: { ...fault.arguments, wanted: what } };
}

/** A spreadsheet's error value, `#REF!` or `#N/A`, in any kind of column; else null. */
export function spreadsheetError(text: string): Fault | null {
  if (text.charCodeAt(0) !== 35 || !SPREADSHEET_ERROR.test(text)) return null;
  return { code: 'cell_spreadsheet_error', arguments: { text } };
}

interface NumberRead {
  readonly value: number;
  readonly unit: number;
  readonly shape: NumberShape;
}

/**
 * Faults: `cell_spreadsheet_error`, `number_placeholder` (a dash, n/a), `number_not_finite`, `number_decimal_style`
 * (a number only with the other decimal sign), `number_unreadable`.
 */
function parseNumber(text: string, decimal: Decimal | null): Reading<NumberRead> {
  if (text === '') return MISSING;
  const shape = takeApart(text);
  if (!shape) return noNumber(text);
  const style = decimal ?? 'point';
  const digits = digitsAsNumber(shape.digits, style);
  if (digits === null) {
    const other = otherDecimal(style);
    const readable = digitsAsNumber(shape.digits, other) !== null;
    return readable
      ? faulty('number_decimal_style', { text, decimal: style, other })
      : faulty('number_unreadable', { text });
  }
  const decimals = digits.length - 1 - (digits.includes('.') ? digits.indexOf('.') : digits.length - 1);
  const value = Number(`${shape.negative ? '-' : ''}${digits}e${shape.power}`);
  if (!Number.isFinite(value)) return faulty('number_not_finite', { text });
  if (Math.abs(value) > LARGEST) return faulty('number_too_large', { text });
  return reading({ value: value === 0 ? 0 : value, unit: unitOf(decimals - shape.power), shape });
}

function unitOf(decimals: number): number {
  return Number(`1e${-decimals}`);
}

function noNumber(text: string): Reading<never> {
  const fault = spreadsheetError(text);
  if (fault) return { value: null, fault };
  if (PLACEHOLDER.test(text)) return faulty('number_placeholder', { text });
  return faulty(NOT_FINITE.test(text) ? 'number_not_finite' : 'number_unreadable', { text });
}
