/** Worked examples that others have published: a plan without lags must give their numbers. */
import { describe, expect, test } from 'vitest';
import { parsePlan } from '../../src/files/load-plan.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { Line } from '../../src/plan/line.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** The plan of these keys; fails with its problems where it has any. */
function planOf(keys: Readonly<Record<string, unknown>>): Plan {
  const parsed = parsePlan(keys);
  expect(parsed.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const planned = planGoals(parsed.value!);
  expect(planned.problems).toEqual([]);
  return planned.value!;
}

const company = (plan: Plan): Line =>
  plan.allLines.find((line) => line.level === 'company' && line.source === null)!;

/** Whole goals and exact numbers of one month, first stage first. */
function month(line: Line, at = 0): { goals: number[]; expected: number[] } {
  const months = line.quota.length;
  const pick = (series: readonly number[]) => series.filter((_, index) => index % months === at);
  return { goals: pick(line.goals), expected: pick(line.expected) };
}

describe('published examples', () => {
  test('Kellblog, inverted funnel: 2,000,000 at 75,000 a deal, one in five opportunities closes', () => {
    const plan = planOf({
      funnel: ['opportunity', 'close'],
      quotas: [{ period: '2027-01', quota: 2_000_000 }],
      deal_size: 75_000,
      rates: { opportunity_to_close: '20%' },
    });
    const { goals, expected } = month(company(plan));
    expect(expected[1]).toBeCloseTo(2_000_000 / 75_000, 9);
    expect(expected[0]).toBeCloseTo(2_000_000 / 75_000 / 0.2, 9);
    expect(goals).toEqual([134, 27]);
  });

  test('HubSpot, leads waterfall: 7 customers at 5 % of leads', () => {
    const plan = planOf({
      funnel: ['lead', 'customer'],
      quota_unit: 'deals',
      quotas: [{ period: '2027-01', quota: 7 }],
      rates: { lead_to_customer: '5%' },
    });
    expect(month(company(plan)).goals).toEqual([140, 7]);
  });

  const roberge = (rates: Readonly<Record<string, unknown>>) =>
    planOf({
      funnel: ['lead', 'connect', 'conversation', 'demo', 'customer'],
      quota_unit: 'deals',
      quotas: Array.from({ length: 10 }, (_, rep) => ({
        rep: `Rep ${rep + 1}`,
        period: '2027-01',
        quota: 5,
      })),
      rates: [rates],
    });

  test('Roberge, the SLA: ten reps of 5 customers, 50 %, 60 %, 50 %, one third', () => {
    const plan = roberge({ lead: 60, connect: 30, conversation: 18, demo: 9, customer: 3 });
    for (const line of plan.lines) expect(month(line).goals[0]).toBe(100);
    expect(month(company(plan)).goals[0]).toBe(1000);
  });

  test('Roberge with 33.33 % typed instead of one third needs a lead more for each rep', () => {
    const plan = roberge({
      lead_to_connect: '50%',
      connect_to_conversation: '60%',
      conversation_to_demo: '50%',
      demo_to_customer: '33.33%',
    });
    for (const line of plan.lines) expect(month(line).goals[0]).toBe(101);
  });

  test('showmethedata: 20 deals at .71, .58, .67, .30', () => {
    const plan = planOf({
      funnel: ['lead', 'qualified', 'meeting', 'proposal', 'deal'],
      quota_unit: 'deals',
      quotas: [{ period: '2027-01', quota: 20 }],
      rates: {
        lead_to_qualified: 0.71,
        qualified_to_meeting: 0.58,
        meeting_to_proposal: 0.67,
        proposal_to_deal: 0.3,
      },
    });
    const { goals, expected } = month(company(plan));
    expect(expected[0]).toBeCloseTo(241.63, 2);
    expect(goals[0]).toBe(242);
  });

  test('RevEngine: 1,000,000 at 50,000 with 65 %, 40 %, 70 %, 30 %', () => {
    const plan = planOf({
      funnel: ['a', 'b', 'c', 'd', 'deal'],
      quotas: [{ period: '2027-01', quota: 1_000_000 }],
      deal_size: 50_000,
      rates: { a_to_b: '65%', b_to_c: '40%', c_to_d: '70%', d_to_deal: '30%' },
    });
    const { goals, expected } = month(company(plan));
    expect(expected.map((value) => Math.round(value * 10) / 10)).toEqual([366.3, 238.1, 95.2, 66.7, 20]);
    expect(goals[0]).toBe(367);
  });

  test('Quickbase: 100,000 a year, 20/20/20/40 % by quarter, start on 1 March', () => {
    const plan = planOf({
      funnel: ['lead', 'close'],
      quotas: [{ rep: 'New', period: '2027', quota: 100_000 }],
      quotas_include_ramp: 'no',
      seasonality: { Q1: '20%', Q2: '20%', Q3: '20%', Q4: '40%' },
      reps: [{ rep: 'New', start: '2027-03-01' }],
      deal_size: 1000,
      rates: { lead_to_close: '10%' },
    });
    const quota = company(plan).quota;
    const quarters = [0, 3, 6, 9].map(
      (first) => (quota[first]! + quota[first + 1]! + quota[first + 2]!) / 100,
    );
    expect(quarters.map(Math.round)).toEqual([6667, 20_000, 20_000, 40_000]);
  });

  test('align.me: 6 sales a quarter, half lost at each of two steps, one quarter to close', () => {
    const plan = planOf({
      from: '2027-01',
      to: '2027-12',
      funnel: ['lead', 'proposal', 'sale'],
      quota_unit: 'deals',
      quotas: ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => ({ period: `2027-${quarter}`, quota: 6 })),
      rates: { lead_to_proposal: '50%', proposal_to_sale: '50%' },
      lags: { proposal_to_sale: '1 quarter' },
    });
    const line = company(plan);
    const sum = (stage: number, first: number) =>
      [0, 1, 2].reduce((total, at) => total + line.expected[stage * 12 + first + at]!, 0);
    for (const first of [0, 3, 6, 9]) {
      expect(sum(0, first)).toBeCloseTo(24, 9);
      expect(sum(1, first)).toBeCloseTo(12, 9);
    }
    const steps = planOf({
      from: '2027-01',
      to: '2027-12',
      funnel: ['lead', 'proposal', 'sale'],
      quota_unit: 'deals',
      quotas: [
        { period: '2027-Q1', quota: 0 },
        { period: '2027-Q2', quota: 6 },
        { period: '2027-Q3', quota: 0 },
        { period: '2027-Q4', quota: 0 },
        { period: '2028-Q1', quota: 0 },
      ],
      rates: { lead_to_proposal: '50%', proposal_to_sale: '50%' },
      lags: { proposal_to_sale: '1 quarter' },
    });
    // six sales in the second quarter alone: their leads come a quarter earlier
    const early = company(steps).expected.slice(0, 12);
    expect(early.slice(0, 3).reduce((total, leads) => total + leads, 0)).toBeCloseTo(24, 9);
    expect(early.slice(3).every((leads) => leads < 1e-9)).toBe(true);
  });

  test('mrexcel 609579: 3 a year in parts of .17 .23 .30 .30 adds up to 3', () => {
    const plan = planOf({
      funnel: ['lead', 'deal'],
      quota_unit: 'deals',
      quotas: [{ period: '2027', quota: 3 }],
      seasonality: { Q1: '17%', Q2: '23%', Q3: '30%', Q4: '30%' },
      rates: { lead_to_deal: '100%' },
    });
    const line = company(plan);
    const deals = line.goals.slice(12);
    expect(deals.reduce((total, count) => total + count, 0)).toBe(3);
    const quarters = [0, 3, 6, 9].map((first) => deals[first]! + deals[first + 1]! + deals[first + 2]!);
    expect(quarters).not.toEqual([1, 1, 1, 1]);
  });
});
