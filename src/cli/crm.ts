/** Loading the plan that a command is asked for: its exports of the CRM are counted in between, where it names any. */
import { beginPlan } from '../files/begin-plan.ts';
import { finishPlan, type loadPlan } from '../files/load-plan.ts';
import type { PlanRequest } from '../files/plan-request.ts';

/** As `loadPlan`, with what the files under `crm:` say. The engine is loaded only where there are some. */
export async function loadRequested(request: PlanRequest): Promise<ReturnType<typeof loadPlan>> {
  const begun = beginPlan(request);
  if (begun.value === null) return { value: null, problems: begun.problems, reports: [] };
  const plan = begun.value;
  if (plan.crm === null) return finishPlan(plan, null);
  const { withCrm } = await import('./crm-exports.ts');
  return await withCrm(plan.crm, (crm) => finishPlan(plan, crm));
}
