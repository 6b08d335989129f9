/** Production against the independent reference, month by month: two readings of the same arithmetic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import type { Line } from '../../src/plan/line.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { type Allowed, type RandomPlan, randomPlan } from '../support/random-plan.ts';
import { contextOf } from '../support/reference-carry.ts';
import { type ReferenceGoal, type ReferenceResult, referencePlan } from '../support/reference-plan.ts';
import { repShare } from '../support/reference-quota.ts';

interface Both {
  readonly random: RandomPlan;
  readonly plan: Plan;
  readonly reference: ReferenceResult;
}

/**
 * Equal to 1e−7, relative to the larger where that is above 1. The pace of a month is what others leave of a sum,
 * so it carries the last bits of the largest numbers of its line too.
 */
function near(actual: number, wanted: number, largest: number): boolean {
  return (
    Math.abs(actual - wanted) <= 1e-7 * Math.max(1, Math.abs(actual), Math.abs(wanted)) + 1e-11 * largest
  );
}

/** Everything that differs, as sentences: an empty list is agreement. */
function differences(random: RandomPlan): string[] {
  const { value: plan, problems } = planGoals(random.model);
  if (plan === null) return problems.map((problem) => `problem ${problem.code}`);
  const both = { random, plan, reference: referencePlan(random.reference) };
  return [...goals(both), ...late(both), ...assumed(both), ...bridge(both)];
}

function goals(both: Both): string[] {
  const { random, plan, reference } = both;
  const found: string[] = [];
  const lines = new Map(plan.lines.map((line) => [lineName(line), line]));
  const rows = new Map<string, ReferenceGoal[]>();
  for (const goal of reference.goals) {
    const name = rowName(both, goal);
    rows.set(name, [...(rows.get(name) ?? []), goal]);
  }
  for (const name of rows.keys()) if (!lines.has(name)) found.push(`${name}: no line`);
  for (const [name, line] of lines) {
    const row = rows.get(name) ?? [];
    for (let stage = 0; stage < random.reference.stages; stage++)
      found.push(...stageOf(both, { name, line, row, stage }));
  }
  return found;
}

const lineName = (line: Line): string => `${line.rep ?? line.territory} ${line.source}`;

function rowName({ random }: Both, goal: Pick<ReferenceGoal, 'unit' | 'source' | 'row'>): string {
  const { name } = random.reference.units[goal.unit]!;
  const who = goal.row === 'rep' ? name : `open (was ${name})`;
  return `${who} ${random.reference.sources[goal.source]!.name}`;
}

interface StageOf {
  readonly name: string;
  readonly line: Line;
  readonly row: readonly ReferenceGoal[];
  readonly stage: number;
}

function stageOf({ random, plan }: Both, { name, line, row, stage }: StageOf): string[] {
  const found: string[] = [];
  const { months, asOfMonth } = plan.clock;
  const context = row[0] ? contextOf(random.reference, row[0].unit, row[0].source) : null;
  const largest = Math.max(0, ...row.map((goal) => goal.exact[stage] ?? 0));
  let running = 0;
  let ahead = 0;
  for (let t = 0; t < months; t++) {
    const at = `${name} stage ${stage} month ${t}`;
    const goal = row.find(({ month }) => month === t);
    // a month in which the row has no part is not in the reference and 0 (or nothing) in production
    const wanted = goal === undefined ? 0 : (goal.exact[stage] ?? Number.NaN);
    const exact = line.expected[stage * months + t]!;
    const whole = line.goals[stage * months + t]!;
    if (goal === undefined) {
      if (exact !== 0 && !Number.isNaN(exact)) found.push(`${at}: ${exact}, not there in the reference`);
      continue;
    }
    // for display, production splits quota to the cent twice: by source, and in the month of leaving by days
    if (stage === 0 && Math.abs(goal.quotaCents - line.quota[t]!) >= 2)
      found.push(`${at}: quota ${line.quota[t]} for ${goal.quotaCents}`);
    if (Number.isNaN(exact) || Number.isNaN(wanted)) {
      if (!(Number.isNaN(exact) && Number.isNaN(wanted) && Number.isNaN(whole)))
        found.push(`${at}: ${exact} for ${wanted}`);
      continue;
    }
    if (!near(exact, wanted, largest)) found.push(`${at}: ${exact} for ${wanted}`);
    // what was reached in the month of leaving is split into whole numbers in production: up to one record off
    const reached = t <= asOfMonth ? (context?.count(stage, t) ?? 0) : 0;
    const wholeWanted = goal.whole[stage]!;
    const past = wholeWanted % 1 === 0 ? 0 : 1;
    const share = repPart(random, goal);
    running += wanted - reached * share;
    if (past === 0) ahead += whole - wholeWanted;
    else if (Math.abs(whole - wholeWanted) >= 1) found.push(`${at}: whole ${whole} for ${wholeWanted}`);
    if (Math.abs(running - Math.round(running)) > 1e-6 + 1e-11 * largest && past === 0 && ahead !== 0) {
      found.push(`${at}: whole ${whole} for ${wholeWanted}`);
      ahead = 0;
    }
  }
  return found;
}

/** The row's part of its unit in that month. */
function repPart({ reference }: RandomPlan, { unit, month, row }: ReferenceGoal): number {
  const share = repShare(reference, reference.units[unit]!, month);
  return row === 'rep' ? share : 1 - share;
}

function late({ random, plan, reference }: Both): string[] {
  const sums = new Map<string, number>();
  const put = (key: string, closes: number) => sums.set(key, (sums.get(key) ?? 0) + closes);
  for (const { key, month, treated, closes } of plan.late)
    put(`late ${key.rep ?? key.territory} ${key.source} ${month} ${treated}`, closes);
  for (const entry of reference.late) {
    const name = rowName({ random, plan, reference }, entry);
    put(`late ${name} ${entry.month} ${entry.treated}`, -entry.closes);
  }
  return apart(sums);
}

function assumed({ plan, reference }: Both): string[] {
  const sums = new Map<string, number>();
  const put = (key: string, closes: number) => sums.set(key, (sums.get(key) ?? 0) + closes);
  for (const { what, month, closes } of plan.assumed) put(`assumed ${what} ${month}`, closes);
  for (const { what, month, closes } of reference.assumed) put(`assumed ${what} ${month}`, -closes);
  return apart(sums);
}

const apart = (sums: ReadonlyMap<string, number>): string[] =>
  [...sums].filter(([, rest]) => Math.abs(rest) > 1e-5).map(([key, rest]) => `${key}: ${rest} too many`);

/** The pieces are whole ten-thousandths in production: within one of them of the reference's sums. */
function bridge({ random, plan, reference }: Both): string[] {
  const found: string[] = [];
  for (const row of plan.bridge) {
    if (row.grain !== 'quarter' || row.source === null) continue;
    const parts = reference.bridge.filter(
      ({ source, month }) =>
        random.reference.sources[source]!.name === row.source && month >= row.first && month <= row.last,
    );
    const sum = (pick: (part: (typeof parts)[number]) => number) =>
      parts.reduce((total, part) => total + pick(part), 0);
    const wanted = {
      naive: sum((part) => part.naive),
      timing: sum((part) => part.L0 - part.naive),
      carryIn: sum((part) => part.L1 - part.L0),
      late: sum((part) => part.L2 - part.L1),
    };
    for (const [piece, value] of Object.entries(wanted)) {
      const actual = row[piece as keyof typeof wanted] / 10_000;
      if (Math.abs(actual - value) > 2e-4 + 1e-7 * sum((part) => part.naive))
        found.push(`bridge ${row.source} quarter at ${row.first}, ${piece}: ${actual} for ${value}`);
    }
  }
  return found;
}

function agree(allowed: Allowed, numRuns: number, seed: number): void {
  fc.assert(
    fc.property(randomPlan(allowed), (random) => {
      expect(differences(random).slice(0, 12)).toEqual([]);
    }),
    { seed, numRuns, endOnFailure: true },
  );
}

const BEFORE: Allowed = { asOf: ['day before', 'earlier'] };
const INSIDE: Allowed = { asOf: ['month-end inside', 'inside'] };

describe('agrees with the reference', { timeout: 30_000 }, () => {
  it('where only rates, quotas and sources differ', () =>
    agree({ asOf: ['day before'], counts: false, lags: false, changes: false }, 40, 1));
  it('with joiners, leavers and ramps', () =>
    agree({ asOf: ['day before'], counts: false, lags: false }, 45, 2));
  it('with lags', () => agree({ ...BEFORE, counts: false }, 45, 3));
  it('with counts, seen from before the plan', () => agree(BEFORE, 50, 4));
  it('seen from within the plan', () => agree({ ...INSIDE, counts: false }, 45, 5));
  it('with counts, seen from within the plan', () => agree(INSIDE, 60, 6));
  it('when the plan is over', () => agree({ asOf: ['after'] }, 20, 7));
});
