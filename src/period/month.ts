/** Calendar months as whole numbers, so that months add and subtract. */
import { addDays, type Day, dateOf, dayOf, daysInMonth } from './day.ts';

/** A calendar month as year × 12 + (month − 1): consecutive months differ by 1. */
export type Month = number & { readonly unit: 'month' };

/** Mean length of a calendar month in days (365.25 / 12), used to turn waits in days into months. */
export const DAYS_PER_MONTH = 30.4375;

/** `monthOf(2027, 1)` is January 2027. */
export function monthOf(year: number, monthOfYear: number): Month {
  return (year * 12 + monthOfYear - 1) as Month;
}

export function monthOfDay(day: Day): Month {
  const { year, month } = dateOf(day);
  return monthOf(year, month);
}

export function yearOfMonth(month: Month): number {
  return Math.floor(month / 12);
}

/** 1 to 12. */
export function monthOfYear(month: Month): number {
  return (month % 12) + 1;
}

export function addMonths(month: Month, count: number): Month {
  return (month + count) as Month;
}

/** First day of the month. */
export function firstDay(month: Month): Day {
  return dayOf(yearOfMonth(month), monthOfYear(month), 1) as Day;
}

/** Last day of the month. */
export function lastDay(month: Month): Day {
  return addDays(firstDay(month), daysIn(month) - 1);
}

export function daysIn(month: Month): number {
  return daysInMonth(yearOfMonth(month), monthOfYear(month));
}

/** `2027-01`. */
export function formatMonth(month: Month): string {
  return `${yearOfMonth(month)}-${String(monthOfYear(month)).padStart(2, '0')}`;
}

/** The months first, first + 1 … last; empty where last lies before first. */
export function monthsBetween(first: Month, last: Month): Month[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => addMonths(first, index));
}
