/**
 * A unit is one carrier's one source: the smallest thing that has a goal. This file walks it from quota to the exact
 * number of records that must reach each stage in each month.
 */
import { type Activity, arriving } from './activity.ts';
import { arrivalsAt, carryIn, type Expected } from './carry-in.ts';
import { type Clock, dayBefore, type Span } from './clock.ts';
import type { Existing, Path } from './existing.ts';
import type { InHand } from './in-hand.ts';
import {
  type Demand,
  demandOn,
  type Gap,
  gapsOf,
  type Leverage,
  type Pace,
  requiredCloses,
  requiredPace,
} from './pace.ts';
import type { Past } from './past.ts';

/** What a unit is computed from. */
export interface UnitInput {
  readonly clock: Clock;
  readonly path: Path;
  /** Activity as of the as-of day, and as of the day before the plan. */
  readonly activity: Activity;
  readonly activityBefore: Activity;
  /** Leverage for records that enter at a stage, by activity. */
  readonly leverage: (stage: number, activity: Activity) => Leverage;
  readonly shares: Existing['shares'];
  /** Quota in closes, months 0 … length − 1, extension included. */
  readonly quota: number[];
  readonly smoothed: number[];
  readonly past: Past | null;
  /** What closed by month, in closes; null where nobody knows. */
  readonly closed: readonly number[] | null;
  readonly inHand: InHand | null;
  readonly late: 'spread' | 'report';
  /** Whether the rep starts in the plan: nobody asks a joiner to catch up what came before. */
  readonly joins: boolean;
  /** Whether goals of every stage and the bridge are wanted, or only those of the first and the last stage. */
  readonly isWhole: boolean;
  /** Times the required closes: more than 1 where goals are sized for a chance. */
  readonly times: number;
}

export interface Unit {
  readonly gaps: readonly Gap[];
  readonly carryIn: Expected;
  readonly required: number[];
  readonly pace: Pace;
  /** Months in which new leads are asked for: from the as-of month on. */
  readonly leads: number[];
  /** The bridge's steps, exact leads by month: as of the day before the plan; with what exists; with catching up; sized. */
  readonly steps: {
    readonly timing: number[];
    readonly carryIn: number[];
    readonly late: number[];
    /** With goals sized for a chance. */
    readonly sized: number[];
  };
  /** Exact records still to reach each stage, months 0 … length − 1; null before the first stage, and where not wanted. */
  readonly stages: readonly (number[] | null)[];
}

/** Goals of every stage of one unit. */
export function computeUnit(input: UnitInput): Unit {
  const { path, activity, clock } = input;
  const { shares, past, closed, inHand } = input;
  const existing: Existing = { clock, activity, path, shares, past, closed, inHand };
  const lead = paceAt(input, existing, { stage: path.first });
  const onAverage = toRecords(lead.pace.closes, path.yield(path.first, path.last));
  // the pace of f × what is required is f × the pace
  const leads = input.times === 1 ? onAverage : onAverage.map((value) => value * input.times);
  const stages: (number[] | null)[] = [];
  for (let stage = 0; stage <= path.last; stage++) {
    if (stage < path.first) stages.push(null);
    else if (stage === path.first && stage < path.last) stages.push(leads);
    else if (stage < path.last)
      stages.push(input.isWhole ? stageGoals(input, existing, { stage, leads }) : null);
    else stages.push(closesLeft(input));
  }
  const steps = input.isWhole
    ? { ...bridgeSteps(input, lead, onAverage), sized: leads }
    : { timing: leads, carryIn: leads, late: leads, sized: leads };
  return {
    gaps: lead.gaps,
    carryIn: lead.carryIn,
    required: lead.required,
    pace: lead.pace,
    leads,
    steps,
    stages,
  };
}

interface PaceAt {
  readonly demand: Demand;
  readonly leverage: Leverage;
  readonly gaps: readonly Gap[];
  readonly carryIn: Expected;
  readonly required: number[];
  readonly pace: Pace;
}

/** The required pace of records that enter at a stage; of its first months only, where no more are wanted. */
function paceAt(input: UnitInput, existing: Existing, of: { stage: number; months?: number }): PaceAt {
  const { stage, months } = of;
  const leverage = input.leverage(stage, input.activity);
  const carried = carryIn(existing, input.smoothed, stage);
  const { quota, smoothed } = input;
  const demand = demandOn(leverage, { quota, smoothed, carryIn: carried.expected });
  const gaps = gapsOf(leverage, demand, forgivenIn(input, stage));
  const required = requiredCloses(leverage, demand, gaps);
  const pace = requiredPace(leverage, required, months);
  return { demand, leverage, gaps, carryIn: carried, required, pace };
}

/** Closes of each year's gap that are not caught up: all of them, none, or a joiner's gap as the plan began. */
function forgivenIn(input: UnitInput, stage: number): (year: Span) => number {
  if (input.late === 'report') return () => Number.POSITIVE_INFINITY;
  if (!input.joins) return () => 0;
  if (input.clock.asOfMonth < 0) return () => Number.POSITIVE_INFINITY;
  const before = gapsOf(
    input.leverage(stage, input.activityBefore),
    demandBefore(input, stage),
    () => Number.POSITIVE_INFINITY,
  );
  return (year) => before.find((gap) => gap.first === year.first)?.closes ?? 0;
}

/** The demand as it stood on the day before the plan, nothing counted. */
function demandBefore(input: UnitInput, stage: number): Demand {
  const clock = dayBefore(input.clock);
  const { path, shares, activityBefore: activity } = input;
  const existing: Existing = { clock, activity, path, shares, past: null, closed: null, inHand: null };
  const { quota, smoothed } = input;
  const carried = carryIn(existing, smoothed, stage).expected;
  return demandOn(input.leverage(stage, input.activityBefore), { quota, smoothed, carryIn: carried });
}

function toRecords(closes: number[], rate: number): number[] {
  return closes.map((value) => value / rate);
}

/** Arrivals at a later stage: of the leads asked for, and of records that exist at earlier stages. */
function stageGoals(input: UnitInput, existing: Existing, at: { stage: number; leads: number[] }): number[] {
  const { path } = input;
  const { stage, leads } = at;
  const timing = path.timing(path.first, stage);
  const rate = path.yield(path.first, stage);
  const ownPace = (months: number) =>
    toRecords(paceAt(input, existing, { stage, months }).pace.held, path.yield(stage, path.last));
  const goals = arrivalsAt(existing, stage, ownPace);
  for (let t = 0; t < goals.length; t++) goals[t] = goals[t]! + rate * arriving(leads, 0, timing, t);
  return goals;
}

/** At the last stage the goal is the quota; of the as-of month, the part that is left. */
function closesLeft({ quota, clock }: UnitInput): number[] {
  return quota.map((closes, t) =>
    t < clock.asOfMonth ? 0 : t === clock.asOfMonth ? closes * (1 - clock.gone) : closes,
  );
}

function bridgeSteps(input: UnitInput, lead: PaceAt, leads: number[]): Omit<Unit['steps'], 'sized'> {
  const rate = input.path.yield(input.path.first, input.path.last);
  const leadsFor = (demand: Demand, leverage: Leverage): number[] =>
    toRecords(requiredPace(leverage, requiredCloses(leverage, demand, [])).closes, rate);
  const caughtUp = lead.gaps.some((gap) => gap.caughtUp > 0);
  const carried = caughtUp ? leadsFor(lead.demand, lead.leverage) : leads;
  const asBefore = input.past === null && input.inHand === null && input.clock.asOfMonth < 0;
  const stage = input.path.first;
  const timing = asBefore
    ? carried
    : leadsFor(demandBefore(input, stage), input.leverage(stage, input.activityBefore));
  return { timing, carryIn: carried, late: leads };
}
