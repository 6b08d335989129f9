/** Steps from a quota to the plain division, and on to what each later step adds. */
import { formatDay } from '../../period/day.ts';
import type { RateAnswer } from '../../rates/rate-table.ts';
import type { Context } from '../context.ts';
import type { PlanModel } from '../model.ts';
import { lagChangeSteps, nameWhenSet, rateChangeSteps } from './explain-changes.ts';
import {
  arrivalsStep,
  confidenceStep,
  lateStep,
  paceSteps,
  reachedStep,
  territoryStep,
  wholeStep,
} from './explain-pace.ts';
import { quotaSteps } from './explain-quota.ts';
import { type Cell, firstStage, type Quantity, quantity, type Step, yieldOf } from './explain-step.ts';

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
