/** An earlier coverage, as it was saved: what today's is compared with. */
import type { Day } from '../period/day.ts';
import type { CoverageKey } from './coverage.ts';
import type { MeasureName } from './measures.ts';

export interface SavedRow extends Omit<CoverageKey, 'repId'> {
  /** Such as `2027-Q1`. */
  readonly period: string;
  /** In major units; null, or not there, where it did not apply. */
  readonly measures: Readonly<Partial<Record<MeasureName, number | null>>>;
}

/** An open deal as it stood then. */
export interface SavedDeal {
  readonly id: string | null;
  readonly name: string | null;
  readonly account: string | null;
  readonly team: string | null;
  readonly rep: string | null;
  readonly territory: string | null;
  /** Minor units. */
  readonly amount: number;
  readonly closeDate: Day | null;
}

export interface SavedCoverage {
  /** Of the plan it was of. */
  readonly name: string | null;
  readonly unit: string;
  readonly currency: string | null;
  readonly asOf: Day;
  readonly rows: readonly SavedRow[];
  /** Null where it was saved without its deals. */
  readonly deals: readonly SavedDeal[] | null;
}
