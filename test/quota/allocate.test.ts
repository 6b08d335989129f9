/** From quotas as given to quotas by carrier and month: spreading, sharing a team's quota, and what contradicts. */
import { describe, expect, it } from 'vitest';
import type { Day } from '../../src/period/day.ts';
import { type Month, monthOf } from '../../src/period/month.ts';
import { at } from '../../src/problem.ts';
import { type Allocation, allocate } from '../../src/quota/allocate.ts';
import type { Quota, SpreadRules } from '../../src/quota/quota.ts';
import type { Rep } from '../../src/quota/rep.ts';
import { spreadKeepingTotal, spreadReduced } from '../../src/quota/spread.ts';
import { dayOfText } from '../support/reference-quota.ts';

const JANUARY = monthOf(2027, 1);
const month = (number: number): Month => monthOf(2027, number);

function rep(name: string, team: string | null, more: { start?: string; end?: string } = {}): Rep {
  const day = (text: string | undefined): Day | null => (text === undefined ? null : dayOfText(text));
  return {
    name,
    team,
    start: day(more.start),
    end: day(more.end),
    firstStart: day(more.start),
    id: null,
    email: null,
    aliases: [],
    where: at('reps.csv', 2),
  };
}

let line = 1;
/** A quota of whole currency units for months of 2027, the whole year unless said. */
function quota(who: Rep | string | null, amount: number, months: [number, number] = [1, 12]): Quota {
  const ofRep = who !== null && typeof who !== 'string';
  return {
    team: ofRep ? who.team : who,
    rep: ofRep ? who : null,
    first: month(months[0]),
    last: month(months[1]),
    amount: amount * 100,
    where: at('quotas.csv', ++line),
  };
}

const RULES: SpreadRules = {
  from: JANUARY,
  months: 12,
  ramp: [],
  includeRamp: true,
  season: () => 1,
  sizeOn: null,
};

function allocated(quotas: readonly Quota[], reps: readonly Rep[], rules: Partial<SpreadRules> = {}) {
  return allocate(quotas, reps, { ...RULES, ...rules });
}

/** Cents by month of a carrier: `Ana`, `North`, `company`. */
function carried({ carriers }: Allocation, who: string): number[] {
  const found = carriers.find((carrier) => (carrier.rep?.name ?? carrier.team ?? 'company') === who);
  return found === undefined ? [] : [...found.quota];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const codes = ({ problems }: Allocation): string[] => problems.map(({ code }) => code);
const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);
const QUARTERS = [20, 20, 20, 40];
const byQuarter = (of: Month): number => QUARTERS[Math.floor(((of - JANUARY) % 12) / 3)]! / 3;

describe('spreading a quota over its months', () => {
  it('keeps the total to the cent, the odd ones with the earlier months', () => {
    const whole = carried(allocated([quota(rep('Ana', null), 100)], []), 'Ana');
    expect(whole).toEqual([...times(4, 834), ...times(8, 833)]);
    expect(sum(whole)).toBe(100 * 100);
  });

  it('follows seasonality', () => {
    const months = carried(allocated([quota(rep('Ana', null), 100_000)], [], { season: byQuarter }), 'Ana');
    // a third of 20 % leaves two thirds of a cent: the odd cents go to the earlier months
    expect(months).toEqual([...times(7, 6_666_67), 6_666_66, 6_666_66, ...times(3, 13_333_33)]);
    expect(sum(months)).toBe(100_000_00);
  });

  it('100,000 a year at 20/20/20/40 % from 1 March, reduced: 6,667 · 20,000 · 20,000 · 40,000', () => {
    const ana = rep('Ana', null, { start: '2027-03-01' });
    const rules = { season: byQuarter, includeRamp: false };
    const months = carried(allocated([quota(ana, 100_000)], [ana], rules), 'Ana');
    expect(months.slice(0, 2)).toEqual([0, 0]);
    expect([0, 3, 6, 9].map((first) => Math.round(sum(months.slice(first, first + 3)) / 100))).toEqual([
      6_667, 20_000, 20_000, 40_000,
    ]);
  });

  it('the same with the total kept falls to the months in which Ana is there', () => {
    const ana = rep('Ana', null, { start: '2027-03-01' });
    const months = carried(allocated([quota(ana, 100_000)], [ana], { season: byQuarter }), 'Ana');
    const weight = 20 / 3 + 20 + 20 + 40;
    expect(sum(months)).toBe(100_000_00);
    expect(months.slice(0, 2)).toEqual([0, 0]);
    expect(Math.abs(months[2]! - (100_000_00 * 20) / 3 / weight)).toBeLessThan(1);
  });

  it('counts the start month by its days, and ramps by calendar months since', () => {
    const ana = rep('Ana', null, { start: '2027-03-12' });
    const rules = { ramp: [0.5, 0.5, 0.75], includeRamp: false };
    const months = carried(allocated([quota(ana, 12_000)], [ana], rules), 'Ana');
    expect(months.slice(0, 6)).toEqual([
      0,
      0,
      Math.floor(((1_000_00 * 20) / 31) * 0.5 + 0.5),
      500_00,
      750_00,
      1_000_00,
    ]);
  });

  it('goes by days there where the ramp leaves nothing, and rounds halves up', () => {
    const weights = { season: [1, 1], capacity: [0, 0], presence: [0.25, 0.75] };
    expect(spreadKeepingTotal(100, weights)).toEqual([25, 75]);
    expect(spreadReduced(101, { ...weights, capacity: [0.5, 0.5] })).toEqual([26, 25]);
    expect(spreadKeepingTotal(100, { ...weights, presence: [0, 0] })).toBeNull();
    expect(spreadReduced(100, { ...weights, presence: [0, 0] })).toBeNull();
  });

  it('looks at the start of a rep, not at the end', () => {
    const gil = rep('Gil', null, { end: '2027-08-15' });
    expect(carried(allocated([quota(gil, 1_200_000)], [gil]), 'Gil')).toEqual(times(12, 100_000_00));
  });

  it('a period that straddles the plan is spread over all its months; those before are counted', () => {
    const ana = rep('Ana', null);
    const allocation = allocated([{ ...quota(ana, 1_200), first: monthOf(2026, 7), last: month(6) }], [ana]);
    expect(carried(allocation, 'Ana')).toEqual([...times(6, 100_00), ...times(6, 0)]);
    expect(allocation.before).toMatchObject({ amount: 600_00, months: 6 });
  });

  it('wholly before a start is an error, half before is not', () => {
    const ana = rep('Ana', 'North', { start: '2027-07-01' });
    const allocation = allocated([quota(ana, 100, [1, 6])], [ana]);
    expect(allocation.problems).toEqual([
      expect.objectContaining({
        code: 'quota_before_start',
        severity: 'error',
        where: at('quotas.csv', line),
        arguments: { who: 'Ana (North)' },
      }),
    ]);
    expect(codes(allocated([quota(ana, 100, [1, 7])], [ana]))).toEqual([]);
  });
});

describe("a team's quota", () => {
  it('is shared equally among its reps, ties to the earlier row', () => {
    const reps = [rep('Ana', 'North'), rep('Ben', 'North'), rep('Cleo', 'North')];
    const allocation = allocated([quota('North', 100, [1, 1])], reps);
    expect(['Ana', 'Ben', 'Cleo'].map((name) => carried(allocation, name)[0])).toEqual([3_334, 3_333, 3_333]);
    expect(allocation.carriers.map(({ level }) => level)).toEqual(['rep', 'rep', 'rep']);
  });

  it('is spread with what all of them bring, and shared each month in proportion to it', () => {
    // January: only Ana; February: Ben at a half; March on: both in full
    const reps = [rep('Ana', 'North'), rep('Ben', 'North', { start: '2027-02-01' })];
    const allocation = allocated([quota('North', 9_000, [1, 4])], reps, { ramp: [0.5] });
    const weight = 1 + 1.5 + 2 + 2;
    const months = [1, 1.5, 2, 2].map((part) => (9_000_00 * part) / weight);
    const [ana, ben] = ['Ana', 'Ben'].map((name) => carried(allocation, name));
    expect(sum(ana!) + sum(ben!)).toBe(9_000_00);
    for (const [index, part] of [0, 0.5 / 1.5, 1 / 2, 1 / 2].entries())
      expect(Math.abs(ben![index]! - months[index]! * part)).toBeLessThanOrEqual(1);
  });

  it('includes the reps of the teams below it, not those beside it', () => {
    const reps = [rep('Ana', 'EMEA/UK'), rep('Ben', 'EMEA'), rep('Cleo', 'EMEAX')];
    const allocation = allocated([quota('EMEA', 120, [1, 1])], reps);
    expect(['Ana', 'Ben', 'Cleo'].map((name) => carried(allocation, name)[0])).toEqual([
      6_000,
      6_000,
      undefined,
    ]);
  });

  it('is never reduced by ramp or absence', () => {
    const reps = [rep('Ana', 'North', { start: '2027-03-01' })];
    const allocation = allocated([quota('North', 1_000)], reps, { includeRamp: false, ramp: [0.5] });
    expect(sum(allocation.carriers.flatMap((carrier) => [...carrier.quota]))).toBe(1_000_00);
  });

  it('leaves out reps who left before the period', () => {
    const reps = [rep('Ana', 'North'), rep('Gil', 'North', { end: '2027-06-30' })];
    const halves = [quota('North', 600, [1, 6]), quota('North', 600, [7, 12])];
    const allocation = allocated(halves, reps);
    expect(carried(allocation, 'Gil')).toEqual([...times(6, 50_00), ...times(6, 0)]);
    expect(carried(allocation, 'Ana')).toEqual([...times(6, 50_00), ...times(6, 100_00)]);
  });

  it('is by days there in a month in which all are too new to bring anything', () => {
    const reps = [rep('Ana', 'North', { start: '2027-04-01' }), rep('Ben', 'North', { start: '2027-04-16' })];
    const allocation = allocated([quota('North', 90, [4, 4])], reps, { ramp: [0] });
    expect(['Ana', 'Ben'].map((name) => carried(allocation, name)[3])).toEqual([60_00, 30_00]);
  });

  it('is its own, as open territory, in months in which nobody is there', () => {
    const reps = [rep('Ana', 'North', { start: '2027-03-01' })];
    const months = [1, 2, 3].map((number) => quota('North', 100, [number, number]));
    const allocation = allocated(months, reps);
    expect(carried(allocation, 'North').slice(0, 4)).toEqual([100_00, 100_00, 0, 0]);
    expect(carried(allocation, 'Ana').slice(0, 4)).toEqual([0, 0, 100_00, 0]);
    expect(allocation.carriers.find((carrier) => carrier.rep === null)).toMatchObject({
      level: 'team',
      team: 'North',
      open: true,
    });
  });

  it('is its own where no reps are listed, and so is the company’s', () => {
    const allocation = allocated([quota('North', 120)], [rep('Ana', 'South')]);
    expect(allocation.carriers).toMatchObject([{ level: 'team', team: 'North', rep: null, open: false }]);
    expect(carried(allocation, 'North')).toEqual(times(12, 10_00));
    const company = allocated([quota(null, 120)], [rep('Ana', 'South')]);
    expect(company.carriers).toMatchObject([{ level: 'company', team: null, rep: null, open: false }]);
  });
});

describe('a team and its reps both with a quota', () => {
  const reps = [rep('Ana', 'North'), rep('Ben', 'North')];
  const both = () => [quota('North', 100, [1, 1]), quota(reps[0]!, 60, [1, 1]), quota(reps[1]!, 60, [1, 1])];

  it('is an error that shows both sums', () => {
    const allocation = allocated(both(), reps);
    expect(allocation.problems).toEqual([
      expect.objectContaining({
        code: 'quota_given_twice',
        where: at('quotas.csv', line - 2),
        arguments: { who: 'North', own: 100_00, below: 120_00 },
      }),
    ]);
  });

  it('size_on: reps leaves them what they have', () => {
    const allocation = allocated(both(), reps, { sizeOn: 'reps' });
    expect(codes(allocation)).toEqual([]);
    expect([carried(allocation, 'Ana')[0], carried(allocation, 'Ben')[0]]).toEqual([60_00, 60_00]);
    expect(carried(allocation, 'North')).toEqual([]);
  });

  it('size_on: team scales them to it, in proportion', () => {
    const [team, ana, ben] = both();
    const allocation = allocated([team!, { ...ana!, amount: 90_00 }, { ...ben!, amount: 30_00 }], reps, {
      sizeOn: 'team',
    });
    expect([carried(allocation, 'Ana')[0], carried(allocation, 'Ben')[0]]).toEqual([75_00, 25_00]);
  });

  it('size_on: team shares by what they bring where their own are 0', () => {
    const [team, ana, ben] = both();
    const none = [ana!, ben!].map((each) => ({ ...each, amount: 0 }));
    const allocation = allocated([team!, ...none], reps, { sizeOn: 'team' });
    expect([carried(allocation, 'Ana')[0], carried(allocation, 'Ben')[0]]).toEqual([50_00, 50_00]);
    expect(sum(carried(allocation, 'Ana')) + sum(carried(allocation, 'Ben'))).toBe(100_00);
  });

  it('only in different months is no contradiction', () => {
    const allocation = allocated([quota('North', 120, [1, 3]), quota(reps[0]!, 60, [4, 6])], reps);
    expect(codes(allocation)).toEqual([]);
    expect(sum(carried(allocation, 'Ana'))).toBe(60_00 + 60_00);
  });

  it('holds for a team and a team below it', () => {
    const quotas = [quota('EMEA', 300, [1, 1]), quota('EMEA/UK', 100, [1, 1])];
    const allocation = allocated(quotas, []);
    expect(allocation.problems).toMatchObject([
      { code: 'quota_given_twice', arguments: { who: 'EMEA', own: 300_00, below: 100_00 } },
    ]);
    const scaled = allocated(quotas, [], { sizeOn: 'team' });
    expect([carried(scaled, 'EMEA/UK')[0], carried(scaled, 'EMEA')]).toEqual([300_00, []]);
  });

  it('holds for the company and its teams', () => {
    const quotas = [quota(null, 500, [1, 1]), quota('North', 100, [1, 1]), quota('South', 300, [1, 1])];
    const allocation = allocated(quotas, []);
    expect(allocation.problems).toMatchObject([
      { code: 'quota_given_twice', arguments: { who: 'the company', own: 500_00, below: 400_00 } },
    ]);
    const scaled = allocated(quotas, [], { sizeOn: 'team' });
    expect([carried(scaled, 'North')[0], carried(scaled, 'South')[0]]).toEqual([125_00, 375_00]);
    const left = allocated(quotas, [], { sizeOn: 'reps' });
    expect([carried(left, 'North')[0], carried(left, 'South')[0]]).toEqual([100_00, 300_00]);
  });
});

describe('a month given twice', () => {
  it('is an error that names the other row', () => {
    const ana = rep('Ana', 'North');
    const first = quota(ana, 120);
    const second = quota(ana, 10, [12, 12]);
    expect(allocated([first, second], [ana]).problems).toEqual([
      expect.objectContaining({
        code: 'duplicate_quota',
        where: second.where,
        arguments: { who: 'Ana (North)', line: first.where.line, file: 'quotas.csv' },
      }),
    ]);
    expect(codes(allocated([quota('North', 1, [1, 2]), quota('North', 1, [2, 3])], []))).toEqual([
      'duplicate_quota',
    ]);
    expect(codes(allocated([quota(null, 1, [1, 2]), quota(null, 1, [2, 3])], []))).toEqual([
      'duplicate_quota',
    ]);
  });

  it('is none where a rep who moved has one in each team', () => {
    const [west, east] = [rep('Ana', 'West'), rep('Ana', 'East')];
    const allocation = allocated([quota(west, 60, [1, 6]), quota(east, 60, [7, 12])], [west, east]);
    expect(codes(allocation)).toEqual([]);
    expect(allocation.carriers.map(({ team }) => team)).toEqual(['West', 'East']);
  });
});
