/** The bridge from quota ÷ deal size ÷ rates to the goal adds up exactly, whichever way it is summed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGoals } from '../../src/plan/goals.ts';
import type { BridgeRow, Plan } from '../../src/plan/plan.ts';
import { type Allowed, randomPlan } from '../support/random-plan.ts';

const PIECES = ['naive', 'timing', 'carryIn', 'late', 'rounding', 'goal'] as const;

function law(check: (plan: Plan) => void, seed: number, allowed: Allowed = {}): void {
  fc.assert(
    fc.property(randomPlan(allowed), ({ model }) => check(planGoals(model).value!)),
    { seed, numRuns: 150 },
  );
}

/** The pieces of several rows added up. */
function total(rows: readonly BridgeRow[]): number[] {
  return PIECES.map((piece) => rows.reduce((sum, row) => sum + row[piece], 0));
}

const pieces = (row: BridgeRow): number[] => total([row]);

describe('the bridge', () => {
  it('adds up in every row, in whole ten-thousandths', () =>
    law((plan) => {
      for (const row of plan.bridge) {
        for (const piece of PIECES) expect(Number.isInteger(row[piece])).toBe(true);
        expect(row.naive + row.timing + row.carryIn + row.late + row.rounding).toBe(row.goal);
      }
    }, 1));

  it('adds up from quarters to years and from sources to all', () =>
    law(({ bridge }) => {
      for (const row of bridge) {
        if (row.grain === 'year') {
          const quarters = bridge.filter(
            (part) =>
              part.grain === 'quarter' &&
              part.source === row.source &&
              part.first >= row.first &&
              part.last <= row.last,
          );
          expect(quarters[0]!.first).toBe(row.first);
          expect(quarters[quarters.length - 1]!.last).toBe(row.last);
          expect(total(quarters)).toEqual(pieces(row));
        }
        if (row.source === null) {
          const sources = bridge.filter(
            (part) => part.source !== null && part.grain === row.grain && part.first === row.first,
          );
          expect(total(sources)).toEqual(pieces(row));
        }
      }
    }, 2));

  it('ends at the lead goals of its source and quarter', () =>
    law(({ bridge, lines }) => {
      for (const row of bridge) {
        const leads = lines
          .filter((line) => row.source === null || line.source === row.source)
          .flatMap((line) => [...line.goals.slice(row.first, row.last + 1)])
          .filter((goal) => !Number.isNaN(goal))
          .reduce((sum, goal) => sum + goal, 0);
        expect(row.goal).toBe(10_000 * leads);
      }
    }, 3));

  it('speaks of sources that begin at the first stage only, quarters and years of the plan', () =>
    law(({ bridge, model, clock }) => {
      const leads = model.sources.filter((source) => source.startsAt === 0).map((source) => source.name);
      const named = leads.length > 0 ? [null, ...leads] : [];
      expect(new Set(bridge.map((row) => row.source))).toEqual(new Set(named));
      for (const source of named) {
        for (const grain of ['quarter', 'year'] as const) {
          const rows = bridge.filter((row) => row.source === source && row.grain === grain);
          expect(rows[0]!.first).toBe(0);
          expect(rows[rows.length - 1]!.last).toBe(clock.months - 1);
          for (const [index, row] of rows.entries())
            if (index > 0) expect(row.first).toBe(rows[index - 1]!.last + 1);
        }
      }
    }, 4));

  it('has nothing between plain division and goal but rounding where nothing waits', () =>
    law(
      ({ bridge }) => {
        for (const row of bridge) expect([row.timing, row.carryIn, row.late]).toEqual([0, 0, 0]);
      },
      5,
      { asOf: ['day before'], counts: false, lags: false, changes: false, grains: [3] },
    ));
});
