/** Quotas changed for a what-if. */
import { addMonths } from '../period/month.ts';
import type { PlanModel } from '../plan/model.ts';
import { apportion } from '../quota/apportion.ts';
import type { Quota } from '../quota/quota.ts';
import { isWithin } from '../quota/rep.ts';
import type { Scope } from '../rates/rate-row.ts';
import type { Move } from './what-if.ts';

/**
 * The quotas that a change speaks of, each times a factor and rounded to whole minor units; `to` is the total that they
 * come to over the plan's months, kept to the cent where they all lie within it. Null where it speaks of none.
 */
export function movedQuotas(model: PlanModel, scope: Scope, move: Move): readonly Quota[] | null {
  const isMeant = ({ team, rep }: Quota) =>
    isWithin(rep?.team ?? team, scope.team) && (scope.rep === null || rep?.name === scope.rep);
  const meant = model.quotas.filter(isMeant);
  if (meant.length === 0) return null;
  if (move.kind === 'times') {
    return model.quotas.map((quota) =>
      isMeant(quota) ? { ...quota, amount: Math.round(quota.amount * move.value) } : quota,
    );
  }
  const amounts = new Map(zip(meant, totalling(model, meant, move.value)));
  return model.quotas.map((quota) => ({ ...quota, amount: amounts.get(quota) ?? quota.amount }));
}

/** New amounts in proportion to the old ones. */
function totalling(model: PlanModel, quotas: readonly Quota[], wanted: number): number[] {
  const counted = countedOnce(model, quotas);
  const inPlan = counted.map((quota) => quota.amount * partInPlan(model, quota));
  const total = inPlan.reduce((sum, amount) => sum + amount, 0);
  if (!(total > 0)) return quotas.map(({ amount }) => amount);
  const isWhole = counted.length === quotas.length && quotas.every((quota) => partInPlan(model, quota) === 1);
  if (isWhole)
    return apportion(
      wanted,
      quotas.map(({ amount }) => amount),
    );
  return quotas.map(({ amount }) => Math.round((amount * wanted) / total));
}

/** Where a team and its reps both have a quota: those that goals are sized on. */
function countedOnce({ sizeOn }: PlanModel, quotas: readonly Quota[]): readonly Quota[] {
  if (sizeOn === null) return quotas;
  const sized = quotas.filter(({ rep }) => (rep === null) === (sizeOn === 'team'));
  return sized.length > 0 ? sized : quotas;
}

/** Of a quota's months, the share that lies in the plan. */
function partInPlan({ from, to }: PlanModel, { first, last }: Quota): number {
  const end = Math.min(to, last);
  let months = 0;
  for (let month = first; month <= end; month = addMonths(month, 1)) if (month >= from) months++;
  return months / (last - first + 1);
}

function zip<First, Second>(first: readonly First[], second: readonly Second[]): [First, Second][] {
  return first.map((item, index) => [item, second[index]!]);
}
