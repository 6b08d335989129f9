/** What a period is called at the head of a report or table. */
import { fiscalYearOf, isCalendarYear } from '../period/fiscal.ts';
import { addMonths } from '../period/month.ts';
import type { PlanModel } from '../plan/model.ts';
import type { PlanPeriod } from '../plan/row.ts';
import { monthAndYear, quarterName, shortYear } from './format.ts';

/** `FY28 Q1`, `2027 Q1`, `Mar 2027`, `FY28`. */
export function periodTitle(
  model: Pick<PlanModel, 'from' | 'calendar'>,
  { grain, first }: PlanPeriod,
): string {
  const month = addMonths(model.from, first);
  if (grain === 'month') return monthAndYear(month);
  const { calendar } = model;
  if (grain === 'year') return shortYear(month, calendar);
  const year = isCalendarYear(calendar) ? String(fiscalYearOf(month, calendar)) : shortYear(month, calendar);
  return `${year} ${quarterName(month, calendar)}`;
}
