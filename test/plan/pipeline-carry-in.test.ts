/** What a pipeline carries into a plan, against the independent reference: lead goals and the bridge. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { type AllowedRecords, type RandomCase, randomCase } from '../support/random-plan.ts';
import { contextOf, curve, yieldOf } from '../support/reference-carry.ts';
import {
  arrivalsWithPipeline,
  type PipelineRun,
  paceBefore,
  paceWithPipeline,
} from '../support/reference-coverage.ts';
import { asOfDay } from '../support/reference-quota.ts';

/** Equal to 1e−6, relative to the larger where that is above 1, and to the last bits of the largest of the line. */
const near = (actual: number, wanted: number, largest: number): boolean =>
  Math.abs(actual - wanted) <= 1e-6 * Math.max(1, Math.abs(actual), Math.abs(wanted)) + 1e-11 * largest;

/** Exact numbers of a unit's lines (rep and open territory together) of one stage by month. */
function exactOf(
  plan: Plan,
  given: RandomCase['given'],
  of: { unit: number; source: number },
  stage: number,
) {
  const { name } = given.plan.units[of.unit]!;
  const source = given.plan.sources[of.source]!.name;
  const { months } = plan.clock;
  return Array.from({ length: months }, (_, t) => {
    let sum = Number.NaN;
    for (const line of plan.lines) {
      if (line.source !== source || (line.rep ?? line.territory?.slice(10, -1)) !== name) continue;
      const value = line.expected[stage * months + t]!;
      if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
    }
    return sum;
  });
}

interface Running {
  readonly random: RandomCase;
  readonly plan: Plan;
  readonly unit: number;
  readonly source: number;
  readonly run: PipelineRun;
}

/** Lead goals from the as-of day on; what was reached before comes from counts. */
function leads({ random, plan, unit, source, run }: Running): string[] {
  const { given } = random;
  const asOf = asOfDay(given.plan);
  const stage = given.plan.sources[source]!.startsAt;
  const context = contextOf(given.plan, unit, source);
  const largest = Math.max(0, ...run.leads);
  return exactOf(plan, given, { unit, source }, stage).flatMap((actual, t) => {
    if (t < asOf.month || (t === asOf.month && asOf.gone === 1)) return [];
    const had = t === asOf.month ? (context.count(stage, t) ?? 0) : 0;
    const wanted = run.leads[t]! + had;
    // a month in which nobody is there has no row
    if (Number.isNaN(actual) && wanted === 0) return [];
    return near(actual, wanted, largest)
      ? []
      : [`unit ${unit} source ${source} month ${t}: ${actual} for ${wanted}`];
  });
}

/** Goals of the stages between the first and the close. */
function later({ random, plan, unit, source, run }: Running): string[] {
  const { given } = random;
  const asOf = asOfDay(given.plan);
  const from = given.plan.sources[source]!.startsAt;
  const context = contextOf(given.plan, unit, source);
  const largest = Math.max(0, ...run.leads);
  const found: string[] = [];
  for (let stage = from + 1; stage < given.plan.stages - 1; stage++) {
    const onward = curve(context, from, stage);
    exactOf(plan, given, { unit, source }, stage).forEach((actual, t) => {
      if (t < asOf.month || (t === asOf.month && asOf.gone === 1)) return;
      let wanted = t === asOf.month ? (context.count(stage, t) ?? 0) : 0;
      for (let s = 0; s <= t; s++) wanted += run.leads[s]! * (onward[t - s] ?? 0);
      wanted += arrivalsWithPipeline(given, context, stage, t);
      if (Number.isNaN(actual) && wanted === 0) return;
      if (!near(actual, wanted, largest))
        found.push(`unit ${unit} source ${source} stage ${stage} month ${t}: ${actual} for ${wanted}`);
    });
  }
  return found;
}

/** naive, timing, carry-in and late of each quarter and source. */
function bridge({ given }: RandomCase, plan: Plan, runs: readonly Running[]): string[] {
  const found: string[] = [];
  for (const row of plan.bridge) {
    if (row.grain !== 'quarter' || row.source === null) continue;
    const wanted = { naive: 0, timing: 0, carryIn: 0, late: 0 };
    for (const { unit, source, run } of runs) {
      if (given.plan.sources[source]!.name !== row.source) continue;
      const context = contextOf(given.plan, unit, source);
      const before = paceBefore(context, 0);
      const uncaught = paceWithPipeline(given, context, 0, { catchUp: false });
      const asOf = asOfDay(given.plan);
      for (let t = row.first; t <= row.last; t++) {
        const had = t <= asOf.month ? (context.count(0, t) ?? 0) : 0;
        const naive = run.quota[t]! / yieldOf(curve(context, 0, given.plan.stages - 1));
        wanted.naive += naive;
        wanted.timing += before.leads[t]! - naive;
        wanted.carryIn += had + uncaught.leads[t]! - before.leads[t]!;
        wanted.late += run.leads[t]! - uncaught.leads[t]!;
      }
    }
    for (const [piece, value] of Object.entries(wanted)) {
      const actual = row[piece as keyof typeof wanted] / 10_000;
      if (Math.abs(actual - value) > 2e-4 + 1e-7 * wanted.naive)
        found.push(`bridge ${row.source} quarter at ${row.first}, ${piece}: ${actual} for ${value}`);
    }
  }
  return found;
}

type Check = 'leads' | 'later' | 'bridge';

/** Everything that differs, as sentences: an empty list is agreement. */
function differences(random: RandomCase, checks: readonly Check[]): string[] {
  const { value: plan, problems } = planGoals(random.model);
  if (plan === null) return problems.map((problem) => `problem ${problem.code}`);
  const { given } = random;
  const runs: Running[] = given.plan.units.flatMap((_, unit) =>
    given.plan.sources.map(({ startsAt }, source) => {
      const run = paceWithPipeline(given, contextOf(given.plan, unit, source), startsAt, { catchUp: true });
      return { random, plan, unit, source, run };
    }),
  );
  return [
    ...(checks.includes('leads') ? runs.flatMap(leads) : []),
    ...(checks.includes('later') ? runs.flatMap(later) : []),
    ...(checks.includes('bridge') ? bridge(random, plan, runs) : []),
  ];
}

function agree(
  allowed: AllowedRecords,
  numRuns: number,
  seed: number,
  checks: readonly Check[] = ['leads', 'bridge'],
): void {
  fc.assert(
    fc.property(randomCase(allowed), (random) => {
      expect(differences(random, checks).slice(0, 12)).toEqual([]);
    }),
    { seed, numRuns, endOnFailure: true },
  );
}

const PLAIN: AllowedRecords = { counts: false, changes: false };

describe('what a pipeline carries in agrees with the reference', { timeout: 30_000 }, () => {
  it('seen from the day before the plan', () => agree({ ...PLAIN, asOf: ['day before'] }, 20, 1));
  it('seen from a month-end inside', () => agree({ ...PLAIN, asOf: ['month-end inside'] }, 20, 2));
  it('seen from within a month', () => agree({ ...PLAIN, asOf: ['inside'] }, 20, 3));
  it('without lags', () => agree({ ...PLAIN, lags: false }, 20, 4));
  it('with joiners, leavers and ramps', () =>
    agree({ counts: false, asOf: ['day before', 'month-end inside', 'inside'] }, 20, 5));
  it('with counts of earlier stages', () =>
    agree({ asOf: ['day before', 'month-end inside', 'inside'] }, 20, 6));
  it('seen from days long before the plan', () => agree({ ...PLAIN, asOf: ['earlier'] }, 20, 8));
  it('with records that name no rep or no source', () =>
    agree({ ...PLAIN, unowned: true, asOf: ['day before', 'month-end inside', 'inside'] }, 20, 9));
  it('where nobody knows what closed', () =>
    agree({ ...PLAIN, closed: false, asOf: ['month-end inside', 'inside'] }, 20, 10));
  it('goals of later stages', () =>
    agree({ ...PLAIN, asOf: ['day before', 'month-end inside', 'inside'] }, 20, 7, ['later']));
});
