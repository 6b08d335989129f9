/** The lead goal of a plan and nothing else: what a what-if is made for, at a fraction of the cost of the whole plan. */
import { timesForConfidence } from '../plan/confidence.ts';
import { finestLines } from '../plan/finest.ts';
import { sumOver } from '../plan/line.ts';
import type { PlanModel } from '../plan/model.ts';
import { type Prepared, prepare } from '../plan/prepare.ts';

export interface LeadGoal {
  /** Whole records that must reach the first stage over the plan's months; of months that are over, what did. */
  readonly leads: number;
  /** Minor units over the plan's months. */
  readonly quota: number;
}

/** The stage of the lead goal: the first at which any source begins. */
export function leadStage({ sources }: Pick<PlanModel, 'sources'>): number {
  return Math.min(...sources.map(({ startsAt }) => startsAt));
}

/** The company's goal, the very number that planning the model gives; null where it cannot be planned. */
export function leadGoal(model: PlanModel): LeadGoal | null {
  const { value } = prepare(model);
  return value === null ? null : leadGoalOf(value);
}

/** The same of a plan that is prepared already. Neither stages between nor the bridge nor chances are worked out. */
export function leadGoalOf(prepared: Prepared): LeadGoal {
  const { clock, back, model } = prepared.context;
  const first = leadStage(model) * clock.months;
  const { times } = timesForConfidence(prepared);
  let leads = 0;
  let quota = 0;
  for (const { carrier, source, unit, past, quota: own } of prepared.units({ times, endsOnly: true })) {
    for (const line of finestLines({ carrier, source, unit, past, quota: own, clock, back })) {
      const goal = sumOver(line.goals, first, first + clock.months - 1);
      if (!Number.isNaN(goal)) leads += goal;
      quota += sumOver(line.quota, 0, clock.months - 1);
    }
  }
  return { leads, quota };
}
