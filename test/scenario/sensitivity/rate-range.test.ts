/** Ranges of rates: 80 % of where a rate may lie, by its counts or as it was measured. */
import { describe, expect, it } from 'vitest';
import { betaQuantile } from '../../../src/chance/beta.ts';
import { at } from '../../../src/problem.ts';
import type { RateAnswer } from '../../../src/rates/rate-table.ts';
import { takenRange } from '../../../src/scenario/sensitivity/range.ts';
import { rateRange } from '../../../src/scenario/sensitivity/rate-range.ts';

function answer(of: Partial<RateAnswer>): RateAnswer {
  return {
    value: 0.25,
    basis: 'counted',
    records: 40,
    converted: 10,
    measured: null,
    answeredBy: 'all',
    set: null,
    unchanged: null,
    scope: { team: null, rep: null, source: null },
    where: at('rates.csv', 2),
    ...of,
  };
}

const counts = (converted: number, records: number): RateAnswer =>
  answer({ value: converted / records, converted, records });

const measured = (value: number, effective: number, ends: { low: number | null; high: number | null }) =>
  answer({ value, basis: 'measured', measured: { effective, ...ends } });

describe('the range of a counted rate', () => {
  it('reaches from the tenth to the ninetieth percentile of Beta(x + ½, n − x + ½)', () => {
    const shape = { first: 10 + 0.5, second: 40 - 10 + 0.5 };
    expect(rateRange([counts(10, 40)])).toEqual({
      low: betaQuantile(0.1, shape),
      base: 10 / 40,
      high: betaQuantile(0.9, shape),
      basis: 'counted',
    });
  });

  it('of 373 of 1,498 is 23.5 to 26.4 %', () => {
    const { low, high } = rateRange([counts(373, 1498)])!;
    expect(low).toBeCloseTo(0.2349, 4);
    expect(high).toBeCloseTo(0.2636, 4);
  });

  it('of several is that of all their records together', () => {
    const { low, base, high } = rateRange([counts(10, 40), counts(50, 100)])!;
    const together = rateRange([counts(60, 140)])!;
    expect(base).toBeCloseTo(60 / 140, 14);
    expect([low, high]).toEqual([together.low, together.high]);
  });

  it('that was drawn to others lies around what is used', () => {
    const { low, base, high } = rateRange([answer({ value: 0.1, converted: 10, records: 40 })])!;
    const shape = { first: 0.1 * 40 + 0.5, second: 0.9 * 40 + 0.5 };
    expect([low, base, high]).toEqual([betaQuantile(0.1, shape), 0.1, betaQuantile(0.9, shape)]);
  });

  it('of 0 stands at half a record, of 1 holds the 1', () => {
    expect(rateRange([answer({ value: 0.5 / 41, converted: 0, records: 40 })])!.low).toBe(
      betaQuantile(0.1, { first: 0.5, second: 40.5 }),
    );
    expect(rateRange([counts(40, 40)])!.high).toBe(1);
  });
});

describe('the range of a measured rate', () => {
  it('is its own interval', () => {
    expect(rateRange([measured(0.25, 38, { low: 0.2, high: 0.31 })])).toEqual({
      low: 0.2,
      base: 0.25,
      high: 0.31,
      basis: 'measured',
    });
  });

  it('of two is weighed by their records, doubts added up in squares', () => {
    const range = rateRange([
      measured(0.2, 300, { low: 0.17, high: 0.24 }),
      measured(0.4, 100, { low: 0.36, high: 0.43 }),
    ])!;
    const base = (0.2 * 300 + 0.4 * 100) / 400;
    expect(range.base).toBeCloseTo(base, 14);
    expect(range.low).toBeCloseTo(base - Math.hypot(0.03 * 300, 0.04 * 100) / 400, 14);
    expect(range.high).toBeCloseTo(base + Math.hypot(0.04 * 300, 0.03 * 100) / 400, 14);
    expect(range.basis).toBe('measured');
  });

  it('without an interval is that of the records that have had the time to convert', () => {
    const { low, high } = rateRange([measured(0.25, 8, { low: null, high: null })])!;
    const shape = { first: 0.25 * 8 + 0.5, second: 0.75 * 8 + 0.5 };
    expect(low).toBeCloseTo(betaQuantile(0.1, shape), 14);
    expect(high).toBeCloseTo(betaQuantile(0.9, shape), 14);
  });

  it('beside a counted one is counted', () => {
    const both = [measured(0.25, 38, { low: 0.2, high: 0.31 }), counts(10, 40)];
    expect(rateRange(both)!.basis).toBe('counted');
  });
});

describe('a rate that somebody typed', () => {
  const typed = answer({ basis: 'typed', records: null, converted: null });

  it('has no range of its own, nor has one of which a part is typed, nor one of no records', () => {
    expect(rateRange([typed])).toBeNull();
    expect(rateRange([counts(10, 40), typed])).toBeNull();
    expect(rateRange([counts(0, 0)])).toBeNull();
    expect(rateRange([])).toBeNull();
  });

  it('is taken a tenth to either side, never above what it can be', () => {
    expect(takenRange(0.5)).toEqual({ low: 0.5 * 0.9, base: 0.5, high: 0.5 * 1.1, basis: 'taken' });
    expect(takenRange(0.95, 1).high).toBe(1);
    expect(takenRange(1, 1).high).toBe(1);
  });
});
