/** Quotas as they are given, and as they are carried: month by month by a rep, a team or the company. */
import type { Month } from '../period/month.ts';
import type { Where } from '../problem.ts';
import type { Rep } from './rep.ts';

/** What a rep, a team (rep null) or the company (both null) is to close in a period. */
export interface Quota {
  readonly team: string | null;
  readonly rep: Rep | null;
  readonly first: Month;
  readonly last: Month;
  /** Whole minor units: cents of the currency, or hundredths of deals. */
  readonly amount: number;
  readonly where: Where;
}

export type Level = 'company' | 'team' | 'rep';

/**
 * Who carries a quota. A team that has reps of its own carries (as `open`) what falls into months in which nobody
 * is there.
 */
export interface Carrier {
  readonly level: Level;
  readonly team: string | null;
  readonly rep: Rep | null;
  readonly open: boolean;
  /** Minor units by month from the first plan month on; 0 where nothing is given. */
  readonly quota: number[];
  /** 1 where a quota was given for the month. */
  readonly given: Uint8Array;
  /** The row of input that gave the first month; where a message points. */
  readonly where: Where;
}

/** How quotas become months. */
export interface SpreadRules {
  readonly from: Month;
  /** Months from `from` on for which quotas may be given: the plan and what lies after it. */
  readonly months: number;
  readonly ramp: readonly number[];
  /** Whether quotas already allow for ramp (their total is kept), or are those of a ramped rep. */
  readonly includeRamp: boolean;
  /** Weight of a calendar month in its fiscal year. */
  readonly season: (month: Month) => number;
  /** Which wins where a team and those below it both have a quota for a month; null: that is an error. */
  readonly sizeOn: 'reps' | 'team' | null;
}
