/** Steps to the chance of a quarter's or year's quota: at rates that are sure, averaged over uncertain ones, and what it would take. */
import { chanceOfAmount, MANY_CLOSES, matched } from '../../chance/closes.ts';
import {
  aimAt,
  type ChanceWorking,
  chanceAt,
  chanceRowOf,
  leadsMore,
  timesWanted,
} from '../chances/chance-working.ts';
import { MOST_TIMES } from '../chances/lead-times.ts';
import { BETWEEN_QUARTERS } from '../chances/shared-doubt.ts';
import type { PlanModel } from '../model.ts';
import { expectedStep, luckSteps, quotaLeftStep, sizeSteps } from './explain-closes.ts';
import { quantity, type Step } from './explain-step.ts';

/**
 * From the quota of the period to the chance that the plan prints, and to the leads it would take to be as sure as
 * wanted. No steps where there is no quota; where all of it is closed, or nothing is expected, only those that say so.
 */
export function chanceSteps(model: PlanModel, working: ChanceWorking): Step[] {
  const { chance } = chanceRowOf(working);
  if (chance === null) return [];
  const left = quotaLeftStep(model, working);
  if (!(left.result.value > 0)) return [left, settledStep(working, { chance, why: 'closed' })];
  const expected = expectedStep(model, working);
  if (!(expected.result.value > 0))
    return [
      left,
      expected,
      settledStep(working, { chance, why: 'nothing' }),
      sureStep(model, working, chance),
    ];
  return [
    left,
    expected,
    ...luckSteps(working),
    ...sizeSteps(model, working),
    fixedRatesStep(model, working),
    ...(working.doubt.factors.length > 1 ? [doubtStep(working)] : []),
    chanceStep(working, chance),
    sureStep(model, working, chance),
  ];
}

/** How the chance at given rates is worked out. */
function methodOf({
  moments,
  variation,
}: ReturnType<typeof aimAt>): 'binomial' | 'poisson' | 'deals' | 'many deals' {
  if (variation > 0) return moments.mean > MANY_CLOSES ? 'many deals' : 'deals';
  return matched(moments).chance > 0 ? 'binomial' : 'poisson';
}

function fixedRatesStep(model: PlanModel, working: ChanceWorking): Step {
  const aim = aimAt(working, 1);
  const { trials, chance } = matched(aim.moments);
  const equal = [quantity('equal records', trials, 'records'), quantity('chance of each', chance, 'share')];
  return {
    step: 'chance_at_fixed_rates',
    inputs: [
      quantity('closes wanted', aim.wanted / aim.size, 'closes'),
      ...(chance > 0 ? equal : [quantity('closes expected', aim.moments.mean, 'closes')]),
      ...(aim.variation > 0 ? [quantity('deals differ by', aim.variation, 'share')] : []),
    ],
    result: quantity('chance at these rates', chanceOfAmount({ ...aim, factors: [1] }), 'chance'),
    details: { method: methodOf(aim), unit: model.quotaUnit },
  };
}

/** √Σ share² · (estimate² + .15² ÷ quarters). */
function doubtStep({ doubt, period }: ChanceWorking): Step {
  const inputs = doubt.bySource.flatMap(({ source, share, estimate }) => {
    const of = source === null ? '' : `, ${source}`;
    return [
      quantity(`share of the closes${of}`, share, 'share'),
      quantity(`rates known to within${of}`, Math.sqrt(estimate), 'share'),
    ];
  });
  return {
    step: 'doubt',
    inputs: [
      ...inputs,
      quantity('rates move between quarters by', BETWEEN_QUARTERS, 'share'),
      quantity('quarters', doubt.quarters, 'factor'),
    ],
    result: quantity('all rates may be off by', doubt.variation, 'share'),
    details: { grain: period.grain },
  };
}

/** The mean over what the rates may turn out to be; each of them with its own chance. */
function chanceStep(working: ChanceWorking, chance: number): Step {
  const { doubt, period } = working;
  const aim = aimAt(working, 1);
  const { factors } = aim;
  const isAverage = factors.length > 1;
  const nodes = factors.map((factor) => {
    const name = isAverage ? `rates × ${factor.toFixed(4)}` : 'chance at these rates';
    return quantity(name, chanceOfAmount({ ...aim, factors: [factor] }), 'chance');
  });
  return {
    step: 'chance',
    inputs: nodes,
    result: quantity(`chance of ${period.label}`, chance, 'chance'),
    details: { how: isAverage ? 'average' : 'certain rates', nodes: factors.length, rate: doubt.rate },
  };
}

function settledStep({ period }: ChanceWorking, { chance, why }: { chance: number; why: string }): Step {
  return {
    step: 'chance',
    inputs: [],
    result: quantity(`chance of ${period.label}`, chance, 'chance'),
    details: { how: why },
  };
}

/** Leads more for the wanted confidence; the chance with three times the leads where they are not enough. */
function sureStep({ stages }: PlanModel, working: ChanceWorking, chance: number): Step {
  const { confidence, sum } = working;
  const times = timesWanted(working, chance);
  const stage = stages[0]!;
  const toCome = quantity(`${stage} goals to come that close in it`, sum.leadsToCome, 'records');
  const inputs = [quantity('confidence wanted', confidence, 'share'), quantity('chance', chance, 'chance')];
  if (times === null)
    return {
      step: 'extra_leads',
      inputs: [...inputs, toCome, quantity('times as many', MOST_TIMES, 'factor')],
      result: quantity('chance with so many', chanceAt(working, MOST_TIMES), 'chance'),
      details: { how: 'not enough', confidence, stage },
    };
  const isEnough = times === 1;
  return {
    step: 'extra_leads',
    inputs: isEnough ? inputs : [...inputs, toCome, quantity('times as many', times, 'factor')],
    result: quantity(`more ${stage} goals`, leadsMore(working, times), 'records'),
    details: { how: isEnough ? 'enough' : 'more', confidence, stage },
  };
}
