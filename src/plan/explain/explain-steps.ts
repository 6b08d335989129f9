/** Steps from a quota to the plain division, and on to what each later step adds. */
import { formatDay } from '../../period/day.ts';
import { addMonths } from '../../period/month.ts';
import type { Quota } from '../../quota/quota.ts';
import { isWithin } from '../../quota/rep.ts';
import type { RateAnswer } from '../../rates/rate-table.ts';
import { quotaPerClose } from '../answers.ts';
import type { Context } from '../context.ts';
import type { PlanModel } from '../model.ts';
import type { PlannedUnit } from '../prepare.ts';
import { dealSizeChangeSteps, lagChangeSteps, nameWhenSet, rateChangeSteps } from './explain-changes.ts';
import {
  arrivalsStep,
  confidenceStep,
  lateStep,
  paceSteps,
  reachedStep,
  territoryStep,
  wholeStep,
} from './explain-pace.ts';
import {
  type Cell,
  firstStage,
  labelOf,
  nameOf,
  type Quantity,
  quantity,
  type Step,
  type Unit,
  yieldOf,
} from './explain-step.ts';

/** Quota → month → closes → yield → curve → pace → whole number, for one month of one unit. */
export function cellSteps(context: Context, cell: Cell, stage: number): Step[] {
  const { planned, month } = cell;
  const { source } = planned;
  const last = context.model.stages.length - 1;
  if (month < context.clock.asOfMonth) return [reachedStep(context, cell, stage)];
  const quota = quotaSteps(context, cell);
  const territory = planned.carrier.rep?.end ? [territoryStep(context, cell, stage)] : [];
  if (stage === last) return [...quota, ...territory, wholeStep(context, cell, stage)];
  const rates = [...rateChangeSteps(context, planned), yieldStep(context, cell), naiveStep(context, cell)];
  const takesTime = context.timing(source.startsAt, last).share.length > 1;
  const curve = takesTime ? [...lagChangeSteps(context, planned), curveStep(context, cell)] : [];
  const gap = planned.unit.gaps.find(({ first, last: end }) => month >= first && month <= end);
  const late = gap && gap.closes > 1e-9 ? [lateStep(context, cell)] : [];
  const pace = takesTime ? paceSteps(context, cell) : [];
  const sized = cell.sizing === null ? [] : [confidenceStep(context, cell, cell.sizing)];
  const arrivals = stage > source.startsAt ? [arrivalsStep(context, cell, stage)] : [];
  return [
    ...quota,
    ...rates,
    ...curve,
    ...late,
    ...pace,
    ...sized,
    ...arrivals,
    ...territory,
    wholeStep(context, cell, stage),
  ];
}

const amountUnit = (model: PlanModel): Unit => (model.quotaUnit === 'deals' ? 'deals' : 'money');

/** The quota rows behind a month, the month's part of them, the source's part of that, and its closes. */
function quotaSteps(context: Context, cell: Cell): Step[] {
  const { model, clock } = context;
  const { planned, month } = cell;
  const unit = amountUnit(model);
  const rows = model.quotas.filter(
    (quota) => covers(quota, addMonths(clock.from, month)) && isFor(quota, planned),
  );
  const given = rows.map((quota): Quantity => {
    const months = quota.last - quota.first + 1;
    const name = `quota for ${months === 1 ? 'the month' : `${months} months`}`;
    return quantity(name, quota.amount, unit, quota.where);
  });
  const label = labelOf(context, month);
  const ofMonth = quantity(`quota of ${label}`, planned.carrier.quota[month]!, unit);
  const spread: Step = {
    step: 'spread',
    inputs: given,
    result: ofMonth,
    details: { who: nameOf(cell), month: label },
  };
  const closes: Step = {
    step: 'closes',
    inputs: [ofMonth, ...quotaFactors(model, planned)],
    result: quantity('closes needed', planned.closes[month]!, 'closes'),
    details: { month: label },
  };
  return [spread, ...dealSizeChangeSteps(context, planned), closes];
}

/** What makes closes of a month's quota: the source's share, over-assignment, the deal size. */
function quotaFactors({ overAssigned }: PlanModel, { source, answers }: PlannedUnit): Quantity[] {
  const { name, share } = source;
  const size = answers.dealSize;
  const where = size?.set === null ? size.dealSize.where : null;
  return [
    ...(name === null ? [] : [quantity(`share of ${name}`, share, 'share', source.where)]),
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

function yieldStep(context: Context, cell: Cell): Step {
  const { stages } = context.model;
  const inputs = cell.planned.answers.rates.flatMap((answer, transition): Quantity[] => {
    if (answer === null) return [];
    const name = `${stages[transition]} → ${stages[transition + 1]}`;
    const { value, where, set } = answer;
    // what was changed has its evidence and its place in a step of its own
    if (set !== null) return [quantity(nameWhenSet(name, set), value, 'share')];
    return [{ name, value, unit: 'share', where, ...evidenceOf(answer) }];
  });
  const first = stages[cell.planned.source.startsAt]!;
  const result: Quantity = {
    name: `${first} → ${stages.at(-1)}`,
    value: yieldOf(cell),
    unit: 'share',
    where: null,
  };
  const answers = cell.planned.answers.rates.filter((answer) => answer !== null);
  return {
    step: 'yield',
    inputs,
    result,
    details: {
      answered_by: [...new Set(answers.map((answer) => answer.answeredBy))].join(', '),
      ...measuredDetails(context.model, answers),
    },
  };
}

function evidenceOf({ records, converted, measured }: RateAnswer): Pick<Quantity, 'evidence'> {
  if (measured === null || records === null || converted === null) return {};
  return { evidence: { records, converted, low: measured.low, high: measured.high } };
}

function measuredDetails({ measured }: PlanModel, answers: readonly RateAnswer[]): Step['details'] {
  if (measured === null || !answers.some(({ basis }) => basis === 'measured')) return {};
  return { measured_from: measured.files.join(', '), measured_to: formatDay(measured.asOf) };
}

function naiveStep(context: Context, cell: Cell): Step {
  const { planned, month } = cell;
  const closes: Quantity = {
    name: 'closes needed',
    value: planned.closes[month]!,
    unit: 'closes',
    where: null,
  };
  const rate: Quantity = { name: 'yield', value: yieldOf(cell), unit: 'share', where: null };
  const result: Quantity = {
    name: 'the plain division',
    value: closes.value / rate.value,
    unit: 'records',
    where: null,
  };
  return { step: 'naive', inputs: [closes, rate], result, details: { stage: firstStage(context, cell) } };
}

function curveStep(context: Context, cell: Cell): Step {
  const { model } = context;
  const { startsAt } = cell.planned.source;
  const timing = context.timing(startsAt, model.stages.length - 1);
  const inputs = timing.share.map(
    (share, wait): Quantity => ({
      name: `close ${wait} months after`,
      value: share,
      unit: 'share',
      where: null,
    }),
  );
  const mean = timing.share.reduce((sum, share, wait) => sum + share * wait, 0);
  return {
    step: 'curve',
    inputs,
    result: { name: 'mean wait', value: mean, unit: 'months', where: null },
    details: { stage: firstStage(context, cell) },
  };
}
