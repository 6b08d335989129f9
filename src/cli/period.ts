/** Periods as they are typed → periods of the plan. */
import { parsePeriod } from '../files/sheet/period-text.ts';
import { fiscalYearOf } from '../period/fiscal.ts';
import { clockOf } from '../plan/clock.ts';
import type { PlanModel } from '../plan/model.ts';
import { type PlanPeriod, planPeriods } from '../plan/row.ts';
import { error, NOWHERE, type Parsed } from '../problem.ts';

/** The period named, cut to the plan. Errors: `period_unreadable` and its kin, `not_found` outside the plan. */
export function periodIn(model: PlanModel, text: string): Parsed<PlanPeriod> {
  const { calendar, from } = model;
  const { value, fault } = parsePeriod(text, { calendar, fiscalYear: oneFiscalYear(model), dateOrder: null });
  if (value === null) {
    const { code, arguments: args } = fault ?? { code: 'period_empty' as const, arguments: {} };
    return { value: null, problems: [error(code, NOWHERE, args)] };
  }
  const found = planPeriods(clockOf(model), value.grain).find(
    ({ first, last }) => from + last >= value.first && from + first <= value.last,
  );
  const known = planPeriods(clockOf(model), 'quarter').map(({ label }) => label);
  const args = { what: 'period', text, nearest: '', known: known.join(', ') };
  const problems = found ? [] : [error('not_found', NOWHERE, args)];
  return { value: found ?? null, problems };
}

/** The fiscal year the plan is (a part of); null where it is several: then `Q1` may be any of them. */
function oneFiscalYear({ calendar, from, to }: PlanModel): number | null {
  const year = fiscalYearOf(from, calendar);
  return year === fiscalYearOf(to, calendar) ? year : null;
}
