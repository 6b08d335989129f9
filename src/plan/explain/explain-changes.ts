/** Steps of what-ifs: what was changed of the plan, and for each changed input of a goal what it was before. */
import { meanWait } from '../../funnel/lag.ts';
import { type Adjustment, adjusted, adjustmentsFor } from '../../rates/adjust.ts';
import type { Scope } from '../../rates/rate-row.ts';
import { quotaPerClose } from '../answers.ts';
import { lagSet } from '../assumptions.ts';
import type { Unchanged } from '../change.ts';
import type { Context } from '../context.ts';
import type { PlanModel } from '../model.ts';
import type { PlannedUnit } from '../prepare.ts';
import { type Quantity, quantity, type Step, type Unit } from './explain-step.ts';

/** All that was changed, in one step; none for the plan as it is. */
export function whatIfSteps({ changes }: PlanModel): Step[] {
  if (changes.length === 0) return [];
  const result = quantity('changes', changes.length, 'changes');
  return [{ step: 'what_if', inputs: [], result, details: {} }];
}

/** The name of a changed input wherever it is used: `deal size, set +10%`. */
export function nameWhenSet(name: string, set: string | null): string {
  return set === null ? name : `${name}, set ${set}`;
}

/** A step for each of the unit's conversion rates that was changed. */
export function rateChangeSteps(context: Context, planned: PlannedUnit): Step[] {
  const { stages } = context.model;
  return planned.answers.rates.flatMap((answer, transition) => {
    if (answer === null || answer.unchanged === null) return [];
    const name = `${stages[transition]} → ${stages[transition + 1]}`;
    const by = adjustmentsFor(context.rates.changes[transition]!, askerOf(planned));
    const before = quantity(name, answer.unchanged, 'share', answer.where);
    return [changeStep(before, by, { set: answer.set!, after: answer.value })];
  });
}

/** A step where the unit's deal size was changed. */
export function dealSizeChangeSteps(context: Context, planned: PlannedUnit): Step[] {
  const answer = planned.answers.dealSize;
  if (answer === null || answer.unchanged === null) return [];
  const by = adjustmentsFor(context.dealSizes.changes, askerOf(planned));
  const before = quantity('deal size', answer.unchanged, 'money', answer.dealSize.where);
  return [changeStep(before, by, { set: answer.set!, after: quotaPerClose(planned.answers) })];
}

/** A quota or the share of a source as it is used: named, and where it stands unless it was changed. */
interface Used {
  readonly now: Quantity;
  readonly unchanged: Unchanged | null;
}

/** The same where it is used: of what was changed the place is in a step of its own. */
export function usedName({ now, unchanged }: Used): Quantity {
  if (unchanged === null) return now;
  const name =
    unchanged.by.length === 0 ? `${now.name}, giving way` : nameWhenSet(now.name, textsOf(unchanged));
  return quantity(name, now.value, now.unit);
}

/** A step where a quota or share was changed: what it was and where, what was done to it, and what it is. */
export function usedChangeSteps(used: Used): Step[] {
  const { now, unchanged } = used;
  if (unchanged === null) return [];
  const before = quantity(now.name, unchanged.value, now.unit, now.where);
  const by = unchanged.by.map(({ kind, value, text }) =>
    quantity(`set ${text}`, value, kind === 'times' || kind === 'total' ? 'factor' : now.unit),
  );
  const left = quantity('what is left for it, of what it had', now.value / unchanged.value, 'factor');
  const how =
    by.length === 0 ? 'gives way' : unchanged.by.some(({ kind }) => kind === 'total') ? 'total' : '';
  return [
    {
      step: 'change',
      inputs: [before, ...(by.length === 0 ? [left] : by)],
      result: usedName(used),
      details: { name: now.name, set: textsOf(unchanged), how, capped: '' },
    },
  ];
}

const textsOf = ({ by }: Unchanged): string => by.map(({ text }) => text).join(', ');

const askerOf = ({ carrier, source }: PlannedUnit): Scope => ({
  team: carrier.team,
  rep: carrier.rep?.name ?? null,
  source: source.name,
});

/** What it was, what each change multiplies it by, adds to it or puts in its place, and what it is. */
function changeStep(
  before: Quantity,
  by: readonly Adjustment[],
  { set, after }: { readonly set: string; readonly after: number },
): Step {
  const unitOf = ({ kind }: Adjustment): Unit => (kind === 'times' ? 'factor' : before.unit);
  const changes = by.map((change) => quantity(`set ${change.text}`, change.value, unitOf(change)));
  return {
    step: 'change',
    inputs: [before, ...changes],
    result: quantity(nameWhenSet(before.name, set), after, before.unit),
    details: { name: before.name, set, capped: isCapped(before.value, by) ? 'yes' : '' },
  };
}

/** Whether the changes come to less than they say, because the result may not exceed something. */
function isCapped(before: number, by: readonly Adjustment[]): boolean {
  const free = by.map((change) => ({ ...change, atMost: null }));
  return adjusted(before, by) < adjusted(before, free);
}

/** A step for each wait, from the source's first stage on, that was changed: its mean before, and by how much it moved. */
export function lagChangeSteps({ model }: Context, { source }: PlannedUnit): Step[] {
  const { stages, lags, lagsWhere, unchangedLags } = model;
  return lags.flatMap((lag, transition): Step[] => {
    const set = lagSet(model, transition);
    const was = unchangedLags?.[transition] ?? null;
    if (lag === null || was === null || set === null || transition < source.startsAt) return [];
    const name = `wait ${stages[transition]} → ${stages[transition + 1]}`;
    const [before, after] = [meanWait(was), meanWait(lag)];
    const inputs = [
      quantity(name, before, 'months', lagsWhere[transition] ?? null),
      quantity(`set ${set}`, after - before, 'months'),
    ];
    const result = quantity(nameWhenSet(name, set), after, 'months');
    return [{ step: 'change', inputs, result, details: { name: `the ${name}`, set } }];
  });
}
