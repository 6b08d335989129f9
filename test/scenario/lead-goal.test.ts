/** The lead goal by itself is the very number that the whole plan has. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import { sumOver } from '../../src/plan/line.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { leadGoal, leadStage } from '../../src/scenario/lead-goal.ts';
import { randomPlan } from '../support/random-plan.ts';
import { smallModel } from '../support/small-model.ts';

/** Added up over the finest lines of the whole plan; null where there is no plan. */
function fromWholePlan(model: PlanModel): { leads: number; quota: number } | null {
  const { value } = planGoals(model);
  if (value === null) return null;
  const { months } = value.clock;
  const first = leadStage(model) * months;
  const sum = (numbers: readonly number[]) =>
    numbers.reduce((total, number) => total + (Number.isNaN(number) ? 0 : number), 0);
  return {
    leads: sum(value.lines.map(({ goals }) => sumOver(goals, first, first + months - 1))),
    quota: sum(value.lines.map(({ quota }) => sumOver(quota, 0, months - 1))),
  };
}

describe('the lead goal', () => {
  it('of any plan is that of the whole plan', () =>
    fc.assert(
      fc.property(randomPlan(), ({ model }) => {
        expect(leadGoal(model)).toEqual(fromWholePlan(model));
      }),
      { seed: 1, numRuns: 60 },
    ));

  it('sized for a chance is that of the whole plan', () => {
    const model = smallModel({ confidence: 0.7 });
    expect(leadGoal(model)).toEqual(fromWholePlan(model));
    expect(leadGoal(model)!.leads).toBeGreaterThan(leadGoal(smallModel())!.leads);
  });

  it('is of the first stage that any source begins at', () => {
    const [, , partner, expansion] = smallModel().sources as [never, never, never, never];
    const model = smallModel({ sources: [partner, expansion] });
    expect(leadStage(model)).toBe(2);
    expect(leadGoal(model)).toEqual(fromWholePlan(model));
  });

  it('is null where there is no plan', () => {
    expect(leadGoal(smallModel({ dealSizes: [] }))).toBeNull();
  });
});
