/** Conversion rates as inputs whose ends are tried: of all, of a source, of a team. */
import type { PlanModel } from '../../plan/model.ts';
import type { Prepared } from '../../plan/prepare.ts';
import { NOWHERE } from '../../problem.ts';
import { isWithin } from '../../quota/rep.ts';
import type { Adjustment } from '../../rates/adjust.ts';
import { type RateAnswer, rateFor } from '../../rates/rate-table.ts';
import { scopedKey } from '../scoped-key.ts';
import type { TriedInput } from './input.ts';
import { type Range, takenRange } from './range.ts';
import { rateRange } from './rate-range.ts';
import { type RateScope, sourcesMaking } from './rate-scopes.ts';

/** A percentage point. */
const POINT = 0.01;

/** Null where nobody makes the transition in that scope. */
export function rateInput(prepared: Prepared, transition: number, scope: RateScope): TriedInput | null {
  const used = usedAnswers(prepared, transition, scope);
  if (used.length === 0) return null;
  const range = rangeOf(prepared, used, { transition, scope });
  const { model } = prepared.context;
  const { low, base, high } = range;
  const times = (value: number) =>
    value === base ? null : withRate(model, transition, { ...scope, kind: 'times', value: value / base });
  return {
    input: {
      key: keyOf(model, transition, scope),
      what: 'rate',
      transition,
      unit: 'share',
      ...scope,
      ...range,
    },
    atLow: times(low),
    atHigh: times(high),
    pointMore: withRate(model, transition, { ...scope, kind: 'plus', value: POINT }),
  };
}

function withRate(
  model: PlanModel,
  transition: number,
  change: RateScope & Pick<Adjustment, 'kind' | 'value'>,
): PlanModel {
  const laid: Adjustment = { ...change, rep: null, text: '', where: NOWHERE, atMost: 1 };
  const before = model.stages.slice(1).map((_, index) => model.rateChanges[index] ?? []);
  return { ...model, rateChanges: before.with(transition, [...before[transition]!, laid]) };
}

function keyOf({ stages }: PlanModel, transition: number, { team, source }: RateScope): string {
  const key = `rates.${stages[transition]!}_to_${stages[transition + 1]!}`;
  return scopedKey(key, { team, rep: null, source });
}

/** A rate that somebody in the scope is planned with. */
interface Used {
  readonly answer: RateAnswer;
  /** The quota it is used for. */
  readonly weight: number;
}

function usedAnswers(
  { context, carriers, answers }: Prepared,
  transition: number,
  { team, source: asked }: RateScope,
): Used[] {
  const { model, clock } = context;
  const made = sourcesMaking(model, transition);
  const used: Used[] = [];
  for (const [position, carrier] of carriers.entries()) {
    if (!isWithin(carrier.team, team)) continue;
    let quota = 0;
    for (let t = 0; t < clock.months; t++) quota += carrier.quota[t]!;
    for (const [index, source] of model.sources.entries()) {
      const answer = answers[position]![index]!.rates[transition] ?? null;
      if (answer === null || !made.includes(source) || (asked !== null && source.name !== asked)) continue;
      used.push({ answer, weight: quota * source.share });
    }
  }
  return used;
}

/** Each by the quota it is used for; one that all have is itself to the last bit. */
function meanOf(used: readonly Used[]): number {
  const [first] = used as [Used];
  if (used.every(({ answer }) => answer.value === first.answer.value)) return first.answer.value;
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) return used.reduce((sum, { answer }) => sum + answer.value, 0) / used.length;
  return used.reduce((sum, { answer, weight }) => sum + answer.value * weight, 0) / total;
}

interface RateOf {
  readonly transition: number;
  readonly scope: RateScope;
}

/** By the evidence of the scope; where that says 0, which the plan does not, by that of what is used; else a tenth. */
function rangeOf(prepared: Prepared, used: readonly Used[], of: RateOf): Range {
  const ofScope = rateRange(evidenceFor(prepared, used, of));
  const isFit = ofScope === null || ofScope.base > 0;
  const range = isFit ? ofScope : rateRange(distinct(used.map(({ answer }) => answer)));
  return range ?? takenRange(meanOf(used), 1);
}

/**
 * Whose records say how far the rate may lie off: those of the whole scope where what is used has evidence of the same
 * kind, as they were measured together, else source by source; else those of every rate that is used.
 */
function evidenceFor(
  { context }: Prepared,
  used: readonly Used[],
  { transition, scope }: RateOf,
): readonly RateAnswer[] {
  const { model, rates } = context;
  const [basis] = used.map(({ answer }) => answer.basis);
  const isAlike = (answer: RateAnswer | null) => answer?.basis === basis;
  const together = rateFor(rates, { ...scope, rep: null }, transition);
  const sources = sourcesMaking(model, transition).filter(
    ({ name }) => scope.source === null || scope.source === name,
  );
  const whole = sources.map(({ name }) =>
    rateFor(rates, { team: scope.team, rep: null, source: name }, transition),
  );
  if (!used.every(({ answer }) => isAlike(answer)) || !whole.every(isAlike))
    return distinct(used.map(({ answer }) => answer));
  const isOwn = together?.basis === 'measured' && together.scope.team === scope.team;
  return isOwn && isAlike(together) ? [together] : distinct(whole as RateAnswer[]);
}

/** The same row may answer for several sources or reps. */
function distinct(answers: readonly RateAnswer[]): RateAnswer[] {
  const seen = new Map<string, RateAnswer>();
  for (const answer of answers) {
    const { team, rep, source } = answer.scope;
    const { file, line, column } = answer.where;
    const key = JSON.stringify([team, rep, source, file, line, column]);
    if (!seen.has(key)) seen.set(key, answer);
  }
  return [...seen.values()];
}
