/** The plan's own clock: months counted from the first plan month, and where the as-of day stands among them. */
import { dateOf } from '../period/day.ts';
import { type FiscalCalendar, periodOf } from '../period/fiscal.ts';
import { addMonths, daysIn, type Month, monthOfDay } from '../period/month.ts';
import type { PlanModel } from './model.ts';

/** First and last month of a span, as indexes from the first plan month. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface Clock {
  readonly from: Month;
  readonly calendar: FiscalCalendar;
  /** Months of the plan. */
  readonly months: number;
  /** Index of the month that holds the as-of day; −1 for the month before the plan. */
  readonly asOfMonth: number;
  /** Part of that month that is gone: 1 on its last day. */
  readonly gone: number;
}

export function clockOf(model: Pick<PlanModel, 'from' | 'to' | 'calendar' | 'asOf'>): Clock {
  const month = monthOfDay(model.asOf);
  return {
    from: model.from,
    calendar: model.calendar,
    months: model.to - model.from + 1,
    asOfMonth: month - model.from,
    gone: dateOf(model.asOf).dayOfMonth / daysIn(month),
  };
}

/** The same plan seen on the day before it starts. */
export function dayBefore(clock: Clock): Clock {
  return { ...clock, asOfMonth: -1, gone: 1 };
}

/**
 * Months of the plan and its extension: as many more as the curve is long, then on to the end of that fiscal year.
 * A curve of a single month (no lag) needs none.
 */
export function horizonMonths(clock: Clock, curveMonths: number): number {
  if (curveMonths <= 1) return clock.months;
  const last = addMonths(clock.from, clock.months - 1 + curveMonths);
  return periodOf(last, 'year', clock.calendar).last - clock.from + 1;
}

/** The fiscal years of months 0 … length − 1, cut to them. */
export function yearSpans(clock: Clock, length: number): Span[] {
  return spans(clock, length, 'year');
}

/** The fiscal quarters of months 0 … length − 1, cut to them. */
export function quarterSpans(clock: Clock, length: number): Span[] {
  return spans(clock, length, 'quarter');
}

function spans(clock: Clock, length: number, grain: 'year' | 'quarter'): Span[] {
  const found: Span[] = [];
  for (let first = 0; first < length; ) {
    const last = Math.min(
      length - 1,
      periodOf(addMonths(clock.from, first), grain, clock.calendar).last - clock.from,
    );
    found.push({ first, last });
    first = last + 1;
  }
  return found;
}

/** Place of a month in its fiscal year, 0 … 11. */
export function placeInYear(month: Month, calendar: FiscalCalendar): number {
  return month - periodOf(month, 'year', calendar).first;
}
