/** Goals as people were given them: those of a plan, as saving it would keep them, or a few typed ones. */
import type { Month } from '../../src/period/month.ts';
import type { LineKey } from '../../src/plan/line.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planPeriods } from '../../src/plan/row.ts';
import type { SavedGoal, SavedPlan } from '../../src/track/saved-plan.ts';

const ANA: LineKey = {
  level: 'rep',
  team: null,
  rep: 'Ana',
  repId: null,
  territory: null,
  source: null,
  owner: null,
};

/** Ana's, but for what is said. */
export const keyed = (of: Partial<LineKey> = {}): LineKey => ({ ...ANA, ...of });

/** What a plan's monthly goals are once it is saved. */
export function savedPlanOf({ model, clock, lines }: Plan): SavedPlan {
  const months = planPeriods(clock, 'month');
  const goals = lines.flatMap((line) => {
    const { level, team, rep, repId, territory, source, owner } = line;
    return months.map(({ first }): SavedGoal => {
      const goal = (stage: number) => line.goals[stage * clock.months + first]!;
      const named = model.stages.map((name, stage) => {
        const value = goal(stage);
        return [name, Number.isNaN(value) ? null : value] as const;
      });
      return {
        key: { level, team, rep, repId, territory, source, owner },
        month: (model.from + first) as Month,
        goals: Object.fromEntries(named),
      };
    });
  });
  return { path: 'goals.json', name: model.name, asOf: model.asOf, goals };
}
