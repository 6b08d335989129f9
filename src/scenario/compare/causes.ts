/** Why the lead goal of one plan is not that of another: the part of each input that differs. */
import { collectLines } from '../../plan/goals.ts';
import type { PlanModel } from '../../plan/model.ts';
import { stageIn } from '../../plan/row.ts';
import { bridgeCauses } from './bridge-causes.ts';
import { differingGroups, type InputGroup } from './input-groups.ts';
import { type SharedPeriod, sharedPeriods } from './periods.ts';
import type { Side } from './side.ts';

/** A part of the change of the company's goal; the parts add up to the whole. */
export interface Cause {
  /** Of an input, of several that can only be put in place together (`reps + quotas`), or of a step of the bridge. */
  readonly key: string;
  /** Whole records; ten-thousandths of one apart where a saved result tells no more. */
  readonly change: number;
}

/** The company's goal of the first stage that has one, over the quarters both plans have. */
export interface Whole {
  /** Index of the stage in each plan. */
  readonly stage: number;
  readonly quarters: readonly SharedPeriod[];
  readonly a: number;
  readonly b: number;
}

/** Null where the plans have no quarter in common. */
export function wholeOf(a: Side, b: Side): Whole | null {
  const quarters = sharedPeriods(a, b, 'quarter');
  if (quarters.length === 0) return null;
  const stages = Math.min(a.head.stages.length, b.head.stages.length);
  for (let stage = 0; stage < stages; stage++) {
    const [before, after] = [
      companyGoal(a, 'a', { quarters, stage }),
      companyGoal(b, 'b', { quarters, stage }),
    ];
    if (before !== null || after !== null) return { stage, quarters, a: before ?? 0, b: after ?? 0 };
  }
  return { stage: 0, quarters, a: 0, b: 0 };
}

type Meant = Pick<Whole, 'quarters' | 'stage'>;

/** Null where no quarter has a goal. */
function companyGoal({ lines }: Side, which: 'a' | 'b', { quarters, stage }: Meant): number | null {
  const company = lines.find(({ level, source }) => level === 'company' && source === null);
  if (company === undefined) return null;
  const goals = quarters
    .map((quarter) => stageIn(company, 'goals', { stage, period: quarter[which] }))
    .filter((goal) => !Number.isNaN(goal));
  return goals.length === 0 ? null : goals.reduce((sum, goal) => sum + goal, 0);
}

/**
 * Of two plans whose inputs are known: those of the first are replaced by those of the second one group after the other,
 * in the order of `inputGroups`; what the goal changes by then is that group's part. Else by the bridges of the two.
 * Another funnel or another unit of quotas is one cause, `funnel`.
 */
export function causesOf(a: Side, b: Side, whole: Whole): Cause[] {
  const change = whole.b - whole.a;
  const isOther =
    a.head.quotaUnit !== b.head.quotaUnit || a.head.stages.join('\n') !== b.head.stages.join('\n');
  if (isOther) return [{ key: 'funnel', change }];
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
