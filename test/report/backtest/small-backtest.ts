/** A backtest made by hand: eight quarters of a funnel from lead to deal, the last not known yet. */
import type { BacktestResult, BacktestRow } from '../../../src/history/backtest.ts';
import { dayOf } from '../../../src/period/day.ts';
import { AS_OF, STAGES } from '../../support/history-estimate.ts';

function origin(year: number, month: number, of: Partial<BacktestRow> = {}): BacktestRow {
  const day = month === 6 || month === 9 ? 30 : 31;
  return {
    asOf: dayOf(year, month, day)!,
    from: 0,
    to: 3,
    records: 1_000 + 100 * month,
    truth: 0.038,
    leadgoal: 0.0412345678912,
    naive: 0.0251,
    wonOfClosed: 0.046,
    lastYear: null,
    low: 0.0361,
    high: 0.0442,
    inside: true,
    ...of,
  };
}

export const BACKTEST: BacktestResult = {
  rows: [
    origin(2025, 3),
    origin(2025, 6, { leadgoal: 0.031, low: 0.028, high: 0.034, inside: false }),
    origin(2025, 9),
    origin(2025, 12, { lastYear: 0.0351 }),
    origin(2026, 3, { lastYear: 0.0362, truth: 0.0401 }),
    origin(2026, 6, { lastYear: 0.0377, truth: null, inside: null }),
  ],
  summary: {
    rows: 5,
    inside: 4,
    insideLow: 0.4,
    insideHigh: 1,
    errors: [
      { method: 'won_of_closed', rms: 0.1908, bias: 0.19 },
      { method: 'leadgoal', rms: 0.1133, bias: 0.0123456 },
      { method: 'naive', rms: 0.4121, bias: -0.41 },
      { method: 'last_year', rms: 0.0953, bias: -0.09 },
    ],
    pinball: 0.00123456,
    brier: 0.0365,
  },
};

export const HISTORY = { asOf: AS_OF, stages: STAGES, rows: 12_000 };

/** A history too young for any truth. */
export const NOTHING: BacktestResult = {
  rows: [],
  summary: { rows: 0, inside: 0, insideLow: 0, insideHigh: 1, errors: [], pinball: null, brier: null },
};
