/**
 * What is counted of a history in one pass over its records, by whoever reads them: small tables, from which rates,
 * lags and their evidence follow without a record.
 *
 * Transitions are counted by place: 0 … stages − 2 between neighbouring stages; stages − 1 is that from the first stage
 * to the last (there is none apart where a funnel has two stages). A record reached a stage when it entered it or a
 * later one, on the first day it did. Only what is known on the as-of day counts.
 */
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';

/** Records that reached the stage a transition starts from, by the day they did. */
export interface EnteredTally {
  readonly transition: number;
  readonly source: string | null;
  readonly day: Day;
  /** All of them. */
  readonly count: number;
  /** Those under observation: not gone before the day the log starts, where that was named. */
  readonly observed: number;
  /** Those not gone before the last six months. */
  readonly recent: number;
  /** Those neither advanced nor lost on the as-of day. */
  readonly open: number;
}

/** Records that left a stage, by whole days since they reached it. */
export interface ExitTally {
  readonly transition: number;
  readonly source: string | null;
  readonly event: 'advanced' | 'lost';
  readonly age: number;
  /** Under observation: left on the day the log starts or later, where that was named. */
  readonly count: number;
  /** Left within the last six months. */
  readonly recent: number;
}

/** Records of one rep, team and source that reached a stage, by the month they did. */
export interface UnitTally {
  readonly transition: number;
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
  readonly month: Month;
  readonly records: number;
  readonly advanced: number;
  readonly lost: number;
}

/** Of the records that reached a stage in a month, those that advanced so many whole months (30.4375 days each) later. */
export interface CohortTally {
  readonly transition: number;
  readonly month: Month;
  readonly age: number;
  readonly advanced: number;
}

/** Amounts of closed deals, in major units. */
export interface AmountTally {
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
  readonly deals: number;
  readonly sum: number;
  readonly squares: number;
}

/** What cannot be, or is not known yet, by kind; never averaged in. */
export interface Dirt {
  readonly kind: DirtKind;
  readonly count: number;
  /** The first of them, as a reader finds them again. */
  readonly rows: readonly DirtRow[];
}

/**
 * `end_before_start`: a later stage or the loss lies before the first stage; `after_as_of`: a day that is not known
 * yet; `placeholder_date`: such as 9999-12-31; `date_unreadable`; `stage_unknown`: a stage that is none of the funnel's;
 * `twice`: a record of the same id again; `id_missing`; `start_missing`: no day at all; `unmatched`: a row of a joined
 * file that no record has; `amount_impossible`: negative or unreadable.
 */
export type DirtKind =
  | 'end_before_start'
  | 'after_as_of'
  | 'placeholder_date'
  | 'date_unreadable'
  | 'stage_unknown'
  | 'twice'
  | 'id_missing'
  | 'start_missing'
  | 'unmatched'
  | 'amount_impossible';

export interface DirtRow {
  /** Place among the rows of its file, the first below the header is 1; null where the files do not tell. */
  readonly row: number | null;
  readonly file: string | null;
  readonly id: string | null;
  /** What stands there: `2018-12-07`, `Nurturing`. */
  readonly text: string | null;
}

export interface HistoryTallies {
  /** Last day whose facts are known. */
  readonly asOf: Day;
  /** The day the last six months start. */
  readonly recentFrom: Day;
  /** Where the log starts, as it was named; null: at the first recorded exit. */
  readonly logFrom: Day | null;
  readonly stages: readonly string[];
  /** Records read, good and bad. */
  readonly rows: number;
  readonly entered: readonly EnteredTally[];
  readonly exits: readonly ExitTally[];
  readonly units: readonly UnitTally[];
  readonly cohorts: readonly CohortTally[];
  readonly amounts: readonly AmountTally[];
  /** First recorded exit of each transition; null where there is none. */
  readonly firstExits: readonly (Day | null)[];
  /** Reps that stand only on closed records, with how many: their rate is not known. */
  readonly closedOnlyReps: readonly {
    readonly rep: string;
    readonly team: string | null;
    readonly records: number;
  }[];
  readonly dirt: readonly Dirt[];
}
