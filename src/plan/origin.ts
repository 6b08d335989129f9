/** Where the plan's closes come from: what is over, records that exist, leads to come, and what has no source. */
import type { Clock } from './clock.ts';
import type { PlannedUnit } from './prepare.ts';

/** Minor units over the plan's months and all sources; closes × deal size. They add up to `quota`. */
export interface Origin {
  quota: number;
  closed: number;
  /** Of open records of the pipeline. */
  named: number;
  /** Of records at earlier stages, counted or assumed. */
  early: number;
  /** Of sources that need no leads. */
  withoutLeads: number;
  /** With no source in time, whether caught up later or not. */
  late: number;
  /** What new leads must bring: the rest. */
  fresh: number;
}

export function emptyOrigin(): Origin {
  return { quota: 0, closed: 0, named: 0, early: 0, withoutLeads: 0, late: 0, fresh: 0 };
}

/** Adds a unit; `perClose` is its deal size in minor units (hundredths of a deal). */
export function addOrigin(
  origin: Origin,
  planned: PlannedUnit,
  { clock, back, perClose }: { readonly clock: Clock; readonly back: number; readonly perClose: number },
): void {
  const { unit, path, closes } = planned;
  const inPlan = (series: readonly number[]) =>
    series.slice(0, clock.months).reduce((sum, value) => sum + value, 0) * perClose;
  const quota = inPlan(closes);
  origin.quota += quota;
  const known = planned.closed?.slice(back) ?? [];
  const closed = inPlan(known.slice(0, Math.max(0, clock.asOfMonth + 1)));
  if (path.first === path.last) {
    origin.closed += Math.min(closed, quota);
    origin.withoutLeads += Math.max(0, quota - closed);
    return;
  }
  const named = inPlan(unit.carryIn.inHand);
  const expected = inPlan(unit.carryIn.expected) - closed;
  const late =
    unit.gaps.reduce((sum, gap) => (gap.first < clock.months ? sum + gap.closes : sum), 0) * perClose;
  origin.closed += closed;
  origin.named += named;
  origin.early += expected - named;
  origin.late += late;
  origin.fresh += quota - closed - expected - late;
}
