/** Timing from lags: known values, and the laws of adding waits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lag, meanWait } from '../../src/funnel/lag.ts';
import { yieldOver } from '../../src/funnel/rate.ts';
import { arrivedBy, monthsUntil, timingOf, timingOver } from '../../src/funnel/timing.ts';
import { DAYS_PER_MONTH } from '../../src/period/month.ts';

const wait = (months: number): Lag => ({ kind: 'duration', months });
const days = (count: number): Lag => wait(count / DAYS_PER_MONTH);
const shares = (...parts: number[]): Lag => ({ kind: 'shares', shares: parts });

function expectShares(lags: readonly (Lag | null)[], wanted: readonly number[]): void {
  const { share } = timingOver(lags);
  expect(share).toHaveLength(wanted.length);
  for (const [month, value] of wanted.entries()) expect(share[month]).toBeCloseTo(value, 12);
}

describe('timing', () => {
  it('is at once where no wait is given', () => {
    expectShares([], [1]);
    expectShares([null, null], [1]);
    expectShares([wait(0), null], [1]);
  });

  it('of a fixed wait of 1.25 months is three quarters in the next, a quarter in the one after', () => {
    expectShares([wait(1.25)], [0, 1 - 0.25, 0.25]);
    expectShares([wait(2)], [0, 0, 1]);
  });

  it('adds fixed waits before cutting them into months', () => {
    const f = 30 / DAYS_PER_MONTH;
    expectShares([days(15), days(15)], [1 - f, f]);
    // month by month it would be smeared over three: 25.7 %, 50 %, 24.3 %
    const half = 15 / DAYS_PER_MONTH;
    const smeared = timingOver([shares(1 - half, half), shares(1 - half, half)]).share;
    expect([...smeared].map((share) => Math.round(share * 1000))).toEqual([257, 500, 243]);
    expect(Math.abs(smeared[0]! - (1 - f))).toBeCloseTo(0.24, 2);
  });

  it('of shares by month is that of two dice', () => {
    expectShares([shares(0.5, 0.5), shares(0.5, 0.5)], [0.25, 0.5, 0.25]);
    expectShares(
      [shares(0.1, 0.4, 0.5), shares(0.2, 0.8)],
      [0.1 * 0.2, 0.1 * 0.8 + 0.4 * 0.2, 0.4 * 0.8 + 0.5 * 0.2, 0.5 * 0.8],
    );
  });

  it('of shares and fixed waits together is the shares after the sum of the waits', () => {
    expectShares(
      [wait(0.5), shares(0.3, 0.7), wait(0.75)],
      [0, 0.3 * 0.75, 0.3 * 0.25 + 0.7 * 0.75, 0.7 * 0.25],
    );
  });
});

describe('what has arrived', () => {
  const timing = timingOf([0.2, 0.5, 0.3]);
  it('runs up to all of it', () => {
    expect([-1, 0, 1, 2, 3, 99].map((month) => arrivedBy(timing, month))).toEqual([0, 0.2, 0.7, 1, 1, 1]);
  });
  it('is told by the month in which a share is reached', () => {
    expect([0.1, 0.2, 0.21, 0.7, 0.8, 1].map((share) => monthsUntil(timing, share))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
    expect(monthsUntil(timingOf([1]), 0.8)).toBe(0);
    expect(monthsUntil(timingOf([0.1, 0.7, 0.2]), 0.1 + 0.7)).toBe(1);
  });
});

describe('laws', () => {
  const lag: fc.Arbitrary<Lag | null> = fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 200 }).map(days),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }).map((parts) => {
      const total = parts.reduce((sum, part) => sum + part, 1);
      return shares(...parts.map((part, index) => (part + (index === 0 ? 1 : 0)) / total));
    }),
  );
  const lags = fc.array(lag, { maxLength: 5 });

  it('all arrive, none twice; the mean wait is the sum of the mean waits', () => {
    fc.assert(
      fc.property(lags, (given) => {
        const timing = timingOver(given);
        const sum = [...timing.share].reduce((total, share) => total + share, 0);
        expect(sum).toBeCloseTo(1, 9);
        expect(Math.min(...timing.share)).toBeGreaterThanOrEqual(0);
        expect(timing.cumulative[timing.cumulative.length - 1]).toBeCloseTo(1, 9);
        const mean = [...timing.share].reduce((total, share, month) => total + share * month, 0);
        expect(mean).toBeCloseTo(
          given.reduce((total, each) => total + meanWait(each), 0),
          9,
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('the order of the transitions does not matter', () => {
    fc.assert(
      fc.property(lags, (given) => {
        const backwards = timingOver([...given].reverse()).share;
        for (const [month, share] of timingOver(given).share.entries())
          expect(backwards[month]).toBeCloseTo(share, 12);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

describe('means and products', () => {
  it('the mean wait of 10 % now, 40 % next month and 50 % the month after is 1.4 months', () => {
    expect(meanWait(shares(0.1, 0.4, 0.5))).toBeCloseTo(0.4 + 2 * 0.5, 12);
    expect(meanWait(wait(2.5))).toBe(2.5);
    expect(meanWait(null)).toBe(0);
  });
  it('the yield of 50 %, 40 % and 25 % is 5 %; of nothing it is 1', () => {
    expect(yieldOver([0.5, 0.4, 0.25])).toBe(0.5 * 0.4 * 0.25);
    expect(yieldOver([])).toBe(1);
  });
});
