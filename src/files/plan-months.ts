/** The months of a plan and its as-of day: as said, else from the quotas. */
import { addDays, type Day, formatDay } from '../period/day.ts';
import { fiscalYear } from '../period/fiscal.ts';
import { firstDay, formatMonth, lastDay, type Month } from '../period/month.ts';
import { error, warning } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { Loading } from './loading.ts';

/** First and last month: as said, else those of the fiscal year asked for, else those of the quotas. */
export function monthsOf(loading: Loading, quotas: readonly Quota[]): { from: Month; to: Month } | null {
  const { request, file, calendar, faulty, found } = loading;
  const year = request.fiscalYear === null ? null : fiscalYear(request.fiscalYear, calendar);
  if (faulty.has('from') || faulty.has('to')) return null;
  const given = quotas.length > 0;
  const from = year?.first ?? file.from ?? (given ? least(quotas.map((quota) => quota.first)) : null);
  const to = year?.last ?? file.to ?? (given ? -least(quotas.map((quota) => -quota.last)) : null);
  if (from === null || to === null) return null;
  if (from > to) {
    const args = { from: formatMonth(from as Month), to: formatMonth(to as Month) };
    const key = file.from === undefined ? 'to' : 'from';
    loading.problems.push(error('plan_ends_before_start', found.raw.whereOf([key]), args));
    return null;
  }
  return { from: from as Month, to: to as Month };
}

function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}

/** The as-of day: as said, else the day before the plan. A plan that is over is tracked as of its last day. */
export function asOfOf(
  { file, found, problems, request }: Loading,
  { from, to }: { from: Month; to: Month },
): Day {
  const asOf = file.as_of ?? addDays(firstDay(from), -1);
  const end = lastDay(to);
  if (asOf <= end) return asOf;
  const where = found.raw.whereOf(['as_of']);
  if (request.purpose !== 'plan') {
    problems.push(warning('plan_is_over', where, { as_of: formatDay(asOf), to: formatDay(end) }));
    return end;
  }
  problems.push(error('as_of_after_plan', where, { as_of: formatDay(asOf), to: formatMonth(to) }));
  return asOf;
}
