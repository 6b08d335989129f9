/** Quotas changed for a what-if. */
import { type Month, monthsBetween } from '../period/month.ts';
import { placeInYear } from '../plan/clock.ts';
import type { PlanModel } from '../plan/model.ts';
import { apportion } from '../quota/apportion.ts';
import type { Quota } from '../quota/quota.ts';
import { isWithin } from '../quota/rep.ts';
import type { Scope } from '../rates/rate-row.ts';
import type { Move } from './what-if.ts';

/**
 * The quotas that a change speaks of, each times a factor and rounded to whole minor units; `to` is the total that they
 * come to over the plan's months, kept to the cent where they all lie within it, else as far as seasons (not ramps) say.
 * Null where it speaks of none.
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
  const amounts = quotas.map(({ amount }) => amount);
  const parts = quotas.map((quota) => partThatCounts(model, quota, quotas));
  const total = amounts.reduce((sum, amount, index) => sum + amount * parts[index]!, 0);
  if (!(total > 0)) return amounts;
  if (parts.every((part) => part === 1)) return apportion(wanted, amounts);
  return amounts.map((amount) => Math.round((amount * wanted) / total));
}

/** Of a quota's months by their season, the share that lies in the plan and that goals are sized on. */
function partThatCounts(model: PlanModel, quota: Quota, among: readonly Quota[]): number {
  const { from, to, sizeOn } = model;
  const winners =
    sizeOn === null
      ? []
      : among.filter((other) => (sizeOn === 'team' ? isAbove(other, quota) : isAbove(quota, other)));
  const isCounted = (month: Month) =>
    from <= month && month <= to && !winners.some((other) => other.first <= month && month <= other.last);
  const months = monthsBetween(quota.first, quota.last);
  const season = months.map((month) => model.seasonality[placeInYear(month, model.calendar)]!);
  const weights = season.some((weight) => weight > 0) ? season : months.map(() => 1);
  const sum = (isMeant: (month: Month) => boolean) =>
    weights.reduce((total, weight, index) => (isMeant(months[index]!) ? total + weight : total), 0);
  return sum(isCounted) / sum(() => true);
}

/** Whether the first is of a team (or the company) that the second's rep or team lies in. */
function isAbove(first: Quota, second: Quota): boolean {
  if (first.rep !== null) return false;
  if (second.rep !== null) return isWithin(second.rep.team, first.team);
  return second.team !== first.team && isWithin(second.team, first.team);
}

function zip<First, Second>(first: readonly First[], second: readonly Second[]): [First, Second][] {
  return first.map((item, index) => [item, second[index]!]);
}
