/** How one row stands in a period: known values, written as the arithmetic they are. */
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/files/load-plan.ts';
import { monthOf } from '../../src/period/month.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { planPeriods } from '../../src/plan/row.ts';
import { standOf } from '../../src/track/stand.ts';
import type { Track, TrackRow } from '../../src/track/track.ts';
import { trackPlan } from '../../src/track/track-plan.ts';
import { keyed } from '../support/agreed-goals.ts';
import { day } from '../support/small-model.ts';

const LEAD = 0;
const CLOSE = 1;

/** Nine closes a month at one in ten: 90 leads a month, of which people were told. */
const AGREED = { lead: 90, close: 9 };

interface Given {
  readonly asOf: string;
  /** Leads reached, by month of 2027 from January; closes where they are counted. */
  readonly leads: readonly number[];
  readonly closes?: readonly number[];
  /** Agreed goals by month from January; 90 leads and 9 closes a month where nothing is said. */
  readonly agreed?: readonly { readonly lead: number; readonly close: number }[];
}

function tracked({ asOf, leads, closes, agreed = new Array(6).fill(AGREED) }: Given): Track {
  const month = (index: number) => `2027-0${index + 1}`;
  const { value: model } = parsePlan({
    funnel: ['lead', 'close'],
    from: '2027-01',
    to: '2027-06',
    quotas: ['2027-Q1', '2027-Q2'].map((period) => ({ rep: 'Ana', period, quota: 27_000 })),
    deal_size: 1000,
    rates: { lead_to_close: '10%' },
    as_of: asOf,
    actuals: leads.map((lead, index) => ({
      rep: 'Ana',
      month: month(index),
      lead,
      ...(closes === undefined ? {} : { close: closes[index]! }),
    })),
  });
  const goals = agreed.map((given, index) => ({
    key: keyed(),
    month: monthOf(2027, index + 1),
    goals: { ...given },
  }));
  const { value } = trackPlan(model as PlanModel, {
    path: 'goals.json',
    name: null,
    asOf: day('2026-12-31'),
    goals,
  });
  return value!;
}

function stands(track: Track, label: string, stage = LEAD): TrackRow {
  const line = track.lines.find(({ level }) => level === 'rep')!;
  const periods = (['month', 'quarter', 'year'] as const).flatMap((grain) => planPeriods(track.clock, grain));
  return standOf(track, line, { stage, period: periods.find((period) => period.label === label)! });
}

describe('in the middle of a month', () => {
  // 14 of February's 28 days are gone
  const track = tracked({ asOf: '2027-02-14', leads: [80, 40] });

  it('a quarter that has begun', () => {
    const row = stands(track, '2027-Q1');
    expect(row.agreed).toBe(90 + 90 + 90);
    expect(row.due).toBe(90 + 90 * (14 / 28));
    expect(row.actual).toBe(80 + 40);
    expect(row.attainment).toBe(120 / 270);
    expect(row.ahead).toBe(120 - 135);
    // the agreed goals come to 120 after January's 31 days and 30 of 90 of February's 28; today is day 45
    expect(row.aheadDays).toBe(Math.round(31 + (30 / 90) * 28 - (31 + 14)));
    // at today's pace of 120 ÷ 135 of what was agreed
    expect(row.estimate).toBeCloseTo(120 + (120 / 135) * (90 * (14 / 28) + 90), 9);
  });

  it('what is left is the plan made again: 15 leads that are missing, caught up in the 4½ months left', () => {
    const pace = 90 + (90 + 45 - 120) / 4.5;
    const left = ['2027-02', '2027-03', '2027-04', '2027-05', '2027-06'].map(
      (label) => stands(track, label).goalLeft,
    );
    const running = [0.5, 1.5, 2.5, 3.5, 4.5].map((months) => Math.ceil(pace * months - 1e-6));
    expect(left).toEqual(running.map((sum, index) => sum - (running[index - 1] ?? 0)));
    expect(stands(track, '2027').goalLeft).toBe(540 - 120);
  });

  it('a month that is over, one that has begun and one that has not', () => {
    const january = { agreed: 90, due: 90, actual: 80, attainment: 80 / 90, ahead: -10, goalLeft: 0 };
    expect(stands(track, '2027-01')).toMatchObject({ ...january, estimate: 80 });
    expect(stands(track, '2027-01').aheadDays).toBe(Math.round((80 / 90) * 31 - 31));
    expect(stands(track, '2027-02')).toMatchObject({ due: 45, actual: 40, ahead: -5, attainment: 40 / 90 });
    const march = { agreed: 90, due: null, actual: null, attainment: null, ahead: null, aheadDays: null };
    expect(stands(track, '2027-03')).toMatchObject(march);
    expect(stands(track, '2027-03').estimate).toBeCloseTo((120 / 135) * 90, 9);
  });

  it('the whole plan is due only up to the day', () => {
    expect(stands(track, '2027')).toMatchObject({ agreed: 6 * 90, due: 135, actual: 120, aheadDays: -5 });
  });

  it('a stage nobody counts is not known, not 0; its goals stand', () => {
    const row = stands(track, '2027-Q1', CLOSE);
    expect(row).toMatchObject({ agreed: 3 * 9, due: 9 + 9 / 2, goalLeft: 5 + 9 });
    expect(row).toMatchObject({ actual: null, attainment: null, ahead: null, aheadDays: null });
    expect(row.estimate).toBeNull();
  });

  it('a stage of which nothing was reached is 0', () => {
    const counted = tracked({ asOf: '2027-02-14', leads: [80, 40], closes: [0, 0] });
    expect(stands(counted, '2027-Q1', CLOSE)).toMatchObject({ actual: 0, attainment: 0, ahead: -13.5 });
    expect(stands(counted, '2027-Q1', CLOSE).aheadDays).toBe(-45);
  });
});

describe('later stages', () => {
  it('come at the pace of the leads: what they bring by the rates, beside what is reached', () => {
    const track = tracked({ asOf: '2027-02-14', leads: [80, 40], closes: [8, 4] });
    const row = stands(track, '2027-Q1', CLOSE);
    const leads = (120 / 135) * (90 * (14 / 28) + 90);
    // of the closes that February's 40 leads bring within it, half of the month has seen half
    const early = 40 * (14 / 28);
    expect(row.estimate).toBeCloseTo(8 + 4 + (early + leads) * 0.1, 9);
  });
});

describe('ahead', () => {
  it('by more than a period holds is counted on into the next', () => {
    const track = tracked({ asOf: '2027-02-14', leads: [200, 100] });
    // 270 by the end of March, 30 of April's 90 in 10 of its 30 days
    expect(stands(track, '2027-Q1')).toMatchObject({ ahead: 300 - 135, aheadDays: 90 + 10 - 45 });
  });

  it('by more than the plan holds is counted to its last day', () => {
    const track = tracked({ asOf: '2027-02-14', leads: [1000, 100] });
    expect(stands(track, '2027-Q1').aheadDays).toBe(31 + 28 + 31 + 30 + 31 + 30 - 45);
  });

  it('in a quarter that is over is seen from its end', () => {
    const track = tracked({ asOf: '2027-05-31', leads: [80, 40, 60, 90, 90] });
    // 180 are due at the end of February
    expect(stands(track, '2027-Q1')).toMatchObject({ due: 270, ahead: 180 - 270, aheadDays: 59 - 90 });
    expect(stands(track, '2027-Q1')).toMatchObject({ goalLeft: 0, estimate: 180 });
  });

  it('is nothing on the day', () => {
    const track = tracked({ asOf: '2027-02-14', leads: [90, 45] });
    expect(stands(track, '2027-Q1')).toMatchObject({ ahead: 0, aheadDays: 0 });
    expect(stands(track, '2027-Q1').estimate).toBeCloseTo(270, 9);
  });

  it('skips months of which nothing was agreed', () => {
    const agreed = [90, 0, 90, 90, 90, 90].map((lead) => ({ lead, close: 0 }));
    const track = tracked({ asOf: '2027-02-14', leads: [90, 0], agreed });
    expect(stands(track, '2027-Q1')).toMatchObject({ due: 90, ahead: 0 });
    const more = tracked({ asOf: '2027-02-14', leads: [90, 45], agreed });
    expect(stands(more, '2027-Q1')).toMatchObject({ due: 90, ahead: 45 });
    expect(stands(more, '2027-Q1').aheadDays).toBe(Math.round(31 + 28 + 31 / 2 - 45));
  });

  it('of nothing agreed has no days, and no attainment', () => {
    const agreed = new Array(6).fill({ lead: 0, close: 0 });
    const track = tracked({ asOf: '2027-02-14', leads: [5, 0], agreed });
    expect(stands(track, '2027-Q1')).toMatchObject({ agreed: 0, due: 0, actual: 5, ahead: 5 });
    expect(stands(track, '2027-Q1')).toMatchObject({ attainment: null, aheadDays: null });
  });
});

describe('the pace', () => {
  it('is carried on at most three times', () => {
    const track = tracked({ asOf: '2027-01-31', leads: [900] });
    expect(stands(track, '2027-02').estimate).toBeCloseTo(3 * 90, 9);
  });

  it('is that of the goals where nothing was due yet', () => {
    const agreed = [0, 90, 90, 90, 90, 90].map((lead) => ({ lead, close: 0 }));
    const track = tracked({ asOf: '2027-01-31', leads: [0], agreed });
    // as many as all 54 closes take, January's caught up
    expect(stands(track, '2027').estimate).toBeCloseTo(54 / 0.1, 6);
  });

  it('is nothing where nothing comes', () => {
    const track = tracked({ asOf: '2027-02-14', leads: [0, 0] });
    expect(stands(track, '2027')).toMatchObject({ actual: 0, attainment: 0, estimate: 0, aheadDays: -45 });
  });
});
