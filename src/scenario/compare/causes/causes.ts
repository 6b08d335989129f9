/** Why the lead goal of one plan is not that of another: the part of each input that differs. */
import { collectLines } from '../../../plan/goals.ts';
import type { PlanModel } from '../../../plan/model.ts';
import { stageIn } from '../../../plan/row.ts';
import type { Whole } from '../goals/whole.ts';
import type { Side } from '../side.ts';
import { bridgeCauses } from './bridge-causes.ts';
import { differingGroups, type InputGroup } from './input-groups.ts';

/** A part of the change of the company's goal; the parts add up to the whole. */
export interface Cause {
  /** Of an input, of several that can only be put in place together (`reps + quotas`), or of a step of the bridge. */
  readonly key: string;
  /** Whole records; ten-thousandths of one apart where a saved result tells no more. */
  readonly change: number;
}

/**
 * Of two plans whose inputs are known: those of the first are replaced by those of the second one group after the other,
 * in the order of `inputGroups`; what the goal changes by then is that group's part. Else by the bridges of the two.
 * Another funnel or another unit of quotas is one cause: `funnel`, `quota_unit`, or both together.
 */
export function causesOf(a: Side, b: Side, whole: Whole): Cause[] {
  const change = whole.b - whole.a;
  const others = [
    ...(a.head.stages.join('\n') === b.head.stages.join('\n') ? [] : ['funnel']),
    ...(a.head.quotaUnit === b.head.quotaUnit ? [] : ['quota_unit']),
  ];
  if (others.length > 0) return [{ key: others.join(' + '), change }];
  if (a.model === null || b.model === null) return bridgeCauses(a, b, whole);
  return replacedCauses(a.model, b.model, whole);
}

/**
 * Groups that cannot be planned without the next are joined with it. With the last group the model is the second plan
 * itself, so that the parts add up whatever the groups leave out.
 */
function replacedCauses(a: PlanModel, b: PlanModel, whole: Whole): Cause[] {
  const groups = joinedForCurrency(differingGroups(a, b), a, b);
  if (groups.length === 0 && whole.a !== whole.b) return [{ key: 'other', change: whole.b - whole.a }];
  const causes: Cause[] = [];
  let model = a;
  let goal = whole.a;
  let joined: string[] = [];
  for (const [index, { key, put }] of groups.entries()) {
    model = put(model, b);
    joined.push(key);
    const reached = index === groups.length - 1 ? whole.b : leadGoal(model, a, whole);
    if (reached === null) continue;
    causes.push({ key: joined.join(' + '), change: reached - goal });
    goal = reached;
    joined = [];
  }
  return causes;
}

/** Quotas of one currency and deal sizes of another make no plan: they change together. */
function joinedForCurrency(groups: readonly InputGroup[], a: PlanModel, b: PlanModel): InputGroup[] {
  const quotas = groups.find(({ key }) => key === 'quotas');
  const sizes = groups.find(({ key }) => key === 'deal_size');
  if (a.currency === b.currency || quotas === undefined || sizes === undefined) return [...groups];
  const both: InputGroup = {
    key: `${quotas.key} + ${sizes.key}`,
    says: quotas.says,
    put: (model, other) => sizes.put(quotas.put(model, other), other),
  };
  return groups.flatMap((group) => (group === quotas ? [both] : group === sizes ? [] : [group]));
}

/** The company's goal over the quarters; null where the model cannot be planned. */
function leadGoal(model: PlanModel, a: PlanModel, { quarters, stage }: Whole): number | null {
  const lines = collectLines(model);
  if (lines.length === 0) return null;
  const shift = a.from - model.from;
  let sum = 0;
  for (const line of lines) {
    for (const { a: period } of quarters) {
      const moved = { ...period, first: period.first + shift, last: period.last + shift };
      const goal = stageIn(line, 'goals', { stage, period: moved });
      if (!Number.isNaN(goal)) sum += goal;
    }
  }
  return sum;
}
