/** Days: the calendar's smallest unit here, counted from 1970-01-01, in whole numbers throughout. */

/** A calendar day as the number of days since 1970-01-01 (no time, no zone). */
export type Day = number & { readonly unit: 'day' };

export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Days in 400 Gregorian years, after which the calendar repeats. */
const DAYS_PER_ERA = 146_097;

/** Days from 0000-03-01, where the count below starts, to 1970-01-01. */
const EPOCH = 719_468;

/**
 * The day of a calendar date, or null where that date does not exist.
 * `dayOf(2027, 2, 29)` is null. Years 1900 to 9999 are accepted; `month` is 1 to 12.
 */
export function dayOf(year: number, month: number, dayOfMonth: number): Day | null {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || dayOfMonth < 1) return null;
  return dayOfMonth > daysInMonth(year, month) ? null : daysSinceEpoch(year, month, dayOfMonth);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : MONTH_LENGTHS[month - 1]!;
}

/** Counts years from March, so that the leap day is the last of its year (Hinnant, "chrono-compatible dates"). */
function daysSinceEpoch(year: number, month: number, dayOfMonth: number): Day {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * DAYS_PER_ERA + dayOfEra - EPOCH) as Day;
}

/** Year, month and day of the month of a day: the same count backwards. */
export function dateOf(day: Day): CalendarDate {
  const count = day + EPOCH;
  const era = Math.floor(count / DAYS_PER_ERA);
  const dayOfEra = count - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** ISO date, `2027-01-31`. */
export function formatDay(day: Day): string {
  const { year, month, dayOfMonth } = dateOf(day);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
}

/** The day `count` days later (earlier where negative). */
export function addDays(day: Day, count: number): Day {
  return (day + count) as Day;
}
