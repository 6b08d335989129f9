/** A record of a history as it was read: when it came to every stage, and whose it is. */
import type { Day } from '../period/day.ts';

export interface PlainRecord {
  readonly id: string | null;
  readonly rep: string | null;
  readonly team: string | null;
  readonly source: string | null;
  /** By stage, the first day it entered it; null where it did not, or nobody knows. */
  readonly days: readonly (Day | null)[];
  readonly lost: Day | null;
  /** Major units; null where there is none. */
  readonly amount: number | null;
}
