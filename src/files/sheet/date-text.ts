/** Cells → days: ISO, `3/4/2027`, `04.03.2027`, `05-Mar-27`, `March 5, 2027`. */
import { addDays, type Day, dayOf, formatDay } from '../../period/day.ts';
import { faulty, MISSING, type Reading, reading } from './cell-fault.ts';
import type { Evidence } from './decimal.ts';
import { fullYear, monthNamed } from './month-names.ts';

/** In which order numeric dates name day, month and year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface DateOrderDecision {
  /** The order of the cells; null where none is needed, and where they contradict each other or do not say. */
  readonly order: DateOrder | null;
  /** Two cells of which one has to start with the day and the other with the month. */
  readonly conflict: { readonly dayFirst: Evidence; readonly monthFirst: Evidence } | null;
  /** The first cell that is another day in the other order, where no cell decides. */
  readonly ambiguous: (Evidence & { readonly asDayFirst: string; readonly asMonthFirst: string }) | null;
}

interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /[T ,]\s*\d{1,2}:\d\d(:\d\d([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d\d:?(\d\d)?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/;
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)$/;
const DAY_NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([^\d\s\-/.,']+)[-/., ']*(\d{4}|\d\d)$/;
const NAMED_DAY = /^([^\d\s\-/.,']+)[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/, ]+(\d{4})$/;
const YEAR_NAMED = /^(\d{4})[-/. ]*([^\d\s\-/.,']+)[-/. ]*(\d{1,2})$/;
const SERIAL = /^[2-7]\d{4}(\.\d+)?$/;

/** Excel counts days from here (its day 60 never was; later serials are right). */
const EXCEL_DAY_ZERO = dayOf(1900, 1, 1)! - 2;

/**
 * Whether numeric dates start with the day or the month, from a column's or file's cells. An option decides
 * alone; a part over 12 decides; dates that are the same day both ways need nothing; dots mean day first.
 */
export function decideDateOrder(cells: Iterable<string>, option: DateOrder | null): DateOrderDecision {
  if (option) return { order: option, conflict: null, ambiguous: null };
  const found: { dayFirst?: Evidence; monthFirst?: Evidence; either?: Evidence; dotted?: Evidence } = {};
  let index = -1;
  for (const text of cells) {
    index += 1;
    if (ISO.test(text)) continue;
    const [, first, separator, second] = YEAR_LAST.exec(withoutTime(text)) ?? [];
    if (first === undefined || Number(first) === Number(second)) continue;
    if (Number(first) > 12) found.dayFirst ??= { index, text };
    else if (Number(second) > 12) found.monthFirst ??= { index, text };
    else found[separator === '.' ? 'dotted' : 'either'] ??= { index, text };
  }
  const { dayFirst, monthFirst, either, dotted } = found;
  if (dayFirst && monthFirst) return { order: null, conflict: { dayFirst, monthFirst }, ambiguous: null };
  if (dayFirst || monthFirst) return { order: dayFirst ? 'dmy' : 'mdy', conflict: null, ambiguous: null };
  if (either) return { order: null, conflict: null, ambiguous: { ...either, ...bothReadings(either.text) } };
  return { order: dotted ? 'dmy' : null, conflict: null, ambiguous: null };
}

/**
 * The day a cell names; a time behind it is left out and the day taken as written. Numeric dates need `order`,
 * except where both orders give the same day or dots say day first.
 * Faults: `date_serial` (an Excel serial number), `date_undecided`, `date_nonexistent` (30 February; the 13th
 * month where the order says so), `date_unreadable`, `cell_spreadsheet_error`.
 */
export function parseDate(text: string, order: DateOrder | null): Reading<Day> {
  if (text === '') return MISSING;
  const iso = ISO.exec(text);
  if (iso) return dayRead(text, { year: Number(iso[1]), month: Number(iso[2]), dayOfMonth: Number(iso[3]) });
  const date = withoutTime(text);
  if (SERIAL.test(date)) {
    const day = addDays(EXCEL_DAY_ZERO as Day, Math.floor(Number(date)));
    return faulty('date_serial', { text, date: formatDay(day) });
  }
  const numeric = YEAR_LAST.exec(date);
  if (numeric && needsOrder(numeric, order)) return undecided(text);
  const calendar = numeric ? numericDate(numeric, order) : namedDate(date, order);
  if (calendar) return dayRead(text, calendar);
  return faulty(text.startsWith('#') ? 'cell_spreadsheet_error' : 'date_unreadable', { text });
}

function undecided(text: string): Reading<never> {
  const { asDayFirst, asMonthFirst } = bothReadings(text);
  return faulty('date_undecided', { text, as_day_first: asDayFirst, as_month_first: asMonthFirst });
}

function dayRead(text: string, date: Calendar): Reading<Day> {
  const day = dayOf(date.year, date.month, date.dayOfMonth);
  return day === null ? faulty('date_nonexistent', { text }) : reading(day);
}

/** `2027-01-31T10:00:00Z`, `1/31/2027 10:00 AM`: the day alone. */
function withoutTime(text: string): string {
  return text.includes(':') ? text.replace(TIME, '').trim() : text;
}

function needsOrder(numeric: readonly string[], order: DateOrder | null): boolean {
  const [, first, separator, second, last = ''] = numeric;
  const [one, two] = [Number(first), Number(second)];
  const isOpen = order === null || (order === 'ymd' && last.length === 4);
  return isOpen && separator !== '.' && one <= 12 && two <= 12 && one !== two;
}

/** Three numbers with the year last, or, where the order is `ymd`, first. */
function numericDate(numeric: readonly string[], order: DateOrder | null): Calendar {
  const [, first = '', , second = '', last = ''] = numeric;
  if (order === 'ymd' && last.length === 2) {
    return { year: fullYear(first), month: Number(second), dayOfMonth: Number(last) };
  }
  const monthFirst = order === 'mdy' || (order === null && Number(second) > 12);
  const [month, dayOfMonth] = monthFirst ? [first, second] : [second, first];
  return { year: fullYear(last), month: Number(month), dayOfMonth: Number(dayOfMonth) };
}

/** Dates whose form says the order: the year first, or the month by its name. */
function namedDate(text: string, order: DateOrder | null): Calendar | null {
  const yearFirst = YEAR_FIRST.exec(text);
  const [, year, month, dayOfMonth] = yearFirst
    ? [null, yearFirst[1], yearFirst[3], yearFirst[4]]
    : (COMPACT.exec(text) ?? []);
  if (year) return { year: Number(year), month: Number(month), dayOfMonth: Number(dayOfMonth) };
  const [, day, name, ending] = DAY_NAMED.exec(text) ?? swapped(NAMED_DAY.exec(text), [2, 1, 3]);
  if (name && ending && day)
    return withMonthName(order === 'ymd' && ending.length === 2 ? [ending, name, day] : [day, name, ending]);
  const [, first, middle, last] = YEAR_NAMED.exec(text) ?? [];
  return first && middle && last ? withMonthName([last, middle, first]) : null;
}

function swapped(match: readonly string[] | null, places: readonly number[]): (string | undefined)[] {
  return match ? [undefined, ...places.map((place) => match[place])] : [];
}

function withMonthName([day, name, year]: readonly [string, string, string]): Calendar | null {
  const month = monthNamed(name);
  return month === null ? null : { year: fullYear(year.padStart(2, '0')), month, dayOfMonth: Number(day) };
}

/** What an undecided date would be in either order, for the message. */
function bothReadings(text: string): { asDayFirst: string; asMonthFirst: string } {
  const numeric = YEAR_LAST.exec(withoutTime(text))!;
  const [asDayFirst = '', asMonthFirst = ''] = (['dmy', 'mdy'] as const).map((order) => {
    const { year, month, dayOfMonth } = numericDate(numeric, order);
    const day = dayOf(year, month, dayOfMonth);
    return day === null ? '' : formatDay(day);
  });
  return { asDayFirst, asMonthFirst };
}
