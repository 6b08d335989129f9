/** Steps from quotas to the closes of one month of one unit: the rows, the month's part of them, what makes closes of it. */
import { addMonths } from '../../period/month.ts';
import type { Quota } from '../../quota/quota.ts';
import { isWithin } from '../../quota/rep.ts';
import { quotaPerClose } from '../answers.ts';
import type { Context } from '../context.ts';
import type { PlanModel } from '../model.ts';
import type { PlannedUnit } from '../prepare.ts';
import { dealSizeChangeSteps, nameWhenSet, usedChangeSteps, usedName } from './explain-changes.ts';
import { type Cell, labelOf, nameOf, type Quantity, quantity, type Step, type Unit } from './explain-step.ts';

const amountUnit = (model: PlanModel): Unit => (model.quotaUnit === 'deals' ? 'deals' : 'money');

/** The quota rows behind a month, the month's part of them, the source's part of that, and its closes. */
export function quotaSteps(context: Context, cell: Cell): Step[] {
  const { model, clock } = context;
  const { planned, month } = cell;
  const unit = amountUnit(model);
  const given = model.quotas.flatMap((quota, index) => {
    if (!covers(quota, addMonths(clock.from, month)) || !isFor(quota, planned)) return [];
    const months = quota.last - quota.first + 1;
    const name = `quota for ${months === 1 ? 'the month' : `${months} months`}`;
    const now = quantity(name, quota.amount, unit, quota.where);
    return [{ now, unchanged: model.unchangedQuotas?.[index] ?? null }];
  });
  const label = labelOf(context, month);
  const ofMonth = quantity(`quota of ${label}`, planned.carrier.quota[month]!, unit);
  const spread: Step = {
    step: 'spread',
    inputs: given.map(usedName),
    result: ofMonth,
    details: { who: nameOf(cell), month: label },
  };
  const closes: Step = {
    step: 'closes',
    inputs: [ofMonth, ...quotaFactors(model, planned)],
    result: quantity('closes needed', planned.closes[month]!, 'closes'),
    details: { month: label },
  };
  return [
    ...given.flatMap(usedChangeSteps),
    spread,
    ...usedChangeSteps(shareOf(model, planned)),
    ...dealSizeChangeSteps(context, planned),
    closes,
  ];
}

/** The part of the quota that a source stands for. */
function shareOf({ sources, unchangedShares }: PlanModel, { source }: PlannedUnit) {
  const now = quantity(`share of ${source.name}`, source.share, 'share', source.where);
  return { now, unchanged: unchangedShares?.[sources.indexOf(source)] ?? null };
}

/** What makes closes of a month's quota: the source's share, over-assignment, the deal size. */
function quotaFactors(model: PlanModel, planned: PlannedUnit): Quantity[] {
  const { overAssigned } = model;
  const { source, answers } = planned;
  const size = answers.dealSize;
  const where = size?.set === null ? size.dealSize.where : null;
  return [
    ...(source.name === null ? [] : [usedName(shareOf(model, planned))]),
    ...(overAssigned > 0 ? [quantity('1 + over-assigned', 1 + overAssigned, 'factor')] : []),
    ...(size === null
      ? []
      : [quantity(nameWhenSet('deal size', size.set), quotaPerClose(answers), 'money', where)]),
  ];
}

function covers(quota: Quota, month: number): boolean {
  return quota.first <= month && month <= quota.last;
}

function isFor(quota: Quota, { carrier }: PlannedUnit): boolean {
  if (quota.rep !== null) return quota.rep === carrier.rep;
  return isWithin(carrier.team, quota.team);
}
