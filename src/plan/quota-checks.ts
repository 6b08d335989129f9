/** What a planner should hear about quotas: who leaves, and rates for those who have none. */
import { formatDay } from '../period/day.ts';
import { addMonths } from '../period/month.ts';
import { type Problem, type Where, warning } from '../problem.ts';
import { nameOf } from '../quota/ledger.ts';
import type { Carrier } from '../quota/quota.ts';
import { presenceUntil, type Rep } from '../quota/rep.ts';
import { pathUp, type Scope } from '../rates/rate-row.ts';
import type { PlanModel } from './model.ts';
import type { OddsOf } from './odds.ts';
import { carrierFinder } from './sharing.ts';

/** Amounts in a problem are hundredths of the plan's money, or of deals. */
export function inMoneyOf({ quotaUnit, currency }: PlanModel, problem: Problem): Problem {
  return { ...problem, arguments: { ...problem.arguments, unit: quotaUnit, currency: currency ?? '' } };
}

/** Quota of months after a rep's end, which becomes the team's open territory: said once for each rep. */
export function leavers(model: PlanModel, carriers: readonly Carrier[], months: number): Problem[] {
  return carriers.flatMap((carrier) => {
    const end = carrier.rep?.end ?? null;
    if (end === null) return [];
    const amount = Array.from({ length: months }, (_, t) =>
      Math.round(carrier.quota[t]! * (1 - presenceUntil(end, addMonths(model.from, t)))),
    ).reduce((sum, part) => sum + part, 0);
    const args = { who: nameOf(carrier), end: formatDay(end), amount };
    return amount > 0 ? [inMoneyOf(model, warning('rep_left', carrier.where, args))] : [];
  });
}

/** Rows of rates and deal sizes for a team or rep without quota: a misspelt name would be passed over in silence. */
export function withoutQuota(model: PlanModel, carriers: readonly Carrier[]): Problem[] {
  const reps = new Set(carriers.map((carrier) => carrier.rep?.name ?? null));
  const teams = new Set(carriers.map((carrier) => carrier.team));
  const above = new Set([...teams].flatMap((team) => pathUp(team)));
  const isKnown = ({ team, rep }: Scope) =>
    (rep === null || reps.has(rep) || reps.has(null)) &&
    (team === null || above.has(team) || teams.has(null) || pathUp(team).some((path) => teams.has(path)));
  const unknown = (rows: readonly (Scope & { readonly where: Where })[], what: string) =>
    rows
      .filter((row) => !isKnown(row))
      .map((row) => warning('scope_without_quota', row.where, { who: row.rep ?? row.team ?? '', what }));
  const { rates, dealSizes } = model;
  // A history has many a rep and team who carry no quota now; nobody typed their names.
  const typed = model.measured === null ? rates : [];
  const typedSizes = dealSizes.filter(({ deals }) => deals === null);
  return [...unknown(typed, 'rates'), ...unknown(typedSizes, 'a deal size')];
}

/** Carriers that were there but stand in no row of the actuals: nothing was reached by them, and it is said. */
export function withoutActuals(model: PlanModel, unnamed: readonly Carrier[]): Problem[] {
  return unnamed
    .filter(({ rep }) => rep === null || rep.start === null || rep.start <= model.asOf)
    .map((carrier) => warning('actuals_without_rows', carrier.where, { who: nameOf(carrier) }));
}

/** Open deals of people the plan knows but who have no quota are their team's: said once for each. */
export function recordsWithoutQuota(model: PlanModel, carriers: readonly Carrier[]): Problem[] {
  const find = carrierFinder(carriers);
  const found = new Map<Rep, { count: number; amount: number; where: Where }>();
  for (const { rep, outcome, amount, where } of model.pipeline?.records ?? []) {
    if (outcome !== 'open' || rep === null || find.ofRep(rep).length > 0) continue;
    const known = found.get(rep);
    if (known === undefined) found.set(rep, { count: 1, amount: amount ?? 0, where });
    else {
      known.count += 1;
      known.amount += amount ?? 0;
    }
  }
  return [...found].map(([rep, { count, amount, where }]) => {
    const args = { text: rep.name, what: 'rep', team: rep.team ?? '', count, amount };
    return inMoneyOf(model, warning('pipeline_rep_without_quota', where, args));
  });
}

/** Open records for which no conversion rate answers count for nothing: said once for each source and team. */
export function recordsWithoutRate(model: PlanModel, oddsOf: OddsOf): Problem[] {
  const last = model.stages.length - 1;
  const found = new Map<string, Problem>();
  for (const record of model.pipeline?.records ?? []) {
    if (record.outcome !== 'open' || !oddsOf(record, last).isUnrated) continue;
    const { source, team, stage, where } = record;
    const key = `${source ?? ''}|${team ?? ''}|${stage}`;
    if (found.has(key)) continue;
    const between = { from: model.stages[stage]!, to: model.stages[last]! };
    found.set(key, warning('no_rate', where, { who: nameOf(record), source: source ?? '', ...between }));
  }
  return [...found.values()];
}
