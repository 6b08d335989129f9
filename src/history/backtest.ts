/** Goals as they would have been made on earlier days, beside what came of them. */
import type { Day } from '../period/day.ts';
import { addMonths, monthOfDay } from '../period/month.ts';
import { summaryOf } from './scores.ts';
import { transitionsOf } from './slice.ts';
import type { HistoryTallies } from './tallies.ts';
import { cohortInterval, type Dated, hasYear, isSettled, overallOf, yearOf } from './year-cohort.ts';

export type BacktestMethod = 'leadgoal' | 'naive' | 'won_of_closed' | 'last_year';

/**
 * One transition as it was estimated on an earlier day (the origin), and what became of the records that had entered
 * in the twelve months before it: those of which a rate made on that day should be true, and the youngest of which
 * plain ratios get wrong. Shares 0..1, null where there was nothing to go by.
 */
export interface BacktestRow {
  /** Only what was known on this day was used. */
  readonly asOf: Day;
  /** Indexes of stages. */
  readonly from: number;
  readonly to: number;
  /** Records that had entered in the twelve months up to this day. */
  readonly records: number;
  /**
   * Share of them that had converted by the last day of the history; null where less than 95 % of those that will had
   * had the time to, and where some had entered before the log says what became of them.
   */
  readonly truth: number | null;
  /** The life table's rate over everything known on the day; null where it had too little data. */
  readonly leadgoal: number | null;
  /** Converted ÷ entered over everything known on the day. */
  readonly naive: number | null;
  /** Converted ÷ (converted + lost), the same; null where no loss was recorded. */
  readonly wonOfClosed: number | null;
  /** Converted ÷ entered, as known on the day, of the records of the twelve months before those of `records`. */
  readonly lastYear: number | null;
  /** Where leadgoal would have put the share of these records, as so many and partly known, with 80 % probability. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the truth lies in it. */
  readonly inside: boolean | null;
}

export interface BacktestError {
  readonly method: BacktestMethod;
  /** Root of the mean square of log(estimate ÷ truth). */
  readonly rms: number;
  /** Mean of log(estimate ÷ truth): below 0 where rates were too low and goals too high. */
  readonly bias: number;
}

/** Scores of the transition from the first stage to the last: goals are made with it. */
export interface BacktestSummary {
  /** Origins that could be compared with the truth. */
  readonly rows: number;
  readonly inside: number;
  /** Shares of truths inside that are consistent with 80 %, for so many intervals. */
  readonly insideLow: number;
  readonly insideHigh: number;
  /** On origins at which all of these methods had something to go by; left out is one that mostly had not. */
  readonly errors: readonly BacktestError[];
  /** Mean pinball loss at 10, 50 and 90 %; null without rows. */
  readonly pinball: number | null;
  /** Mean over records of (leadgoal's chance that it converts − whether it did)²; null without rows. */
  readonly brier: number | null;
}

export interface BacktestResult {
  readonly rows: readonly BacktestRow[];
  readonly summary: BacktestSummary;
}

/** What was known on an earlier day. */
export interface Known {
  /** The last day of a month: records are told apart by the month they entered in. */
  readonly origin: Day;
  readonly tallies: HistoryTallies;
}

export interface BacktestOptions {
  /** Months after which a record weighs half as much in leadgoal's rate; null (usual): all weigh the same. */
  readonly halfLife?: number | null;
}

/**
 * By origin, and for each neighbours in funnel order, then first to last. An origin has a row once records had been
 * coming for twelve months. The truth is of records as they are, whatever they weigh.
 */
export function backtest(
  known: readonly Known[],
  final: HistoryTallies,
  { halfLife = null }: BacktestOptions = {},
): BacktestResult {
  const ends = overallOf(final, null);
  const rows = known.flatMap(({ origin, tallies }) => {
    const starts = overallOf(tallies, halfLife);
    return starts.flatMap((start, place) =>
      hasYear(start.measure, origin) ? [rowOf(origin, { start, end: ends[place]! })] : [],
    );
  });
  const whole = transitionsOf(final.stages).at(-1);
  return { rows, summary: summaryOf(rows.filter(({ from, to }) => from === whole?.from && to === whole.to)) };
}

function rowOf(origin: Day, { start, end }: { start: Dated; end: Dated }): BacktestRow {
  const { total, slice, isLittle } = start.measure;
  const rate = isLittle ? null : start.measure.rate;
  const last = monthOfDay(origin);
  const cohort = yearOf(end, last);
  const truth = isSettled(end.measure, { ...cohort, last }) ? cohort.converted / cohort.records : null;
  const before = yearOf(start, addMonths(last, -12));
  const closed = total.converted + total.lost;
  const interval = rate === null ? null : cohortInterval(start, last);
  return {
    asOf: origin,
    from: slice.from,
    to: slice.to,
    records: cohort.records,
    truth,
    leadgoal: rate,
    naive: total.records > 0 ? total.converted / total.records : null,
    wonOfClosed: total.lost > 0 ? total.converted / closed : null,
    lastYear: before.records > 0 ? before.converted / before.records : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    inside: truth === null || interval === null ? null : truth >= interval.low && truth <= interval.high,
  };
}
