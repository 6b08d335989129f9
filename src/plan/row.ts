/** Rows: a line cut into months, quarters or years of the plan. */
import { formatDay } from '../period/day.ts';
import { formatPeriod, type Grain, periodsBetween } from '../period/fiscal.ts';
import { addMonths, firstDay, lastDay } from '../period/month.ts';
import type { Clock } from './clock.ts';
import { type Line, sumOver } from './line.ts';

/** A period of the plan: its name, its days there, and its first and last plan month. */
export interface PlanPeriod {
  readonly grain: Grain;
  readonly label: string;
  readonly start: string;
  readonly end: string;
  readonly first: number;
  readonly last: number;
}

/** The plan's months, quarters or years, in order; cut to the months of the plan. */
export function planPeriods(clock: Clock, grain: Grain): PlanPeriod[] {
  const { from, months, calendar } = clock;
  return periodsBetween(from, addMonths(from, months - 1), { grain, calendar }).map((period) => ({
    grain,
    label: formatPeriod(period, calendar),
    start: formatDay(firstDay(period.first)),
    end: formatDay(lastDay(period.last)),
    first: period.first - from,
    last: period.last - from,
  }));
}

/** A line's quota (minor units) over a period. */
export function quotaIn(line: Line, period: PlanPeriod): number {
  return sumOver(line.quota, period.first, period.last);
}

/** A line's whole goal (or exact number) of a stage over a period; NaN where there is none. */
export function stageIn(
  line: Line,
  series: 'goals' | 'expected',
  at: { stage: number; period: PlanPeriod },
): number {
  const offset = at.stage * line.quota.length;
  return sumOver(line[series], offset + at.period.first, offset + at.period.last);
}
