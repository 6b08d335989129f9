/** Preparing a plan: who carries which quota, what answers for it, and the units to compute. */

import { yieldOver } from '../funnel/rate.ts';
import { filled } from '../funnel/series.ts';
import { firstDay } from '../period/month.ts';
import { error, hasErrors, NOWHERE, type Parsed, type Problem, warning } from '../problem.ts';
import { allocate } from '../quota/allocate.ts';
import { apportion } from '../quota/apportion.ts';
import type { Carrier } from '../quota/quota.ts';
import type { Activity } from './activity.ts';
import { type Answers, answersFor, quotaPerClose } from './answers.ts';
import { placeInYear } from './clock.ts';
import { type Context, contextOf } from './context.ts';
import { closesOf, extendedQuota, smoothedQuota } from './demand.ts';
import type { Path } from './existing.ts';
import { type InHand, inHandsOf } from './in-hand.ts';
import type { PlanModel, Source } from './model.ts';
import type { OddsOf } from './odds.ts';
import { closedOf, type Past, type Pasts, pastOf } from './past.ts';
import {
  inMoneyOf,
  leavers,
  recordsWithoutQuota,
  recordsWithoutRate,
  withoutActuals,
  withoutQuota,
} from './quota-checks.ts';
import { computeUnit, type Unit } from './unit.ts';

/** A unit with everything that went into it. */
export interface PlannedUnit {
  readonly carrier: Carrier;
  readonly source: Source;
  readonly answers: Answers;
  /** The source's part of the carrier's quota, minor units by plan month. */
  readonly quota: number[];
  /** Quota in closes with the extension. */
  readonly closes: number[];
  /** Mean of the quarter. */
  readonly smoothed: number[];
  /** 1 where a month's quota was assumed. */
  readonly assumedMonths: Uint8Array;
  readonly past: Past | null;
  /** What closed by month from `back` months before the plan on, in closes; null where nobody knows. */
  readonly closed: readonly number[] | null;
  readonly inHand: InHand | null;
  /** The activity its pace was found for. */
  readonly activity: Activity;
  readonly unit: Unit;
  readonly path: Path;
}

export interface Prepared {
  readonly context: Context;
  readonly carriers: readonly Carrier[];
  /** What answers for each carrier's each source. */
  readonly answers: readonly (readonly Answers[])[];
  /** The odds of open records; null where there is no pipeline. */
  readonly oddsOf: OddsOf | null;
  /** Every carrier's every source, computed one at a time. */
  readonly units: (how?: How) => Iterable<PlannedUnit>;
}

/** How units are computed. */
export interface How {
  /** So many times the required closes; 1 unless goals are sized for a chance. */
  readonly times?: number;
  /** Only goals of the first and the last stage, and no bridge: where goals are only a step to something else. */
  readonly endsOnly?: boolean;
}

/** Who carries which quota, and what is wrong with that. */
export function carriersOf(context: Context): { carriers: readonly Carrier[]; problems: Problem[] } {
  const { model } = context;
  const allocation = allocate(model.quotas, model.reps, {
    from: model.from,
    months: model.quotas.reduce((most, { last }) => Math.max(most, last - model.from + 1), context.horizon),
    ramp: model.ramp,
    includeRamp: model.quotasIncludeRamp,
    season: (month) => model.seasonality[placeInYear(month, model.calendar)]!,
    sizeOn: model.sizeOn,
  });
  const { carriers, before } = allocation;
  const problems: Problem[] = allocation.problems.map((problem) => inMoneyOf(model, problem));
  if (before.where !== null) {
    const { amount, months, where } = before;
    problems.push(inMoneyOf(model, warning('quota_before_plan', where, { amount, months })));
  }
  const planMonths = context.clock.months;
  const isGiven = carriers.some((carrier) => carrier.given.subarray(0, planMonths).includes(1));
  if (!isGiven && !hasErrors(problems)) {
    // Quotas after the plan alone may still need leads in it.
    const noQuota = carriers.length === 0 ? error : warning;
    problems.push(noQuota('no_quota_in_plan', model.quotas[0]?.where ?? NOWHERE));
  }
  for (const problem of leavers(model, carriers, planMonths)) problems.push(problem);
  for (const problem of recordsWithoutQuota(model, carriers)) problems.push(problem);
  return { carriers, problems };
}

/** Who carries which quota, checked against rates and deal sizes, ready to compute. */
export function prepare(model: PlanModel): Parsed<Prepared> {
  const context = contextOf(model);
  const { carriers, problems } = carriersOf(context);
  for (const problem of withoutQuota(model, carriers)) problems.push(problem);
  const answers = carriers.map((carrier) =>
    model.sources.map((source) => answersFor(context, carrier, source)),
  );
  for (const problem of distinct(answers.flat().flatMap((answer) => answer.problems))) problems.push(problem);
  if (hasErrors(problems)) return { value: null, problems };
  const pasts = pastOf(model, carriers, { clock: context.clock, back: context.back });
  for (const problem of withoutActuals(
    model,
    pasts.unnamed.map((index) => carriers[index]!),
  ))
    problems.push(problem);
  const inHands = inHandsOf(context, carriers);
  if (inHands !== null) problems.push(...recordsWithoutRate(model, inHands.oddsOf));
  const inHand = (carrier: number, source: number) => inHands?.of(carrier, source) ?? null;
  return {
    value: {
      context,
      carriers,
      answers,
      oddsOf: inHands?.oddsOf ?? null,
      units: (how = {}) => unitsOf({ context, carriers, answers, past: pasts.of, inHand, how }),
    },
    problems,
  };
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>();
  for (const problem of problems) {
    const { file, line, column } = problem.where;
    const key = `${problem.code}|${file}|${line}|${column}|${Object.values(problem.arguments).join('|')}`;
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()];
}

interface UnitsOf {
  readonly context: Context;
  readonly carriers: readonly Carrier[];
  readonly answers: readonly (readonly Answers[])[];
  readonly past: Pasts['of'];
  readonly inHand: (carrier: number, source: number) => InHand | null;
  readonly how: How;
}

function* unitsOf({ context, carriers, answers, past, inHand, how }: UnitsOf): Iterable<PlannedUnit> {
  const { model, clock } = context;
  const shares = model.sources.map((source) => source.share);
  for (const [position, carrier] of carriers.entries()) {
    const quotas = quotaBySource(carrier, shares, clock.months);
    for (const [index, source] of model.sources.entries()) {
      const known = { past: past(position, index), inHand: inHand(position, index) };
      const of = { carrier, source, answers: answers[position]![index]!, ...known };
      yield planUnit(context, { ...of, quota: quotas[index]!, how });
    }
  }
}

/** Each month's quota split among the sources to the cent. */
export function quotaBySource(carrier: Carrier, shares: readonly number[], months: number): number[][] {
  if (shares.length === 1) return [carrier.quota.slice(0, months)];
  const parts = shares.map(() => filled(months, 0));
  for (let t = 0; t < months; t++) {
    for (const [index, part] of apportion(carrier.quota[t]!, shares).entries()) parts[index]![t] = part;
  }
  return parts;
}

type UnitOf = Pick<PlannedUnit, 'carrier' | 'source' | 'answers' | 'past' | 'inHand' | 'quota'> & {
  readonly how: How;
};

/** One carrier's one source from quota to the goals of every stage. */
function planUnit(context: Context, of: UnitOf): PlannedUnit {
  const { model, clock } = context;
  const { carrier, source, answers, past, inHand, how } = of;
  const length = context.horizonOf(source);
  const activity = context.activity(carrier, length, false);
  const extended = extendedQuota(carrier, activity, clock.months);
  const size = { share: source.share, overAssigned: model.overAssigned, dealSize: quotaPerClose(answers) };
  const closes = closesOf(extended.amount, size);
  const smoothed = smoothedQuota(closes, activity, clock);
  const start = carrier.rep?.start ?? null;
  const worker = closesAtOnce(context, source) ? EVERYBODY : carrier;
  const working = context.activity(worker, length, false);
  const path = pathOf(context, source, answers);
  const closed = closedOf(past, quotaPerClose(answers));
  const unit = computeUnit({
    clock,
    path,
    activity: working,
    activityBefore: clock.asOfMonth < 0 ? working : context.activity(worker, length, true),
    leverage: context.leverage,
    shares: context.shares,
    quota: closes,
    smoothed,
    past,
    closed,
    inHand,
    times: how.times ?? 1,
    isWhole: !how.endsOnly,
    late: model.late,
    joins: start !== null && start >= firstDay(model.from),
  });
  return {
    carrier,
    source,
    answers,
    past,
    closed,
    inHand,
    quota: of.quota,
    closes,
    smoothed,
    assumedMonths: extended.assumed,
    activity: working,
    unit,
    path,
  };
}

/** Somebody who is always there. */
const EVERYBODY = { rep: null };

/**
 * Whether leads close in the month they come: no lag is given. Then ramp and absence, which the quota of each month
 * allows for already, cannot make anything late, and the goal is quota ÷ deal size ÷ rates for everybody.
 */
function closesAtOnce(context: Context, source: Source): boolean {
  return context.timing(source.startsAt, context.model.stages.length - 1).share.length === 1;
}

function pathOf(context: Context, source: Source, answers: Answers): Path {
  const rates = answers.rates.map((answer) => answer?.value ?? 1);
  return {
    first: source.startsAt,
    last: rates.length,
    timing: context.timing,
    yield: (from, to) => yieldOver(rates.slice(from, to)),
  };
}
