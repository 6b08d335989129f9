/** Cells and headers → months, quarters and fiscal years, as people write them. */
import { addDays, type Day, dateOf, dayOf } from '../../period/day.ts';
import {
  type FiscalCalendar,
  fiscalQuarter,
  fiscalYear,
  isCalendarYear,
  type Period,
} from '../../period/fiscal.ts';
import { addMonths, type Month, monthOf, monthOfYear } from '../../period/month.ts';
import { faulty, MISSING, type Reading, reading } from './cell-fault.ts';
import { type DateOrder, decideDateOrder, parseDate } from './date-text.ts';
import { fullYear, monthNamed, withoutAccents } from './month-names.ts';

export interface PeriodContext {
  readonly calendar: FiscalCalendar;
  /** The plan's one fiscal year, for a bare `Jan` or `Q1`; null where the plan is not exactly one. */
  readonly fiscalYear: number | null;
  /** `ymd` also says that `27-Jan` is January 2027. */
  readonly dateOrder: DateOrder | null;
}

const SEPARATORS = "[\\s\\-_/.,']*";
const YEAR = `(\\d{4}|\\d\\d)`;
const NAME = '([a-z]{3,10})';
const YEAR_MONTH = /^((?:19|20|21)\d\d)(?:[-/.](\d{1,2})|(\d\d))$/;
const MONTH_YEAR = /^(\d{1,2})[-/.]((?:19|20|21)\d\d)$/;
const NAME_YEAR = new RegExp(`^${NAME}${SEPARATORS}(fy)?${SEPARATORS}${YEAR}$`);
const YEAR_NAME = new RegExp(`^(?:(fy)${SEPARATORS}${YEAR}|((?:19|20|21)\\d\\d))${SEPARATORS}${NAME}$`);
const DAY_NAME = new RegExp(`^(\\d{1,2})${SEPARATORS}${NAME}$`);
const QUARTER_YEAR = new RegExp(`^(?:q\\s?([1-4])|([1-4])\\s?q)${SEPARATORS}(fy)?${SEPARATORS}${YEAR}$`);
const YEAR_QUARTER = new RegExp(`^(fy)?${SEPARATORS}${YEAR}${SEPARATORS}(?:q\\s?([1-4])|([1-4])\\s?q)$`);
const QUARTER = /^(?:q\s?([1-4])|([1-4])\s?q)$/;
const FISCAL_YEAR = new RegExp(`^fy${SEPARATORS}${YEAR}$`);
const CALENDAR_YEAR = /^((?:19|20|21)\d\d)$/;
/** What a number or a broken formula gives: no sign of a header. */
const NO_HEADER: ReadonlySet<string> = new Set([
  'period_unreadable',
  'date_serial',
  'cell_spreadsheet_error',
]);
/** Longer texts are notes, not periods. */
const LONGEST = 40;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;

/**
 * The period a text names: `2027-01`, `Jan-27`, `Q1 2027`, `FY27 Q1`, `FY2027`, `1/1/2027` (the first of a month).
 * A two-digit year is of this century. An empty text is missing.
 * Faults: `period_unreadable`; `period_without_year` (a bare `Jan` or `Q1`); `period_needs_fiscal` (`Q1 2027` or
 * `2027` where the fiscal year is not the calendar year); `period_day_or_year` (`27-Jan`); `period_not_first_day`
 * (a date inside a month); `period_date_undecided` (`1/2/2027`).
 */
export function parsePeriod(text: string, context: PeriodContext): Reading<Period> {
  if (text === '') return MISSING;
  if (text.length > LONGEST) return faulty('period_unreadable', { text });
  const plain = withoutAccents(text)
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const words = plain
    .replace(/quarter|qtr/, 'q')
    .replace(/\bfiscal (year )?/, 'fy')
    .replace(/^([1-4])(?:st|nd|rd|th) q/, 'q$1');
  const found =
    numericMonth(words) ??
    namedMonth(words, text, context) ??
    quarter(words, text, context) ??
    year(words, text, context) ??
    firstOfMonth(text, context);
  return found ?? faulty('period_unreadable', { text });
}

/** `parsePeriod` for one file: each text is read once. */
export function periodReader(context: PeriodContext): (text: string) => Reading<Period> {
  const known = new Map<string, Reading<Period>>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const read = parsePeriod(text, context);
    known.set(text, read);
    return read;
  };
}

/** Whether a column's header names a period, in whatever calendar. */
export function isPeriodHeader(text: string): boolean {
  const { value, fault } = parsePeriod(text, {
    calendar: { starts: 1, namedBy: 'end' },
    fiscalYear: 2000,
    dateOrder: null,
  });
  return value !== null || (fault !== null && !NO_HEADER.has(fault.code));
}

/**
 * In which order dates that stand for months are written: the one in which all of them are the first of a month.
 * `1/1/2027, 2/1/2027` is `mdy`. Null where no cell is such a date, or both orders or neither fit.
 */
export function decidePeriodDateOrder(cells: Iterable<string>, option: DateOrder | null): DateOrder | null {
  if (option) return option;
  const found = new Set<string>();
  for (const text of cells) if (!isIsoMonth(text) && DATE.test(text)) found.add(text);
  const dates = [...found];
  const fitting = (['dmy', 'mdy'] as const).filter((order) => dates.every((text) => firstDayIn(text, order)));
  const differ = decideDateOrder(dates, null).ambiguous !== null;
  return differ && dates.length > 1 && fitting.length === 1 ? fitting[0]! : null;
}

/** `2027-01`, told cheaply. */
function isIsoMonth(text: string): boolean {
  return text.length === 7 && text.charCodeAt(4) === 45;
}

function month(first: Month): Reading<Period> {
  return reading({ grain: 'month', first, last: first });
}

function numericMonth(text: string): Reading<Period> | null {
  const [, yearFirst, separated, joined] = YEAR_MONTH.exec(text) ?? [];
  const [, monthFirst, yearLast] = MONTH_YEAR.exec(text) ?? [];
  const number = Number(separated ?? joined ?? monthFirst);
  const yearNumber = Number(yearFirst ?? yearLast);
  return number >= 1 && number <= 12 ? month(monthOf(yearNumber, number)) : null;
}

/** `Jan 2027`, `Jan-27`, `2027 Jan`, `Jan FY27`, `FY27 Jan`, a bare `Jan`; `27-Jan` only where the order says so. */
function namedMonth(text: string, raw: string, context: PeriodContext): Reading<Period> | null {
  const [, name, fiscal, digits] = NAME_YEAR.exec(text) ?? nameLast(YEAR_NAME.exec(text));
  const number = monthNamed(name ?? text.replace(/\.$/, ''));
  if (number !== null && digits) {
    return month(
      fiscal ? monthInYear(number, fullYear(digits), context.calendar) : monthOf(fullYear(digits), number),
    );
  }
  if (number !== null && name === undefined) {
    if (context.fiscalYear === null) return faulty('period_without_year', { text: raw });
    return month(monthInYear(number, context.fiscalYear, context.calendar));
  }
  const [, dayOrYear, dayName = ''] = DAY_NAME.exec(text) ?? [];
  const mangled = monthNamed(dayName);
  if (dayOrYear === undefined || mangled === null) return null;
  if (context.dateOrder === 'ymd') return month(monthOf(fullYear(dayOrYear), mangled));
  return faulty('period_day_or_year', { text: raw, year: fullYear(dayOrYear), day: Number(dayOrYear) });
}

/** The groups of `YEAR_NAME` in the order of `NAME_YEAR`. */
function nameLast(match: readonly string[] | null): readonly (string | undefined)[] {
  return match ? [undefined, match[4], match[1], match[2] ?? match[3]] : [];
}

function monthInYear(number: number, fiscal: number, calendar: FiscalCalendar): Month {
  const { first } = fiscalYear(fiscal, calendar);
  return addMonths(first, (number - monthOfYear(first) + 12) % 12);
}

function quarter(text: string, raw: string, context: PeriodContext): Reading<Period> | null {
  const { calendar } = context;
  const bare = QUARTER.exec(text);
  if (bare) {
    if (context.fiscalYear === null) return faulty('period_without_year', { text: raw });
    return reading(fiscalQuarter(context.fiscalYear, Number(bare[1] ?? bare[2]), calendar));
  }
  const quarterFirst = QUARTER_YEAR.exec(text);
  const yearFirst = YEAR_QUARTER.exec(text);
  const [number, fiscal, digits] = quarterFirst
    ? [quarterFirst[1] ?? quarterFirst[2], quarterFirst[3], quarterFirst[4]]
    : [yearFirst?.[3] ?? yearFirst?.[4], yearFirst?.[1], yearFirst?.[2]];
  if (!number || !digits) return null;
  const named = fullYear(digits);
  if (!fiscal && !isCalendarYear(calendar)) {
    return faulty('period_needs_fiscal', { text: raw, write: `FY${named}-Q${number}` });
  }
  return reading(fiscalQuarter(named, Number(number), calendar));
}

function year(text: string, raw: string, { calendar }: PeriodContext): Reading<Period> | null {
  const fiscal = FISCAL_YEAR.exec(text);
  if (fiscal) return reading(fiscalYear(fullYear(fiscal[1]!), calendar));
  if (!CALENDAR_YEAR.test(text)) return null;
  if (!isCalendarYear(calendar)) return faulty('period_needs_fiscal', { text: raw, write: `FY${text}` });
  return reading(fiscalYear(Number(text), calendar));
}

/** A date stands for a month only where it is the first day of one. */
function firstOfMonth(text: string, { dateOrder }: PeriodContext): Reading<Period> | null {
  const { value, fault } = parseDate(text, dateOrder);
  if (fault?.code === 'date_undecided') return faulty('period_date_undecided', { ...fault.arguments });
  if (fault?.code === 'date_serial' || fault?.code === 'cell_spreadsheet_error')
    return { value: null, fault };
  if (value === null) return null;
  if (!isFirstDay(value) && !isFirstDay(addDays(value, 1))) return faulty('period_not_first_day', { text });
  const { year: yearNumber, month: number } = dateOf(value);
  return month(monthOf(yearNumber, number));
}

function firstDayIn(text: string, order: DateOrder): boolean {
  const { value } = parseDate(text, order);
  return value !== null && isFirstDay(value);
}

function isFirstDay(day: Day): boolean {
  const { year: yearNumber, month: number } = dateOf(day);
  return dayOf(yearNumber, number, 1) === day;
}
