/** Chances of a plan: known laws of small plans, worked out apart by summing binomials over a beta. */
import { describe, expect, it } from 'vitest';
import { chanceOfAmount, rateNodes } from '../../src/chance/closes.ts';
import { monthOf } from '../../src/period/month.ts';
import { dealSpread } from '../../src/plan/deal-spread.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import type { ChanceRow, Plan } from '../../src/plan/plan.ts';
import { at } from '../../src/problem.ts';
import type { RateRow } from '../../src/rates/rate-row.ts';
import { planJson } from '../../src/report/plan/plan-json.ts';
import { EVERYTHING } from '../../src/report/selection.ts';
import { counted, day, smallModel } from '../support/small-model.ts';

const typed = (value: number): RateRow => ({
  team: null,
  rep: null,
  source: null,
  measures: [{ kind: 'share', value, where: at('rates.csv', 2) }],
  lastMonth: null,
  where: at('rates.csv', 2),
});

/** Ten deals a month, one stage before the close, no waits: the arithmetic everybody knows. */
function simple(parts: Partial<PlanModel> = {}): PlanModel {
  const quota = {
    team: null,
    rep: null,
    first: monthOf(2027, 1),
    last: monthOf(2027, 12),
    amount: 120 * 100,
  };
  return smallModel({
    name: null,
    quotaUnit: 'deals',
    currency: null,
    from: monthOf(2027, 1),
    to: monthOf(2027, 12),
    calendar: { starts: 1, namedBy: 'end' },
    asOf: day('2026-12-31'),
    stages: ['lead', 'close'],
    quotas: [{ ...quota, where: at('quotas.csv', 2) }],
    reps: [],
    ramp: [],
    dealSizes: [],
    rates: [typed(0.1)],
    lags: [null],
    lagsWhere: [null],
    measured: null,
    sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: at('leadgoal.yaml') }],
    ...parts,
  });
}

function planned(parts: Partial<PlanModel> = {}): Plan {
  const { value, problems } = planGoals(simple(parts));
  if (value === null) throw new Error(JSON.stringify(problems));
  return value;
}

const chanceIn = (plan: Plan, label: string): ChanceRow =>
  plan.chances.find(({ level, period }) => level === 'company' && period.label === label)!;

const logFactorials = [0];
for (let n = 1; n <= 5000; n++) logFactorials.push(logFactorials[n - 1]! + Math.log(n));

/** P(Bin(trials, chance) ≥ wanted), term by term. */
function binomialTail(wanted: number, trials: number, chance: number): number {
  let sum = 0;
  for (let n = wanted; n <= trials; n++) {
    const choose = logFactorials[trials]! - logFactorials[n]! - logFactorials[trials - n]!;
    sum += Math.exp(choose + n * Math.log(chance) + (trials - n) * Math.log1p(-chance));
  }
  return sum;
}

/** The same over a beta of that mean and coefficient of variation, by a fine sum over its density. */
function uncertainTail(of: { wanted: number; trials: number; rate: number; variation: number }): number {
  const { wanted, trials, rate, variation } = of;
  const records = (1 - rate) / (rate * variation ** 2) - 1;
  const density = (x: number) =>
    (records * rate - 1) * Math.log(x) + (records * (1 - rate) - 1) * Math.log1p(-x);
  const peak = density(rate);
  let weight = 0;
  let sum = 0;
  for (let step = 1; step < 400; step++) {
    const x = (step / 400) * rate * 3;
    if (x >= 1) break;
    const w = Math.exp(density(x) - peak);
    weight += w;
    sum += w * binomialTail(wanted, trials, x);
  }
  return sum / weight;
}

describe('the chance of a quota', () => {
  it('is that of so many leads at a rate that moves between quarters by 15 %', () => {
    const plan = planned();
    expect(plan.lines[0]!.goals.slice(0, 12)).toEqual(new Array(12).fill(10 / 0.1));
    const quarter = uncertainTail({ wanted: 30, trials: 300, rate: 0.1, variation: 0.15 });
    expect(chanceIn(plan, '2027-Q1').chance).toBeCloseTo(quarter, 2);
    // in a year four quarters' moves partly cancel: half the variation
    const year = uncertainTail({ wanted: 120, trials: 1200, rate: 0.1, variation: 0.15 / 2 });
    expect(chanceIn(plan, '2027').chance).toBeCloseTo(year, 2);
    // neither is what rates that never move would give
    expect(
      Math.abs(
        binomialTail(24, 300, 0.1) - uncertainTail({ wanted: 24, trials: 300, rate: 0.1, variation: 0.15 }),
      ),
    ).toBeGreaterThan(0.05);
  });

  it('is less sure the fewer records the rate rests on', () => {
    const chanceOf = (rates: readonly RateRow[], quotaScale: number) => {
      const quotas = simple().quotas.map((quota) => ({ ...quota, amount: quota.amount * quotaScale }));
      return chanceIn(planned({ rates, quotas, confidence: null }), '2027').extraLeads()!;
    };
    const few = chanceOf([counted({}, [50, 5], 2)], 1);
    const many = chanceOf([counted({}, [50_000, 5_000], 2)], 1);
    expect(few).toBeGreaterThan(2 * many);
    const variation = Math.sqrt((1 - 5.5 / 51) / ((5.5 / 51) * 52) + (0.15 / 2) ** 2);
    const exact = uncertainTail({ wanted: 120, trials: 1200, rate: 0.1, variation });
    expect(chanceIn(planned({ rates: [counted({}, [50, 5], 2)] }), '2027').chance).toBeCloseTo(exact, 1.5);
  });

  it('is less sure the wider the interval of a measured rate, as if each end were so many deviations away', () => {
    const measured = (variation: number): RateRow => {
      const where = at('rates.yaml', 9);
      const [low, high] = [-1, 1].map((sign) => 0.1 * (1 + sign * 1.2815515655 * variation)) as [
        number,
        number,
      ];
      const counts = { records: 50_000, converted: 5_000, effective: 50_000 };
      const rate = { kind: 'measured' as const, value: 0.1, ...counts, low, high, carriedBy: null, where };
      return { ...typed(0.1), measures: [rate] };
    };
    const rowOf = (rate: RateRow) => chanceIn(planned({ rates: [rate] }), '2027');
    const variation = Math.sqrt(0.2 ** 2 + (0.15 / 2) ** 2);
    const exact = uncertainTail({ wanted: 120, trials: 1200, rate: 0.1, variation });
    expect(rowOf(measured(0.2)).chance).toBeCloseTo(exact, 1.5);
    const extra = [0.001, 0.05, 0.2].map((each) => rowOf(measured(each)).extraLeads()!);
    expect(extra[0]).toBe(rowOf(typed(0.1)).extraLeads());
    expect(extra[2]).toBeGreaterThan(2 * extra[1]!);
    expect(extra[1]).toBeGreaterThan(extra[0]!);
  });

  it('is less sure where deals were measured to differ in size, unless the pipeline has enough of them itself', () => {
    const history = { files: [], asOf: day('2026-12-31'), records: 9000, lags: [false] };
    const money = (parts: Partial<PlanModel>) =>
      simple({
        quotaUnit: 'money',
        currency: 'USD',
        dealSizes: [
          { team: null, rep: null, source: null, amount: 100, deals: 300, where: at('rates.yaml', 40) },
        ],
        ...parts,
      });
    const measured = (deals: number, variation = 1) => ({ ...history, dealSpread: { variation, deals } });
    expect(dealSpread(money({}))).toBe(0);
    expect(dealSpread(money({ measured: measured(300, 0.7) }))).toBe(0.7);
    expect(dealSpread(money({ measured: measured(19) }))).toBe(0);
    expect(dealSpread(money({ measured: { ...history, dealSpread: null } }))).toBe(0);
    expect(dealSpread(simple({ measured: measured(300) }))).toBe(0);
    const extra = (parts: Partial<PlanModel>) =>
      chanceIn(planGoals(money(parts)).value!, '2027-Q1').extraLeads()!;
    expect(extra({ measured: measured(300) })).toBeGreaterThan(extra({}));
  });

  it('says how many leads more make it 80 %: so many are enough, some fewer are not', () => {
    const row = chanceIn(planned(), '2027-Q1');
    const extra = row.extraLeads()!;
    expect(row.leads).toBe(300);
    const at = (leads: number) => uncertainTail({ wanted: 30, trials: leads, rate: 0.1, variation: 0.15 });
    expect(at(300 + extra)).toBeGreaterThan(0.795);
    expect(at(Math.round(300 + extra * 0.9))).toBeLessThan(0.795);
  });

  it('is null, with nothing to add, where there is no quota', () => {
    const [quota] = simple().quotas;
    const plan = planned({ quotas: [{ ...quota!, last: monthOf(2027, 3), amount: 30 * 100 }] });
    const row = chanceIn(plan, '2027-Q2');
    expect([row.chance, row.extraLeads()]).toEqual([null, null]);
  });

  it('is of each team and the company, quarters before the year', () => {
    const plan = planGoals(smallModel()).value!;
    const rows = plan.chances.map(({ level, team, period }) => `${level} ${team ?? ''} ${period.label}`);
    expect(rows.slice(0, 5)).toEqual(
      ['Q1', 'Q2', 'Q3', 'Q4', ''].map((q) => `company  FY2028${q && `-${q}`}`),
    );
    expect(new Set(plan.chances.map(({ team }) => team))).toEqual(
      new Set([null, 'EMEA', 'EMEA/DACH', 'EMEA/UK', 'East', 'West']),
    );
    for (const { chance } of plan.chances) {
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }
  });
});

describe('what a chance can be worked out from again', () => {
  it('of equal records is their number and their chance', () => {
    const { basis, leads } = chanceIn(planned(), '2027-Q1');
    const { expectedCloses, variance, ...rest } = basis();
    expect(expectedCloses).toBeCloseTo(leads * 0.1, 9);
    expect(variance).toBeCloseTo(leads * 0.1 * (1 - 0.1), 9);
    // typed rates: what quarters differ by is all
    expect(rest).toEqual({ wantedCloses: 30, dealSize: 100, dealVariation: 0, rate: 0.1, doubt: 0.15 });
  });

  it('gives the chance of every team and period, as rounded as JSON has it', () => {
    const model = smallModel({ confidence: 0.7 });
    const plan = planGoals(model).value!;
    const { chances } = JSON.parse([...planJson(plan, EVERYTHING, [])].join(''));
    expect(chances.length).toBe(plan.chances.length);
    for (const row of chances) {
      const { expected_closes: mean, variance, wanted_closes: closes, deal_size: size } = row;
      const again = chanceOfAmount({
        wanted: closes * size,
        moments: { mean, squares: mean - variance },
        size,
        variation: row.deal_variation,
        factors: rateNodes({ rate: row.yield, variation: row.doubt }),
      });
      expect(Math.abs(again - row.chance)).toBeLessThan(1e-4);
    }
  });

  it('is nothing wanted and nothing doubtful where nothing is expected', () => {
    const where = { team: null, rep: null, source: null };
    const none = { ...where, month: monthOf(2027, 12), counts: [0, 0], amount: null, isRecord: false };
    const over = planned({ asOf: day('2027-12-31'), actuals: [none] });
    expect(chanceIn(over, '2027-Q1').basis()).toEqual({
      ...{ expectedCloses: 0, variance: 0, wantedCloses: null, dealSize: null },
      ...{ dealVariation: 0, rate: 0, doubt: 0 },
    });
  });
});

describe('goals sized for a chance', () => {
  it('reach it by the year with hardly a lead too many', () => {
    const plan = planned({ confidence: 0.8 });
    const row = chanceIn(plan, '2027');
    expect(row.confidence).toBe(0.8);
    expect(row.chance).toBeGreaterThanOrEqual(0.8);
    expect(row.extraLeads()).toBe(0);
    const trials = plan.lines[0]!.goals.slice(0, 12).reduce((sum, goal) => sum + goal, 0);
    const at = (leads: number) => uncertainTail({ wanted: 120, trials: leads, rate: 0.1, variation: 0.075 });
    expect(at(trials)).toBeCloseTo(0.8, 2);
    expect(at(Math.round(trials * 0.97))).toBeLessThan(0.78);
    const [bridge] = plan.bridge.filter(({ grain }) => grain === 'year');
    expect(bridge!.confidence).toBeGreaterThan(0);
    const { naive, timing, late, carryIn, confidence, rounding, goal } = bridge!;
    expect(naive + timing + late + carryIn + confidence + rounding).toBe(goal);
  });

  it('are those on average where no number of leads would do, and it is said', () => {
    const before = simple({ confidence: 0.9, lags: [{ kind: 'duration', months: 11 }] });
    const actuals = [
      {
        team: null,
        rep: null,
        source: null,
        month: monthOf(2026, 12),
        counts: [0, 0],
        amount: null,
        isRecord: false,
      },
    ];
    const { value, problems } = planGoals({ ...before, actuals });
    expect(problems.map(({ code }) => code)).toContain('confidence_out_of_reach');
    const usual = planGoals({ ...before, actuals, confidence: null }).value!;
    expect(value!.lines[0]!.goals).toEqual(usual.lines[0]!.goals);
  });
});
