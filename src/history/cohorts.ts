/** The cohort triangle: of the records of each month, the share converted by their age, as far as they are old. */
import { DAYS_PER_MONTH, firstDay, lastDay, type Month, monthOfDay } from '../period/month.ts';
import type { CohortRow, CohortTriangle } from './estimate.ts';
import type { Measure } from './measure.ts';
import { monthCurve } from './month-curve.ts';
import type { CohortTally, HistoryTallies } from './tallies.ts';

/** Of every transition that was counted by month of entering. `isLate` says whether the transition's log starts late. */
export function trianglesOf(
  tallies: HistoryTallies,
  overall: readonly Measure[],
  isLate: (measure: Measure) => boolean,
): CohortTriangle[] {
  const counted = new Set(tallies.cohorts.map(({ transition }) => transition));
  return overall.flatMap((measure) => {
    const { place, from, to } = measure.slice;
    if (!counted.has(place) && place !== overall.length - 1) return [];
    const cohorts = tallies.cohorts.filter(({ transition }) => transition === place);
    return [{ from, to, rows: rowsOf(measure, cohorts, isLate(measure)) }];
  });
}

/** Months in order. From the month on in which the rate is reached nothing more is to be seen. */
function rowsOf({ slice, table }: Measure, cohorts: readonly CohortTally[], isLate: boolean): CohortRow[] {
  const records = new Map<Month, number>();
  for (const { day, count } of slice.entered) {
    const month = monthOfDay(day);
    records.set(month, (records.get(month) ?? 0) + count);
  }
  const byMonth = new Map<Month, CohortTally[]>();
  for (const cohort of cohorts) {
    const own = byMonth.get(cohort.month);
    if (own) own.push(cohort);
    else byMonth.set(cohort.month, [cohort]);
  }
  const ages = monthCurve(table).length;
  const months = [...records.keys()].sort((a, b) => a - b);
  return months.map((month) => {
    // Of months before a log that starts late nobody saw who converted.
    const isSeen = !(isLate && slice.logStart !== null && firstDay(month) < slice.logStart);
    const known = isSeen ? Math.min(ages, wholeMonthsOld(month, slice.asOf)) : 0;
    return {
      month,
      records: records.get(month)!,
      shares: sharesOf(byMonth.get(month) ?? [], { records: records.get(month)!, known, ages }),
    };
  });
}

/** Months of 30.4375 days that all records of a calendar month have behind them. */
function wholeMonthsOld(month: Month, asOf: number): number {
  return Math.max(0, Math.floor((asOf - lastDay(month) + 1) / DAYS_PER_MONTH));
}

function sharesOf(
  cohorts: readonly CohortTally[],
  { records, known, ages }: { records: number; known: number; ages: number },
): (number | null)[] {
  const advanced = new Array<number>(ages).fill(0);
  for (const cohort of cohorts) if (cohort.age < ages) advanced[cohort.age]! += cohort.advanced;
  let converted = 0;
  return advanced.map((count, age) => {
    converted += count;
    return age < known && records > 0 ? converted / records : null;
  });
}
