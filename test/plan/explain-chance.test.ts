/** Steps to a chance: each gives its result from what it shows, the last of them what the plan prints. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, rateNodes } from '../../src/chance/closes.ts';
import { monthOf } from '../../src/period/month.ts';
import { explainGoal, type Question } from '../../src/plan/explain/explain.ts';
import type { Quantity, Step, StepKind } from '../../src/plan/explain/explain-step.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import type { ChanceRow } from '../../src/plan/plan.ts';
import { at } from '../../src/problem.ts';
import type { RateRow } from '../../src/rates/rate-row.ts';
import { randomPlan } from '../support/random-plan.ts';
import { counted, day, planOf, smallModel } from '../support/small-model.ts';

const WHERE = at('rates.csv', 2);

/** Five deals a month, a lead in ten closes: 20 % of those at once, 50 % a month later, 30 % after two. */
function steady(months: number, parts: Partial<PlanModel> = {}): PlanModel {
  const [from, to] = [monthOf(2027, 1), monthOf(2027, months)];
  const share = { kind: 'share' as const, value: 0.1, where: WHERE };
  const rate: RateRow = {
    team: null,
    rep: null,
    source: null,
    measures: [share],
    lastMonth: null,
    where: WHERE,
  };
  return smallModel({
    name: null,
    quotaUnit: 'deals',
    currency: null,
    from,
    to,
    calendar: { starts: 1, namedBy: 'end' },
    asOf: day('2026-12-31'),
    stages: ['lead', 'close'],
    quotas: [
      { team: null, rep: null, first: from, last: to, amount: 5 * 100 * months, where: at('q.csv', 2) },
    ],
    reps: [],
    ramp: [],
    dealSizes: [],
    rates: [rate],
    lags: [{ kind: 'shares', shares: [0.2, 0.5, 0.3] }],
    lagsWhere: [null],
    sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: at('leadgoal.yaml') }],
    capacity: [null, null],
    rateChanges: [[]],
    ...parts,
  });
}

/** The question that belongs to a row of chances. */
const questionOf = ({ team, period }: Pick<ChanceRow, 'team' | 'period'>, stage = 0): Question => ({
  reps: [],
  teams: team === null ? [] : [team],
  sources: null,
  first: period.first,
  last: period.last,
  stage,
  chanceOf: period,
});

function stepsOf(model: PlanModel, row: Pick<ChanceRow, 'team' | 'period'>): readonly Step[] {
  const { value, problems } = explainGoal(model, questionOf(row));
  if (value === null) throw new Error(JSON.stringify(problems));
  return value.steps;
}

const rowNamed = (model: PlanModel, label: string, team: string | null = null): ChanceRow =>
  planOf(model).chances.find((row) => row.team === team && row.period.label === label)!;

function stepNamed(steps: readonly Step[], kind: StepKind): Step {
  const found = steps.find(({ step }) => step === kind);
  if (found === undefined) throw new Error(`no step ${kind} in ${steps.map(({ step }) => step).join(', ')}`);
  return found;
}

const resultOf = (steps: readonly Step[], kind: StepKind): number => stepNamed(steps, kind).result.value;

/** From the chance's first step on. */
const chancePart = (steps: readonly Step[]): readonly Step[] =>
  steps.slice(steps.findIndex(({ step }) => step === 'quota_left'));

describe('the steps to a chance of the steady example', () => {
  const model = steady(3);
  const steps = stepsOf(model, rowNamed(model, '2027-Q1'));

  it('count each record by its chance', () => {
    // 50 leads a month: all of the first, .07 and .02 of the others; of those before 4 and 1.5
    const fresh = 50 * (0.1 + 0.07 + 0.02);
    const expected = stepNamed(steps, 'expected_closes');
    expect(expected.inputs.map(({ value }) => value)).toEqual([
      expect.closeTo(fresh, 9),
      expect.closeTo(4 + 1.5, 9),
    ]);
    expect(expected.result.value).toBeCloseTo(15, 9);
    const squares = 50 * (0.1 ** 2 + 0.07 ** 2 + 0.02 ** 2) + 50 * (0.08 ** 2 + 0.03 ** 2);
    expect(resultOf(steps, 'variance')).toBeCloseTo(15 - squares, 9);
    expect(resultOf(steps, 'matched_chance')).toBeCloseTo(squares / 15, 9);
    expect(resultOf(steps, 'matched_records')).toBeCloseTo(15 ** 2 / squares, 6);
  });

  it.each([
    [3, 0.53838],
    [6, 0.52764],
    [9, 0.52271],
    [12, 0.51972],
  ])('give at sure rates by month %i the chance of %d', (months, chance) => {
    const plan = steady(months);
    const all = stepsOf(plan, rowNamed(plan, months === 3 ? '2027-Q1' : '2027'));
    expect(resultOf(all, 'quota_left')).toBe(5 * 100 * months);
    expect(resultOf(all, 'chance_at_fixed_rates')).toBeCloseTo(chance, 5);
  });

  it('average over 32 outcomes of a rate that moves by 15 % in a quarter, half as much in a year', () => {
    expect(resultOf(steps, 'doubt')).toBeCloseTo(0.15, 12);
    const { inputs, result } = stepNamed(steps, 'chance');
    const moments = { mean: 15, squares: 15 - resultOf(steps, 'variance') };
    const byHand = rateNodes({ rate: 0.1, variation: 0.15 }).map((factor) =>
      atLeast(15, { mean: factor * moments.mean, squares: factor ** 2 * moments.squares }),
    );
    expect(inputs.length).toBe(32);
    for (const [node, { value }] of inputs.entries()) expect(value).toBeCloseTo(byHand[node]!, 9);
    expect(result.value).toBeCloseTo(byHand.reduce((sum, chance) => sum + chance, 0) / 32, 9);
    const year = steady(12);
    expect(resultOf(stepsOf(year, rowNamed(year, '2027')), 'doubt')).toBeCloseTo(0.15 / 2, 12);
  });

  it('say how well rates are known: of counts by their posterior', () => {
    const plan = steady(3, { rates: [counted({}, [100, 10], 2)] });
    const { inputs, result } = stepNamed(stepsOf(plan, rowNamed(plan, '2027-Q1')), 'doubt');
    const mean = 10.5 / 101;
    const known = Math.sqrt((1 - mean) / (mean * 102));
    expect(inputs.map(({ value }) => value)).toEqual([1, expect.closeTo(known, 12), 0.15, 1]);
    expect(result.value).toBeCloseTo(Math.hypot(known, 0.15), 12);
  });

  it('end with the leads that make it as sure as wanted, or say that none do', () => {
    const row = rowNamed(model, '2027-Q1');
    const last = steps.at(-1)!;
    expect(last.step).toBe('extra_leads');
    const [confidence, chance, toCome, times] = last.inputs.map(({ value }) => value);
    expect([confidence, chance, toCome]).toEqual([0.8, row.chance, 150]);
    expect(last.result.value).toBe(row.extraLeads());
    expect(Math.ceil(150 * (times! - 1))).toBe(last.result.value);
    // who has until the end of the month cannot be helped by leads that take three
    const late = steady(3, { lags: [{ kind: 'duration', months: 3 }], asOf: day('2026-12-31') });
    const none = stepsOf(late, rowNamed(late, '2027-Q1')).at(-1)!;
    expect(rowNamed(late, '2027-Q1').extraLeads()).toBeNull();
    expect(none.details.how).toBe('not enough');
    expect(none.result.value).toBeLessThan(0.8);
  });
});

describe('the steps to a chance', () => {
  it('are none of a month, and none where there is no quota', () => {
    const model = steady(6, {
      quotas: [
        {
          team: null,
          rep: null,
          first: monthOf(2027, 4),
          last: monthOf(2027, 6),
          amount: 1500,
          where: WHERE,
        },
      ],
    });
    const steps = stepsOf(model, rowNamed(model, '2027-Q1'));
    expect(steps.some(({ step }) => step === 'chance' || step === 'quota_left')).toBe(false);
    const month = explainGoal(model, { ...questionOf(rowNamed(model, '2027-Q2')), chanceOf: null });
    expect(month.value!.steps.at(-1)!.step).toBe('whole');
  });

  it('say that all is closed where more is closed than wanted', () => {
    const closed = {
      team: null,
      rep: null,
      source: null,
      month: monthOf(2027, 1),
      amount: null,
      isRecord: false,
    };
    const model = steady(3, { asOf: day('2027-01-31'), actuals: [{ ...closed, counts: [50, 40] }] });
    const steps = chancePart(stepsOf(model, rowNamed(model, '2027-Q1')));
    expect(steps.map(({ step }) => step)).toEqual(['quota_left', 'chance']);
    expect(steps[0]!.inputs.map(({ value }) => value)).toEqual([expect.closeTo(1500, 9), 4000]);
    expect([steps[1]!.details.how, steps[1]!.result.value]).toEqual(['closed', 1]);
  });

  it('divide an over-assigned quota, and say how much deals differ', () => {
    const measured = {
      files: [],
      asOf: day('2026-12-31'),
      records: 9000,
      lags: [false],
      dealSpread: { variation: 0.7, deals: 300 },
    };
    const model = smallModel({ overAssigned: 0.2, measured });
    const steps = stepsOf(model, rowNamed(model, 'FY2028-Q2', 'West'));
    const [quota, over] = stepNamed(steps, 'quota_left').inputs;
    expect(quota!.value / over!.value).toBeCloseTo(resultOf(steps, 'quota_left'), 6);
    expect(stepNamed(steps, 'deal_spread').inputs.map(({ value }) => value)).toEqual([0.7, 0]);
    expect(resultOf(steps, 'deal_spread')).toBeCloseTo(0.7, 9);
    expect(stepNamed(steps, 'chance_at_fixed_rates').details.method).toBe('deals');
  });

  it('follow the goals that are sized for it, and a step says how many times', () => {
    const model = steady(12, { confidence: 0.8 });
    const row = rowNamed(model, '2027');
    const steps = stepsOf(model, row);
    const { inputs, result, details } = stepNamed(steps, 'confidence');
    const [enough, times] = inputs.map(({ value }) => value);
    expect(enough).toBeCloseTo(50, 6);
    expect(resultOf(steps, 'pace')).toBeCloseTo(50, 6);
    expect(result.value).toBeCloseTo(enough! * times!, 9);
    expect(times).toBeGreaterThan(1.05);
    expect([details.confidence, details.year, details.chance]).toEqual([0.8, '2027', row.chance]);
    expect(row.chance).toBeGreaterThanOrEqual(0.8);
    expect(resultOf(steps, 'chance')).toBe(row.chance);
    expect(resultOf(steps, 'sum')).toBe(row.leads);
    expect(steps.at(-1)!.details.how).toBe('enough');
  });
});

/** What a step's inputs give; null where it is not plain arithmetic. */
function arithmetic({ step, inputs }: Step): number | null {
  const [first = 0, second = 0, third] = inputs.map(({ value }) => value);
  const sum = (of: readonly Quantity[]) => of.reduce((total, { value }) => total + value, 0);
  switch (step) {
    case 'quota_left':
      return third === undefined ? first - second : first / second - third;
    case 'expected_closes':
      return sum(inputs);
    case 'variance':
      return first - second;
    case 'matched_chance':
      return 1 - first / second;
    case 'matched_records':
    case 'deal_size':
    case 'closes_wanted':
      return first / second;
    case 'deal_spread':
      return Math.sqrt((1 + first ** 2) * (1 + second ** 2) - 1);
    case 'doubt': {
      const [move, quarters] = inputs.slice(-2).map(({ value }) => value) as [number, number];
      let square = 0;
      for (let index = 0; index < inputs.length - 2; index += 2)
        square += inputs[index]!.value ** 2 * (inputs[index + 1]!.value ** 2 + move ** 2 / quarters);
      return Math.sqrt(square);
    }
    case 'chance':
      return inputs.length === 0 ? null : sum(inputs) / inputs.length;
    default:
      return null;
  }
}

describe('of any plan', () => {
  it('the steps give the chance that the plan prints, and each its result from its inputs', () => {
    let explained = 0;
    fc.assert(
      fc.property(randomPlan({ most: 2 }), fc.nat(), fc.boolean(), ({ model }, pick, isOver) => {
        const { value: plan } = planGoals(isOver ? model : { ...model, overAssigned: 0 });
        const rows = plan?.chances.filter(({ chance }) => chance !== null) ?? [];
        if (rows.length === 0) return;
        const row = rows[pick % rows.length]!;
        const question = questionOf(row, model.stages.length - 1);
        const { value } = explainGoal(plan!.model, question);
        if (value === null) return;
        explained += 1;
        const steps = chancePart(value.steps);
        expect(resultOf(steps, 'chance')).toBe(row.chance);
        for (const step of steps) {
          const wanted = arithmetic(step);
          const { value: result } = step.result;
          if (wanted !== null) expect(Math.abs(result - wanted)).toBeLessThan(1e-6 * (1 + Math.abs(wanted)));
        }
        const last = steps.at(-1)!;
        if (last.step !== 'extra_leads') return;
        const isMore = last.details.how !== 'not enough';
        expect(row.extraLeads()).toBe(isMore ? last.result.value : null);
      }),
      { numRuns: 60 },
    );
    expect(explained).toBeGreaterThan(30);
  });
});
