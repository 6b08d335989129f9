/** How numbers, money and dates are written: the only place that decides digits, signs and separators. */
import { type Day, dateOf } from '../period/day.ts';
import { type FiscalCalendar, fiscalYearOf, isCalendarYear, quarterNumber } from '../period/fiscal.ts';
import { DAYS_PER_MONTH, type Month, monthOfYear, yearOfMonth } from '../period/month.ts';
import { apportion } from '../quota/apportion.ts';

/** Stands where there is nothing to count. */
export const NONE = '–';
const MINUS = '−';
/** Ties a number to its unit where lines are wrapped; renderers write it as a space. */
export const GLUE = '\u00a0';

/** What amounts are in: money of a currency (null: not said), or deals. Both come in hundredths. */
export interface AmountUnit {
  readonly kind: 'money' | 'deals';
  readonly currency: string | null;
}

/** Thousands apart, a true minus: `grouped('12345.5')` is `12,345.5`. */
function grouped(digits: string): string {
  const [whole, fraction] = digits.replace('-', '').split('.') as [string, string | undefined];
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  return digits.startsWith('-') && /[1-9]/.test(digits) ? MINUS + text : text;
}

/** At most so many decimals, none of them a zero at the end: `1.50` is `1.5`, `2.0` is `2`. */
function trimmed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return grouped(text.includes('.') ? text.replace(/\.?0+$/, '') : text);
}

/** A whole number: `4,138`; a dash for none. */
export function count(value: number): string {
  return Number.isNaN(value) ? NONE : grouped(value.toFixed(0));
}

/** A goal in a table: a dash also for 0, so that the eye finds where there is something to do. */
export function goalCount(value: number): string {
  return Math.round(value) === 0 ? NONE : count(value);
}

/** A change: `+92`, `−15`, `0`. */
export function signed(value: number): string {
  return Math.round(value) > 0 ? `+${count(value)}` : count(value);
}

/** A change in whole percents: `+51%`, `−3%`, `0%`. */
export function signedPercent(share: number): string {
  return `${signed(share * 100)}%`;
}

/** Records of which some are fractions, as blended or expected ones are: whole from 10 on. */
export function records(value: number): string {
  return trimmed(value, value < 10 ? 1 : 0);
}

/** One decimal, more where two digits would not show: `50.1%`, `0.43%`. */
export function percent(share: number): string {
  const value = share * 100;
  const decimals = value <= 0 || value >= 1 ? 1 : Math.min(6, 1 - exponentOf(value));
  return `${grouped(value.toFixed(decimals))}%`;
}

/** An interval beside its percentage: `3.6–4.1`. */
export function percentRange(low: number, high: number): string {
  return `${percent(low).slice(0, -1)}–${percent(high).slice(0, -1)}`;
}

/** One of many shares up to the largest, as percents of equal digits without the sign: `3.9` of up to `12.0`. */
export function percentAmong(share: number, largest: number): string {
  const decimals = largest >= 0.2 ? 0 : largest >= 0.01 ? 1 : 2;
  return (share * 100).toFixed(decimals);
}

/** Whole percents in a sentence: `89%`; neither 0 nor 100 unless it is. */
export function wholePercent(share: number): string {
  if (share > 0 && share < 0.005) return 'under 1%';
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : Math.round(share * 100)}%`;
}

/** As many digits as were meant: `20%`, `12.5%`. */
export function typedPercent(share: number): string {
  return `${trimmed(share * 100, 2)}%`;
}

/** How many times as much: `2.4×`, beyond nine `>9×`. */
export function times(value: number | null): string {
  if (value === null) return NONE;
  return value > 9 ? '>9×' : `${value.toFixed(1)}×`;
}

/** A chance in whole percents; neither 0 nor 100 unless it is: `52%`, `<1%`. */
export function chance(share: number | null): string {
  if (share === null) return NONE;
  if (share > 0 && share < 0.005) return '<1%';
  if (share < 1 && share > 0.995) return '>99%';
  return `${Math.round(share * 100)}%`;
}

/** A factor such as the 1.2 of an over-assignment. */
export function factor(value: number): string {
  return trimmed(value, 4);
}

/** A wait: `10 days`, `1 month`, `3.4 months`. */
export function duration(months: number): string {
  if (months < 1 - 1e-9) return plural(Math.round(months * DAYS_PER_MONTH), 'day');
  const text = trimmed(months, 1);
  return `${text}${GLUE}${text === '1' ? 'month' : 'months'}`;
}

function plural(value: number, word: string): string {
  return `${count(value)}${GLUE}${word}${value === 1 ? '' : 's'}`;
}

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

function withUnit(number: string, unit: AmountUnit): string {
  if (unit.kind === 'deals') return `${number}${GLUE}${number === '1' ? 'deal' : 'deals'}`;
  const symbol = unit.currency === null ? '' : (SYMBOLS[unit.currency] ?? `${unit.currency}${GLUE}`);
  return number.startsWith(MINUS) ? `${MINUS}${symbol}${number.slice(1)}` : symbol + number;
}

/** The whole amount: `$24,000`, `$24,000.50`, `CHF 24,000`, `640 deals`. */
export function amount(hundredths: number, unit: AmountUnit): string {
  const cents = Math.round(hundredths);
  if (unit.kind === 'deals') return withUnit(trimmed(cents / 100, 2), unit);
  return withUnit(grouped((cents / 100).toFixed(cents % 100 === 0 ? 0 : 2)), unit);
}

/** Three digits: `$12.4M`, `$719k`, `$1.03M`, `$950`; deals with one decimal below 100. */
export function shortAmount(hundredths: number, unit: AmountUnit): string {
  const value = hundredths / 100;
  return withUnit(unit.kind === 'deals' ? dealCount(value) : short(value), unit);
}

/** The same in a column whose title or sentence says that it counts deals. */
export function cellAmount(hundredths: number, unit: AmountUnit): string {
  return unit.kind === 'deals' ? dealCount(hundredths / 100) : shortAmount(hundredths, unit);
}

/** One decimal below 100, so that what is short of a quota adds up with where it lands. */
function dealCount(value: number): string {
  return trimmed(value, Math.abs(value) < 100 ? 1 : 0);
}

/** The price of one record: `$93.34`, from 100 on whole: `$1,120`. */
export function price(hundredths: number, unit: AmountUnit): string {
  return withUnit(priceDigits(hundredths), unit);
}

/** A range of prices: `$760–1,120`. */
export function priceRange(low: number, high: number, unit: AmountUnit): string {
  return withUnit(`${priceDigits(low)}–${priceDigits(high)}`, unit);
}

function priceDigits(hundredths: number): string {
  const cents = Math.round(hundredths);
  return grouped((cents / 100).toFixed(cents < 10_000 ? 2 : 0));
}

const SCALES: readonly (readonly [number, string])[] = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

function short(value: number): string {
  const rounded = Math.abs(value) < 1000 ? Math.round(value) : Number(value.toPrecision(3));
  const [scale, letter] = SCALES.find(([size]) => Math.abs(rounded) >= size) ?? [1, ''];
  return trimmed(rounded / scale, 2) + letter;
}

/** A short amount and the short amounts it is made of, which add up as they are written. */
export function shortParts(
  parts: readonly number[],
  unit: AmountUnit,
): { readonly total: string; readonly parts: readonly (string | null)[] } {
  const sum = parts.reduce((total, part) => total + part, 0);
  const step = stepOf(sum, unit);
  const steps = apportion(Math.round(sum / step), parts);
  return {
    total: shortAmount(Math.round(sum / step) * step, unit),
    parts: steps.map((whole) => (whole === 0 ? null : shortAmount(whole * step, unit))),
  };
}

/** What the third digit of a short amount is worth, in hundredths. */
function stepOf(hundredths: number, unit: AmountUnit): number {
  const value = Math.abs(hundredths) / 100;
  if (unit.kind === 'deals') return value < 100 ? 10 : 100;
  if (value < 1000) return 100;
  return 10 ** exponentOf(value);
}

/** The power of ten of a number written with three digits: 3 for 1,234, and for 999.9. */
function exponentOf(value: number): number {
  return Number(value.toExponential(2).split('e')[1]);
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Feb`. */
export function monthName(month: Month): string {
  return MONTHS[monthOfYear(month) - 1]!;
}

/** `Feb 2027`. */
export function monthAndYear(month: Month): string {
  return `${monthName(month)}${GLUE}${yearOfMonth(month)}`;
}

/** `Feb 27`, at the head of a column. */
export function monthAndShortYear(month: Month): string {
  return `${monthName(month)}${GLUE}${twoDigits(yearOfMonth(month))}`;
}

/** `Feb 2027 – Jan 2028`, `Feb – Jul 2027`, `Feb 2027`. */
export function monthSpan(first: Month, last: Month): string {
  if (first === last) return monthAndYear(first);
  const start = yearOfMonth(first) === yearOfMonth(last) ? monthName(first) : monthAndYear(first);
  return `${start}${GLUE}–${GLUE}${monthAndYear(last)}`;
}

/** `31 Jan 2027`. */
export function dayName(day: Day): string {
  const { year, month, dayOfMonth } = dateOf(day);
  return `${dayOfMonth}${GLUE}${MONTHS[month - 1]!}${GLUE}${year}`;
}

/** `Q1`. */
export function quarterName(month: Month, calendar: FiscalCalendar): string {
  return `Q${quarterNumber(month, calendar)}`;
}

/** `FY28`, or `2027` where the fiscal year is the calendar year. */
export function shortYear(month: Month, calendar: FiscalCalendar): string {
  const year = fiscalYearOf(month, calendar);
  return isCalendarYear(calendar) ? String(year) : `FY${twoDigits(year)}`;
}

function twoDigits(year: number): string {
  return String(year % 100).padStart(2, '0');
}

/** A number with as many decimals as it needs to be followed, four at most: `62.1412`, `1,234.5`, `0.0392`. */
export function decimal(value: number): string {
  return trimmed(value, Math.abs(value) < 0.01 ? 6 : 4);
}

/** A share with as many digits as it needs to be followed: `3.8895%`. */
export function percentExact(share: number): string {
  return `${trimmed(share * 100, 4)}%`;
}
