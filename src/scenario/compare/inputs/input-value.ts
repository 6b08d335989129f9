/** What an input of a plan is, typed: how it is written is for reports to say. */
import type { Day } from '../../../period/day.ts';
import type { FiscalCalendar } from '../../../period/fiscal.ts';
import type { Month } from '../../../period/month.ts';
import type { Scope } from '../../../rates/rate-row.ts';

/** Null: from the beginning, to the end. */
export interface Stay {
  readonly start: Day | null;
  readonly end: Day | null;
}

export type InputValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'yes_no'; readonly yes: boolean }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'rate'; readonly share: number }
  | { readonly kind: 'shares'; readonly shares: readonly number[] }
  /** What each month of the fiscal year stands for. */
  | { readonly kind: 'seasons'; readonly shares: readonly number[] }
  /** Minor units of the side's own money, or hundredths of deals. */
  | { readonly kind: 'amount'; readonly hundredths: number }
  | { readonly kind: 'deal_size'; readonly hundredths: number }
  | { readonly kind: 'wait'; readonly months: number }
  | { readonly kind: 'months'; readonly from: Month; readonly to: Month }
  | { readonly kind: 'calendar'; readonly calendar: FiscalCalendar }
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'stages'; readonly stages: readonly string[] }
  /** The days somebody is there, the last stay first. */
  | { readonly kind: 'dates'; readonly stays: readonly Stay[] }
  /** What somebody is called. */
  | { readonly kind: 'name'; readonly name: string }
  /** Where somebody is, and when: the last stay first, none where that is the same. */
  | { readonly kind: 'place'; readonly team: string | null; readonly stays: readonly Stay[] }
  /** Records that somebody can work in a month. */
  | { readonly kind: 'capacity'; readonly records: number }
  /** Records that reached the first counted stages, and the rows that count them. */
  | { readonly kind: 'counts'; readonly rows: number; readonly records: number }
  | { readonly kind: 'records'; readonly records: number; readonly open: number; readonly hundredths: number }
  | { readonly kind: 'file'; readonly sha256: string };

/** An input under its key of the plan file, or the nearest to it, and whom it speaks of. */
export interface InputKey extends Scope {
  readonly key: string;
}

export interface Input extends InputKey {
  readonly value: InputValue;
}

/** An input that is not the same in both; null where a plan does not have it. */
export interface InputDifference extends InputKey {
  readonly a: InputValue | null;
  readonly b: InputValue | null;
}

const EVERYBODY: Scope = { team: null, rep: null, source: null };

export function input(key: string, value: InputValue, scope: Partial<Scope> = {}): Input {
  return { ...EVERYBODY, ...scope, key, value };
}
