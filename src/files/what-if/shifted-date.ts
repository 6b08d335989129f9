/** Months and days of the plan file moved for a what-if: `from=+1 month`, `as_of=-2 weeks`. */
import { addDays, formatDay } from '../../period/day.ts';
import { CALENDAR_YEAR } from '../../period/fiscal.ts';
import { addMonths, formatMonth, lastDay, monthOfDay } from '../../period/month.ts';
import { parseDate } from '../sheet/date-text.ts';
import { parsePeriod } from '../sheet/period-text.ts';

/**
 * A month by whole months, a day by days, weeks or months; the last day of a month stays the last one. Null where that
 * cannot be.
 */
export function shiftedDate(before: string, text: string): string | null {
  const [, sign, number = '', unit = ''] =
    /^([+\u2212-])\s*(\d+)\s*(day|week|month|year)s?$/i.exec(text) ?? [];
  if (sign === undefined) return null;
  const count = Number(number) * (sign === '+' ? 1 : -1);
  const days = DAYS[unit.toLowerCase()];
  const months = MONTHS[unit.toLowerCase()] ?? 0;
  const day = parseDate(before, null).value;
  if (day === null) return days === undefined ? shiftedMonth(before, count * months) : null;
  if (days !== undefined) return formatDay(addDays(day, count * days));
  const then = addMonths(monthOfDay(day), count * months);
  const isLast = day === lastDay(monthOfDay(day));
  const moved = lastDay(addMonths(then, -1)) + (day - lastDay(addMonths(monthOfDay(day), -1)));
  return formatDay((isLast || moved > lastDay(then) ? lastDay(then) : moved) as typeof day);
}

function shiftedMonth(before: string, months: number): string | null {
  const { value } = parsePeriod(before, { calendar: CALENDAR_YEAR, fiscalYear: null, dateOrder: null });
  return value?.grain === 'month' ? formatMonth(addMonths(value.first, months)) : null;
}

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7 };
const MONTHS: Readonly<Record<string, number>> = { month: 1, year: 12 };
