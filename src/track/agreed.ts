/** Agreed goals by row and stage, by plan month. */
import { keyOf, type LineKey, plus } from '../plan/line.ts';
import type { PlanModel } from '../plan/model.ts';
import type { SavedPlan } from './saved-plan.ts';

export interface AgreedGoals {
  /** By `keyOf` of finest rows; series by stage and plan month, NaN where there is no goal. */
  readonly byKey: ReadonlyMap<
    string,
    { readonly key: LineKey; readonly stages: readonly (readonly number[])[] }
  >;
}

/** Goals of a saved plan in the months of this one. */
export function agreedGoals(saved: SavedPlan, { stages, from, to }: PlanModel): AgreedGoals {
  const months = to - from + 1;
  const byKey = new Map<string, { key: LineKey; stages: number[][] }>();
  for (const { key, month, goals } of saved.goals) {
    const index = month - from;
    if (index < 0 || index >= months) continue;
    const text = keyOf(key);
    let known = byKey.get(text);
    if (known === undefined) {
      known = { key, stages: stages.map(() => new Array<number>(months).fill(Number.NaN)) };
      byKey.set(text, known);
    }
    for (const [stage, name] of stages.entries()) {
      const goal = goals[name] ?? null;
      // somebody who came back to a team has a row for each stay
      if (goal !== null) known.stages[stage]![index] = plus(known.stages[stage]![index]!, goal);
    }
  }
  return { byKey };
}
