/** Records that exist on the as-of day: the closes and the arrivals at later stages still to be expected of them. */
import { filled } from '../funnel/series.ts';
import type { Timing } from '../funnel/timing.ts';
import { type Activity, arriving } from './activity.ts';
import type { Clock } from './clock.ts';
import type { Past } from './past.ts';

/** The way from a source's first stage to close: timing and yield between any two of its stages. */
export interface Path {
  /** Index of the first stage. */
  readonly first: number;
  /** Index of the last stage, close. */
  readonly last: number;
  readonly timing: (from: number, to: number) => Timing;
  readonly yield: (from: number, to: number) => number;
}

export interface Existing {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly path: Path;
  /** Share of a month's steady arrivals at `to` that records which exist at `from` bring: known and assumed alike. */
  readonly shares: (activity: Activity, from: number, to: number) => readonly number[];
  /** Null where nothing was counted. */
  readonly past: Past | null;
}

/** What is expected, and how much of it rests on counts rather than on assuming the plan's own pace. */
export interface Expected {
  readonly expected: number[];
  readonly assumed: number[];
}

/** The first stage before close that was counted, at or after `from`; null where none was. */
function firstCounted({ past, path }: Existing, from: number): number | null {
  if (past === null) return null;
  for (let stage = from; stage < path.last; stage++) if (past.counts[stage]) return stage;
  return null;
}

/**
 * Closes expected in each month from records that exist, for records from stage `from` on. Counted records bring
 * count × yield by the curve; those at earlier stages, and all where nothing is counted, are assumed to be what the
 * smoothed quota needed. Months that are over: what closed, where that is known.
 */
export function carryIn(existing: Existing, smoothed: number[], from: number): Expected {
  const { clock, activity, path, past } = existing;
  const length = smoothed.length;
  if (past === null) {
    const share = existing.shares(activity, from, path.last);
    const expected = smoothed.map((closes, t) => closes * share[t]!);
    return { expected, assumed: expected };
  }
  const expected = filled(length, 0);
  const assumed = filled(length, 0);
  const toClose = path.timing(from, path.last);
  const counted = firstCounted(existing, from);
  const early = counted === null || counted === from ? null : earlyArrivals(existing, { from, to: counted });
  const closed = past.counts[path.last] ?? null;
  for (let t = 0; t < length; t++) {
    let fromCounts = 0;
    let share = arriving(activity.between, activity.back, toClose, t);
    if (counted === null) share += arriving(activity.known, activity.back, toClose, t);
    else fromCounts = countsArriving(existing, { from: counted, to: path.last, month: t });
    const arrived =
      early === null ? 0 : arriving(early, activity.back, path.timing(counted as number, path.last), t);
    const still = t < clock.asOfMonth ? 0 : t === clock.asOfMonth ? 1 - clock.gone : 1;
    const soFar = closed !== null && t <= clock.asOfMonth ? closed[activity.back + t]! : null;
    const weight = soFar === null ? 1 : still;
    assumed[t] = smoothed[t]! * (weight * share + arrived);
    expected[t] = (soFar ?? 0) + weight * fromCounts + assumed[t]!;
  }
  return { expected, assumed };
}

/**
 * Arrivals at a stage from records that exist at earlier stages, after the as-of day. Where those are not counted:
 * the stage's own pace × the share of arrivals that comes from before. `ownPace` is asked for as many months of
 * that pace as are needed.
 */
export function arrivalsAt(
  existing: Existing,
  stage: number,
  ownPace: (months: number) => readonly number[],
): number[] {
  const { clock, path } = existing;
  const shares = uncountedShares(existing, stage);
  const arrivals = filled(shares.length, 0);
  const months = shares.findLastIndex((share) => share > 0) + 1;
  if (months > 0) {
    const pace = ownPace(months);
    for (let t = 0; t < months; t++) arrivals[t] = pace[t]! * shares[t]!;
  }
  const counted = firstCounted(existing, path.first);
  if (counted === null || counted >= stage) return arrivals;
  for (let t = Math.max(0, clock.asOfMonth); t < arrivals.length; t++) {
    const still = t === clock.asOfMonth ? 1 - clock.gone : 1;
    arrivals[t]! += still * countsArriving(existing, { from: counted, to: stage, month: t });
  }
  return arrivals;
}

/** Share of each month's steady arrivals at a stage that existing records bring of which nobody has a count. */
function uncountedShares(existing: Existing, stage: number): readonly number[] {
  const { clock, activity, path } = existing;
  if (existing.past === null && clock.asOfMonth < 0) return existing.shares(activity, path.first, stage);
  const { back, between, known } = activity;
  const counted = firstCounted(existing, path.first);
  const usesCounts = counted !== null && counted < stage;
  const early =
    usesCounts && counted > path.first ? earlyArrivals(existing, { from: path.first, to: counted }) : null;
  const timing = path.timing(path.first, stage);
  const shares = filled(activity.length, 0);
  for (let t = Math.max(0, clock.asOfMonth); t < shares.length; t++) {
    let share = arriving(between, back, timing, t);
    if (!usesCounts) share += arriving(known, back, timing, t);
    const arrived = early === null ? 0 : arriving(early, back, path.timing(counted as number, stage), t);
    shares[t] = (t === clock.asOfMonth ? 1 - clock.gone : 1) * share + arrived;
  }
  return shares;
}

/** Σ counts[u] × k[month − u] over months up to the as-of day. */
function countsArriving(
  { past, path, activity }: Existing,
  of: { from: number; to: number; month: number },
): number {
  const counts = past!.filled[of.from]!;
  const timing = path.timing(of.from, of.to);
  let sum = 0;
  for (let wait = 0; wait < timing.share.length; wait++) {
    const index = activity.back + of.month - wait;
    if (index >= 0 && index < counts.length) sum += counts[index]! * timing.share[wait]!;
  }
  return sum * path.yield(of.from, of.to);
}

/**
 * Share of each month's arrivals at stage `to`, after the as-of day, that comes from records then at earlier
 * stages: entry `back + v` is month v.
 */
function earlyArrivals({ clock, activity, path }: Existing, of: { from: number; to: number }): number[] {
  const timing = path.timing(of.from, of.to);
  const early = filled(activity.back + activity.length, 0);
  for (let index = 0; index < early.length; index++) {
    const month = index - activity.back;
    const still = month < clock.asOfMonth ? 0 : month === clock.asOfMonth ? 1 - clock.gone : 1;
    if (still === 0) continue;
    // records of the as-of month itself that get there within it are counted there already
    const own = month === clock.asOfMonth && month < 0 ? activity.known[index]! * timing.share[0]! : 0;
    early[index] = still * (arriving(activity.known, activity.back, timing, month) - own);
  }
  return early;
}

/** For all months: share of the steady arrivals at a later stage that activity up to the as-of day brings. */
export function existingShares(activity: Activity, timing: Timing): number[] {
  const { known, between, back, length } = activity;
  const shares = filled(length, 0);
  for (let t = 0; t < length; t++)
    shares[t] = arriving(known, back, timing, t) + arriving(between, back, timing, t);
  return shares;
}
