/** Who is asked for more than people can work: known rows, and what holds for every plan. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../src/period/month.ts';
import { type CapacityRow, unworkedOf } from '../../src/plan/capacity.ts';
import { planGoals } from '../../src/plan/goals.ts';
import { compareKeys } from '../../src/plan/line.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { at } from '../../src/problem.ts';
import type { Quota } from '../../src/quota/quota.ts';
import type { Rep } from '../../src/quota/rep.ts';
import { randomPlan } from '../support/random-plan.ts';
import { day, planOf, quotaOf, rep, smallModel } from '../support/small-model.ts';

/** One lead in ten closes at $10,000 in its own month: 66 leads a month are $792,000 a year. */
const LEADS_66 = 66 * 12 * 0.1 * 10_000;

/** A year from February without lags; a full rep works 60 leads a month. */
function model(reps: readonly Rep[], parts: Partial<PlanModel> = {}): PlanModel {
  const where = at('rates.csv', 2);
  return smallModel({
    stages: ['lead', 'close'],
    lags: [null],
    lagsWhere: [null],
    reps,
    quotas: reps.map((of) => quotaOf(of, LEADS_66)),
    sources: [{ name: null, owner: null, share: 1, startsAt: 0, where }],
    rates: [
      {
        ...{ team: null, rep: null, source: null, lastMonth: null, where },
        measures: [{ kind: 'share', value: 0.1, where }],
      },
    ],
    dealSizes: [{ team: null, rep: null, source: null, amount: 1_000_000, deals: null, where }],
    capacity: [60, null],
    ...parts,
  });
}

const rowsOf = (of: PlanModel): readonly CapacityRow[] => planOf(of).capacity;
const inMonth = (rows: readonly CapacityRow[], month: number) => rows.filter((row) => row.month === month);
const unworked = (rows: readonly CapacityRow[]) => rows.reduce((sum, row) => sum + row.unworked, 0);

describe('capacity', () => {
  it('leaves unworked what a full rep is asked for beyond it', () => {
    const rows = rowsOf(model([rep('Ana', 'East')]));
    expect(rows).toHaveLength(12);
    for (const row of rows)
      expect(row).toMatchObject({ stage: 0, goal: 66, capacity: 60, unworked: 66 - 60 });
    expect(rows[0]!.key).toMatchObject({ level: 'rep', team: 'East', rep: 'Ana', source: null, owner: null });
  });

  it('of a new rep is ramp × days there', () => {
    const joiner = rep('Ben', 'East', { start: '2027-02-15' });
    const rows = rowsOf(model([joiner], { ramp: [0.5, 0.75] }));
    expect(rows.slice(0, 3).map(({ capacity }) => capacity)).toEqual([60 * 0.5 * (14 / 28), 60 * 0.75, 60]);
  });

  it('ends with the rep; what is open is of nobody until somebody is hired', () => {
    const rows = rowsOf(model([rep('Gil', 'East', { end: '2027-08-15' })]));
    const [open, own] = inMonth(rows, 6);
    expect(own).toMatchObject({ key: { rep: 'Gil', territory: null }, goal: 32, unworked: 32 - 30 });
    expect(own!.capacity).toBeCloseTo(60 * (15 / 31), 9);
    expect(open).toMatchObject({ key: { rep: null, territory: 'open (was Gil)' }, capacity: 0 });
    expect(open!.unworked).toBe(open!.goal);
    expect(inMonth(rows, 7)).toEqual([expect.objectContaining({ goal: 66, capacity: 0, unworked: 66 })]);
  });

  it('is of one person, whatever the sources', () => {
    const where = at('leadgoal.yaml', 5);
    const sources = [0.5, 0.5].map((share, index) => ({
      ...{ name: `source ${index}`, owner: null, startsAt: 0, where },
      share,
    }));
    const rows = rowsOf(model([rep('Ana', null)], { sources }));
    expect(inMonth(rows, 0)).toEqual([expect.objectContaining({ goal: 33 + 33, capacity: 60, unworked: 6 })]);
  });

  it('of a team is not known: nobody says how many people it is', () => {
    const quota: Quota = {
      ...{ team: 'East', rep: null, amount: LEADS_66 * 100, where: at('quotas.csv', 2) },
      ...{ first: monthOf(2027, 2), last: monthOf(2028, 1) },
    };
    expect(rowsOf(model([], { quotas: [quota] }))).toEqual([]);
    expect(rowsOf(model([rep('Ana', 'East')], { capacity: [null, null] }))).toEqual([]);
  });

  it('speaks of the as-of month as a whole, and of no month that is over', () => {
    const months = (asOf: string) =>
      rowsOf(model([rep('Ana', 'East')], { asOf: day(asOf) })).map(({ month }) => month);
    expect(months('2027-11-10')).toEqual([9, 10, 11]);
    expect(months('2027-11-30')).toEqual([10, 11]);
    const row = rowsOf(model([rep('Ana', 'East')], { asOf: day('2027-11-10') }))[0]!;
    expect(row.capacity).toBe(60);
  });

  it('counts a record that is begun as worked', () => {
    expect([unworkedOf(66, 60), unworkedOf(10, 7.5), unworkedOf(8, 7.5), unworkedOf(3, 0)]).toEqual([
      6, 2, 0, 3,
    ]);
    expect(unworkedOf(6, 60 * 0.1)).toBe(0);
  });
});

/** A random plan with a capacity at every stage, planned for it and for its double. */
function law(
  check: (of: { one: readonly CapacityRow[]; twice: readonly CapacityRow[]; model: PlanModel }) => void,
) {
  const perRep = fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10);
  fc.assert(
    fc.property(randomPlan(), perRep, ({ model: of }, each) => {
      const withCapacity = (times: number) => {
        const { value, problems } = planGoals({ ...of, capacity: of.stages.map(() => each * times) });
        if (value === null) throw new Error(problems.map(({ code }) => code).join());
        return value.capacity;
      };
      check({ one: withCapacity(1), twice: withCapacity(2), model: of });
    }),
    { seed: 5, numRuns: 60 },
  );
}

describe('laws of capacity', () => {
  it('twice the capacity never leaves more unworked', () =>
    law(({ one, twice }) => {
      expect(unworked(twice)).toBeLessThanOrEqual(unworked(one));
      for (const [index, row] of one.filter(({ key }) => key.rep === null).entries())
        expect(twice.filter(({ key }) => key.rep === null)[index]!.unworked).toBe(row.goal);
    }));

  it('rows stand in order, each once, in whole records that do not exceed the goal', () =>
    law(({ one }) => {
      for (const [index, row] of one.entries()) {
        expect(Number.isInteger(row.goal) && Number.isInteger(row.unworked)).toBe(true);
        expect(row.unworked).toBeLessThanOrEqual(row.goal);
        expect(row.goal - row.unworked).toBeLessThan(row.capacity + 1);
        const next = one[index + 1];
        if (next === undefined) continue;
        const order = compareKeys(row.key, next.key) || row.stage - next.stage || row.month - next.month;
        expect(order).toBeLessThan(0);
      }
    }));

  it('are the goals of the finest rows, source by source', () =>
    law(({ one, model: of }) => {
      const plan = planOf(of);
      for (const { key, stage, month, goal } of one) {
        const sum = plan.lines
          .filter(
            (line) => line.team === key.team && line.rep === key.rep && line.territory === key.territory,
          )
          .map((line) => line.goals[stage * plan.clock.months + month]!)
          .reduce((all, part) => (Number.isNaN(part) ? all : all + part), 0);
        expect(goal).toBe(sum);
      }
    }));

  it('whoever is asked, exactly, for no more than can be worked leaves nothing because goals are whole', () => {
    const tenths = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(tenths, fc.constantFrom(0.25, 0.5, 1), (leads, ramp) => {
        const ana = rep('Ana', null, { start: '2027-02-01' });
        const parts = { ramp: [ramp], quotas: [quotaOf(ana, (leads / 10) * 12 * 1000)] };
        const { lines } = planOf(model([ana], { ...parts, capacity: [null, null] }));
        const most = Math.max(...lines[0]!.expected.slice(1, 12), lines[0]!.expected[0]! / ramp);
        expect(unworked(rowsOf(model([ana], { ...parts, capacity: [most, null] })))).toBe(0);
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});
