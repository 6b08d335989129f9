/** Required pace against the worked table: curve, quotas and carry-in by month → whole goals and gap. */
import { describe, expect, test } from 'vitest';
import { timingOf } from '../../src/funnel/timing.ts';
import { type Activity, arriving } from '../../src/plan/activity.ts';
import { demandOn, gapsOf, leverageOf, requiredCloses, requiredPace } from '../../src/plan/pace.ts';
import { wholeOf } from '../../src/plan/whole.ts';

interface Case {
  readonly name: string;
  readonly curve: readonly number[];
  readonly quota: readonly number[];
  /** Closes from existing records; `assumed` where nothing is known. */
  readonly carryIn: readonly number[] | 'assumed';
  /** Activity in the plan; before it `before`, 1 unless said. */
  readonly activity?: readonly number[];
  readonly before?: (month: number) => number;
  readonly caughtUp?: boolean;
  readonly goals: readonly number[];
  readonly gap?: number;
  readonly pace?: readonly number[];
}

const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);
const STEADY = [0.02, 0.05, 0.03];

const CASES: readonly Case[] = [
  { name: 'steady, given', curve: STEADY, quota: times(6, 5), carryIn: [4, 1.5], goals: times(6, 50) },
  { name: 'steady, assumed', curve: STEADY, quota: times(6, 5), carryIn: 'assumed', goals: times(6, 50) },
  {
    name: 'cold start',
    curve: STEADY,
    quota: times(6, 5),
    carryIn: [],
    goals: [63, 62, 62, 62, 59, 52],
    gap: 5.5,
    pace: [62.141],
  },
  {
    name: 'cold start, reported',
    curve: STEADY,
    quota: times(6, 5),
    carryIn: [],
    caughtUp: false,
    goals: times(6, 50),
    gap: 5.5,
  },
  {
    name: 'step up',
    curve: STEADY,
    quota: [5, 5, 5, 8, 8, 8],
    carryIn: [4, 1.5],
    goals: [50, 66, 74, 76, 77, 77],
    pace: [50, 65.789, 73.269, 76.811],
  },
  {
    name: 'rich pipeline',
    curve: STEADY,
    quota: times(6, 5),
    carryIn: [6, 4, 2],
    goals: [16, 34, 42, 47, 46, 47],
  },
  { name: 'hockey stick', curve: STEADY, quota: [3, 5, 7, 3, 5, 7], carryIn: [4, 1.5], goals: times(6, 50) },
  {
    name: 'late in the quarter',
    curve: STEADY,
    quota: [1, 1, 4, 1, 1, 4, 1, 1, 4, 1, 1, 4],
    carryIn: 'assumed',
    goals: times(12, 20),
  },
  {
    name: 'early in the quarter',
    curve: STEADY,
    quota: [4, 1, 1, 4, 1, 1, 4, 1, 1, 4, 1, 1],
    carryIn: 'assumed',
    goals: times(12, 20),
  },
  {
    name: 'three months to close',
    curve: [0, 0, 0, 0.1],
    quota: [5, 5, 5, 8, 2, 8, 5, 5],
    carryIn: [5, 5, 5],
    goals: [60, 40, 80, 50, 50, 0, 0, 0],
  },
  {
    name: 'tiny rep',
    curve: STEADY,
    quota: times(12, 0.04),
    carryIn: [0.032, 0.012],
    goals: [1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0],
  },
  {
    name: 'new rep, caught up',
    curve: STEADY,
    quota: [0, 0, 1.25, 2.5, 3.75, 5],
    carryIn: [],
    activity: [0, 0.25, 0.5, 0.75, 1, 1],
    before: () => 0,
    goals: [0, 12, 26, 40, 53, 53],
    gap: 4.3594,
  },
  {
    name: 'the same as a joiner',
    curve: STEADY,
    quota: [0, 0, 1.25, 2.5, 3.75, 5],
    carryIn: [],
    activity: [0, 0.25, 0.5, 0.75, 1, 1],
    before: () => 0,
    caughtUp: false,
    goals: [0, 7, 16, 27, 35, 36],
    gap: 4.3594,
  },
  {
    name: 'joins in month 4',
    curve: STEADY,
    quota: [...times(4, 0), ...times(8, 5)],
    carryIn: 'assumed',
    activity: [...times(4, 0), ...times(8, 1)],
    before: () => 0,
    caughtUp: false,
    goals: [...times(4, 0), ...times(8, 50)],
    gap: 5.5,
  },
  {
    name: 'joins in month 4 and ramps',
    curve: STEADY,
    quota: [...times(4, 0), ...times(8, 5)],
    carryIn: 'assumed',
    activity: [...times(5, 0), 0.25, 0.5, 0.75, ...times(4, 1)],
    before: () => 0,
    caughtUp: false,
    goals: [...times(5, 0), 13, 25, 37, 50, 50, 50, 50],
    gap: 18,
  },
  {
    name: 'started a month before',
    curve: STEADY,
    quota: times(12, 5),
    carryIn: 'assumed',
    activity: [0.5, 0.75, ...times(10, 1)],
    before: (month) => (month === -1 ? 0.25 : 0),
    goals: [30, 44, 58, 58, 59, 58, 59, 58, 59, 58, 56, 52],
    gap: 8.25,
  },
  {
    name: 'leaves after month 7',
    curve: STEADY,
    quota: [...times(8, 5), ...times(4, 0)],
    carryIn: [4, 1.5],
    activity: [...times(8, 1), ...times(4, 0)],
    goals: [...times(8, 50), ...times(4, 0)],
  },
];

/** Walks one row of the table, without extension: leads and gap by the production code. */
function walk(row: Case): { leads: number[]; gap: number } {
  const length = row.quota.length;
  const total = row.curve.reduce((sum, share) => sum + share, 0);
  const timing = timingOf(row.curve.map((share) => share / total));
  const back = row.curve.length;
  const full = Array.from({ length: back + length }, (_, index) =>
    index < back ? (row.before?.(index - back) ?? 1) : (row.activity?.[index - back] ?? 1),
  );
  const known = full.map((value, index) => (index < back ? value : 0));
  const coming = full.map((value, index) => (index < back ? 0 : value));
  const activity: Activity = { back, length, full, known, between: full.map(() => 0), coming };
  const leverage = leverageOf(activity, timing, { years: [{ first: 0, last: length - 1 }], lookahead: 0.8 });
  const quota = [...row.quota];
  const smoothed = row.quota.map((_, t) => {
    const quarter = [0, 1, 2]
      .map((month) => t - (t % 3) + month)
      .filter((month) => full[back + month]! > 0 || quota[month]! > 0);
    return quarter.includes(t) ? quarter.reduce((sum, month) => sum + quota[month]!, 0) / quarter.length : 0;
  });
  const given = row.carryIn;
  const carryIn = quota.map((_, t) =>
    given === 'assumed' ? smoothed[t]! * arriving(known, back, timing, t) : (given[t] ?? 0),
  );
  const demand = demandOn(leverage, { quota, smoothed, carryIn });
  const gaps = gapsOf(leverage, demand, () => (row.caughtUp === false ? Number.POSITIVE_INFINITY : 0));
  const pace = requiredPace(leverage, requiredCloses(leverage, demand, gaps));
  return { leads: pace.closes.map((closes) => closes / total), gap: gaps[0]?.closes ?? 0 };
}

describe('required pace, worked table', () => {
  test.each(CASES)('$name', (row) => {
    const { leads, gap } = walk(row);
    expect([...wholeOf(leads)]).toEqual(row.goals);
    expect(gap).toBeCloseTo(row.gap ?? 0, 4);
    for (const [month, pace] of (row.pace ?? []).entries()) expect(leads[month]).toBeCloseTo(pace, 3);
  });
});
