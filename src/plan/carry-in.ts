/** What existing records bring by month: closes, and arrivals at the stages between; counted, named or assumed. */
import { filled } from '../funnel/series.ts';
import { arriving } from './activity.ts';
import {
  assumedShares,
  countedArrivals,
  type Existing,
  type Known,
  knownBetween,
  stillOf,
  type Way,
} from './existing.ts';

/** What is expected, and how much of it rests on counts rather than on assuming the plan's own pace. */
export interface Expected {
  readonly expected: number[];
  readonly assumed: number[];
  /** The part that named open records bring, after the as-of day. */
  readonly inHand: number[];
  /** The part that records at earlier stages than those bring, after the as-of day. */
  readonly early: number[];
}

/**
 * Closes expected in each month from records that exist, for records from stage `from` on. Open records of the
 * pipeline bring their chances, counted ones count × yield by the curve; those at earlier stages, and all where
 * nothing is known, are assumed to be what the smoothed quota needed. Months that are over: what closed, where that
 * is known.
 */
export function carryIn(existing: Existing, smoothed: number[], from: number): Expected {
  const { clock, activity, path, past } = existing;
  const length = smoothed.length;
  const { last } = path;
  if (past === null && existing.inHand === null) {
    const share = existing.shares(activity, from, last);
    const expected = smoothed.map((closes, t) => closes * share[t]!);
    return { expected, assumed: expected, inHand: filled(length, 0), early: expected };
  }
  const known = knownBetween(existing, from, last);
  const { closed } = existing;
  // where nobody counted what closed, months that are over are expected like those to come
  const weight = (t: number) => (closed === null ? 1 : stillOf(clock, t));
  const way = { from, to: last, known, weight };
  const share = assumedShares(existing, way);
  const counts = countedArrivals(existing, way);
  const early = earlyCloses(existing, smoothed, { ...way, weight: (t) => stillOf(clock, t) });
  const lowest = from === path.first ? 0 : from;
  const inHand = known.named === null ? filled(length, 0) : existing.inHand!.arrivals(lowest, last, length);
  const isUnknown = closed === null && known.named !== null;
  const expected = filled(length, 0);
  const assumed = filled(length, 0);
  for (let t = 0; t < length; t++) {
    const soFar = closed !== null && t <= clock.asOfMonth ? closed[activity.back + t]! : 0;
    const over = isUnknown ? 1 - stillOf(clock, t) : 0;
    const before = over > 0 ? over * arriving(activity.known, activity.back, path.timing(from, last), t) : 0;
    assumed[t] = smoothed[t]! * (share[t]! + before);
    expected[t] = soFar + counts[t]! + inHand[t]! + assumed[t]!;
  }
  return { expected, assumed, inHand, early };
}

/** Closes after the as-of day of records that have no name in the pipeline. */
function earlyCloses(existing: Existing, smoothed: number[], way: Way): number[] {
  const share = assumedShares(existing, way);
  const counts = countedArrivals(existing, way);
  const past = existing.clock.asOfMonth;
  return smoothed.map((closes, t) => (t < past ? 0 : counts[t]! + closes * share[t]!));
}

/**
 * Arrivals at a stage from records that exist at earlier stages, after the as-of day. Where those are not known:
 * the stage's own pace × the share of arrivals that comes from before. `ownPace` is asked for as many months of
 * that pace as are needed.
 */
export function arrivalsAt(
  existing: Existing,
  stage: number,
  ownPace: (months: number) => readonly number[],
): number[] {
  const { path, activity } = existing;
  const { length } = activity;
  const known = knownBetween(existing, path.first, stage);
  const shares = uncountedShares(existing, { stage, known });
  const arrivals = filled(length, 0);
  const months = shares.findLastIndex((share) => share > 0) + 1;
  if (months > 0) {
    const pace = ownPace(months);
    for (let t = 0; t < months; t++) arrivals[t] = pace[t]! * shares[t]!;
  }
  const way = { from: path.first, to: stage, known, weight: (t: number) => stillOf(existing.clock, t) };
  const counts = countedArrivals(existing, way);
  const named = known.named === null ? null : existing.inHand!.arrivals(0, stage, length);
  for (let t = 0; t < length; t++) arrivals[t]! += counts[t]! + (named === null ? 0 : named[t]!);
  return arrivals;
}

/** Share of each month's steady arrivals at a stage that existing records bring of which nobody has a count. */
function uncountedShares(existing: Existing, of: { stage: number; known: Known }): readonly number[] {
  const { clock, activity, path } = existing;
  const isAssumed = existing.past === null && existing.inHand === null;
  if (isAssumed && clock.asOfMonth < 0) return existing.shares(activity, path.first, of.stage);
  const weight = (t: number) => stillOf(clock, t);
  return assumedShares(existing, { from: path.first, to: of.stage, known: of.known, weight });
}
