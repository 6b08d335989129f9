/** What-ifs in an explanation: every changed input beside what it was before, and both in the numbers. */
import { describe, expect, it } from 'vitest';
import { meanWait } from '../../src/funnel/lag.ts';
import type { Change } from '../../src/plan/change.ts';
import { explainGoal } from '../../src/plan/explain/explain.ts';
import type { Step, StepKind } from '../../src/plan/explain/explain-step.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { at, NOWHERE } from '../../src/problem.ts';
import type { Adjustment } from '../../src/rates/adjust.ts';
import { applyWhatIfs } from '../../src/scenario/apply.ts';
import type { Effect, WhatIf } from '../../src/scenario/what-if.ts';
import { smallModel } from '../support/small-model.ts';

const ALL = { team: null, rep: null, source: null };

const tenPercentMore: Adjustment = {
  ...ALL,
  kind: 'times',
  value: 1.1,
  text: '+10%',
  where: NOWHERE,
  atMost: null,
};

const change = (key: string, value: string, more: Partial<Change> = {}): Change => ({
  ...ALL,
  key,
  value,
  scenario: null,
  ...more,
});

/** The steps of Ana's inbound leads of March. */
function steps(parts: Partial<PlanModel>): readonly Step[] {
  const question = { reps: ['Ana Ruiz'], teams: [], sources: ['inbound'], first: 1, last: 1, stage: 0 };
  const { value, problems } = explainGoal(smallModel(parts), { ...question, chanceOf: null });
  if (value === null) throw new Error(JSON.stringify(problems));
  return value.steps;
}

const valuesOf = ({ inputs }: Step): number[] => inputs.map(({ value }) => value);

/** A change as `--set` asks for it. */
function whatIf(effect: Effect, asked: Change): WhatIf {
  return { change: asked, effect, where: NOWHERE };
}

/** The steps of Ana's inbound leads of March with these what-ifs applied to the model. */
function stepsWith(...whatIfs: readonly WhatIf[]): readonly Step[] {
  const { value, problems } = applyWhatIfs(smallModel(), whatIfs);
  if (value === null) throw new Error(JSON.stringify(problems));
  return steps(value);
}

const named = (of: readonly Step[], kind: StepKind): Step[] => of.filter(({ step }) => step === kind);

describe('a what-if in an explanation', () => {
  it('is nothing of a plan as it is', () => {
    const of = steps({});
    expect([...named(of, 'what_if'), ...named(of, 'change')]).toEqual([]);
  });

  it('is said first, once for all that was changed', () => {
    const [first] = steps({ changes: [change('quota', '+10%'), change('sources.inbound.share', '50%')] });
    expect([first!.step, first!.result.value]).toEqual(['what_if', 2]);
  });

  it('of a rate shows what it was, where, and by what it was multiplied; the yield is that of the new one', () => {
    const of = steps({ rateChanges: [[], [], [tenPercentMore]] });
    const [changed, ...others] = named(of, 'change');
    expect(others).toEqual([]);
    expect(valuesOf(changed!)).toEqual([373 / 1499, 1.1]);
    expect(changed!.inputs[0]!.where).toEqual(at('rates.csv', 2));
    expect(changed!.inputs.map(({ name }) => name)).toEqual(['opportunity → close', 'set +10%']);
    expect(changed!.result.value).toBeCloseTo((373 / 1499) * 1.1, 12);
    const [rates] = named(of, 'yield');
    expect(rates!.inputs[2]).toMatchObject({ name: 'opportunity → close, set +10%', where: null });
    expect(rates!.inputs[2]!.value).toBe(changed!.result.value);
    expect(rates!.result.value).toBeCloseTo((373 / 9590) * 1.1, 12);
    expect(of.indexOf(changed!)).toBe(of.indexOf(rates!) - 1);
  });

  it('of a rate shows each of several changes in order: in its place, then points more', () => {
    const to: Adjustment = { ...ALL, kind: 'to', value: 0.25, text: '25%', where: NOWHERE, atMost: null };
    const plus: Adjustment = {
      ...ALL,
      kind: 'plus',
      value: 0.02,
      text: '+2 points',
      where: NOWHERE,
      atMost: null,
    };
    const [changed] = named(steps({ rateChanges: [[], [], [to, plus]] }), 'change');
    expect(changed!.inputs.map(({ name, unit }) => [name, unit])).toEqual([
      ['opportunity → close', 'share'],
      ['set 25%', 'share'],
      ['set +2 points', 'share'],
    ]);
    expect(changed!.result.value).toBeCloseTo(0.25 + 0.02, 12);
    expect(changed!.details.set).toBe('25%, +2 points');
  });

  it('for somebody else is not in the steps', () => {
    const west = { ...tenPercentMore, team: 'West' };
    const outbound = { ...tenPercentMore, source: 'outbound' };
    expect(
      named(steps({ rateChanges: [[west], [outbound], []], dealSizeChanges: [west] }), 'change'),
    ).toEqual([]);
  });

  it('of the deal size shows both amounts, and divides by the new one', () => {
    const of = steps({ dealSizeChanges: [tenPercentMore] });
    const [changed] = named(of, 'change');
    expect(valuesOf(changed!)).toEqual([2_400_000, 1.1]);
    expect(changed!.inputs[0]!.where).toEqual(at('leadgoal.yaml', 9));
    expect(changed!.result.value).toBe(2_640_000);
    const [closes] = named(of, 'closes');
    expect(closes!.inputs.at(-1)).toMatchObject({ name: 'deal size, set +10%', value: 2_640_000 });
    expect(closes!.result.value).toBeCloseTo(((1_050_000 / 12) * 0.45) / 26_400, 9);
  });

  it('of quotas shows what the row holds and where, then each change; the month is a part of the new one', () => {
    const of = stepsWith(
      whatIf({ of: 'quota', move: { kind: 'times', value: 1.1 } }, change('quota', '+10%')),
      whatIf({ of: 'quota', move: { kind: 'times', value: 0.5 } }, change('quota', '-50%', { team: 'East' })),
    );
    const [changed, ...others] = named(of, 'change');
    expect(others).toEqual([]);
    expect(valuesOf(changed!)).toEqual([105_000_000, expect.closeTo(1.1, 9), expect.closeTo(0.5, 9)]);
    expect(changed!.inputs[0]!.where).toEqual(smallModel().quotas[0]!.where);
    expect(changed!.result).toMatchObject({ name: 'quota for 12 months, set +10%, -50%', where: null });
    expect(changed!.result.value).toBe(Math.round(105_000_000 * 1.1) / 2);
    const [spread] = named(of, 'spread');
    expect(spread!.inputs).toEqual([changed!.result]);
    expect(of.indexOf(changed!)).toBe(of.indexOf(spread!) - 1);
  });

  it('of quotas of others is not in the steps', () => {
    const ofWest = change('quota', '+10%', { team: 'West' });
    const of = stepsWith(whatIf({ of: 'quota', move: { kind: 'times', value: 1.1 } }, ofWest));
    expect(named(of, 'change')).toEqual([]);
    expect(named(of, 'spread')[0]!.inputs[0]!.where).not.toBeNull();
  });

  it('of a total of quotas is the part that each keeps of it', () => {
    const total = smallModel().quotas.reduce((sum, { amount }) => sum + amount, 0);
    const effect: Effect = { of: 'quota', move: { kind: 'to', value: total * 2 } };
    const [changed] = named(stepsWith(whatIf(effect, change('quota', '21M'))), 'change');
    expect(valuesOf(changed!)).toEqual([105_000_000, 2]);
    expect(changed!.details).toMatchObject({ how: 'total', set: '21M' });
  });

  it('of a share shows what it was and where; of the sources that give way, what is left for them', () => {
    const share = (source: string): WhatIf =>
      whatIf(
        { of: 'share', source, move: { kind: 'plus', value: 0.05 } },
        change(`sources.${source}.share`, '+5 points'),
      );
    const [own] = named(stepsWith(share('inbound')), 'change');
    expect(valuesOf(own!)).toEqual([0.45, 0.05]);
    expect(own!.inputs[0]!.where).toEqual(smallModel().sources[0]!.where);
    expect(own!.result).toMatchObject({ name: 'share of inbound, set +5 points', where: null });
    expect(own!.result.value).toBeCloseTo(0.45 + 0.05, 12);
    const of = stepsWith(share('outbound'));
    const [way] = named(of, 'change');
    // outbound 25 % → 30 %: the other 75 % share 70 %
    expect(valuesOf(way!)).toEqual([0.45, expect.closeTo(0.7 / 0.75, 12)]);
    expect(way!.details.how).toBe('gives way');
    expect(way!.result.value).toBeCloseTo(0.45 * (0.7 / 0.75), 12);
    expect(named(of, 'closes')[0]!.inputs).toContainEqual(way!.result);
  });

  it('of a lag shows both mean waits, the change between them', () => {
    const before = smallModel().lags;
    const months = 10 / 30.4375;
    const of = steps({
      lags: [before[0]!, { kind: 'duration', months: 2 }, before[2]!],
      unchangedLags: before,
      changes: [change('lags.conversation_to_opportunity', '+1 month')],
    });
    const [changed, ...others] = named(of, 'change');
    expect(others).toEqual([]);
    expect(valuesOf(changed!)).toEqual([1, 1]);
    expect(changed!.result.value).toBe(2);
    const [curve] = named(of, 'curve');
    expect(curve!.result.value).toBeCloseTo(months + 2 + meanWait(before[2]!), 9);
    expect(of.indexOf(changed!)).toBe(of.indexOf(curve!) - 1);
  });

  it('of all lags is one of each', () => {
    const before = smallModel().lags;
    const lags = before.map((lag) => ({ kind: 'duration' as const, months: meanWait(lag!) + 0.5 }));
    const of = steps({ lags, unchangedLags: before, changes: [change('lags.*', '+0.5 months')] });
    expect(named(of, 'change').map((step) => valuesOf(step)[1])).toEqual(
      [0.5, 0.5, 0.5].map((half) => expect.closeTo(half, 12)),
    );
  });
});
