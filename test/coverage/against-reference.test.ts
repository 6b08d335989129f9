/** Coverage against the independent reference: two readings of the method, section 6. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cover } from '../../src/coverage/cover.ts';
import type { Coverage, CoverageRow } from '../../src/coverage/coverage.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { maturing } from '../../src/plan/odds.ts';
import { type AllowedRecords, modelOfCase, type RandomCase, randomCase } from '../support/random-plan.ts';
import {
  addParts,
  type CoverageParts,
  chanceToReach,
  coverageOf,
  freshChance,
  type Paces,
  partsOfRecord,
  partsOfUnit,
  periodsOf,
  type ReferenceCase,
  type ReferenceRecord,
} from '../support/reference-coverage.ts';
import type { ReferencePlan } from '../support/reference-quota.ts';

/** Equal to 1e−6, relative to the larger where that is above 1. */
const near = (actual: number, wanted: number, largest = 0): boolean =>
  Math.abs(actual - wanted) <= 1e-6 * Math.max(1, Math.abs(actual), Math.abs(wanted)) + 1e-9 * largest;

/** Amounts are cents, rounded at the end: to one cent, and as many as were rounded before they were added up. */
const nearCents = (actual: number, wanted: number, parts = 1): boolean =>
  Math.abs(actual - wanted) <= 1 + parts + 1e-6 * Math.abs(wanted);

interface Row {
  readonly name: string;
  readonly units: readonly number[];
  /** Whether a record counts here. */
  readonly has: (record: ReferenceRecord) => boolean;
  /** Production's rows that make it: a rep's and that of the open territory. */
  readonly found: readonly CoverageRow[];
}

/** Every row both should have in a period: the company, each team of a path, each unit. */
function rowsOf({ given }: RandomCase, coverage: Coverage, first: number): Row[] {
  const inPeriod = coverage.rows.filter(({ period }) => period.first === first);
  const { units } = given.plan;
  const all = units.map((_, unit) => unit);
  const paths = new Set(
    units.flatMap(({ team }) =>
      team === null ? [] : team.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/')),
    ),
  );
  const teams = [...paths].map((path) => ({
    name: `team ${path}`,
    units: all.filter((unit) => `${units[unit]!.team}/`.startsWith(`${path}/`)),
    has: (record: ReferenceRecord) => `${record.team}/`.startsWith(`${path}/`),
    found: inPeriod.filter(({ level, team }) => level === 'team' && team === path),
  }));
  const reps = units.map(({ name, team }, unit) => ({
    name,
    units: [unit],
    has: (record: ReferenceRecord) => record.unit === unit,
    found: inPeriod.filter(
      (row) => row.level === 'rep' && row.team === team && (row.rep ?? row.territory?.slice(10, -1)) === name,
    ),
  }));
  const company = inPeriod.filter(({ level }) => level === 'company');
  return [{ name: 'company', units: all, has: () => true, found: company }, ...teams, ...reps];
}

interface Pair {
  readonly name: string;
  readonly random: RandomCase;
  readonly parts: CoverageParts;
  readonly found: readonly CoverageRow[];
  readonly period: { first: number; last: number };
  readonly units: readonly number[];
}

/** What adds up over a rep and the territory that was the rep's. */
function sums({ name, parts, found, random }: Pair): string[] {
  const wanted = coverageOf(parts, random.given.plan.dealSizeCents);
  const sum = (pick: (row: CoverageRow) => number | null) =>
    found.reduce((total, row) => total + (pick(row) ?? Number.NaN), 0);
  const amounts: [string, number, number][] = [
    ['quota', sum((row) => row.quota), wanted.quota],
    ['closed', sum((row) => row.closed), wanted.closed],
    ['open', sum((row) => row.open), wanted.open],
    ['expected_open', sum((row) => row.expectedOpen), wanted.expectedOpen],
    ['expected_new', sum((row) => row.expectedNew), wanted.expectedNew],
    ['lands', sum((row) => row.lands), wanted.lands],
    ['versus_quota', sum((row) => row.versusQuota), wanted.versusQuota],
  ];
  const tallies = (['overdue', 'stale', 'undated'] as const).flatMap((key): [string, number, number][] => [
    [`${key} count`, sum((row) => row[key].count), wanted[key].count],
    [`${key} amount`, sum((row) => row[key].amount), wanted[key].amount],
  ]);
  return [...amounts, ...tallies]
    .filter(([, actual, value]) => !nearCents(actual, value, random.given.plan.units.length))
    .map(([what, actual, value]) => `${name}: ${what} ${actual} for ${value}`);
}

/** What is made of the sums, row by row. */
function measures({ name, parts, found, random }: Pair): string[] {
  const wanted = coverageOf(parts, random.given.plan.dealSizeCents);
  const [row] = found;
  if (found.length !== 1 || row === undefined) return [];
  const differs: string[] = [];
  const check = (what: string, actual: number | null, value: number | null) => {
    const same = actual === null || value === null ? actual === value : near(actual, value);
    if (!same) differs.push(`${name}: ${what} ${actual} for ${value}`);
  };
  if (!nearCents(row.toGo, wanted.toGo)) differs.push(`${name}: to_go ${row.toGo} for ${wanted.toGo}`);
  check('coverage', row.coverage, wanted.coverage);
  check('to_go_coverage', row.toGoCoverage, wanted.toGoCoverage);
  check('enough', row.enough, wanted.enough);
  const even = Math.abs(wanted.versusQuota) < 1;
  if (row.status !== wanted.status && !even)
    differs.push(`${name}: status ${row.status} for ${wanted.status}`);
  return differs;
}

/** The chance, of few deals: every combination of them, and the Poisson number of new ones. */
function chance({ name, parts, found, random }: Pair): string[] {
  const [row] = found;
  if (found.length !== 1 || row === undefined || parts.quota === 0) return [];
  const { dealSizeCents } = random.given.plan;
  const toGo = Math.max(0, parts.quota - parts.closed);
  if (toGo === 0) return row.chance === 1 ? [] : [`${name}: chance ${row.chance} for 1`];
  const fresh = { deals: parts.newDeals, size: dealSizeCents };
  const wanted = chanceToReach(parts.deals, toGo, fresh);
  return row.chance !== null && near(row.chance, wanted)
    ? []
    : [`${name}: chance ${row.chance} for ${wanted}`];
}

/** The chance of an opportunity created now, and how many of them would close the gap. */
function short({ name, parts, found, random, units, period }: Pair): string[] {
  const [row] = found;
  if (found.length !== 1 || row === undefined) return [];
  const { plan } = random.given;
  const fresh = freshChance(random.given, units, period);
  if (row.freshChance === null || fresh === null)
    return row.freshChance === fresh ? [] : [`${name}: fresh chance ${row.freshChance}, ${fresh}`];
  // production weighs by quotas split among the sources to the cent
  const slack = (plan.months * plan.sources.length * units.length) / fresh.quota;
  const wanted = fresh.chance;
  if (Math.abs(row.freshChance - wanted) > 1e-9 + slack)
    return [`${name}: fresh chance ${row.freshChance} for ${wanted}`];
  const { versusQuota } = coverageOf(parts, plan.dealSizeCents);
  if (parts.quota === 0 || Math.abs(versusQuota) < 1) return [];
  const worth = plan.dealSizeCents * wanted;
  const needed = versusQuota > 0 ? 0 : worth > 0 ? -versusQuota / worth : null;
  const { shortOpportunities: actual } = row;
  if (needed === null || actual === null || needed === 0)
    return needed === actual ? [] : [`${name}: short ${actual} for ${needed}`];
  // what lands is rounded to the cent
  const same = Math.abs(actual - needed) <= 2 / worth + (1e-6 + slack / wanted) * needed;
  return same ? [] : [`${name}: short ${actual} for ${needed}`];
}

const CHECKS = { sums, measures, chance, short };
type Check = keyof typeof CHECKS;
const LANDING: readonly Check[] = ['sums', 'measures', 'chance'];

/** Everything that differs, as sentences: an empty list is agreement. */
function differences(random: RandomCase, checks: readonly Check[]): string[] {
  const { value: coverage, problems } = cover(random.model, { periods: [], grain: 'quarter' });
  if (coverage === null) return problems.map((problem) => `problem ${problem.code}`);
  const { given } = random;
  const paces: Paces = new Map();
  return periodsOf(given.plan).flatMap((period) => {
    const parts = given.plan.units.map((_, unit) => partsOfUnit(given, unit, period, paces));
    return rowsOf(random, coverage, period.first).flatMap(({ name, units, has, found }) => {
      if (found.length === 0) return [`${name}: no row`];
      const records = given.records.filter(has).map((record) => partsOfRecord(given, record, period));
      const own = addParts([...units.map((unit) => parts[unit]!), ...records]);
      const pair = { name: `${name} at ${period.first}`, random, parts: own, found, period, units };
      return checks.flatMap((check) => CHECKS[check](pair));
    });
  });
}

function agree(allowed: AllowedRecords, numRuns: number, seed: number, checks: readonly Check[]): void {
  fc.assert(
    fc.property(randomCase({ most: 4, ...allowed }), (random) => {
      expect(differences(random, checks).slice(0, 12)).toEqual([]);
    }),
    { seed, numRuns, endOnFailure: true },
  );
}

const PLAIN: AllowedRecords = { counts: false, changes: false };
const ANY_DAY = ['day before', 'month-end inside', 'inside'] as const;

describe('coverage agrees with the reference', { timeout: 30_000 }, () => {
  it('seen from the day before the plan', () =>
    agree({ ...PLAIN, asOf: ['day before'] }, 40, 1, ['sums', 'measures']));
  it('seen from a month-end inside', () =>
    agree({ ...PLAIN, asOf: ['month-end inside'] }, 40, 2, ['sums', 'measures']));
  it('seen from within a month', () => agree({ ...PLAIN, asOf: ['inside'] }, 40, 3, ['sums', 'measures']));
  it('without lags', () => agree({ ...PLAIN, lags: false, asOf: ANY_DAY }, 40, 4, ['sums', 'measures']));
  it('with joiners, leavers and ramps', () =>
    agree({ counts: false, asOf: ANY_DAY }, 40, 5, ['sums', 'measures']));
  it('with counts of earlier stages', () => agree({ asOf: ANY_DAY }, 40, 6, ['sums', 'measures']));
  it('seen from days long before the plan', () =>
    agree({ ...PLAIN, asOf: ['earlier'] }, 40, 9, ['sums', 'measures']));
  it('with records that name no rep or no source', () =>
    agree({ ...PLAIN, unowned: true, asOf: ANY_DAY }, 40, 10, ['sums', 'measures']));
  it('where nobody knows what closed', () =>
    agree({ ...PLAIN, closed: false, asOf: ANY_DAY }, 40, 11, ['sums', 'measures']));
  it('where quotas count deals', () =>
    agree({ ...PLAIN, inDeals: true, mostQuota: 400, records: 6, asOf: ANY_DAY }, 40, 12, LANDING));
  it('the chance of few deals', () =>
    agree({ ...PLAIN, asOf: ANY_DAY, records: 6, most: 2, dealSizes: [1_234_567, 8_000_000] }, 40, 7, [
      'chance',
    ]));
  it('what a new opportunity would bring', () => agree({ ...PLAIN, asOf: ANY_DAY }, 40, 8, ['short']));
});

/** One rep, one source, 300,000 a month, deals of 1,000, half of the leads and 40 % of the opportunities go on. */
function simpleCase(
  plan: Pick<ReferencePlan, 'months' | 'asOf' | 'lags'>,
  records: ReferenceCase['records'],
): ReferenceCase {
  const quota = Array.from({ length: plan.months }, (_, t) => ({
    first: t,
    last: t,
    amountCents: 30_000_000,
  }));
  return {
    plan: {
      firstMonth: { year: 2027, month: 4 },
      fiscalYearStarts: 1,
      stages: 3,
      ramp: [],
      quotasIncludeRamp: true,
      seasonality: null,
      overAssigned: 0,
      dealSizeCents: 100_000,
      lookahead: 0.8,
      late: 'spread',
      sources: [{ name: 'inbound', share: 1, startsAt: 0 }],
      units: [{ name: 'Ana', team: null, start: null, end: null, quota }],
      rates: () => [0.5, 0.4],
      actuals: null,
      ...plan,
    },
    records,
    pooled: () => [0.5, 0.4],
    closedKnown: records.some(({ outcome }) => outcome !== 'open'),
    inDeals: false,
  };
}

function companyOf(model: PlanModel): CoverageRow {
  const { value } = cover(model, { periods: [], grain: 'quarter' });
  return value!.rows.find(({ level }) => level === 'company')!;
}

const OPEN = { unit: 0, team: null, source: 0, outcome: 'open', stage: 1, amountCents: 100_000 } as const;

describe('deals still to be created', () => {
  it('count the rest of the as-of month once, where nobody knows what closed', () => {
    // leads take a month: the deals of the rest of April come from the leads of March, half of 300 by 15 April
    const plan = { months: 1, asOf: '2027-04-15', lags: [{ months: 1 }, { shares: [1] }] };
    const given = simpleCase(plan, [{ ...OPEN, since: '2027-04-01', closeDate: '2027-04-20' }]);
    const wanted = (300 / 2) * 100_000;
    expect(partsOfUnit(given, 0, { first: 0, last: 0 }, new Map()).newDeals * 100_000).toBeCloseTo(wanted, 3);
    expect(companyOf(modelOfCase(given)).expectedNew).toBe(wanted);
  });

  it('are those of the goals as they are, also where these are sized for a chance', () => {
    const plan = { months: 12, asOf: '2027-03-31', lags: [null, null] };
    const given = simpleCase(plan, [{ ...OPEN, since: '2027-03-01', closeDate: '2027-04-20' }]);
    for (const confidence of [null, 0.8]) {
      const model = { ...modelOfCase(given), confidence };
      const { expected } = planGoals(model).value!.lines[0]!;
      const leads = expected[0]! + expected[1]! + expected[2]!;
      expect(companyOf(model).expectedNew).toBeCloseTo(leads * 0.5 * 0.4 * 100_000, -1);
    }
  });
});

describe('chances by age', () => {
  const oracle = JSON.parse(
    readFileSync(new URL('../../fixtures/oracles/pipeline.json', import.meta.url), 'utf8'),
  ) as { coverage: { F: number[]; S: number[]; table: Record<string, number>[] } };
  const { F, S, table } = oracle.coverage;

  it.each(table)('at a month-end, age $ageMonths', (row) => {
    const months = row.ageMonths!;
    const chances = maturing(F, { months, gone: 1 }, S);
    for (const h of [1, 2, 3]) {
      // by the end of month h after this one; the last known one where the curve is over
      const chance = chances[Math.min(h, chances.length - 1)]!;
      expect(Math.abs(chance - row[`p${h}`]!)).toBeLessThanOrEqual(5e-5);
      expect(Math.abs(1 / chance - row[`cov${h}`]!)).toBeLessThanOrEqual(5e-3);
      expect(chance).toBeCloseTo((F[Math.min(5, months + h)]! - F[months]!) / S[months]!, 12);
    }
    expect(Math.abs(chances.at(-1)! - row.pWinEver!)).toBeLessThanOrEqual(5e-5);
  });
});
