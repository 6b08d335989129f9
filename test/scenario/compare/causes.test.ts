/** Why one plan's lead goal is not another's: the parts add up, whatever the plans. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/period/month.ts';
import { collectLines, planGoals } from '../../../src/plan/goals.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { NOWHERE } from '../../../src/problem.ts';
import { differingGroups, inputGroups } from '../../../src/scenario/compare/causes/input-groups.ts';
import { compare, isUnchanged } from '../../../src/scenario/compare/comparison.ts';
import type { Side } from '../../../src/scenario/compare/side.ts';
import { compared } from '../../support/compared.ts';
import { randomCase, randomPlan } from '../../support/random-plan.ts';
import { day, quotaOf, rep, smallModel } from '../../support/small-model.ts';

const GRAINS = ['month', 'quarter', 'year'] as const;

const sumOf = (causes: readonly { change: number }[]) => causes.reduce((sum, { change }) => sum + change, 0);

/** A plan and the same with some groups of inputs of another one; null where that cannot be planned. */
function mixed(one: PlanModel, other: PlanModel, taken: readonly boolean[]): readonly [Side, Side] | null {
  const fitted: PlanModel = { ...other, from: one.from, to: one.to, calendar: one.calendar, asOf: one.asOf };
  const groups = inputGroups(one).filter((_, index) => taken[index % taken.length]);
  const model = groups.reduce((before, { put }) => put(before, fitted), one);
  return planGoals(model).value === null ? null : [compared(one, 'one'), compared(model, 'two')];
}

const twoPlans = fc
  .tuple(
    randomPlan({ most: 2 }),
    randomPlan({ most: 2 }),
    fc.array(fc.boolean(), { minLength: 3, maxLength: 17 }),
  )
  .filter(([one, other]) => one.model.stages.length === other.model.stages.length)
  .map(([one, other, taken]) => mixed(one.model, other.model, taken))
  .filter((sides) => sides !== null);

describe('of any two plans', () => {
  it('parts add up to the change, in whole leads', () => {
    fc.assert(
      fc.property(twoPlans, ([a, b]) => {
        const { whole, causes } = compare(a, b, ['year']);
        expect(sumOf(causes)).toBe(whole!.b - whole!.a);
        for (const { change } of causes) expect(Number.isInteger(change)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('the other way round every row changes as much, less instead of more', () => {
    fc.assert(
      fc.property(twoPlans, ([a, b]) => {
        const one = compare(a, b, GRAINS);
        const other = compare(b, a, GRAINS);
        const text = (rows: typeof one.changes, sign: number) =>
          rows.map(({ key, period, stage, change }) =>
            JSON.stringify([
              key.level,
              key.team,
              key.rep,
              key.territory,
              key.source,
              period.label,
              stage,
              sign * change,
            ]),
          );
        expect(text(one.changes, 1).sort()).toEqual(text(other.changes, -1).sort());
        expect(sumOf(one.causes)).toBe(0 - sumOf(other.causes));
      }),
      { numRuns: 30 },
    );
  });

  it('with every group of inputs in its place the one plan is the other', () => {
    fc.assert(
      fc.property(twoPlans, ([a, b]) => {
        const there = differingGroups(a.model!, b.model!).reduce(
          (model, { put }) => put(model, b.model!),
          a.model!,
        );
        expect(collectLines(there)).toEqual(collectLines(b.model!));
      }),
      { numRuns: 25 },
    );
  });

  it('quotas put among the records of a CRM still belong to the same people', () => {
    fc.assert(
      fc.property(randomCase(), ({ model }) => {
        const other = structuredClone(model);
        const b = { ...other, quotas: other.quotas.map((quota) => ({ ...quota, amount: quota.amount * 2 })) };
        const groups = differingGroups(model, b);
        const there = groups.reduce((before, { put }) => put(before, b), model);
        expect(groups.map(({ key }) => key)).toEqual(
          b.quotas.some(({ amount }) => amount > 0) ? ['quotas'] : [],
        );
        expect(collectLines(there)).toEqual(collectLines(b));
      }),
      { numRuns: 25 },
    );
  });

  it('a plan beside itself has no rows', () => {
    fc.assert(
      fc.property(randomPlan(), ({ model }) => {
        const same = compare(compared(model, 'a'), compared(structuredClone(model), 'b'), GRAINS);
        expect(isUnchanged(same)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

/** One rep who needs 240,000 ÷ 24,000 = 10 deals in a month without waits, at rates of 50 %, 40 % and 25 %. */
const RATES = [0.5, 0.4, 0.25];
const ana = rep('Ana Ruiz', 'East');
const one = (parts: Partial<PlanModel> = {}): PlanModel =>
  smallModel({
    reps: [ana],
    quotas: [quotaOf(ana, 240_000 * 12)],
    rates: [
      { team: null, rep: null, source: null, lastMonth: null, where: NOWHERE, measures: RATES.map(shareOf) },
    ],
    lags: [null, null, null],
    sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: NOWHERE }],
    ...parts,
  });

const LEADS = (12 * 240_000) / 24_000 / 0.5 / 0.4 / 0.25;

function shareOf(value: number) {
  return { kind: 'share' as const, value, where: NOWHERE };
}

function causes(a: PlanModel, b: PlanModel) {
  return compare(compared(a, 'a'), compared(b, 'b'), ['year']).causes;
}

describe('of known plans', () => {
  it('each input has the part that it adds when it comes after those before it', () => {
    const [size] = one().dealSizes;
    const other = one({
      quotas: [quotaOf(ana, 2 * 240_000 * 12)],
      dealSizes: [{ ...size!, amount: 2_400_000 * 4 }],
      rates: [{ ...one().rates[0]!, measures: [0.5, 0.4, 0.5].map(shareOf) }],
      lookahead: 0.7,
    });
    expect(causes(one(), other)).toEqual([
      { key: 'quotas', change: LEADS },
      { key: 'deal_size', change: (2 * LEADS) / 4 - 2 * LEADS },
      { key: 'rates.opportunity_to_close', change: LEADS / 4 - LEADS / 2 },
      { key: 'lookahead', change: 0 },
    ]);
  });

  it('a rate that was laid over by a what-if counts as that rate', () => {
    const double = {
      team: null,
      rep: null,
      source: null,
      kind: 'times' as const,
      value: 2,
      text: '+100%',
      where: NOWHERE,
      atMost: 1,
    };
    expect(causes(one(), one({ rateChanges: [[double], [], []] }))).toEqual([
      { key: 'rates.lead_to_conversation', change: LEADS / 2 - LEADS },
    ]);
  });

  it('somebody who comes brings the own quota; who leaves takes it along', () => {
    const ben = rep('Ben Cho', 'East');
    const both = one({ reps: [ana, ben], quotas: [quotaOf(ana, 240_000 * 12), quotaOf(ben, 240_000 * 12)] });
    expect(causes(one(), both)).toEqual([
      { key: 'reps', change: 0 },
      { key: 'quotas', change: LEADS },
    ]);
    expect(causes(both, one())).toEqual([
      { key: 'reps', change: 0 },
      { key: 'quotas', change: -LEADS },
    ]);
  });

  it('who left and came back: another day of coming back is a cause, and quotas stay with their stays', () => {
    // 240,000 a month for two months, then from May or July on until January; one who is not there yet brings nothing
    const first = rep('Ana Ruiz', 'East', { end: '2027-03-31' });
    const plan = (back: string, dollars: number): PlanModel => {
      const again = { ...rep('Ana Ruiz', 'East', { start: back }), firstStart: null };
      const early = { ...quotaOf(first, 2 * 240_000), last: monthOf(2027, 3) };
      const late = { ...quotaOf(again, dollars), first: monthOf(2027, 5) };
      return one({ reps: [first, again], quotas: [early, late], quotasIncludeRamp: false, ramp: [] });
    };
    const [may, july] = [plan('2027-05-01', 9 * 240_000), plan('2027-07-01', 9 * 240_000)];
    const month = LEADS / 12;
    expect(causes(may, july)).toEqual([{ key: 'reps', change: -2 * month }]);
    expect(causes(may, plan('2027-07-01', 2 * 9 * 240_000))).toEqual([
      { key: 'reps', change: -2 * month },
      { key: 'quotas', change: 7 * month },
    ]);
  });

  it('inputs that cannot be planned apart have one part together', () => {
    const source = (name: string) => ({ name, owner: null, share: 1, startsAt: 0, where: NOWHERE });
    const rates = (name: string, last: number) => [
      { ...one().rates[0]!, source: name, measures: [0.5, 0.4, last].map(shareOf) },
    ];
    const before = one({ sources: [source('inbound')], rates: rates('inbound', 0.25) });
    const after = one({ sources: [source('events')], rates: rates('events', 0.5) });
    expect(causes(before, after)).toEqual([
      {
        key: 'sources + rates.lead_to_conversation + rates.conversation_to_opportunity + rates.opportunity_to_close',
        change: LEADS / 2 - LEADS,
      },
    ]);
  });

  it('another funnel is one cause', () => {
    const stages = ['lead', 'demo', 'opportunity', 'close'];
    const other = one({ stages, rates: [{ ...one().rates[0]!, measures: [0.5, 0.4, 0.5].map(shareOf) }] });
    expect(causes(one(), other)).toEqual([{ key: 'funnel', change: LEADS / 2 - LEADS }]);
  });

  it('another unit of quotas is one cause, with another funnel both', () => {
    // 10 deals a month either way: as money, as hundredths of deals
    const deals = one({ quotaUnit: 'deals', quotas: [quotaOf(ana, 12 * 10)], dealSizes: [] });
    expect(causes(one(), deals)).toEqual([{ key: 'quota_unit', change: 0 }]);
    const other = { ...deals, stages: ['lead', 'demo', 'opportunity', 'close'] };
    expect(causes(one(), other)).toEqual([{ key: 'funnel + quota_unit', change: 0 }]);
  });

  it('over the quarters both have: a plan from May on stands beside three of four quarters', () => {
    const shorter = one({ from: monthOf(2027, 5), asOf: day('2027-04-30') });
    const { whole, lone, causes: found } = compare(compared(one(), 'a'), compared(shorter, 'b'), ['quarter']);
    expect([whole!.a, whole!.b]).toEqual([(LEADS * 3) / 4, (LEADS * 3) / 4]);
    expect(lone.map(({ period, only }) => [period.label, only])).toEqual([
      ['FY2028-Q1', 'a'],
      ['FY2028', 'a'],
      ['FY2028', 'b'],
    ]);
    expect(found.map(({ key }) => key)).toEqual(['months', 'as_of']);
  });

  it('no quarter in common: no whole and no causes', () => {
    const later = { from: monthOf(2028, 2), to: monthOf(2029, 1), asOf: day('2028-01-31') };
    const quota = { ...quotaOf(ana, 240_000), first: later.from, last: later.to };
    const { whole, causes: found } = compare(
      compared(one(), 'a'),
      compared(one({ ...later, quotas: [quota] }), 'b'),
      ['quarter'],
    );
    expect([whole, found]).toEqual([null, []]);
  });
});

describe('of a saved result', () => {
  it('steps of the bridge add up to the change, to the ten-thousandth', () => {
    const saved: Side = { ...compared(smallModel(), 'saved'), model: null };
    const [size] = smallModel().dealSizes;
    const model = smallModel({
      dealSizes: [{ ...size!, amount: 3_000_000 }],
      late: 'report',
      confidence: 0.8,
    });
    const { whole, causes: found } = compare(saved, compared(model, 'b'), ['year']);
    expect(found[0]!.key).toBe('quota \u00f7 deal size \u00f7 rates');
    expect(found.length).toBeGreaterThan(2);
    expect(Math.round(sumOf(found) * 10_000)).toBe((whole!.b - whole!.a) * 10_000);
    for (const { change } of found) expect(Math.round(change * 10_000) / 10_000).toBe(change);
  });
});
