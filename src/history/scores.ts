/** How good forecasts were: errors of the rate, intervals, chances. */
import { binomialAtLeast } from '../chance/beta.ts';
import type { BacktestError, BacktestMethod, BacktestRow, BacktestSummary } from './backtest.ts';

/** A row whose truth is known and was forecast. */
type Scored = BacktestRow & Readonly<Record<'truth' | 'leadgoal' | 'low' | 'high', number>>;

const isScored = (row: BacktestRow): row is Scored =>
  row.truth !== null && row.leadgoal !== null && row.low !== null && row.high !== null;

export function summaryOf(rows: readonly BacktestRow[]): BacktestSummary {
  const scored = rows.filter(isScored);
  const { low, high } = consistentShares(scored.length);
  return {
    rows: scored.length,
    inside: scored.filter(({ inside }) => inside).length,
    insideLow: low,
    insideHigh: high,
    errors: errorsOf(scored),
    pinball: scored.length === 0 ? null : mean(scored.map(pinballOf)),
    brier: brierOf(scored),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const ESTIMATES: readonly (readonly [BacktestMethod, (row: BacktestRow) => number | null])[] = [
  ['leadgoal', ({ leadgoal }) => leadgoal],
  ['naive', ({ naive }) => naive],
  ['won_of_closed', ({ wonOfClosed }) => wonOfClosed],
  ['last_year', ({ lastYear }) => lastYear],
];

/**
 * Methods are compared on the same rows: those where all have an estimate that had one in at least half of them. Where
 * an estimate or the truth is 0 there is no ratio, as there is no goal.
 */
function errorsOf(scored: readonly Scored[]): BacktestError[] {
  const has = (row: Scored, of: (row: BacktestRow) => number | null): boolean => (of(row) ?? 0) > 0;
  const able = scored.filter(({ truth }) => truth > 0);
  const tried = ESTIMATES.filter(([, of]) => 2 * able.filter((row) => has(row, of)).length >= able.length);
  const common = able.filter((row) => tried.every(([, of]) => has(row, of)));
  if (common.length === 0) return [];
  return tried.map(([method, of]) => {
    const errors = common.map((row) => Math.log(of(row)! / row.truth));
    return { method, rms: Math.sqrt(mean(errors.map((error) => error * error))), bias: mean(errors) };
  });
}

/**
 * Mean loss of the three quantiles: what lies above a quantile q costs q times the distance, what lies below it 1 − q
 * times. Truth .05 with .03, .04, .06: (.1·.02 + .5·.01 + .1·.01) ÷ 3.
 */
function pinballOf({ truth, low, leadgoal, high }: Scored): number {
  const loss = (share: number, quantile: number): number =>
    truth >= quantile ? share * (truth - quantile) : (1 - share) * (quantile - truth);
  return mean([loss(0.1, low), loss(0.5, leadgoal), loss(0.9, high)]);
}

/** Every record was given leadgoal's rate as its chance; null without records. */
function brierOf(scored: readonly Scored[]): number | null {
  let sum = 0;
  let records = 0;
  for (const row of scored) {
    const { truth, leadgoal } = row;
    sum += row.records * (truth * (1 - leadgoal) ** 2 + (1 - truth) * leadgoal ** 2);
    records += row.records;
  }
  return records > 0 ? sum / records : null;
}

/** What an interval should hold, and how unlikely a number inside must be, from below or above, to speak against it. */
const NOMINAL = 0.8;
const UNLIKELY = 0.025;

/**
 * Shares of so many intervals that may hold the truth if each does with 80 %: 8 intervals, 4 to 8 of them (50 to
 * 100 %). Years of neighbouring origins overlap, so what lies outside says less than it seems to.
 */
export function consistentShares(intervals: number): { readonly low: number; readonly high: number } {
  if (intervals === 0) return { low: 0, high: 1 };
  const atLeast = (wanted: number): number => binomialAtLeast(wanted, { trials: intervals, chance: NOMINAL });
  let low = 0;
  while (1 - atLeast(low + 1) <= UNLIKELY) low++;
  let high = intervals;
  while (atLeast(high) <= UNLIKELY) high--;
  return { low: low / intervals, high: high / intervals };
}
