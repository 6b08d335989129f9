/** A rep who leaves: the quota goes on, as the open territory of the team. */
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import type { Line } from '../../src/plan/line.ts';
import { modelOf } from '../support/random-plan.ts';
import { type ReferencePlan, referencePlan } from '../support/reference-plan.ts';

const PLAN: ReferencePlan = {
  firstMonth: { year: 2027, month: 1 },
  months: 12,
  fiscalYearStarts: 1,
  stages: 2,
  asOf: '2026-12-31',
  ramp: [],
  quotasIncludeRamp: true,
  seasonality: null,
  overAssigned: 0,
  dealSizeCents: 10_000_00,
  lookahead: 0.8,
  late: 'spread',
  lags: [{ months: 2 }],
  sources: [{ name: 'all', share: 1, startsAt: 0 }],
  units: [
    {
      name: 'Gil',
      team: 'North',
      start: null,
      end: '2027-08-15',
      quota: [{ first: 0, last: 11, amountCents: 1_200_000_00 }],
    },
  ],
  rates: () => [0.25],
  actuals: null,
};

describe('1.2 million a year, leaving on 15 August', () => {
  const lines = planGoals(modelOf(PLAN)).value!.lines;
  const [gil, open] = [lines.find(({ rep }) => rep === 'Gil')!, lines.find(({ rep }) => rep === null)!];

  it('is 100,000 a month throughout, of which 51,613 of August and all after are open', () => {
    const cents = Math.round((100_000_00 * 16) / 31);
    expect(Math.round(cents / 100)).toBe(51_613);
    expect([...gil.quota]).toEqual([
      ...new Array<number>(7).fill(100_000_00),
      100_000_00 - cents,
      0,
      0,
      0,
      0,
    ]);
    expect([...open.quota]).toEqual([
      ...new Array<number>(7).fill(0),
      cents,
      ...new Array<number>(4).fill(100_000_00),
    ]);
  });

  it('stands as a row of the rep’s level without a rep', () => {
    expect(open).toMatchObject({ level: 'rep', team: 'North', rep: null, territory: 'open (was Gil)' });
  });

  it('needs as many leads as ever, each part made whole by itself', () => {
    const leads = (line: Line) => [...line.expected.slice(0, 12)];
    const together = leads(gil).map((value, month) => value + leads(open)[month]!);
    // 100,000 ÷ 10,000 a deal ÷ 25 %
    for (const value of together) expect(value).toBeCloseTo(10 / 0.25, 9);
    expect([...gil.goals.slice(0, 12)]).toEqual([40, 40, 40, 40, 40, 40, 40, 20, 0, 0, 0, 0]);
    expect([...open.goals.slice(0, 12)]).toEqual([0, 0, 0, 0, 0, 0, 0, 21, 40, 40, 40, 40]);
  });

  it('is what the reference says', () => {
    for (const goal of referencePlan(PLAN).goals) {
      const line = goal.row === 'rep' ? gil : open;
      expect(line.goals[goal.month]).toBe(goal.whole[0]);
      expect(line.expected[goal.month]).toBeCloseTo(goal.exact[0]!, 9);
    }
  });
});
