/** What tracking finds: agreed goals against what was reached, goals for what is left, where it will come out. */
import type { Day } from '../period/day.ts';
import type { Clock } from '../plan/clock.ts';
import type { LineKey } from '../plan/line.ts';
import type { PlanModel } from '../plan/model.ts';
import type { PlanPeriod } from '../plan/row.ts';

/** Series of one row and stage by plan month; NaN where there is no number. */
export interface TrackSeries {
  readonly agreed: number[];
  /** Up to the as-of day. */
  readonly actual: number[];
  /** What was agreed for those whom the actuals do not count, up to the as-of day. */
  readonly uncounted: number[];
  /** Whole goals for what is left, from the as-of day on. */
  readonly left: number[];
  /** What is still to come at today's pace. */
  readonly coming: number[];
}

/** A row: a rep, a territory, a team or the company; of one source, of all, or of an owner's sources together. */
export interface TrackLine extends LineKey {
  /** Whether it has goals of its own, rather than the sum of others'. */
  readonly finest: boolean;
  readonly stages: readonly TrackSeries[];
}

/** One row, stage and period. Records; null where a number does not apply. */
export interface TrackRow {
  readonly key: LineKey;
  readonly stage: number;
  readonly period: PlanPeriod;
  /** The agreed goal of the whole period. */
  readonly agreed: number | null;
  /** The part of it that was due by the as-of day. */
  readonly due: number | null;
  readonly actual: number | null;
  /** Whether the actuals leave out some for whom goals were agreed: then nothing is ahead or behind. */
  readonly isPartial: boolean;
  /** Actual ÷ agreed. */
  readonly attainment: number | null;
  /** Actual less due. */
  readonly ahead: number | null;
  /** How many days earlier or later the agreed goals had been at what is reached today. */
  readonly aheadDays: number | null;
  readonly goalLeft: number | null;
  /** Actual and what is still to come at today's pace. */
  readonly estimate: number | null;
}

export interface Track {
  readonly model: PlanModel;
  readonly clock: Clock;
  /** The day the agreed goals were made; null where they were recomputed. */
  readonly agreedOn: Day | null;
  /** Whether the as-of day lies before the plan, in it, or on its last day or later. */
  readonly when: 'before' | 'during' | 'over';
  /** By level, team, rep, territory, source, owner. */
  readonly lines: readonly TrackLine[];
}
