/** How one row stands in a period: attainment, ahead or behind in records and days, what is left, where it ends. */
import { addMonths, daysIn, firstDay, lastDay } from '../period/month.ts';
import type { Clock } from '../plan/clock.ts';
import { plus } from '../plan/line.ts';
import type { PlanPeriod } from '../plan/row.ts';
import type { Track, TrackLine, TrackRow, TrackSeries } from './track.ts';

/** One row of one stage and period. */
export function standOf(track: Track, line: TrackLine, at: { stage: number; period: PlanPeriod }): TrackRow {
  const { clock } = track;
  const { stage, period } = at;
  const series = line.stages[stage]!;
  const agreed = numberIn(series.agreed, period);
  const hasBegun = clock.asOfMonth >= period.first;
  const actual = hasBegun ? numberIn(series.actual, period) : null;
  const due = agreed === null || !hasBegun ? null : dueIn(series, period, clock);
  const coming = numberIn(series.coming, period);
  const isPartial = actual !== null && (numberIn(series.uncounted, period) ?? 0) > 0;
  const isTold = actual !== null && !isPartial;
  const { stages: _, ...key } = line;
  return {
    key,
    stage,
    period,
    agreed,
    due,
    actual,
    isPartial,
    attainment: !isTold || agreed === null || agreed === 0 ? null : actual / agreed,
    ahead: !isTold || due === null ? null : actual - due,
    aheadDays: !isTold || due === null ? null : daysAhead(series, { actual, period, clock }),
    goalLeft: goalLeftIn(series, period, { isOver: isOver(clock, period), any: agreed ?? actual }),
    estimate: hasBegun && !isTold ? null : estimateOf(actual, coming),
  };
}

/** Whether nothing of the period is left. */
export function isOver({ asOfMonth, gone }: Clock, { last }: PlanPeriod): boolean {
  return asOfMonth > last || (asOfMonth === last && gone === 1);
}

/** 0 of a period that is over; null where the stage has no goal at all. */
function goalLeftIn(
  { left }: TrackSeries,
  period: PlanPeriod,
  of: { isOver: boolean; any: number | null },
): number | null {
  if (!of.isOver) return numberIn(left, period);
  return of.any === null ? null : 0;
}

/** Reached and still to come; null where neither is known. */
function estimateOf(actual: number | null, coming: number | null): number | null {
  return actual === null && coming === null ? null : (actual ?? 0) + (coming ?? 0);
}

function numberIn(series: readonly number[], { first, last }: PlanPeriod): number | null {
  let sum = Number.NaN;
  for (let month = first; month <= last; month++) sum = plus(sum, series[month]!);
  return Number.isNaN(sum) ? null : sum;
}

function goalOf({ agreed }: TrackSeries, month: number): number {
  const goal = agreed[month]!;
  return Number.isNaN(goal) ? 0 : goal;
}

/** The agreed goals up to the as-of day, the as-of month's by its days. */
function dueIn(series: TrackSeries, { first, last }: PlanPeriod, { asOfMonth, gone }: Clock): number {
  let due = 0;
  for (let month = first; month <= Math.min(last, asOfMonth); month++)
    due += goalOf(series, month) * (month === asOfMonth ? gone : 1);
  return due;
}

/**
 * Days between the as-of day (or the period's end) and the day on which the agreed goals, evenly by day within each
 * month, come to what is reached: positive where that day is still to come. At most to the plan's end.
 */
function daysAhead(
  series: TrackSeries,
  { actual, period, clock }: { actual: number; period: PlanPeriod; clock: Clock },
): number | null {
  const start = firstDay(addMonths(clock.from, period.first));
  // of nothing due and nothing reached there is no sooner or later
  if (actual === 0 && dueIn(series, period, clock) === 0) return null;
  let left = actual;
  let days = 0;
  let any = false;
  for (let month = period.first; month < clock.months; month++) {
    const goal = goalOf(series, month);
    const length = daysIn(addMonths(clock.from, month));
    any ||= goal > 0;
    if (goal > 0 && left <= goal + 1e-9) {
      days += (left / goal) * length;
      left = 0;
      break;
    }
    left -= goal;
    days += length;
  }
  if (!any) return null;
  const asOf = firstDay(addMonths(clock.from, clock.asOfMonth)) + gonePart(clock);
  const today = Math.min(asOf, lastDay(addMonths(clock.from, period.last)) + 1);
  return Math.round(start + days - today);
}

/** Days of the as-of month that are gone. */
function gonePart({ from, asOfMonth, gone }: Clock): number {
  return gone * daysIn(addMonths(from, asOfMonth));
}
