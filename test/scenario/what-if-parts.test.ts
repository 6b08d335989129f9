/** Lags, quotas and shares moved for a what-if: known values and laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lag, meanWait } from '../../src/funnel/lag.ts';
import { monthOf } from '../../src/period/month.ts';
import type { Source } from '../../src/plan/model.ts';
import { at } from '../../src/problem.ts';
import type { Quota } from '../../src/quota/quota.ts';
import type { Rep } from '../../src/quota/rep.ts';
import { withShares } from '../../src/scenario/give-way.ts';
import { movedQuotas } from '../../src/scenario/scale-quotas.ts';
import { movedLag } from '../../src/scenario/shift-lag.ts';
import { quotaOf, REPS, smallModel } from '../support/small-model.ts';

const shares = (...values: number[]): Lag => ({ kind: 'shares', shares: values });

describe('lags', () => {
  it('a month longer, in durations and in shares', () => {
    expect(movedLag({ kind: 'duration', months: 0.5 }, { kind: 'plus', value: 1 })).toEqual({
      kind: 'duration',
      months: 1.5,
    });
    expect(movedLag(shares(0.1, 0.6, 0.3), { kind: 'plus', value: 1 })).toEqual(shares(0, 0.1, 0.6, 0.3));
  });

  it('half a month longer shares each month between two', () => {
    expect(movedLag(shares(0.4, 0.6), { kind: 'plus', value: 0.5 })).toEqual(shares(0.2, 0.5, 0.3));
  });

  it('stretched by half: who waited 2 months waits 3', () => {
    expect(movedLag(shares(0.5, 0, 0.5), { kind: 'times', value: 1.5 })).toEqual(shares(0.5, 0, 0, 0.5));
  });

  it('nobody closes before they begin', () => {
    expect(movedLag(shares(0.1, 0.6, 0.3), { kind: 'plus', value: -1 })).toEqual(shares(0.7, 0.3));
    expect(movedLag({ kind: 'duration', months: 0.5 }, { kind: 'plus', value: -1 })).toEqual({
      kind: 'duration',
      months: 0,
    });
  });

  it('the mean moves exactly as much, and the shares stay the whole', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 5, noNaN: true }), fc.boolean(), (parts, by, isPlus) => {
        const whole = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(whole > 0);
        const lag = shares(...parts.map((part) => part / whole));
        const after = movedLag(lag, { kind: isPlus ? 'plus' : 'times', value: by });
        expect(meanWait(after)).toBeCloseTo(isPlus ? meanWait(lag) + by : meanWait(lag) * by, 6);
        expect(after.kind === 'shares' && after.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(
          1,
          9,
        );
      }),
    );
  });
});

describe('quotas', () => {
  const model = smallModel();
  const inPlan = (quotas: typeof model.quotas) => quotas.reduce((sum, { amount }) => sum + amount, 0);
  const ALL = { team: null, rep: null, source: null };

  it('a tenth more of all, of a team, of a rep', () => {
    const after = movedQuotas(model, ALL, { kind: 'times', value: 1.1 })!;
    expect(after.map(({ amount }) => amount)).toEqual(
      model.quotas.map(({ amount }) => Math.round(amount * 1.1)),
    );
    const [ana] = REPS;
    const ofRep = movedQuotas(model, { ...ALL, rep: ana!.name }, { kind: 'times', value: 2 })!;
    expect(inPlan(ofRep) - inPlan(model.quotas)).toBe(model.quotas.find(({ rep }) => rep === ana)!.amount);
    const ofTeam = movedQuotas(model, { ...ALL, team: ana!.team }, { kind: 'times', value: 2 })!;
    const team = model.quotas.filter(({ rep }) => rep?.team === ana!.team);
    expect(inPlan(ofTeam) - inPlan(model.quotas)).toBe(inPlan(team));
  });

  it('a total is kept to the cent', () => {
    const after = movedQuotas(model, ALL, { kind: 'to', value: 1_000_000_001 })!;
    expect(inPlan(after)).toBe(1_000_000_001);
  });

  it('where teams and reps have one, a total counts in each month what goals are sized on', () => {
    const [ana, ben] = REPS as [Rep, Rep];
    const of = (parts: Partial<Quota>): Quota => ({ ...quotaOf(ana, 0), rep: null, ...parts });
    // East as a team 100, its reps 80 together; West by its rep alone 50: 150 on the team, 130 on the reps
    const west = REPS.find(({ team }) => team === 'West')!;
    const quotas = [
      of({ team: 'East', amount: 100 }),
      of({ team: 'East', rep: ana, amount: 50 }),
      of({ team: 'East', rep: ben, amount: 30 }),
      of({ team: 'West', rep: west, amount: 50 }),
    ];
    const sized = (sizeOn: 'team' | 'reps') =>
      movedQuotas(smallModel({ quotas, sizeOn }), ALL, { kind: 'to', value: 3900 })!.map(
        ({ amount }) => amount,
      );
    expect(sized('team')).toEqual([100, 50, 30, 50].map((amount) => (amount * 3900) / 150));
    expect(sized('reps')).toEqual([100, 50, 30, 50].map((amount) => (amount * 3900) / 130));
  });

  it('of a quota that begins before the plan only its months in the plan count', () => {
    const early = { ...quotaOf(REPS[0]!, 12), first: monthOf(2026, 8), last: monthOf(2027, 7) };
    const after = movedQuotas(smallModel({ quotas: [early] }), ALL, { kind: 'to', value: 1800 })!;
    expect(after.map(({ amount }) => amount)).toEqual([1800 * 2]);
    // February to July, the first half of the fiscal year, stand for three quarters of it
    const seasonality = [3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1];
    const seasonal = smallModel({ quotas: [early], seasonality });
    expect(movedQuotas(seasonal, ALL, { kind: 'to', value: 1800 })!.map(({ amount }) => amount)).toEqual([
      (1800 / 3) * 4,
    ]);
  });

  it('of somebody without quota there is nothing to change', () => {
    expect(movedQuotas(model, { ...ALL, team: 'Nowhere' }, { kind: 'times', value: 2 })).toBeNull();
  });
});

describe('shares of sources', () => {
  const source = (name: string, share: number): Source => ({
    ...{ name, share, owner: null, startsAt: 0, where: at(null) },
  });
  const SOURCES = [
    source('inbound', 0.45),
    source('outbound', 0.25),
    source('partner', 0.1),
    source('rest', 0.2),
  ];
  const given = (moves: Parameters<typeof withShares>[1]) =>
    withShares(SOURCES, moves)?.map(({ share }) => Math.round(share * 1e6) / 1e6) ?? null;

  it('the others give way in proportion', () => {
    expect(given(new Map([['inbound', [{ kind: 'to', value: 0.5 }]]]))).toEqual([
      0.5,
      ...[0.25, 0.1, 0.2].map((share) => Math.round(((share * 0.5) / 0.55) * 1e6) / 1e6),
    ]);
  });

  it('two that were asked for both hold', () => {
    const moves = new Map([
      ['inbound', [{ kind: 'to' as const, value: 0.5 }]],
      ['outbound', [{ kind: 'plus' as const, value: 0.05 }]],
    ]);
    expect(given(moves)).toEqual([0.5, 0.3, 0.066667, 0.133333]);
  });

  it('more than the whole, or all of them short of it, cannot be', () => {
    expect(given(new Map([['inbound', [{ kind: 'to', value: 1.2 }]]]))).toBeNull();
    const all = new Map(SOURCES.map(({ name }) => [name!, [{ kind: 'to' as const, value: 0.2 }]]));
    expect(given(all)).toBeNull();
  });

  it('are always the whole', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        const shares = withShares(SOURCES, new Map([['partner', [{ kind: 'to' as const, value }]]]))!;
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});
