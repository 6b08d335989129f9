/** A plan as it was saved: the goals people were given. */
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import type { LineKey } from '../plan/line.ts';

/** The goals of one finest row and month, by stage name; null where the stage has none. */
export interface SavedGoal {
  readonly key: LineKey;
  readonly month: Month;
  readonly goals: Readonly<Record<string, number | null>>;
}

export interface SavedPlan {
  /** The file it was read from, as it was written. */
  readonly path: string;
  readonly name: string | null;
  readonly asOf: Day;
  readonly goals: readonly SavedGoal[];
}
