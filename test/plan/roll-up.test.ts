/** Roll-ups: every one is the exact sum of the finest lines it stands for, and none stands twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodsBetween } from '../../src/period/fiscal.ts';
import { planGoals } from '../../src/plan/goals.ts';
import { keyOf, type Line, plus, sumOver } from '../../src/plan/line.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { NOWHERE } from '../../src/problem.ts';
import { isWithin } from '../../src/quota/rep.ts';
import { randomPlan } from '../support/random-plan.ts';

/** Quotas of a team without reps, beside those of reps; for its rates everybody's stand. */
function withTeam(model: PlanModel, team: string | null): PlanModel {
  const { from, to, stages } = model;
  const measures = stages.slice(1).map(() => ({ kind: 'share' as const, value: 0.5, where: NOWHERE }));
  return {
    ...model,
    quotas: [
      ...(team === null ? [] : model.quotas),
      { team, rep: null, first: from, last: to, amount: 12_345_678, where: NOWHERE },
    ],
    rates: [
      ...model.rates,
      { team: null, rep: null, source: null, measures, lastMonth: null, where: NOWHERE },
    ],
  };
}

/** Where a plan knows one source only, it may have no name. */
function withoutSource(model: PlanModel): PlanModel {
  if (model.sources.length > 1) return model;
  const nameless = <Row extends { readonly source: string | null }>(row: Row): Row => ({
    ...row,
    source: null,
  });
  return {
    ...model,
    sources: model.sources.map((source) => ({ ...source, name: null })),
    rates: model.rates.map(nameless),
    actuals: model.actuals?.map(nameless) ?? null,
  };
}

function planOf(model: PlanModel): Plan {
  const { value, problems } = planGoals(model);
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

/** The finest lines below a line, told by its key alone. */
function partsOf(plan: Plan, sum: Line): Line[] {
  return plan.lines.filter((line) => {
    if (sum.source !== null && line.source !== sum.source) return false;
    if (sum.level === 'company') return true;
    if (sum.level === 'team') return isWithin(line.team, sum.team);
    return (
      line.level === 'rep' &&
      line.team === sum.team &&
      line.rep === sum.rep &&
      line.territory === sum.territory
    );
  });
}

function checkSums(plan: Plan): void {
  for (const sum of plan.rollUps) {
    const parts = partsOf(plan, sum);
    expect(parts.length).toBeGreaterThan(0);
    const add = (pick: (line: Line) => readonly number[], index: number) =>
      parts.reduce((total, part) => plus(total, pick(part)[index]!), Number.NaN);
    const quota = sum.quota.map((_, month) => add((line) => line.quota, month));
    expect(sum.quota).toEqual(quota);
    expect(quota.every((amount) => Number.isInteger(amount))).toBe(true);
    expect(sum.goals).toEqual(sum.goals.map((_, index) => add((line) => line.goals, index)));
    for (const [index, value] of sum.expected.entries()) {
      const exact = add((line) => line.expected, index);
      if (Number.isNaN(exact)) expect(value).toBeNaN();
      else expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-9 * Math.max(1, exact));
    }
  }
}

/** Which lines there must be above the finest, by key. */
function checkKeys(plan: Plan): void {
  const finest = plan.lines.map(keyOf);
  const above = plan.rollUps.map(keyOf);
  expect(new Set([...finest, ...above]).size).toBe(finest.length + above.length);
  expect(plan.lines.every((line) => line.finest)).toBe(true);
  expect(plan.rollUps.some((line) => line.finest)).toBe(false);
  const all = [...plan.lines, ...plan.rollUps];
  const company = all.filter((line) => line.level === 'company').map((line) => line.source);
  const sources = plan.model.sources.map((source) => source.name);
  expect(new Set(company)).toEqual(new Set([null, ...sources]));
}

function law(check: (plan: Plan) => void, seed: number): void {
  const team = fc.constantFrom('none', 'West', 'North/East/Up', null);
  fc.assert(
    fc.property(randomPlan(), team, (random, quotaOf) => {
      const model = quotaOf === 'none' ? random.model : withTeam(random.model, quotaOf);
      check(planOf(withoutSource(model)));
    }),
    { seed, numRuns: 120 },
  );
}

describe('roll-ups', () => {
  it('are the sum of their parts at every level, in whole numbers and cents', () => law(checkSums, 1));
  it('stand once each, none with the key of a finest line', () => law(checkKeys, 2));

  it('add up over sources, teams and levels', () =>
    law((plan) => {
      const whole = (of: (line: Line) => boolean) =>
        [...plan.lines, ...plan.rollUps]
          .filter(of)
          .reduce((sum, line) => sum + line.quota.reduce((all, amount) => all + amount, 0), 0);
      const company = whole((line) => line.level === 'company' && line.source === null);
      expect(whole((line) => line.finest)).toBe(company);
      if (plan.model.sources[0]!.name !== null)
        expect(whole((line) => line.level === 'company' && line.source !== null)).toBe(company);
    }, 3));

  it('months add up to quarters and those to years', () =>
    law((plan) => {
      const { from, to, calendar } = plan.model;
      for (const line of [...plan.lines, ...plan.rollUps]) {
        for (let stage = 0; stage < plan.model.stages.length; stage++) {
          const months = line.goals.slice(stage * plan.clock.months, (stage + 1) * plan.clock.months);
          const sumsBy = (grain: 'quarter' | 'year', first = from, last = to) =>
            periodsBetween(first, last, { grain, calendar }).map((period) => ({
              period,
              sum: sumOver(months, period.first - from, period.last - from),
            }));
          for (const { period, sum } of sumsBy('year')) {
            const quarters = sumsBy('quarter', period.first, period.last);
            expect(quarters.reduce((total, quarter) => plus(total, quarter.sum), Number.NaN)).toEqual(sum);
          }
          const all = sumsBy('year').reduce((total, year) => plus(total, year.sum), Number.NaN);
          expect(all).toEqual(sumOver(months, 0, months.length - 1));
        }
      }
    }, 4));
});

describe('sums that skip what is not there', () => {
  it('are nothing only where all is nothing', () => {
    expect(plus(Number.NaN, 3)).toBe(3);
    expect(plus(2, Number.NaN)).toBe(2);
    expect(plus(2, 3)).toBe(5);
    expect(plus(Number.NaN, Number.NaN)).toBeNaN();
    expect(sumOver([Number.NaN, 1, 2], 0, 1)).toBe(1);
  });
});
