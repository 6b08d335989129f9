/**
 * How many records' worth of outcome is known: a young record counts for the share of conversions that fall by its
 * age, so that converted ÷ effective is the rate also of records that have not had their time.
 */
import type { Day } from '../period/day.ts';
import { firstDay, lastDay, type Month, monthOfDay } from '../period/month.ts';
import { convertedBy, firstAgeOf, type LifeTable, openAfter, rateOf } from './life-table.ts';
import { firstEntry, type Slice } from './slice.ts';
import type { EnteredTally } from './tallies.ts';

/**
 * What a record followed from one age to another counts for: its chance of converting between the two, if it was open
 * at the first, ÷ the rate. From age 0 it is F[last] ÷ rate, between 0 and 1; a record that was still open when the log
 * started may count for more than 1, where most are lost before that age. 0 where nobody would have been open.
 */
export function worthOf(table: LifeTable, firstAge: number, lastAge: number): number {
  const still = openAfter(table, firstAge - 1);
  if (!(still > 0) || lastAge < firstAge) return 0;
  const between = convertedBy(table, lastAge) - convertedBy(table, firstAge - 1);
  return between / still / (rateOf(table) ?? 0);
}

/**
 * What a record counts for that had left before the log was said to start: the chance that one gone by then had
 * converted, ÷ the rate. So those seen and those gone before add up to what all of them count for.
 */
function worthGone(table: LifeTable, firstAge: number): number {
  const gone = 1 - openAfter(table, firstAge - 1);
  return gone > 0 ? convertedBy(table, firstAge - 1) / gone / (rateOf(table) ?? 0) : 0;
}

/** What a record of each month of entering counts for: `values[month − first]`. */
export interface MonthWorth {
  readonly first: Month;
  readonly values: readonly number[];
}

/** Of a month in which nobody entered: 0. */
export function worthIn({ first, values }: MonthWorth, month: Month): number {
  return values[month - first] ?? 0;
}

/**
 * By month of entering, what a record counts for: the mean over the days of the month, each by the records that
 * entered on it. `table` says when records convert; null where nothing does: every record then counts for one.
 */
export function worthByMonth(slice: Slice, table: LifeTable | null): MonthWorth {
  const first = monthOfDay(firstEntry(slice) ?? slice.asOf);
  const records: number[] = [];
  const worth: number[] = [];
  while (records.length <= monthOfDay(slice.asOf) - first) {
    records.push(0);
    worth.push(0);
  }
  const monthOf = monthsOfDays();
  for (const entered of slice.entered) {
    const at = monthOf(entered.day) - first;
    if (!(entered.count > 0) || at >= records.length) continue;
    records[at]! += entered.count;
    worth[at]! += table === null ? entered.count : worthOfDay(table, slice, entered);
  }
  return { first, values: worth.map((sum, at) => (records[at]! > 0 ? sum / records[at]! : 0)) };
}

/** The month of a day, which is mostly that of the day asked for before. */
function monthsOfDays(): (day: Day) => Month {
  let month = monthOfDay(0 as Day);
  let from = firstDay(month);
  let to = lastDay(month);
  return (day) => {
    if (day >= from && day <= to) return month;
    month = monthOfDay(day);
    from = firstDay(month);
    to = lastDay(month);
    return month;
  };
}

function worthOfDay(table: LifeTable, slice: Slice, { day, count, observed }: EnteredTally): number {
  const firstAge = firstAgeOf(slice, day);
  const seen = observed > 0 ? observed * worthOf(table, firstAge, slice.asOf - day) : 0;
  return count > observed ? seen + (count - observed) * worthGone(table, firstAge) : seen;
}
