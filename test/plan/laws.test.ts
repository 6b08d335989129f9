/** Laws of the arithmetic: what must hold for every plan, whatever its numbers are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timingOf } from '../../src/funnel/timing.ts';
import { type Activity, arriving } from '../../src/plan/activity.ts';
import type { Clock } from '../../src/plan/clock.ts';
import { smoothedQuota } from '../../src/plan/demand.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import {
  type Demand,
  demandOn,
  gapsOf,
  type Leverage,
  leverageOf,
  type Pace,
  requiredCloses,
  requiredPace,
} from '../../src/plan/pace.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { RateRow } from '../../src/rates/rate-row.ts';
import { type Allowed, randomPlan } from '../support/random-plan.ts';

function planOf(model: PlanModel): Plan {
  const { value, problems } = planGoals(model);
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

/** Equal to 1e−9, relative to the largest number of the series. */
function expectNear(actual: readonly number[], wanted: readonly number[]): void {
  const largest = wanted.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), 1);
  for (const [index, value] of wanted.entries()) {
    if (Number.isNaN(value)) expect(actual[index]).toBeNaN();
    else expect(Math.abs(actual[index]! - value)).toBeLessThanOrEqual(1e-9 * largest);
  }
}

/** The same plan with quotas and what exists times `factor`. */
function scaled(model: PlanModel, factor: number): PlanModel {
  return {
    ...model,
    quotas: model.quotas.map((quota) => ({ ...quota, amount: quota.amount * factor })),
    actuals:
      model.actuals?.map((row) => ({
        ...row,
        counts: row.counts.map((count) => (count === null ? null : count * factor)),
      })) ?? null,
  };
}

/** The same plan with the first conversion rate times `factor`. */
function withFirstRate(model: PlanModel, factor: number): PlanModel {
  const change = (row: RateRow): RateRow => ({
    ...row,
    measures: row.measures.map((measure, transition) =>
      measure?.kind === 'share' && transition === 0 ? { ...measure, value: measure.value * factor } : measure,
    ),
  });
  return { ...model, rates: model.rates.map(change) };
}

function forPlans(
  { allowed, seed, numRuns = 80 }: { allowed: Allowed; seed: number; numRuns?: number },
  check: (model: PlanModel) => void,
): void {
  fc.assert(
    fc.property(randomPlan(allowed), ({ model }) => check(model)),
    { seed, numRuns },
  );
}

describe('a plan', () => {
  // by the month and without ramps: amounts that are split or reduced are rounded to the cent
  const exact: Allowed = { grains: [1], changes: false };

  it('with all quotas and all that exists × 2 has every number × 2, to the last bit', () =>
    forPlans({ allowed: exact, seed: 1 }, (model) => {
      const once = planOf(model).lines;
      for (const [index, line] of planOf(scaled(model, 2)).lines.entries())
        expect(line.expected).toEqual(once[index]!.expected.map((value) => 2 * value));
    }));

  it('with all quotas and all that exists × 7 has every number × 7', () =>
    forPlans({ allowed: exact, seed: 2 }, (model) => {
      const once = planOf(model).lines;
      for (const [index, line] of planOf(scaled(model, 7)).lines.entries())
        expectNear(
          line.expected,
          once[index]!.expected.map((value) => 7 * value),
        );
    }));

  it('with the first rate halved needs twice the leads and no more of anything else', () =>
    forPlans({ allowed: { counts: false }, seed: 3 }, (model) => {
      const before = planOf(model);
      for (const [index, line] of planOf(withFirstRate(model, 0.5)).lines.entries()) {
        const wanted = before.lines[index]!.expected.map((value, at) =>
          at < before.clock.months ? 2 * value : value,
        );
        expectNear(line.expected, wanted);
      }
    }));

  it('never has a negative goal, and has whole ones', () =>
    forPlans({ allowed: {}, seed: 4, numRuns: 200 }, (model) => {
      for (const line of planOf(model).lines) {
        for (const [index, goal] of line.goals.entries()) {
          const value = line.expected[index]!;
          expect(Number.isNaN(goal)).toBe(Number.isNaN(value));
          if (Number.isNaN(goal)) continue;
          expect(goal >= 0 && Number.isInteger(goal)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
        }
      }
    }));

  it('has whole goals whose running sums are never below the exact ones and less than one above', () =>
    forPlans({ allowed: { asOf: ['day before', 'earlier'] }, seed: 5, numRuns: 150 }, (model) => {
      const { lines, clock } = planOf(model);
      for (const line of lines) {
        for (let stage = 0; stage < model.stages.length; stage++) {
          let whole = 0;
          let total = 0;
          for (let t = 0; t < clock.months; t++) {
            const index = stage * clock.months + t;
            if (Number.isNaN(line.goals[index]!)) continue;
            whole += line.goals[index]!;
            total += line.expected[index]!;
            expect(whole).toBeGreaterThanOrEqual(total - (1e-9 + 2e-12 * total));
            expect(whole).toBeLessThan(total + 1);
          }
        }
      }
    }));

  it('comes out the same, to the last bit, however often it is made', () =>
    forPlans({ allowed: {}, seed: 6, numRuns: 20 }, (model) => {
      expect(JSON.stringify(planOf(model))).toBe(JSON.stringify(planOf(model)));
    }));

  it('catches up no more than is late, and all of it stands in the late rows', () =>
    forPlans({ allowed: { counts: false, asOf: ['day before'] }, seed: 7 }, (model) => {
      const plan = planOf(model);
      for (const row of plan.late) {
        expect(row.closes).toBeGreaterThan(0);
        expect(row.month >= 0 && row.month < plan.clock.months).toBe(true);
        if (model.late === 'report') expect(row.treated).toBe('reported');
      }
      const spread = plan.late.some((row) => row.treated === 'spread');
      const steps = plan.bridge.some((row) => row.late !== 0);
      if (!spread && model.sources.every((source) => source.startsAt === 0)) expect(steps).toBe(false);
    }));
});

/** A unit's pace by itself: shares of a curve, activity, quota and closes from existing records. */
interface Drawn {
  readonly shares: readonly number[];
  readonly active: readonly number[];
  readonly quota: readonly number[];
  readonly carryIn: readonly number[];
  readonly lookahead: number;
}

const MONTHS = 18;
/** A fiscal year that ends with month 6, another with month 17. */
const YEARS = [
  { first: 0, last: 5 },
  { first: 6, last: 17 },
];

const amounts = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20, noNaN: true }));
const DRAWN: fc.Arbitrary<Drawn> = fc.record({
  shares: fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 })
    .filter((parts) => parts[parts.length - 1]! > 0)
    .map((parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      return parts.map((part) => part / total);
    }),
  active: fc.array(fc.constantFrom(0, 0.25, 0.5, 1, 1, 1, 1), { minLength: MONTHS, maxLength: MONTHS }),
  quota: fc.array(amounts, { minLength: MONTHS, maxLength: MONTHS }),
  carryIn: fc.array(amounts, { minLength: 0, maxLength: 6 }),
  lookahead: fc.constantFrom(0.5, 0.8, 1),
});

interface Paced {
  readonly leverage: Leverage;
  readonly demand: Demand;
  readonly required: number[];
  readonly pace: Pace;
}

function paceOf({ shares, active, quota, carryIn, lookahead }: Drawn): Paced {
  const back = shares.length;
  const full = [...new Array<number>(back).fill(1), ...active];
  const zeros = full.map(() => 0);
  const coming = full.map((value, index) => (index < back ? 0 : value));
  const known = full.map((value, index) => (index < back ? value : 0));
  const activity: Activity = { back, length: MONTHS, full, known, between: zeros, coming };
  const clock: Clock = {
    from: (2027 * 12 + 6) as Clock['from'],
    calendar: { starts: 1, namedBy: 'end' },
    months: MONTHS,
    asOfMonth: -1,
    gone: 1,
  };
  const leverage = leverageOf(activity, timingOf(shares), { years: YEARS, lookahead });
  const demand = demandOn(leverage, {
    quota: [...quota],
    smoothed: smoothedQuota([...quota], activity, clock),
    carryIn: quota.map((_, month) => carryIn[month] ?? 0),
  });
  const required = requiredCloses(
    leverage,
    demand,
    gapsOf(leverage, demand, () => 0),
  );
  return { leverage, demand, required, pace: requiredPace(leverage, required) };
}

/** Closes by the end of a month from what the pace asks for up to it. */
function closedBy({ pace, leverage }: Paced, month: number): number {
  let sum = 0;
  for (let t = 0; t <= month; t++) sum += arriving(pace.closes, 0, leverage.timing, t);
  return sum;
}

describe('the required pace', () => {
  const law = (seed: number, check: (drawn: Drawn) => void) =>
    fc.assert(fc.property(DRAWN, check), { seed, numRuns: 400 });

  it('brings what is required by every month-end', () =>
    law(1, (drawn) => {
      const paced = paceOf(drawn);
      for (let month = 0; month < MONTHS; month++)
        expect(closedBy(paced, month)).toBeGreaterThanOrEqual(paced.required[month]! - 1e-7);
    }));

  it('asks nothing of months without activity, and never less than nothing', () =>
    law(2, (drawn) => {
      const { pace } = paceOf(drawn);
      for (const [month, closes] of pace.closes.entries()) {
        expect(closes).toBeGreaterThanOrEqual(0);
        if (drawn.active[month] === 0) expect(closes).toBe(0);
        expect(closes).toBeCloseTo(pace.held[month]! * drawn.active[month]!, 9);
      }
    }));

  it('of the first month is never lowered by more quota, or by fewer records that exist', () => {
    const more = fc.tuple(
      fc.integer({ min: 0, max: MONTHS - 1 }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(DRAWN, more, ({ active, ...rest }, [month, amount, inQuota]) => {
        // where nobody works, quota in a month that had none makes one month more to smooth its quarter over
        const drawn = { ...rest, active: active.map((value) => Math.max(0.25, value)) };
        const before = paceOf(drawn).pace.held[0]!;
        const quota = drawn.quota.map((value, at) => (at === month ? value + amount : value));
        const carryIn = drawn.carryIn.map((value, at) =>
          at === month ? Math.max(0, value - amount) : value,
        );
        const after = paceOf(inQuota ? { ...drawn, quota } : { ...drawn, carryIn });
        expect(after.pace.held[0]!).toBeGreaterThanOrEqual(before - 1e-9);
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });

  it('on a steady business is quota ÷ yield in every month', () =>
    law(4, ({ shares, lookahead }) => {
      const steady = { shares, lookahead, active: new Array<number>(MONTHS).fill(1) };
      const arrivedAfter = (month: number) => shares.slice(month + 1).reduce((sum, share) => sum + share, 0);
      const carryIn = shares.map((_, month) => 5 * arrivedAfter(month));
      const { pace } = paceOf({ ...steady, quota: new Array<number>(MONTHS).fill(5), carryIn });
      // leads of the last months bring nothing within the months looked at
      for (const closes of pace.closes.slice(0, MONTHS - shares.length)) expect(closes).toBeCloseTo(5, 7);
    }));

  it('of the first months is the same where no more months are asked for', () =>
    law(5, (drawn) => {
      const { leverage, required, pace } = paceOf(drawn);
      const first = requiredPace(leverage, required, 4);
      expect(first.closes.slice(0, 4)).toEqual(pace.closes.slice(0, 4));
    }));
});
