/** Checks the user asked for: which rows fail a condition, and what is said to have failed. */
import { describe, expect, it } from 'vitest';
import { type Check, type Checking, type Condition, checkRows } from '../../src/coverage/checks.ts';
import type { CoverageRow } from '../../src/coverage/coverage.ts';
import { MEASURES } from '../../src/coverage/measures.ts';
import type { SavedCoverage, SavedRow } from '../../src/coverage/saved-coverage.ts';
import type { PlanPeriod } from '../../src/plan/row.ts';
import { checkLines } from '../../src/report/coverage/checks-lines.ts';
import { day } from '../support/small-model.ts';

const USD = { kind: 'money', currency: 'USD' } as const;

const Q1: PlanPeriod = {
  grain: 'quarter',
  label: '2027-Q1',
  start: '2027-01-01',
  end: '2027-03-31',
  first: 0,
  last: 2,
};
const Q2: PlanPeriod = { ...Q1, label: '2027-Q2', start: '2027-04-01', end: '2027-06-30', first: 3, last: 5 };

/** The company's row of the first quarter: 60k to go, 90k open, 1.2 times would be enough. Amounts are cents. */
const row = (of: Partial<CoverageRow> = {}): CoverageRow => ({
  level: 'company',
  team: null,
  rep: null,
  repId: null,
  territory: null,
  finest: false,
  period: Q1,
  quota: 10_000_000,
  closed: 4_000_000,
  toGo: 6_000_000,
  open: 9_000_000,
  coverage: 0.9,
  toGoCoverage: 1.5,
  enough: 1.2,
  expectedOpen: 5_000_000,
  expectedNew: 2_000_000,
  lands: 11_000_000,
  versusQuota: 1_000_000,
  chance: 0.6,
  shortOpportunities: 0,
  freshChance: 0.25,
  freshShare: 0.5,
  prospects: 7,
  overdue: { count: 2, amount: 300_000 },
  stale: { count: 0, amount: 0 },
  undated: { count: 1, amount: 50_000 },
  status: 'enough',
  ...of,
});

const EVERY_ROW: Checking = { conditions: [], level: 'company', since: null };

const checked = (condition: Condition, rows: readonly CoverageRow[] = [row()], of: Partial<Checking> = {}) =>
  checkRows(rows, { ...EVERY_ROW, conditions: [condition], ...of });

const statusOf = (...given: Parameters<typeof checked>): Check['status'] => checked(...given)[0]!.status;

describe('a measure against a number', () => {
  it.each([
    ['<', 1.4, 'pass'],
    ['<', 1.5, 'pass'],
    ['<', 1.6, 'fail'],
    ['<=', 1.4, 'pass'],
    ['<=', 1.5, 'fail'],
    ['<=', 1.6, 'fail'],
    ['>', 1.4, 'fail'],
    ['>', 1.5, 'pass'],
    ['>', 1.6, 'pass'],
    ['>=', 1.4, 'fail'],
    ['>=', 1.5, 'fail'],
    ['>=', 1.6, 'pass'],
  ] as const)('1.5 %s %s: %s', (operator, limit, status) => {
    expect(statusOf({ measure: 'to_go_coverage', operator, limit })).toBe(status);
  });

  it('is in major units where it is an amount', () => {
    expect(statusOf({ measure: 'open', operator: '<', limit: 90_000 })).toBe('pass');
    expect(statusOf({ measure: 'open', operator: '<', limit: 90_000.01 })).toBe('fail');
    expect(checked({ measure: 'open', operator: '<', limit: 100_000 })[0]!.actual).toBe(90_000);
  });

  it('of a measure that does not apply passes', () => {
    const rows = [row({ chance: null, enough: null, toGo: 0, toGoCoverage: null })];
    for (const measure of ['chance', 'enough', 'to_go_coverage'] as const)
      for (const operator of ['<', '<=', '>', '>='] as const)
        for (const limit of [0, 1e9]) {
          const [check] = checked({ measure, operator, limit }, rows);
          expect(check).toMatchObject({ actual: null, limit, status: 'pass' });
        }
  });

  it.each(Object.keys(MEASURES) as (keyof typeof MEASURES)[])('can be any measure: %s', (measure) => {
    const value = MEASURES[measure](row())!;
    expect(statusOf({ measure, operator: '>=', limit: value })).toBe('fail');
    expect(statusOf({ measure, operator: '>', limit: value })).toBe('pass');
  });
});

describe('a measure against another', () => {
  const condition: Condition = { measure: 'to_go_coverage', operator: '<', limit: 'enough' };

  it('is each row’s own', () => {
    const rows = [
      row(),
      row({ period: Q2, toGoCoverage: 0.8, enough: 0.7 }),
      row({ period: Q2, toGoCoverage: 0.8, enough: 0.9 }),
    ];
    const checks = checked(condition, rows);
    expect(checks.map(({ actual, limit, status }) => [actual, limit, status])).toEqual([
      [1.5, 1.2, 'pass'],
      [0.8, 0.7, 'pass'],
      [0.8, 0.9, 'fail'],
    ]);
    expect(checks[0]).toMatchObject({ limitMeasure: 'enough', operator: '<', measure: 'to_go_coverage' });
  });

  it('passes where the other does not apply, as where nothing is to go', () => {
    expect(statusOf(condition, [row({ enough: null })])).toBe('pass');
    const made = row({ status: 'made', toGo: 0, toGoCoverage: null, enough: null });
    expect(statusOf(condition, [made])).toBe('pass');
  });

  it('nothing open is never enough where the row is short, though there is nothing to divide by', () => {
    const rows = [row({ open: 0, toGoCoverage: 0, enough: null, status: 'short' })];
    expect(checked(condition, rows)).toMatchObject([{ actual: 0, limit: null, status: 'fail' }]);
    expect(said(condition, rows)).toEqual([
      'check failed: Company, 2027-Q1: to_go_coverage is 0, less than enough',
    ]);
  });
});

const saved = (measures: SavedRow['measures'], of: Partial<SavedRow> = {}): SavedCoverage => ({
  name: null,
  unit: 'money',
  currency: 'USD',
  asOf: day('2027-02-08'),
  rows: [{ level: 'company', team: null, rep: null, territory: null, period: '2027-Q1', measures, ...of }],
  deals: null,
});

describe('a measure that drops', () => {
  const drops = (limit: number, isShare: boolean): Condition => ({
    measure: 'open',
    operator: 'drops',
    limit,
    isShare,
  });

  it.each([
    // from 100k to 90k: a tenth
    [100_000, 0.1, 'fail', 0.1],
    [100_000, 0.11, 'pass', 0.1],
    [90_000, 0.1, 'pass', 0],
    [90_000, 0, 'pass', 0],
    [60_000, 0.1, 'pass', -0.5],
    [0, 0.1, 'pass', null],
  ] as const)('from %s by a share of %s: %s', (before, limit, status, actual) => {
    const [check] = checked(drops(limit, true), [row()], { since: saved({ open: before }) });
    expect(check).toMatchObject({ operator: 'drops', limit, limitMeasure: null, status, actual });
    expect(check!.isShare).toBe(true);
  });

  it.each([
    [100_000, 10_000, 'fail', 10_000],
    [100_000, 10_001, 'pass', 10_000],
    [90_000, 0, 'pass', 0],
    [60_000, 1, 'pass', -30_000],
    [0, 1, 'pass', -90_000],
  ] as const)('from %s by an amount of %s: %s', (before, limit, status, actual) => {
    const [check] = checked(drops(limit, false), [row()], { since: saved({ open: before }) });
    expect(check).toMatchObject({ limit, status, actual, isShare: false });
  });

  it('of less than nothing is a share of its size', () => {
    const condition: Condition = { measure: 'versus_quota', operator: 'drops', limit: 0.5, isShare: true };
    // from −10k to −15k
    const rows = [row({ versusQuota: -1_500_000 })];
    const [check] = checked(condition, rows, { since: saved({ versus_quota: -10_000 }) });
    expect(check).toMatchObject({ actual: 0.5, status: 'fail' });
  });

  it.each([
    ['the row was not there', saved({ open: 1e6 }, { period: '2027-Q2' })],
    ['the measure did not apply', saved({})],
    ['nothing is compared with', null],
  ])('passes where %s', (_, since) => {
    const [check] = checked(drops(0.01, true), [row()], { since });
    expect(check).toMatchObject({ actual: null, status: 'pass' });
  });

  it('is compared with the row of the same rep, team and period', () => {
    const key = { level: 'rep', team: 'East', rep: 'Ana' } as const;
    const rows = [row({ ...key, open: 5_000_000 }), row({ ...key, rep: 'Ben' })];
    const since = saved({ open: 100_000 }, { ...key, territory: null });
    const checks = checked(drops(0.1, true), rows, { level: 'rep', since });
    expect(checks.map(({ key: { rep }, actual, status }) => [rep, actual, status])).toEqual([
      ['Ana', 0.5, 'fail'],
      ['Ben', null, 'pass'],
    ]);
  });
});

describe('rows', () => {
  const rows = [
    row(),
    row({ period: Q2 }),
    row({ level: 'team', team: 'East', chance: 0.2 }),
    row({ level: 'team', team: 'East/North', chance: 0.9 }),
    row({ level: 'rep', team: 'East', rep: 'Ana', chance: 0.1 }),
    row({ level: 'rep', team: 'East', rep: null, territory: 'open (was Gil)', chance: null }),
  ];
  const condition: Condition = { measure: 'chance', operator: '<', limit: 0.5 };

  it.each([
    ['company', 2, []],
    ['team', 2, ['East']],
    ['rep', 2, ['East Ana']],
  ] as const)('of the %s', (level, count, failed) => {
    const checks = checked(condition, rows, { level });
    expect(checks).toHaveLength(count);
    const names = checks
      .filter(({ status }) => status === 'fail')
      .map(({ key: { team, rep } }) => [team, rep].filter((name) => name !== null).join(' '));
    expect(names).toEqual(failed);
  });

  it('are checked for every condition, in the order they were given', () => {
    const conditions: Condition[] = [condition, { measure: 'open', operator: '>', limit: 1 }];
    const checks = checkRows(rows, { conditions, level: 'company', since: null });
    expect(checks.map(({ measure, period, status }) => [measure, period, status])).toEqual([
      ['chance', '2027-Q1', 'pass'],
      ['chance', '2027-Q2', 'pass'],
      ['open', '2027-Q1', 'fail'],
      ['open', '2027-Q2', 'fail'],
    ]);
  });

  it('without a condition there is no check', () => {
    expect(checkRows(rows, EVERY_ROW)).toEqual([]);
  });
});

/** What is said of a failed check. */
const said = (...given: Parameters<typeof checked>): string[] => checkLines(checked(...given), USD);

describe('in words', () => {
  it('a team by its path, a rep with the team', () => {
    const rows = [
      row({ level: 'team', team: 'EMEA/UK' }),
      row({ level: 'rep', team: 'EMEA/UK', rep: 'Ana' }),
      row({ level: 'rep', team: 'EMEA/UK', territory: 'open (was Gil)' }),
      row({ level: 'rep', rep: 'Ben' }),
    ];
    const names = (level: Checking['level']) =>
      said({ measure: 'chance', operator: '<', limit: 0.9 }, rows, { level }).map(
        (line) => /^check failed: (.*), 2027-Q1/.exec(line)?.[1],
      );
    expect(names('team')).toEqual(['EMEA/UK']);
    expect(names('rep')).toEqual(['Ana (EMEA/UK)', 'open (was Gil) (EMEA/UK)', 'Ben']);
  });

  it('only what failed, with who, when, what and the limit', () => {
    const rows = [row({ toGoCoverage: 0.3, enough: 1.9142 }), row({ period: Q2 })];
    expect(said({ measure: 'to_go_coverage', operator: '<', limit: 'enough' }, rows)).toEqual([
      'check failed: Company, 2027-Q1: to_go_coverage is 0.3, less than enough (1.91)',
    ]);
  });

  it.each([
    ['chance', '<=', 0.6, 'chance is 60%, at most 60%'],
    ['chance', '<', 0.801, 'chance is 60%, less than 80.1%'],
    ['fresh_chance', '<', 0.3, 'fresh_chance is 25%, less than 30%'],
    ['open', '<', 500_000, 'open is $90,000, less than $500,000'],
    ['versus_quota', '>', -20_000, 'versus_quota is $10,000, more than −$20,000'],
    ['overdue_amount', '>=', 85.5, 'overdue_amount is $3,000, at least $85.50'],
    ['overdue_count', '>', 1, 'overdue_count is 2, more than 1'],
    ['coverage', '<', 3, 'coverage is 0.9, less than 3'],
  ] as const)('%s %s %s', (measure, operator, limit, words) => {
    expect(said({ measure, operator, limit })).toEqual([`check failed: Company, 2027-Q1: ${words}`]);
  });

  it('a share it dropped by', () => {
    const condition: Condition = { measure: 'open', operator: 'drops', limit: 0.05, isShare: true };
    expect(said(condition, [row()], { since: saved({ open: 100_000 }) })).toEqual([
      'check failed: Company, 2027-Q1: open dropped by 10%, limit 5%',
    ]);
  });

  it('an amount it dropped by', () => {
    const condition: Condition = { measure: 'open', operator: 'drops', limit: 5000, isShare: false };
    expect(said(condition, [row()], { since: saved({ open: 100_000 }) })).toEqual([
      'check failed: Company, 2027-Q1: open dropped by $10,000, limit $5,000',
    ]);
  });

  it('half a times that it dropped by is no half of it', () => {
    const condition: Condition = { measure: 'to_go_coverage', operator: 'drops', limit: 0.5, isShare: false };
    // from 3.0 to 1.5
    expect(said(condition, [row()], { since: saved({ to_go_coverage: 3 }) })).toEqual([
      'check failed: Company, 2027-Q1: to_go_coverage dropped by 1.5, limit 0.5',
    ]);
  });

  it('a share of more than all of it is a share', () => {
    const condition: Condition = { measure: 'versus_quota', operator: 'drops', limit: 1.5, isShare: true };
    // from 10k over to 10k short: twice what it was
    const rows = [row({ versusQuota: -1_000_000 })];
    expect(said(condition, rows, { since: saved({ versus_quota: 10_000 }) })).toEqual([
      'check failed: Company, 2027-Q1: versus_quota dropped by 200%, limit 150%',
    ]);
  });
});
