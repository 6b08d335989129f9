/** Days: the calendar's smallest unit here, counted from 1970-01-01. The only file that uses `Date.UTC`. */

/** A calendar day as the number of days since 1970-01-01 (no time, no zone). */
export type Day = number & { readonly unit: 'day' };

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The day of a calendar date, or null where that date does not exist.
 * `dayOf(2027, 2, 29)` is null. Years 1900 to 9999 are accepted; `month` is 1 to 12.
 */
export function dayOf(year: number, month: number, dayOfMonth: number): Day | null {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || dayOfMonth < 1) return null;
  const time = Date.UTC(year, month - 1, dayOfMonth);
  return new Date(time).getUTCMonth() === month - 1 ? ((time / MILLISECONDS_PER_DAY) as Day) : null;
}

/** Year, month (1 to 12) and day of the month of a day. */
export function dateOf(day: Day): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** ISO date, `2027-01-31`. */
export function formatDay(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** The day `count` days later (earlier where negative). */
export function addDays(day: Day, count: number): Day {
  return (day + count) as Day;
}
