import { describe, expect, it } from 'vitest';
import { originsBetween } from '../../src/history/origins.ts';
import { dayOf, formatDay } from '../../src/period/day.ts';
import type { Grain } from '../../src/period/fiscal.ts';

const between = (grain: Grain, [first, last]: [[number, number, number], [number, number, number]]) =>
  originsBetween(dayOf(...first)!, dayOf(...last)!, grain).map(formatDay);

describe('the days a backtest is made on', () => {
  it.each([
    ['month', ['2026-01-31', '2026-02-28', '2026-03-31']],
    ['quarter', ['2026-03-31']],
    ['year', []],
  ] as const)('by %s', (grain, days) => {
    expect(
      between(grain, [
        [2026, 1, 15],
        [2026, 4, 29],
      ]),
    ).toEqual(days);
  });

  it('neither the first day of the history nor its last', () => {
    expect(
      between('quarter', [
        [2025, 12, 31],
        [2026, 6, 30],
      ]),
    ).toEqual(['2026-03-31']);
    expect(
      between('year', [
        [2024, 12, 30],
        [2027, 1, 1],
      ]),
    ).toEqual(['2024-12-31', '2025-12-31', '2026-12-31']);
  });
});
