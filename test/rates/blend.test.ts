/** Blending small samples: the published table, two hundred computed cases, and the laws. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendGroup, blendHierarchy, pooledRate, type Tally } from '../../src/rates/blend.ts';
import { sharedPath } from '../support/shared-data.ts';

const tallies = (converted: readonly number[], entered: readonly number[]): Tally[] =>
  converted.map((count, index) => ({ converted: count, entered: entered[index]! }));

function expectNear(actual: readonly number[], wanted: readonly number[], within: number): void {
  expect(actual).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries())
    expect(Math.abs(actual[index]! - value)).toBeLessThanOrEqual(within);
}

/** Half of the last printed digit. */
const SIX_DIGITS = 0.5e-6 + 1e-12;

describe('the published table', () => {
  it('3, 6 and 2 of 100, 100 and 50, one group', () => {
    const blend = blendGroup(tallies([3, 6, 2], [100, 100, 50]))!;
    expect(blend.mean).toBe(11 / 250);
    expectNear([blend.correlation], [0.002363251], 0.5e-9);
    expectNear([(1 - blend.correlation) / blend.correlation], [422.14597], 0.5e-5);
    expectNear(blend.rates, [0.041318757, 0.047064277, 0.043576402], 0.5e-9);
  });

  it.each([
    { x: [3, 0, 6, 2], n: [100, 0, 100, 50], rates: [0.041252, 0.043917, 0.046997, 0.043502] },
    { x: [0, 0, 0], n: [40, 60, 10], rates: [0.004513, 0.004477, 0.004567] },
    { x: [5, 5, 20], n: [5, 50, 200], rates: [0.587311, 0.119702, 0.105392] },
  ])('$x of $n, one team', ({ x, n, rates }) => {
    expectNear(blendHierarchy([tallies(x, n)])!.reps[0]!, rates, SIX_DIGITS);
  });

  it('two teams that differ more than their reps', () => {
    const blend = blendHierarchy([
      tallies([10, 12, 8], [200, 200, 200]),
      tallies([30, 26, 34], [200, 200, 200]),
    ])!;
    expectNear(blend.reps.flat(), [0.052148, 0.053417, 0.050878, 0.147852, 0.145313, 0.150391], SIX_DIGITS);
    expectNear(blend.teams, [0.05246, 0.14754], 0.5e-5);
    expectNear([blend.company], [0.1], 1e-12);
  });

  it('nothing anywhere is no rate', () => {
    expect(blendGroup(tallies([0, 0], [0, 0]))).toBeNull();
    expect(blendGroup([])).toBeNull();
    expect(blendHierarchy([tallies([0], [0]), tallies([0], [0])])).toBeNull();
    expect(blendHierarchy([])).toBeNull();
  });
});

it('pools, and keeps half a record away from none and all', () => {
  expect(pooledRate(tallies([3, 6, 2], [100, 100, 50]))).toBe(11 / 250);
  expect(pooledRate(tallies([0, 0], [40, 60]))).toBe(0.5 / 101);
  expect(pooledRate(tallies([40, 60], [40, 60]))).toBe(100.5 / 101);
  expect(pooledRate(tallies([0], [0]))).toBeNull();
});

interface OracleCase {
  readonly x: readonly number[];
  readonly n: readonly number[];
  readonly team: readonly number[];
  readonly nt: number;
  readonly rep: readonly number[];
  readonly teamRate: readonly number[];
  readonly company: number;
}

/** Cases computed elsewhere; a unit's rate stands at its place in `x`. */
function checkOracle(file: string | URL, least: number): void {
  const { hier } = JSON.parse(readFileSync(file, 'utf8')) as { hier: OracleCase[] };
  expect(hier.length).toBeGreaterThanOrEqual(least);
  for (const { x, n, team, nt, rep, teamRate, company } of hier) {
    const members = Array.from({ length: nt }, (_, number) =>
      team.flatMap((of, index) => (of === number ? [index] : [])),
    );
    const blend = blendHierarchy(
      members.map((indexes) => indexes.map((index) => ({ converted: x[index]!, entered: n[index]! }))),
    )!;
    expectNear([blend.company], [company], 1e-12);
    expectNear(blend.teams, teamRate, 1e-12);
    for (const [number, indexes] of members.entries())
      expectNear(
        blend.reps[number]!,
        indexes.map((index) => rep[index]!),
        1e-12,
      );
  }
}

describe('computed cases', () => {
  const all = sharedPath('oracles/shrinkage.json');
  it('twenty of them', () =>
    checkOracle(new URL('../../fixtures/oracles/shrinkage.json', import.meta.url), 20));
  it.skipIf(!existsSync(all))('all two hundred', () => checkOracle(all, 200));
});

describe('laws', () => {
  const tally = fc
    .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 100 }))
    .map(([entered, share]) => ({ converted: Math.round((entered * share) / 100), entered }));
  const group = fc.array(tally, { minLength: 1, maxLength: 8 });

  it('a blended rate lies between the ratio of its own records and what it is drawn to', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (teams) => {
        const blend = blendHierarchy(teams);
        fc.pre(blend !== null);
        for (const [team, reps] of teams.entries()) {
          const drawnTo = blend!.teams[team]!;
          for (const [index, { converted, entered }] of reps.entries()) {
            const rate = blend!.reps[team]![index]!;
            expect(rate > 0 && rate < 1).toBe(true);
            if (entered === 0) expect(rate).toBeCloseTo(drawnTo, 12);
            const own = entered === 0 ? drawnTo : converted / entered;
            expect(rate).toBeGreaterThanOrEqual(Math.min(own, drawnTo) - 1e-12);
            expect(rate).toBeLessThanOrEqual(Math.max(own, drawnTo) + 1e-12);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('of two with the same ratio the one with more records stays nearer to it', () => {
    fc.assert(
      fc.property(group, tally, (others, { converted, entered }) => {
        fc.pre(entered > 0);
        const small = { converted, entered };
        const large = { converted: 5 * converted, entered: 5 * entered };
        const [first, second] = blendGroup([small, large, ...others])!.rates;
        const own = converted / entered;
        expect(Math.abs(second! - own)).toBeLessThanOrEqual(Math.abs(first! - own) + 1e-12);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('the order of the units does not matter', () => {
    fc.assert(
      fc.property(group, (units) => {
        const blend = blendGroup(units);
        fc.pre(blend !== null);
        expectNear(blendGroup([...units].reverse())!.rates, [...blend!.rates].reverse(), 1e-12);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
