/** The records that entered within a year, as they were known on some day. */
import type { Day } from '../period/day.ts';
import { addMonths, type Month, monthOfDay } from '../period/month.ts';
import { worthIn } from './effective.ts';
import { type Interval, intervalOf } from './interval.ts';
import { isLogLate } from './log-start.ts';
import { type Measure, measuresOf, weighing } from './measure.ts';
import { firstEntry } from './slice.ts';
import type { HistoryTallies } from './tallies.ts';
import { unitsOf } from './units.ts';

/** A transition over all sources, with its counts by month of entering. */
export interface Dated {
  readonly measure: Measure;
  readonly months: ReadonlyMap<Month, MonthCounts>;
  /** What a record of a month weighs as evidence, 0..1. */
  readonly weightOf: (month: Month) => number;
}

interface MonthCounts {
  records: number;
  converted: number;
}

/** `halfLife`: months after which a record weighs half; null: all weigh the same. */
export function overallOf(tallies: HistoryTallies, halfLife: number | null): Dated[] {
  const units = unitsOf(tallies.units);
  const [overall = []] = measuresOf(tallies, { sources: [null], units, halfLife });
  const byPlace = overall.map(() => new Map<Month, MonthCounts>());
  for (const { transition, month, records, advanced } of tallies.units) {
    const months = byPlace[transition];
    if (months === undefined) continue;
    let sum = months.get(month);
    if (sum === undefined) months.set(month, (sum = { records: 0, converted: 0 }));
    sum.records += records;
    sum.converted += advanced;
  }
  const weightOf = weighing(monthOfDay(tallies.asOf), halfLife);
  return overall.map((measure, place) => ({ measure, months: byPlace[place]!, weightOf }));
}

/** Whether records had been coming for twelve months by then. */
export function hasYear({ slice }: Measure, origin: Day): boolean {
  const first = firstEntry(slice);
  return first !== null && monthOfDay(first) <= addMonths(monthOfDay(origin), -11);
}

export interface Cohort extends Readonly<MonthCounts> {
  /** What its records are worth, as known in those tallies. */
  readonly worth: number;
  /** The same as evidence: equal where all weigh the same. */
  readonly weighedWorth: number;
}

/** The records that entered in the twelve months up to one. */
export function yearOf({ measure, months, weightOf }: Dated, last: Month): Cohort {
  const sum = { records: 0, converted: 0, worth: 0, weighedWorth: 0 };
  for (let month = addMonths(last, -11); month <= last; month++) {
    const of = months.get(month);
    if (of === undefined) continue;
    sum.records += of.records;
    sum.converted += of.converted;
    const worth = of.records * worthIn(measure.worth, month);
    sum.worth += worth;
    sum.weighedWorth += worth * weightOf(month);
  }
  return sum;
}

/** Of a cohort, this share of those that will convert must have had the time to. */
const SETTLED = 0.95;

export function isSettled(
  final: Measure,
  { records, worth, last }: Cohort & { readonly last: Month },
): boolean {
  const { logStart } = final.slice;
  const isBeforeLog = isLogLate(final) && logStart !== null && monthOfDay(logStart) > addMonths(last, -11);
  return records > 0 && !final.isLittle && !isBeforeLog && worth >= SETTLED * records;
}

/**
 * Of n records of the year, a part κ of their outcome known, and N effective records in all: their share differs from
 * the rate p by a variance of p(1−p) · (1/n + (1 − 2κ)/N), for what is known of them is in the rate already. The
 * interval is that of the beta with this variance. Where records weigh less the older they are, κ and N are of what they
 * weigh. Null without records.
 */
export function cohortInterval(start: Dated, last: Month): Interval | null {
  const { rate, total } = start.measure;
  const { records, weighedWorth } = yearOf(start, last);
  if (rate === null || !(records > 0) || !(total.weighedWorth > 0)) return null;
  const variance = 1 / records + (1 - (2 * weighedWorth) / records) / total.weighedWorth;
  return intervalOf(rate, variance > 0 ? Math.min(1 / variance, MOST_RECORDS) : MOST_RECORDS);
}

/** Nothing is surer than this many records would make it. */
const MOST_RECORDS = 1e9;
