/** The fiscal calendar: which quarter and year a month belongs to, and how those are written. */
import { addMonths, formatMonth, type Month, monthOf, yearOfMonth } from './month.ts';

export type Grain = 'month' | 'quarter' | 'year';

/** A span of whole months that has a name: a month, a fiscal quarter or a fiscal year. */
export interface Period {
  readonly grain: Grain;
  readonly first: Month;
  readonly last: Month;
}

export interface FiscalCalendar {
  /** Month number (1 to 12) in which the fiscal year starts. */
  readonly starts: number;
  /** Whether a fiscal year carries the number of the calendar year in which it ends or starts. */
  readonly namedBy: 'end' | 'start';
}

export const CALENDAR_YEAR: FiscalCalendar = { starts: 1, namedBy: 'end' };

export const MONTHS_IN: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** Whether fiscal years are calendar years, so that periods are written without `FY`. */
export function isCalendarYear(calendar: FiscalCalendar): boolean {
  return calendar.starts === 1;
}

/** The number of the fiscal year a month lies in: January 2027 is in FY2027 where years start in February 2026. */
export function fiscalYearOf(month: Month, calendar: FiscalCalendar): number {
  const yearOfStart = yearOfMonth(addMonths(month, 1 - calendar.starts));
  return calendar.namedBy === 'end' && !isCalendarYear(calendar) ? yearOfStart + 1 : yearOfStart;
}

/** The fiscal year of that number. */
export function fiscalYear(year: number, calendar: FiscalCalendar): Period {
  const yearOfStart = calendar.namedBy === 'end' && !isCalendarYear(calendar) ? year - 1 : year;
  const first = monthOf(yearOfStart, calendar.starts);
  return { grain: 'year', first, last: addMonths(first, 11) };
}

/** Quarter 1 to 4 of the fiscal year of that number. */
export function fiscalQuarter(year: number, quarter: number, calendar: FiscalCalendar): Period {
  const first = addMonths(fiscalYear(year, calendar).first, (quarter - 1) * 3);
  return { grain: 'quarter', first, last: addMonths(first, 2) };
}

/** The quarter of its fiscal year, 1 to 4, that a month lies in. */
export function quarterNumber(month: Month, calendar: FiscalCalendar): number {
  return Math.floor(((month - (calendar.starts - 1)) % 12) / 3) + 1;
}

/** The month, fiscal quarter or fiscal year that holds a month. */
export function periodOf(month: Month, grain: Grain, calendar: FiscalCalendar): Period {
  if (grain === 'month') return { grain, first: month, last: month };
  const year = fiscalYearOf(month, calendar);
  return grain === 'year'
    ? fiscalYear(year, calendar)
    : fiscalQuarter(year, quarterNumber(month, calendar), calendar);
}

/** `2027-01`, `2027-Q1`, `2027`; with a fiscal year of its own `FY2028-Q1`, `FY2028`. */
export function formatPeriod(period: Period, calendar: FiscalCalendar): string {
  if (period.grain === 'month') return formatMonth(period.first);
  const year = `${isCalendarYear(calendar) ? '' : 'FY'}${fiscalYearOf(period.first, calendar)}`;
  return period.grain === 'year' ? year : `${year}-Q${quarterNumber(period.first, calendar)}`;
}

/** The fiscal periods of a grain that hold any month of first … last, in order, each cut to those months. */
export function periodsBetween(
  first: Month,
  last: Month,
  by: { grain: Grain; calendar: FiscalCalendar },
): Period[] {
  const periods: Period[] = [];
  for (let month = first; month <= last; ) {
    const whole = periodOf(month, by.grain, by.calendar);
    const end = Math.min(whole.last, last) as Month;
    periods.push({ grain: by.grain, first: month, last: end });
    month = addMonths(end, 1);
  }
  return periods;
}
