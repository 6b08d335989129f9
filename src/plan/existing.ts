/** Records that exist on the as-of day: on what way they are, where they are known, and the arrivals they bring. */
import { filled } from '../funnel/series.ts';
import type { Timing } from '../funnel/timing.ts';
import { type Activity, arriving } from './activity.ts';
import type { Clock } from './clock.ts';
import type { InHand } from './in-hand.ts';
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
  /** What closed by month, in closes of the unit's deal size; null where nobody knows. As long as the past. */
  readonly closed: readonly number[] | null;
  /** Open records by name; null where there is no pipeline. */
  readonly inHand: InHand | null;
}

/**
 * Where existing records are known on the way from `from` to `to`: each once. Those at `named` and later stages are
 * in the pipeline; those before it are counted from `counted` on; those before that are assumed. Null: none are.
 */
export interface Known {
  readonly counted: number | null;
  readonly named: number | null;
}

export function knownBetween({ past, inHand }: Existing, from: number, to: number): Known {
  const first = inHand === null ? null : Math.max(inHand.firstStage, from);
  const named = first !== null && first < to ? first : null;
  for (let stage = from; past !== null && stage < (named ?? to); stage++)
    if (past.counts[stage]) return { counted: stage, named };
  return { counted: null, named };
}

/** Part of a month that lies after the as-of day. */
export function stillOf({ asOfMonth, gone }: Clock, month: number): number {
  return month < asOfMonth ? 0 : month === asOfMonth ? 1 - gone : 1;
}

export interface Way {
  readonly from: number;
  readonly to: number;
  readonly known: Known;
  /** Part of a month's arrivals that is expected: as a rule that after the as-of day. */
  readonly weight: (month: number) => number;
}

/** Share of each month's steady arrivals that records at stages before the known ones bring. */
export function assumedShares(existing: Existing, { from, to, known, weight }: Way): number[] {
  const { activity, path } = existing;
  const { back, between } = activity;
  const whole = path.timing(from, to);
  const begin = known.counted ?? known.named;
  const early = begin === null || begin === from ? null : earlyArrivals(existing, { from, to: begin });
  const shares = filled(activity.length, 0);
  for (let t = 0; t < shares.length; t++) {
    let share = arriving(between, back, whole, t);
    if (begin === null) share += arriving(activity.known, back, whole, t);
    const arrived = early === null ? 0 : arriving(early, back, path.timing(begin as number, to), t);
    shares[t] = weight(t) * share + arrived;
  }
  return shares;
}

/** Arrivals after the as-of day of counted records: straight, or by way of the stage where the pipeline begins. */
export function countedArrivals(existing: Existing, { to, known, weight }: Way): number[] {
  const { clock, activity, path } = existing;
  const { length } = activity;
  const arrivals = filled(length, 0);
  const { counted, named } = known;
  if (counted === null) return arrivals;
  if (named === null) {
    for (let t = 0; t < length; t++)
      arrivals[t] = weight(t) * countsArriving(existing, { from: counted, to, month: t });
    return arrivals;
  }
  const moving = filled(activity.back + length, 0);
  for (let t = clock.asOfMonth; t < length; t++) {
    if (activity.back + t < 0) continue;
    moving[activity.back + t] =
      stillOf(clock, t) * countsArriving(existing, { from: counted, to: named, month: t });
  }
  const rate = path.yield(named, to);
  const timing = path.timing(named, to);
  for (let t = Math.max(0, clock.asOfMonth); t < length; t++)
    arrivals[t] = rate * arriving(moving, activity.back, timing, t);
  return arrivals;
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
    const still = stillOf(clock, month);
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
