/** Models as sides of a comparison. */
import type { PlanModel } from '../../src/plan/model.ts';
import { type Side, sideOf } from '../../src/scenario/compare/side.ts';
import { planOf } from './small-model.ts';

export function compared(model: PlanModel, name: string): Side {
  return sideOf(planOf(model), { name, path: name, scenario: null, format: 'plan_file' }, []);
}
