/** What all units of a plan share: clock, horizons, timings, activities and leverages, each made once. */
import { type Timing, timingOver } from '../funnel/timing.ts';
import type { Carrier } from '../quota/quota.ts';
import { type DealSizes, dealSizesOf } from '../rates/deal-size.ts';
import { type RateTable, rateTable } from '../rates/source-rates.ts';
import { type Activity, activityOf } from './activity.ts';
import { type Clock, clockOf, dayBefore, horizonMonths, yearSpans } from './clock.ts';
import { type Existing, existingShares } from './existing.ts';
import type { PlanModel, Source } from './model.ts';
import { type Leverage, leverageOf } from './pace.ts';

export interface Context {
  readonly model: PlanModel;
  readonly clock: Clock;
  readonly rates: RateTable;
  readonly dealSizes: DealSizes;
  /** Deal sizes beside quotas in deals: for what leads are worth. */
  readonly worthSizes: DealSizes;
  /** Months before the plan from which records may still close in it. */
  readonly back: number;
  /** Months of the longest horizon of any source. */
  readonly horizon: number;
  readonly timing: (from: number, to: number) => Timing;
  /** Months of a source's horizon: the plan and as many more as its leads take to close. */
  readonly horizonOf: (source: Source) => number;
  /** Activity as of the as-of day (or of the day before the plan). */
  readonly activity: (carrier: Pick<Carrier, 'rep'>, length: number, before: boolean) => Activity;
  readonly leverage: (stage: number, activity: Activity) => Leverage;
  /** Share of steady arrivals at a stage that existing records bring, by activity and the two stages. */
  readonly shares: Existing['shares'];
}

export function contextOf(model: PlanModel): Context {
  const clock = clockOf(model);
  const last = model.stages.length - 1;
  const timing = memo(
    (from: number, to: number) => timingOver(model.lags.slice(from, to)),
    (from, to) => from * (last + 1) + to,
  );
  const horizonOf = (source: Source) => horizonMonths(clock, timing(source.startsAt, last).share.length);
  const back = Math.max(...model.sources.map((source) => timing(source.startsAt, last).share.length));
  return {
    model,
    clock,
    rates: rateTable(model.rates, { transitions: last, blended: model.blended, changes: model.rateChanges }),
    dealSizes: dealSizesOf(model.dealSizes, model.dealSizeChanges),
    worthSizes: dealSizesOf(model.worth?.dealSizes ?? [], model.dealSizeChanges),
    back,
    horizon: Math.max(...model.sources.map(horizonOf)),
    timing,
    horizonOf,
    activity: sharedActivities(model, clock, back),
    leverage: sharedLeverages(model, clock, timing),
    shares: sharedShares(timing, last + 1),
  };
}

function memo<First, Second, Value>(
  make: (first: First, second: Second) => Value,
  keyOf: (first: First, second: Second) => number | string,
): (first: First, second: Second) => Value {
  const made = new Map<number | string, Value>();
  return (first, second) => {
    const key = keyOf(first, second);
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(first, second)));
    return value;
  };
}

/** Reps who are there on the same days, such as all who started long ago, share one activity. */
function sharedActivities(model: PlanModel, clock: Clock, back: number): Context['activity'] {
  const before = dayBefore(clock);
  const activities = new Map<string, Activity>();
  const byValue = new Map<string, Activity>();
  return (carrier, length, isBefore) => {
    const rep = carrier.rep;
    const key = `${rep?.firstStart ?? ''}|${rep?.start ?? ''}|${rep?.end ?? ''}|${length}|${isBefore}`;
    let activity = activities.get(key);
    if (activity === undefined) {
      const made = activityOf(carrier, isBefore ? before : clock, { back, length, ramp: model.ramp });
      const value = `${isBefore}|${made.full.join()}`;
      activity = byValue.get(value) ?? made;
      byValue.set(value, activity);
      activities.set(key, activity);
    }
    return activity;
  };
}

function sharedLeverages(model: PlanModel, clock: Clock, timing: Context['timing']): Context['leverage'] {
  const last = model.stages.length - 1;
  const leverages = new Map<Activity, (Leverage | undefined)[]>();
  return (stage, activity) => {
    let byStage = leverages.get(activity);
    if (byStage === undefined) leverages.set(activity, (byStage = []));
    let leverage = byStage[stage];
    if (leverage === undefined) {
      const years = yearSpans(clock, activity.length);
      leverage = leverageOf(activity, timing(stage, last), { years, lookahead: model.lookahead });
      byStage[stage] = leverage;
    }
    return leverage;
  };
}

function sharedShares(timing: Context['timing'], stages: number): Existing['shares'] {
  const shares = new Map<Activity, (readonly number[] | undefined)[]>();
  return (activity, from, to) => {
    let byStages = shares.get(activity);
    if (byStages === undefined) shares.set(activity, (byStages = []));
    return (byStages[from * stages + to] ??= existingShares(activity, timing(from, to)));
  };
}
