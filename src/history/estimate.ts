/** Rates, lags and deal sizes of a history, with the evidence of each. */
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import type { Problem } from '../problem.ts';
import type { Dirt } from './tallies.ts';

/** Whose numbers carry a rate: its own records blended with those above, or, where it has none, those above alone. */
export type Answered = 'company' | 'team' | 'rep' | 'too little data';

/** One transition of the company, a team or a rep, over all sources or of one. */
export interface RateEstimate {
  readonly level: 'company' | 'team' | 'rep';
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
  /** Indexes of stages; neighbours, or the first and the last. */
  readonly from: number;
  readonly to: number;
  readonly records: number;
  readonly converted: number;
  readonly lost: number;
  readonly open: number;
  /** converted ÷ records, as a spreadsheet has it; null without records. */
  readonly naive: number | null;
  /** Share that ever converts, 0..1; null where there is nothing to go by. */
  readonly rate: number | null;
  /** 80 % interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** Effective ÷ records: how much of what will convert has had the time to. */
  readonly maturity: number | null;
  /** Of those that convert, half and 80 % have done so within so many days; null where that is not known. */
  readonly medianLagDays: number | null;
  readonly lag80Days: number | null;
  readonly answeredBy: Answered;
}

export interface LagCurve {
  readonly from: number;
  readonly to: number;
  /** Null over all sources. */
  readonly source: string | null;
  /** K: share of records that have converted by the end of the month they came (0), the month after (1) …; its end is the rate. */
  readonly byMonth: readonly number[];
}

export interface DealSizeEstimate {
  readonly level: 'company' | 'team' | 'rep';
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
  readonly deals: number;
  /** Major units. */
  readonly mean: number;
  /** Standard deviation ÷ mean; null for fewer than two deals. */
  readonly variation: number | null;
}

/** Records of a month and the share of them converted by the end of 0, 1, 2 … months of age; null: not old enough. */
export interface CohortRow {
  readonly month: Month;
  readonly records: number;
  readonly shares: readonly (number | null)[];
}

export interface CohortTriangle {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly CohortRow[];
}

export interface LogStart {
  readonly from: number;
  readonly to: number;
  readonly day: Day;
  /** Whether it lies so late that records before it must be left out until then. */
  readonly isLate: boolean;
}

export interface HistoryEstimate {
  readonly asOf: Day;
  readonly stages: readonly string[];
  /** Records read. */
  readonly rows: number;
  /** Company, teams, reps; over all sources before each source; neighbours in funnel order, then first to last. */
  readonly rates: readonly RateEstimate[];
  readonly curves: readonly LagCurve[];
  readonly dealSizes: readonly DealSizeEstimate[];
  readonly triangles: readonly CohortTriangle[];
  readonly logStarts: readonly LogStart[];
  readonly dirt: readonly Dirt[];
  /** Warnings, each with what it does to the goal. */
  readonly problems: readonly Problem[];
}
