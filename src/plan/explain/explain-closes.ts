/** Steps to the closes a chance is about: what is still to close, what is expected, how both vary, and how many are wanted. */
import { matched } from '../../chance/closes.ts';
import { momentsOf, sizesOf } from '../chances/chance-sums.ts';
import type { ChanceWorking } from '../chances/chance-working.ts';
import type { PlanModel } from '../model.ts';
import { quantity, type Step } from './explain-step.ts';

/** Minor units of the quota that goals are sized on, less what is closed already. */
export function quotaLeftStep(model: PlanModel, { sum, team, period }: ChanceWorking): Step {
  const unit = model.quotaUnit;
  const over = 1 + model.overAssigned;
  return {
    step: 'quota_left',
    inputs: [
      quantity(`quota of ${period.label}`, sum.wanted * over, unit),
      ...(over > 1 ? [quantity('1 + over-assigned', over, 'factor')] : []),
      quantity('closed already', sum.closed, unit),
    ],
    result: quantity('still to close', sum.wanted - sum.closed, unit),
    details: { who: team ?? 'the company', period: period.label },
  };
}

/** Closes that are still expected in the period, by source from leads to come and from records that exist. */
export function expectedStep(model: PlanModel, { sum, period }: ChanceWorking): Step {
  const inputs = [...sum.bySource].flatMap(([name, { fresh, existing }]) => {
    const of = name === null ? '' : `, ${name}`;
    const startsAt = model.sources.find((source) => source.name === name)?.startsAt ?? 0;
    return [
      quantity(`from ${model.stages[0]} goals to come${of}`, fresh, 'closes'),
      quantity(`${existingName(model, startsAt)}${of}`, existing, 'closes'),
    ].filter(({ value }) => value > 0);
  });
  const { mean } = momentsOf(sum, 1);
  return {
    step: 'expected_closes',
    inputs,
    result: quantity('closes expected', mean, 'closes'),
    details: { period: period.label },
  };
}

/** Where closes come from that more leads do not bring more of. */
function existingName({ stages }: PlanModel, startsAt: number): string {
  if (startsAt === stages.length - 1) return `without ${stages[0]} goals`;
  return startsAt === 0 ? 'from records that exist' : `from ${stages[startsAt]} goals and records that exist`;
}

/** Variance, and the equal records that vary as much: variance = Σ chance − Σ chance², p* = 1 − v ÷ μ, n* = μ ÷ p*. */
export function luckSteps({ sum }: ChanceWorking): Step[] {
  const { mean, squares } = momentsOf(sum, 1);
  const { trials, chance } = matched({ mean, squares });
  const expected = quantity('closes expected', mean, 'closes');
  const variance = quantity('variance of the closes', mean - squares, 'factor');
  const each = quantity('chance of each', chance, 'share');
  const inSquares = quantity('the same with each chance squared', squares, 'factor');
  const steps: Step[] = [{ step: 'variance', inputs: [expected, inSquares], result: variance, details: {} }];
  if (!(chance > 0)) return steps;
  return [
    ...steps,
    { step: 'matched_chance', inputs: [variance, expected], result: each, details: {} },
    {
      step: 'matched_records',
      inputs: [expected, each],
      result: quantity('equal records', trials, 'records'),
      details: {},
    },
  ];
}

/** Money → closes; and how much deals differ. None of this where quotas count deals. */
export function sizeSteps(model: PlanModel, { sum, spread }: ChanceWorking): Step[] {
  if (model.quotaUnit === 'deals') return [];
  const { size, variation, between, closes, amount } = sizesOf(sum, spread);
  const mean = quantity('mean deal size', size, 'money');
  const left = sum.wanted - sum.closed;
  const spreadStep: Step = {
    step: 'deal_spread',
    inputs: [
      quantity('deals of one kind differ by', spread, 'share'),
      quantity('deal sizes of reps and sources differ by', between, 'share'),
    ],
    result: quantity('deals differ by', variation, 'share'),
    details: {},
  };
  return [
    {
      step: 'deal_size',
      inputs: [
        quantity('amount of these closes', amount, 'money'),
        quantity('closes expected', closes, 'closes'),
      ],
      result: mean,
      details: {},
    },
    ...(variation > 0 ? [spreadStep] : []),
    {
      step: 'closes_wanted',
      inputs: [quantity('still to close', left, 'money'), mean],
      result: quantity('closes wanted', left / size, 'closes'),
      details: {},
    },
  ];
}
