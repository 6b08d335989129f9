/** Rates made on earlier days beside what came: which records, which truth, which scores. */
import { describe, expect, it } from 'vitest';
import { type BacktestRow, backtest, type Known } from '../../src/history/backtest.ts';
import { estimateHistory } from '../../src/history/estimate-history.ts';
import { consistentShares, summaryOf } from '../../src/history/scores.ts';
import { type Day, dayOf } from '../../src/period/day.ts';
import { lastDay, monthOf } from '../../src/period/month.ts';
import { type HistoryRecord, random, tallyRecords } from './tally-records.ts';

const FIRST = dayOf(2024, 1, 1)!;
const AS_OF = dayOf(2026, 12, 31)!;

/** 12 % convert within 180 days; most of the others are lost. */
function records(seed: number, of: { perDay?: number; from?: number; to?: number } = {}): HistoryRecord[] {
  const { perDay = 4, from = FIRST, to = AS_OF } = of;
  const next = random(seed);
  return Array.from({ length: (to - from + 1) * perDay }, (_, index): HistoryRecord => {
    const entered = from + Math.floor(index / perDay);
    const converts = next() < 0.12;
    const wait = Math.floor(next() * 180);
    const isLost = !converts && next() < 0.8;
    return { stages: [entered, converts ? entered + wait : null], lost: isLost ? entered + wait : null };
  });
}

/** Quarter ends, each with what was known then. */
function knownOf(all: readonly HistoryRecord[], stages?: readonly string[]): Known[] {
  return [2024, 2025, 2026].flatMap((year) =>
    [3, 6, 9, 12].flatMap((month): Known[] => {
      const origin = lastDay(monthOf(year, month));
      return [{ origin, tallies: tallyRecords(all, { asOf: origin, ...(stages ? { stages } : {}) }) }];
    }),
  );
}

const finalOf = (all: readonly HistoryRecord[], stages?: readonly string[]) =>
  tallyRecords(all, { asOf: AS_OF, ...(stages ? { stages } : {}) });

describe('rows', () => {
  const all = records(1);
  const { rows } = backtest(knownOf(all), finalOf(all));
  const row = (year: number, month: number): BacktestRow =>
    rows.find(({ asOf }) => asOf === lastDay(monthOf(year, month)))!;
  const yearTo = (day: Day) =>
    all.filter(
      ({ stages }) => stages[0]! <= day && stages[0]! > day - (day === dayOf(2024, 12, 31) ? 366 : 365),
    );

  it('are of the records that entered in the twelve months before', () => {
    expect(row(2025, 12).records).toBe(365 * 4);
    expect(row(2024, 12).records).toBe(366 * 4);
  });

  it('begin once records had been coming for twelve months', () => {
    expect(rows[0]!.asOf).toBe(dayOf(2024, 12, 31));
    expect(rows).toHaveLength(9);
  });

  it('have the share of those that had converted in the end', () => {
    const day = dayOf(2025, 12, 31)!;
    const converted = yearTo(day).filter(({ stages }) => stages[1] !== null && stages[1]! <= AS_OF).length;
    expect(row(2025, 12).truth).toBe(converted / 1_460);
  });

  it('and none where that is not known yet', () => {
    expect(row(2026, 6).truth).not.toBeNull();
    expect([row(2026, 12).truth, row(2026, 12).inside]).toEqual([null, null]);
  });

  it('forecast with what was known on the day, by each method', () => {
    const day = dayOf(2025, 12, 31)!;
    const known = all.filter(({ stages }) => stages[0]! <= day);
    const closed = known.filter(({ stages, lost }) => (stages[1] ?? lost ?? AS_OF) <= day);
    const won = (of: readonly HistoryRecord[]) =>
      of.filter(({ stages }) => stages[1] !== null && stages[1]! <= day).length;
    const { leadgoal, naive, wonOfClosed, lastYear } = row(2025, 12);
    expect(leadgoal).toBe(estimateHistory(tallyRecords(known, { asOf: day })).rates[0]!.rate);
    expect(naive).toBe(won(known) / known.length);
    expect(wonOfClosed).toBe(won(closed) / closed.length);
    const before = yearTo(dayOf(2024, 12, 31)!);
    expect(lastYear).toBe(won(before) / before.length);
    expect(row(2024, 12).lastYear).toBeNull();
  });

  it('put the truth in the interval or not', () => {
    for (const { truth, low, high, inside } of rows) {
      if (truth === null || low === null || high === null) expect(inside).toBeNull();
      else expect(inside).toBe(low <= truth && truth <= high);
    }
  });

  it('of every step, the summary of the whole funnel alone', () => {
    const stages = ['lead', 'opportunity', 'close'];
    const steps = all.map(
      ({ stages: [lead, close], lost }): HistoryRecord => ({ stages: [lead!, lead!, close!], lost }),
    );
    const result = backtest(knownOf(steps, stages), finalOf(steps, stages));
    expect(result.rows.slice(0, 3).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [0, 2],
    ]);
    const { summary } = backtest(knownOf(all), finalOf(all));
    expect(result.summary).toEqual(summary);
  });

  it('too little data is no forecast', () => {
    const nobody = all.map((of): HistoryRecord => ({ ...of, stages: [of.stages[0]!, null] }));
    for (const told of backtest(knownOf(nobody), finalOf(nobody)).rows)
      expect(told).toMatchObject({ naive: 0, leadgoal: null, low: null, inside: null });
  });

  it('no truth of records that entered before a log that starts late', () => {
    const logStart = dayOf(2025, 3, 1)!;
    const late = all.filter(({ stages, lost }) => (stages[1] ?? lost ?? AS_OF) >= logStart);
    const { rows: told } = backtest(knownOf(late), finalOf(late));
    const of = (year: number, month: number) =>
      told.find(({ asOf }) => asOf === lastDay(monthOf(year, month)))!;
    expect(of(2025, 6)).toMatchObject({ truth: null });
    expect(of(2026, 6).truth).not.toBeNull();
  });
});

it('over many histories leadgoal is nearest, naive too low, and four in five truths inside', () => {
  const results = Array.from({ length: 25 }, (_, seed) => {
    const all = records(seed + 10);
    return backtest(knownOf(all), finalOf(all)).summary;
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const of = (method: string, score: 'rms' | 'bias') =>
    mean(results.map(({ errors }) => errors.find((error) => error.method === method)![score]));
  const rms = (method: string) => of(method, 'rms');
  expect(rms('leadgoal')).toBeLessThan(rms('naive'));
  expect(rms('leadgoal')).toBeLessThan(rms('won_of_closed'));
  expect(rms('leadgoal')).toBeLessThan(rms('last_year'));
  expect(Math.abs(of('leadgoal', 'bias'))).toBeLessThan(0.03);
  expect(of('naive', 'bias')).toBeLessThan(-0.05);
  const inside = results.reduce((sum, result) => sum + result.inside, 0);
  const rows = results.reduce((sum, result) => sum + result.rows, 0);
  expect(inside / rows).toBeGreaterThan(0.7);
  expect(inside / rows).toBeLessThan(0.9);
});

describe('scores', () => {
  const row = (of: Partial<BacktestRow>): BacktestRow => ({
    asOf: AS_OF,
    from: 0,
    to: 1,
    records: 100,
    truth: 0.05,
    leadgoal: 0.04,
    naive: 0.025,
    wonOfClosed: null,
    lastYear: null,
    low: 0.03,
    high: 0.06,
    inside: true,
    ...of,
  });

  it('of one forecast', () => {
    const { rows, inside, errors, pinball, brier } = summaryOf([row({})]);
    expect([rows, inside]).toEqual([1, 1]);
    expect(errors.map(({ method }) => method)).toEqual(['leadgoal', 'naive']);
    expect(errors[0]!.rms).toBeCloseTo(Math.log(0.05 / 0.04), 14);
    expect(errors[1]!.bias).toBeCloseTo(Math.log(0.025 / 0.05), 14);
    expect(pinball).toBeCloseTo((0.1 * 0.02 + 0.5 * 0.01 + 0.1 * 0.01) / 3, 14);
    expect(brier).toBeCloseTo(0.05 * 0.96 ** 2 + 0.95 * 0.04 ** 2, 14);
  });

  it('compare methods on the same rows; one that mostly had nothing is left out', () => {
    const rows = [
      row({ leadgoal: 0.5 }),
      row({ lastYear: 0.05 }),
      row({ lastYear: 0.05 }),
      row({ wonOfClosed: 0.05 }),
    ];
    const { errors } = summaryOf(rows);
    expect(errors.map(({ method }) => method)).toEqual(['leadgoal', 'naive', 'last_year']);
    expect(errors[0]!.rms).toBeCloseTo(Math.log(0.05 / 0.04), 14);
  });

  it('rows without truth or forecast are none', () => {
    const summary = summaryOf([
      row({ truth: null, inside: null }),
      row({ leadgoal: null, low: null, high: null }),
    ]);
    expect(summary).toEqual({
      rows: 0,
      inside: 0,
      insideLow: 0,
      insideHigh: 1,
      errors: [],
      pinball: null,
      brier: null,
    });
  });

  it('a truth of 0 has no ratio, but lies in an interval or not', () => {
    const { rows, errors, brier } = summaryOf([row({ truth: 0, inside: false })]);
    expect([rows, errors]).toEqual([1, []]);
    expect(brier).toBeCloseTo(0.04 ** 2, 14);
  });

  it('8 intervals: 50 to 100 % inside is consistent with 80 %', () => {
    expect(consistentShares(8)).toEqual({ low: 0.5, high: 1 });
    expect(consistentShares(1)).toEqual({ low: 0, high: 1 });
    const { low, high } = consistentShares(400);
    expect(low).toBeGreaterThan(0.75);
    expect(high).toBeLessThan(0.85);
  });
});

it('nothing known: no rows, no scores', () => {
  expect(backtest([], finalOf([]))).toEqual({
    rows: [],
    summary: { rows: 0, inside: 0, insideLow: 0, insideHigh: 1, errors: [], pinball: null, brier: null },
  });
});
