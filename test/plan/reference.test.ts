/** The oracle itself: it must reproduce every published number before it may judge anything. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blend, blendHierarchical } from '../support/reference-blend.ts';
import { type PaceInput, requiredPace, wholeNumbers } from '../support/reference-pace.ts';
import { type ReferencePlan, type ReferenceUnit, referencePlan } from '../support/reference-plan.ts';
import { sharedPath } from '../support/shared-data.ts';

const K = [0.02, 0.05, 0.03];
const times = (value: number, count: number): number[] => Array.from({ length: count }, () => value);
const sum = (values: (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

interface Row {
  name: string;
  k?: number[];
  quota: number[];
  a?: number[];
  before?: (month: number) => number;
  carryIn: number[] | 'assumed';
  late?: 'spread' | 'report';
  joiner?: boolean;
  goals: number[];
  total: number;
  gap?: number;
  reported?: boolean;
  pace?: number[];
}

const GIVEN = [4, 1.5, 0];
const JOINER_FROM_0 = { a: [0, 0.25, 0.5, 0.75, 1, 1], before: () => 0, quota: [0, 0, 1.25, 2.5, 3.75, 5] };
const ROWS: Row[] = [
  { name: 'steady, given', quota: times(5, 6), carryIn: GIVEN, goals: times(50, 6), total: 300 },
  { name: 'steady, assumed', quota: times(5, 6), carryIn: 'assumed', goals: times(50, 6), total: 300 },
  {
    name: 'cold start',
    quota: times(5, 6),
    carryIn: [],
    goals: [63, 62, 62, 62, 59, 52],
    total: 360,
    gap: 5.5,
    pace: [62.141],
  },
  {
    name: 'cold start, report',
    quota: times(5, 6),
    carryIn: [],
    late: 'report',
    goals: times(50, 6),
    total: 300,
    gap: 5.5,
    reported: true,
  },
  {
    name: 'step up',
    quota: [5, 5, 5, 8, 8, 8],
    carryIn: GIVEN,
    goals: [50, 66, 74, 76, 77, 77],
    total: 420,
    pace: [50, 65.789, 73.269, 76.811],
  },
  {
    name: 'rich pipeline',
    quota: times(5, 6),
    carryIn: [6, 4, 2],
    goals: [16, 34, 42, 47, 46, 47],
    total: 232,
  },
  { name: 'hockey stick', quota: [3, 5, 7, 3, 5, 7], carryIn: GIVEN, goals: times(50, 6), total: 300 },
  {
    name: 'hockey stick of twelve months',
    quota: [1, 1, 4, 1, 1, 4, 1, 1, 4, 1, 1, 4],
    carryIn: 'assumed',
    goals: times(20, 12),
    total: 240,
  },
  {
    name: 'and its mirror',
    quota: [4, 1, 1, 4, 1, 1, 4, 1, 1, 4, 1, 1],
    carryIn: 'assumed',
    goals: times(20, 12),
    total: 240,
  },
  {
    name: 'three months to close',
    k: [0, 0, 0, 0.1],
    quota: [5, 5, 5, 8, 2, 8, 5, 5],
    carryIn: [5, 5, 5],
    goals: [60, 40, 80, 50, 50, 0, 0, 0],
    total: 280,
  },
  {
    name: 'tiny rep',
    quota: times(0.04, 12),
    carryIn: [0.032, 0.012],
    goals: [1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0],
    total: 5,
  },
  {
    name: 'ramping, nothing before, caught up',
    ...JOINER_FROM_0,
    carryIn: [],
    goals: [0, 12, 26, 40, 53, 53],
    total: 184,
    gap: 4.3594,
  },
  {
    name: 'the same as a joiner in month 0',
    ...JOINER_FROM_0,
    carryIn: [],
    joiner: true,
    goals: [0, 7, 16, 27, 35, 36],
    total: 121,
    gap: 4.3594,
    reported: true,
  },
  {
    name: 'joins in month 4',
    quota: [...times(0, 4), ...times(5, 8)],
    a: [...times(0, 4), ...times(1, 8)],
    before: () => 0,
    carryIn: 'assumed',
    joiner: true,
    goals: [...times(0, 4), ...times(50, 8)],
    total: 400,
    gap: 5.5,
    reported: true,
  },
  {
    name: 'joins in month 4, ramps',
    quota: [...times(0, 4), ...times(5, 8)],
    a: [...times(0, 5), 0.25, 0.5, 0.75, ...times(1, 4)],
    before: () => 0,
    carryIn: 'assumed',
    joiner: true,
    goals: [0, 0, 0, 0, 0, 13, 25, 37, 50, 50, 50, 50],
    total: 275,
    gap: 18,
    reported: true,
  },
  {
    name: 'started a month before',
    quota: times(5, 12),
    a: [0.5, 0.75, ...times(1, 10)],
    before: (month) => (month === -1 ? 0.25 : 0),
    carryIn: 'assumed',
    goals: [30, 44, 58, 58, 59, 58, 59, 58, 59, 58, 56, 52],
    total: 649,
    gap: 8.25,
  },
  {
    name: 'leaves after month 7',
    quota: [...times(5, 8), ...times(0, 4)],
    a: [...times(1, 8), ...times(0, 4)],
    carryIn: GIVEN,
    goals: [...times(50, 8), ...times(0, 4)],
    total: 400,
  },
];

const inputOf = (row: Row): PaceInput => ({
  k: row.k ?? K,
  quota: row.quota,
  presence: (month) => (month < 0 ? (row.before ?? (() => 1))(month) : (row.a?.[month] ?? 1)),
  quarterOf: (month) => Math.floor(month / 3),
  yearOf: (month) => Math.floor(month / 12),
  carryIn: row.carryIn,
  lookahead: 0.8,
  late: row.late ?? 'spread',
  joiner: row.joiner ?? false,
});

describe('the worked table of section 3', () => {
  for (const row of ROWS)
    it(row.name, () => {
      const result = requiredPace(inputOf(row));
      const goals = wholeNumbers(result.leads);
      expect(goals).toEqual(row.goals);
      expect(sum(goals)).toBe(row.total);
      expect(result.gaps).toHaveLength(1);
      expect(result.gaps[0]!.gap).toBeCloseTo(row.gap ?? 0, 4);
      if (row.reported) expect(result.gaps[0]!.caughtUp).toBe(0);
      expect(sum(result.late.map((entry) => entry.closes))).toBeCloseTo(result.gaps[0]!.gap, 9);
      row.pace?.forEach((pace, month) => {
        expect(Math.abs(result.pace[month]! - pace)).toBeLessThan(0.001);
      });
    });

  it('covers R, is never negative, and scales', () => {
    for (const row of ROWS) {
      const result = requiredPace(inputOf(row));
      const k = row.k ?? K;
      row.quota.forEach((_, c) => {
        let closes = 0;
        for (let s = 0; s <= c; s++) closes += result.leads[s]! * sum(k.slice(0, c - s + 1));
        expect(closes).toBeGreaterThan(result.required[c]! - 1e-9);
        expect(result.leads[c]).toBeGreaterThanOrEqual(0);
      });
      const carryIn = row.carryIn === 'assumed' ? row.carryIn : row.carryIn.map((value) => value * 3);
      const scaled = requiredPace({ ...inputOf(row), carryIn, quota: row.quota.map((value) => value * 3) });
      scaled.leads.forEach((leads, month) => {
        expect(leads).toBeCloseTo(result.leads[month]! * 3, 7);
      });
    }
  });
});

it('whole numbers add up as in section 4', () => {
  expect(wholeNumbers([4.25, 3.5, 2.75])).toEqual([5, 3, 3]);
  expect(wholeNumbers([1.4, 2.2, 3.1])).toEqual([2, 2, 3]);
  expect(wholeNumbers([0.35, 0.8, 0.65])).toEqual([1, 1, 0]);
});

const near = (actual: number[], expected: number[], within: number): void => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(within);
  });
};

describe('the table of section 8', () => {
  it('one group', () => {
    const result = blend([3, 6, 2], [100, 100, 50])!;
    near([result.rho, result.weight], [0.002363251, 422.14597], 1e-6);
    near(result.rates, [0.041318757, 0.047064277, 0.043576402], 1e-9);
  });
  it('hierarchical with one team', () => {
    const one = (x: number[], n: number[]) => blendHierarchical(x, n, times(0, x.length))!.reps;
    near(one([3, 0, 6, 2], [100, 0, 100, 50]), [0.041252, 0.043917, 0.046997, 0.043502], 5.1e-7);
    near(one([0, 0, 0], [40, 60, 10]), [0.004513, 0.004477, 0.004567], 5.1e-7);
    near(one([5, 5, 20], [5, 50, 200]), [0.587311, 0.119702, 0.105392], 5.1e-7);
  });
  it('two teams', () => {
    const result = blendHierarchical([10, 12, 8, 30, 26, 34], times(200, 6), [0, 0, 0, 1, 1, 1])!;
    near(result.reps, [0.052148, 0.053417, 0.050878, 0.147852, 0.145313, 0.150391], 5.1e-7);
    near(result.teams, [0.05246, 0.14754], 5.1e-6);
    expect(result.company).toBeCloseTo(0.1, 12);
  });
  it('nothing anywhere gives no rate', () => {
    expect(blend([0, 0], [0, 0])).toBeNull();
    expect(blendHierarchical([0, 0], [0, 0], [0, 1])).toBeNull();
  });

  const oracle = sharedPath('oracles/shrinkage.json');
  it.skipIf(!existsSync(oracle))('oracles/shrinkage.json', () => {
    interface Case {
      x: number[];
      n: number[];
      team: number[];
      nt: number;
      rep: number[];
      teamRate: number[];
      company: number;
      Mrep: number;
      Mteam: number;
    }
    const cases = (JSON.parse(readFileSync(oracle, 'utf8')) as { hier: Case[] }).hier;
    expect(cases.length).toBeGreaterThan(100);
    for (const c of cases) {
      const result = blendHierarchical(c.x, c.n, c.team, c.nt)!;
      near(result.reps, c.rep, 1e-12);
      near(result.teams, c.teamRate, 1e-12);
      expect(result.company).toBeCloseTo(c.company, 12);
      expect(result.repWeight / c.Mrep).toBeCloseTo(1, 9);
      expect(result.teamWeight / c.Mteam).toBeCloseTo(1, 9);
    }
  });
});

const unit = (quota: ReferenceUnit['quota'], more: Partial<ReferenceUnit> = {}): ReferenceUnit => ({
  name: 'A',
  team: null,
  start: null,
  end: null,
  quota,
  ...more,
});

/** A plan of one unit and one source, calendar years, no lag, one close = 100 (deals in hundredths). */
function planOf(
  months: number,
  units: ReferenceUnit[],
  rates: number[],
  more: Partial<ReferencePlan> = {},
): ReferencePlan {
  return {
    firstMonth: { year: 2027, month: 1 },
    months,
    fiscalYearStarts: 1,
    stages: rates.length + 1,
    asOf: '2026-12-31',
    ramp: [],
    quotasIncludeRamp: true,
    seasonality: null,
    overAssigned: 0,
    dealSizeCents: 100,
    lookahead: 0.8,
    late: 'spread',
    lags: rates.map(() => null),
    sources: [{ name: 'all', share: 1, startsAt: 0 }],
    units,
    rates: () => rates,
    actuals: null,
    ...more,
  };
}

describe('published plans without lags', () => {
  const first = (amountCents: number, dealSizeCents: number, rates: number[]) =>
    referencePlan(planOf(1, [unit([{ first: 0, last: 0, amountCents }])], rates, { dealSizeCents }))
      .goals[0]!;

  it('Kellblog', () => {
    const row = first(200_000_000, 7_500_000, [0.2]);
    near(row.exact as number[], [133.3333, 26.6667], 1e-4);
    expect(row.whole).toEqual([134, 27]);
  });
  it('HubSpot', () => {
    expect(first(700, 100, [0.05]).whole).toEqual([140, 7]);
  });
  it('Roberge', () => {
    const units = Array.from({ length: 10 }, () => unit([{ first: 0, last: 0, amountCents: 500 }]));
    const { goals } = referencePlan(planOf(1, units, [0.5, 0.6, 0.5, 1 / 3]));
    expect(goals.map((row) => row.whole[0])).toEqual(times(100, 10));
    expect(first(500, 100, [0.5, 0.6, 0.5, 0.3333]).whole[0]).toBe(101);
  });
  it('showmethedata.blog', () => {
    const row = first(2000, 100, [0.71, 0.58, 0.67, 0.3]);
    expect(row.exact[0]).toBeCloseTo(241.63, 2);
    expect(row.whole[0]).toBe(242);
  });
  it('RevEngine', () => {
    const row = first(100_000_000, 5_000_000, [0.65, 0.4, 0.7, 0.3]);
    near(row.exact as number[], [366.3, 238.1, 95.24, 66.67, 20], 0.01);
    expect(row.whole[0]).toBe(367);
  });
  it('Quickbase', () => {
    const quarters = [0.2, 0.2, 0.2, 0.4];
    const { goals } = referencePlan(
      planOf(12, [unit([{ first: 0, last: 11, amountCents: 10_000_000 }], { start: '2027-03-01' })], [0.5], {
        quotasIncludeRamp: false,
        seasonality: Array.from({ length: 12 }, (_, month) => quarters[Math.floor(month / 3)]! / 3),
      }),
    );
    const byQuarter = [0, 3, 6, 9].map((month) =>
      sum(goals.slice(month, month + 3).map((row) => row.quotaCents)),
    );
    expect(byQuarter.map((cents) => Math.round(cents / 100))).toEqual([6667, 20_000, 20_000, 40_000]);
  });
  it('mrexcel 609579', () => {
    const quarters = [0.17, 0.23, 0.3, 0.3];
    const { goals } = referencePlan(
      planOf(12, [unit([{ first: 0, last: 11, amountCents: 300 }])], [1], {
        seasonality: Array.from({ length: 12 }, (_, month) => quarters[Math.floor(month / 3)]! / 3),
      }),
    );
    expect(sum(goals.map((row) => row.quotaCents))).toBe(300);
    expect(sum(goals.map((row) => row.whole[1]!))).toBe(3);
  });
  it('align.me, one quarter to close', () => {
    const { goals } = referencePlan(
      planOf(6, [unit([{ first: 3, last: 5, amountCents: 600 }])], [0.5, 0.5], {
        lags: [null, { months: 3 }],
      }),
    );
    const early = goals.filter((row) => row.month < 3);
    expect(sum(early.map((row) => row.exact[0]!))).toBeCloseTo(24, 9);
    expect(sum(early.map((row) => row.exact[1]!))).toBeCloseTo(12, 9);
  });
});

describe('a whole plan', () => {
  const LAGS = [{ months: 1 / 3 }, { months: 1 }, { shares: [0.1, 0.25, 0.3, 0.2, 0.1, 0.05] }];
  const year = [{ first: 0, last: 11, amountCents: 120_000_000 }];
  const RATES = [0.5, 0.3, 0.25];

  it('splits the leaving month by days and keeps quota flat', () => {
    const { goals } = referencePlan(
      planOf(12, [unit(year, { start: '2020-01-01', end: '2027-08-15' })], RATES, { lags: LAGS }),
    );
    const of = (row: 'rep' | 'territory') =>
      Array.from({ length: 12 }, (_, month) =>
        sum(goals.filter((g) => g.row === row && g.month === month).map((g) => g.quotaCents)),
      );
    near(of('rep'), [...times(1e7, 7), (1e7 * 15) / 31, ...times(0, 4)], 1e-3);
    near(of('territory'), [...times(0, 7), 5_161_290.3226, ...times(1e7, 4)], 1e-3);
    for (const month of [0, 6, 7, 8, 11])
      expect(sum(goals.filter((g) => g.month === month).map((g) => g.exact[0]!))).toBeCloseTo(
        1e5 / 0.0375,
        4,
      );
  });

  it('is quota ÷ rates at every stage of a steady business', () => {
    const { goals, late, bridge } = referencePlan(planOf(12, [unit(year)], RATES, { lags: LAGS }));
    for (const row of goals)
      near(
        row.exact.map((value, stage) => value! / [1e5 / 0.0375, 1e5 / 0.075, 1e5 / 0.25, 1e5][stage]!),
        times(1, 4),
        1e-9,
      );
    expect(late).toEqual([]);
    for (const piece of bridge) near([piece.L0, piece.L1, piece.L2], times(piece.naive, 3), 1e-5);
  });

  it('stays steady when counts say that all went to plan, before the plan and within it', () => {
    const monthly = [1e5 / 0.0375, 1e5 / 0.075, 1e5 / 0.25, 1e5];
    const withoutFirstMonth = [{ months: 1 }, { months: 1.4 }, { shares: [0, 0.3, 0.5, 0.2] }];
    for (const [asOf, last, part, lags] of [
      ['2026-12-31', -1, 1, LAGS],
      ['2026-11-15', -2, 0.5, LAGS],
      ['2027-03-31', 2, 1, LAGS],
      // with k[0] > 0 the printed formulas are not quite steady in a plan seen from inside a month
      ['2027-04-15', 3, 0.5, withoutFirstMonth],
    ] as const)
      for (const counted of [0, 1, 2, 3]) {
        const actuals = Array.from({ length: 14 }, (_, index) => ({
          unit: 0,
          source: 0,
          month: last - index,
          counts: monthly.map((value, stage) => (stage < counted ? null : value * (index === 0 ? part : 1))),
        }));
        const plan = planOf(12, [unit(year)], RATES, {
          lags: [...lags] as ReferencePlan['lags'],
          asOf,
          actuals,
        });
        for (const row of referencePlan(plan).goals.filter((goal) => goal.month > last))
          near(
            row.exact.map((value, stage) => value! / monthly[stage]!),
            times(1, 4),
            1e-9,
          );
      }
  });

  it('marks what it assumes, and drops late rows beyond the plan', () => {
    const { assumed, late, goals } = referencePlan(
      planOf(12, [unit(year, { start: '2027-11-01' })], RATES, { lags: LAGS, ramp: [0, 0.5] }),
    );
    expect(Math.max(...assumed.filter((row) => row.what === 'quota').map((row) => row.month))).toBe(23);
    expect(late.every((row) => row.month < 12 && row.treated === 'reported')).toBe(true);
    expect(goals).toHaveLength(12);
  });
});
