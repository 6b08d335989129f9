/**
 * The library: the arithmetic of lead goals without the command line.
 *
 * `parsePlan` turns the keys of a plan file (with rows where it would name files) into a model, `planGoals` computes
 * it, `planJson` writes the documented JSON.
 */

export type { Input } from './files/input.ts';
export { type LoadedPlan, loadPlan, parsePlan } from './files/load-plan.ts';
export type { PlanRequest } from './files/plan-request.ts';
export { planGoals } from './plan/goals.ts';
export type { Line, LineKey } from './plan/line.ts';
export type { PlanModel } from './plan/model.ts';
export type { AssumedRow, Assumption, BridgeRow, LateRow, Plan } from './plan/plan.ts';
export type { Parsed, Problem, Severity, Where } from './problem.ts';
export { planJson } from './report/plan/plan-json.ts';
export { problemHint, problemJson, problemLines, problemMessage } from './report/problems.ts';
export { EVERYTHING, type Selection } from './report/selection.ts';
