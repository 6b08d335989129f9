/** How well a rate is known: of typed, counted and measured ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/problem.ts';
import { estimateSpread } from '../../src/rates/evidence.ts';
import type { RateAnswer } from '../../src/rates/rate-table.ts';

const SCOPE = { team: null, rep: null, source: null };

const answer = (parts: Partial<RateAnswer>): RateAnswer => ({
  value: 0.1,
  basis: 'measured',
  records: 1000,
  converted: 100,
  measured: null,
  answeredBy: 'all',
  set: null,
  unchanged: null,
  scope: SCOPE,
  where: at('rates.yaml', 9),
  ...parts,
});

describe('the spread of an estimate', () => {
  it('is nothing of a typed share', () => {
    expect(estimateSpread(answer({ basis: 'typed', records: null, converted: null }))).toBe(0);
  });

  it('is that of the posterior of counts', () => {
    const counted = answer({ basis: 'counted', records: 100, converted: 10 });
    const mean = 10.5 / 101;
    expect(estimateSpread(counted)).toBeCloseTo((mean * (1 - mean)) / 102 / mean ** 2, 12);
    expect(estimateSpread(counted)).toBeCloseTo(0.0845, 4);
  });

  it('is that of the 80 % interval of a measured rate', () => {
    const measured = { effective: 1000, low: 0.1 * (1 - 0.12815515655), high: 0.1 * (1 + 0.12815515655) };
    // one standard deviation is a tenth of the rate
    expect(estimateSpread(answer({ measured }))).toBeCloseTo(0.1 ** 2, 9);
    const known = { effective: 9590, low: 0.036, high: 0.041 };
    expect(estimateSpread(answer({ value: 0.039, measured: known }))).toBeCloseTo(
      (0.005 / 2.5631 / 0.039) ** 2,
      6,
    );
  });

  it('without an interval is that of the records that have had the time to convert', () => {
    const measured = { effective: 500, low: null, high: null };
    expect(estimateSpread(answer({ measured }))).toBeCloseTo(0.9 / (0.1 * 502), 12);
    expect(estimateSpread(answer({ measured: { effective: 0, low: 0.1, high: 0.1 } }))).toBeCloseTo(4.5, 12);
  });

  it('grows with the interval, and never is less than nothing', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(share, share, share, (value, below, above) => {
        const spreadOf = (part: number) => {
          const low = value * (1 - part * below);
          const high = value + part * above * (1 - value);
          return estimateSpread(answer({ value, measured: { effective: 100, low, high } }));
        };
        expect(spreadOf(1)).toBeGreaterThan(spreadOf(0.5));
        expect(spreadOf(0.5)).toBeGreaterThan(0);
      }),
    );
  });
});
