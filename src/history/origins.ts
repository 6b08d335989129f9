/** The earlier days on which a backtest makes its goals again. */
import type { Day } from '../period/day.ts';
import { type Grain, MONTHS_IN } from '../period/fiscal.ts';
import { addMonths, lastDay, monthOfDay } from '../period/month.ts';

/**
 * Last days of the calendar's months, quarters or years that lie after the first day of a history and before its last
 * one, the earliest first. Quarters of 2026-01-15 … 2026-12-31: 31 March, 30 June, 30 September.
 */
export function originsBetween(first: Day, last: Day, grain: Grain): Day[] {
  const months = MONTHS_IN[grain];
  const origins: Day[] = [];
  for (let month = monthOfDay(first); lastDay(month) < last; month = addMonths(month, 1))
    if ((month + 1) % months === 0 && lastDay(month) > first) origins.push(lastDay(month));
  return origins;
}
