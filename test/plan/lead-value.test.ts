/** What a lead is worth: known values, the interval of estimated rates, and budgets that add up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/chance/normal.ts';
import { budgetIn, type LeadValue, leadValues, mayCost } from '../../src/plan/lead-value.ts';
import { type Line, plus } from '../../src/plan/line.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { at } from '../../src/problem.ts';
import type { DealSize } from '../../src/rates/deal-size.ts';
import type { RateRow } from '../../src/rates/rate-row.ts';
import { randomPlan } from '../support/random-plan.ts';
import { counted, planOf, quotaOf, rep, smallModel } from '../support/small-model.ts';

const where = at('rates.csv', 2);

function typed(scope: Partial<RateRow>, value: number): RateRow {
  const measures = [{ kind: 'share' as const, value, where }];
  return { team: null, rep: null, source: null, ...scope, measures, lastMonth: null, where };
}

const size = (team: string | null, dollars: number): DealSize => ({
  ...{ team, rep: null, source: null, deals: null, where },
  amount: dollars * 100,
});

const ANA = rep('Ana', 'East');
const BEN = rep('Ben', 'West');

/** Two reps with $120,000 a year, leads that close in their own month. */
function model(parts: Partial<PlanModel> = {}): PlanModel {
  return smallModel({
    ...{ stages: ['lead', 'close'], lags: [null], lagsWhere: [null], reps: [ANA, BEN] },
    quotas: [quotaOf(ANA, 120_000), quotaOf(BEN, 120_000)],
    sources: [{ name: null, owner: null, share: 1, startsAt: 0, where }],
    rates: [typed({}, 0.1)],
    dealSizes: [size(null, 10_000)],
    ...parts,
  });
}

const all = (of: PlanModel, isWanted: (line: Line) => boolean = () => true): LeadValue[] =>
  leadValues(planOf(of), isWanted);
const one = (of: PlanModel, isWanted?: (line: Line) => boolean): LeadValue => all(of, isWanted)[0]!;

describe('the value of a lead', () => {
  it('is yield × deal size, in cents', () => {
    const { yield: rate, dealSize, value, low, high, leads } = one(model());
    expect([rate, dealSize]).toEqual([0.1, 10_000_00]);
    expect(value).toBeCloseTo(0.1 * 10_000_00, 6);
    // typed rates are no estimates
    expect([low, high]).toEqual([null, null]);
    expect(leads).toEqual(new Array(12).fill(2 * (120_000 / 12 / 10_000 / 0.1)));
  });

  it('of units that differ is weighted by their leads', () => {
    // 120 leads of $1,000 and 60 of $2,000
    const twoSizes = model({ dealSizes: [size('East', 10_000), size('West', 20_000)] });
    expect(one(twoSizes).value).toBeCloseTo((120 * 1_000_00 + 60 * 2_000_00) / (120 + 60), 6);
    expect(one(twoSizes, ({ team }) => team === 'West').value).toBeCloseTo(2_000_00, 6);
    // 120 leads at 10 % and 60 at 20 %: the yield is 1 in 7.5, deals are all alike
    const twoRates = one(model({ rates: [typed({ team: 'East' }, 0.1), typed({ team: 'West' }, 0.2)] }));
    expect(twoRates.yield).toBeCloseTo((120 * 0.1 + 60 * 0.2) / 180, 12);
    expect(twoRates.dealSize).toBeCloseTo(10_000_00, 6);
  });

  it('is of one record of the stage at which the source begins; without leads there is no row', () => {
    const values = all(smallModel());
    expect(values.map(({ source }) => source.name)).toEqual(['inbound', 'outbound', 'partner']);
    const partner = values[2]!;
    expect(partner.source.startsAt).toBe(2);
    expect(partner.value).toBeCloseTo((60 / 200) * 24_000_00, 4);
    expect(values[0]!.value).toBeCloseTo((373 / 9590) * 24_000_00, 4);
  });

  it('is there where no leads are needed, and null without a deal size', () => {
    const [none] = all(model({ quotas: [{ ...quotaOf(ANA, 0.01), amount: 0 }, quotaOf(BEN, 0)] }));
    expect(none).toMatchObject({ yield: 0.1, leads: new Array(12).fill(0) });
    expect(none!.value).toBeCloseTo(1_000_00, 6);
    const deals = one(model({ quotaUnit: 'deals', dealSizes: [] }));
    expect(deals).toMatchObject({ yield: 0.1, dealSize: null, value: null, low: null, high: null });
    expect(mayCost(deals, 0.1)).toBeNull();
  });
});

/** The 10 % and 90 % points of a lognormal. */
function interval(mean: number, squaredVariation: number): [number, number] {
  const deviation = Math.sqrt(Math.log(1 + squaredVariation));
  const at = (share: number) =>
    (mean / Math.sqrt(1 + squaredVariation)) * Math.exp(deviation * normalQuantile(share));
  return [at(0.1), at(0.9)];
}

describe('its interval', () => {
  const posterior = (converted: number, records: number) => {
    const share = (converted + 0.5) / (records + 1);
    return (1 - share) / (share * (records + 2));
  };

  it('is that of the counts behind the rate', () => {
    const { value, low, high } = one(model({ rates: [counted({}, [100, 10], 2)] }));
    const [wantedLow, wantedHigh] = interval(value!, posterior(10, 100));
    expect(low).toBeCloseTo(wantedLow, 4);
    expect(high).toBeCloseTo(wantedHigh, 4);
  });

  it('adds up over the rates of a funnel', () => {
    const [inbound] = all(smallModel());
    const doubt = posterior(4805, 9590) + posterior(1499, 4805) + posterior(373, 1499);
    expect(inbound!.low).toBeCloseTo(interval(inbound!.value!, doubt)[0], 4);
  });

  it('is narrower where each rep has counts of their own: they are not all off together', () => {
    const rates = [
      counted({ team: 'East', rep: 'Ana' }, [100, 10], 2),
      counted({ team: 'West', rep: 'Ben' }, [100, 10], 3),
    ];
    const { value, high } = one(model({ rates, blended: false }));
    expect(high).toBeCloseTo(interval(value!, posterior(10, 100) / 2)[1], 4);
  });

  it('never ends above the deal size', () => {
    const { dealSize, high } = one(model({ rates: [counted({}, [5, 5], 2)], blended: false }));
    expect(high).toBe(dealSize);
  });
});

describe('what may be paid', () => {
  it('is a share of the value, to the cent, and that × whole leads', () => {
    const value = one(model());
    expect(mayCost(value, 0.1)).toBe(100_00);
    expect(mayCost({ value: 933_47.2 }, 0.125)).toBe(116_68);
    expect(budgetIn(value, 0.1, { first: 0, last: 2 })).toBe(3 * 20 * 100_00);
  });

  it('adds up over months, teams and sources of every plan; nobody pays more than the share of the revenue', () => {
    fc.assert(
      fc.property(randomPlan(), fc.integer({ min: 1, max: 100 }), ({ model: of }, percent) => {
        const plan: Plan = planOf(of);
        const spend = percent / 100;
        const last = plan.clock.months - 1;
        for (const value of leadValues(plan, () => true)) {
          const months = value.leads.map((_, month) => budgetIn(value, spend, { first: month, last: month }));
          const whole = budgetIn(value, spend, { first: 0, last });
          expect(plus(0, months.reduce(plus, Number.NaN))).toBe(plus(0, whole));
          expect(value.yield).toBeGreaterThan(0);
          expect(value.low === null || value.low <= value.value!).toBe(true);
          expect(value.high === null || value.high <= value.dealSize! * (1 + 1e-12)).toBe(true);
          if (value.value !== null) expect(value.value).toBeCloseTo(value.yield * value.dealSize!, 3);
          const parts = [...new Set(plan.lines.map(({ team }) => team))].flatMap((team) =>
            leadValues(plan, (line) => line.team === team && line.source === value.source.name),
          );
          for (const [month, leads] of value.leads.entries())
            expect(parts.reduce((sum, part) => plus(sum, part.leads[month]!), Number.NaN)).toBe(leads);
        }
      }),
      { seed: 9, numRuns: 60 },
    );
  });
});
