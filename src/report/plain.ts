/** The plan as plain text: the same report without colour and box characters, the same on every terminal. */
import type { Plan } from '../plan/plan.ts';
import type { Asked } from './plan/plan-scope.ts';
import { planView } from './plan/plan-view.ts';
import { renderBlocks } from './table.ts';

export function renderPlanPlain(
  plan: Plan,
  selection: Asked,
  options: { width: number; ascii: boolean },
): string {
  return renderBlocks(planView(plan, selection), {
    width: options.width,
    ascii: options.ascii,
    colour: false,
    line: ' ',
  });
}
