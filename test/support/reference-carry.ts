/** Test oracle: the method, section 6 as far as section 3 needs it: what existing records still bring. */
import { cumulative, curveShape } from './reference-pace.ts';
import { monthlyQuota, presenceOf, type ReferencePlan, yearOf } from './reference-quota.ts';

/** As-of day in `month` (counted from the first plan month), `gone` of that month gone. */
export type AsOf = { month: number; gone: number };

/** Everything of one unit and source that the formulas share. */
export interface Context {
  plan: ReferencePlan;
  unit: number;
  source: number;
  rates: number[];
  a: (month: number) => number;
  /** Activity for the pace: `a`, but 1 where no lag is given and the goal is quota ÷ deal size ÷ rates. */
  working: (month: number) => number;
  /** What reached a stage in a month; null where the rows lack the stage or the month. */
  count: (stage: number, month: number) => number | null;
  /** Whether any row up to that month has the stage. */
  counted: (stage: number, upTo: number) => boolean;
  /** Months of the rows that have the stage. */
  monthsOf: (stage: number, upTo: number) => number[];
}

/** Whether nothing between the source's first stage and close takes time. */
function closesAtOnce(plan: ReferencePlan, source: number): boolean {
  return curveShape(plan.lags.slice(plan.sources[source]!.startsAt)).length === 1;
}

export function contextOf(plan: ReferencePlan, unit: number, source: number): Context {
  // whoever stands in no row reached nothing: a stage is counted where anybody's rows count it
  const ofSource = (plan.actuals ?? []).filter((row) => row.source === source);
  const rows = ofSource.filter((row) => row.unit === unit);
  const monthsOf = (stage: number, upTo: number): number[] => {
    const months = ofSource
      .filter((row) => row.counts[stage] != null && row.month <= upTo)
      .map((row) => row.month);
    return [...new Set(months)].sort((x, y) => x - y);
  };
  return {
    plan,
    unit,
    source,
    rates: plan.rates(unit, source),
    a: (month) => presenceOf(plan, plan.units[unit]!, month),
    working: (month) => (closesAtOnce(plan, source) ? 1 : presenceOf(plan, plan.units[unit]!, month)),
    count: (stage, month) => {
      const known = rows.filter((row) => row.month === month && row.counts[stage] != null);
      return known.length === 0 ? null : known.reduce((sum, row) => sum + row.counts[stage]!, 0);
    },
    counted: (stage, upTo) => monthsOf(stage, upTo).length > 0,
    monthsOf,
  };
}

/** k(from → to). */
export function curve(context: Context, from: number, to: number): number[] {
  let passed = 1;
  for (let i = from; i < to; i++) passed *= context.rates[i]!;
  return curveShape(context.plan.lags.slice(from, to)).map((share) => share * passed);
}

export const yieldOf = (k: number[]): number => cumulative(k, k.length - 1);

/** Q of the months 0 … T−1; T for a curve of that length. */
export function quotaOf(
  context: Context,
  length: number,
): { quota: number[]; assumed: boolean[]; cents: number[] } {
  const { plan } = context;
  let T = plan.months;
  if (length > 1) {
    T += length;
    while (yearOf(plan, T) === yearOf(plan, T - 1)) T++;
  }
  const { cents, assumed } = monthlyQuota(plan, plan.units[context.unit]!, T);
  const share = plan.sources[context.source]!.share;
  const quota = cents.map((value) => (value * share) / (1 + plan.overAssigned) / plan.dealSizeCents);
  return { quota, assumed, cents: cents.map((value) => value * share) };
}

/** The first counted stage from `from` on, before the close; null: nothing known. */
export function firstCounted(context: Context, from: number, asOf: AsOf, given: boolean): number | null {
  if (!given) return null;
  for (let stage = from; stage < context.plan.stages - 1; stage++)
    if (context.counted(stage, asOf.month)) return stage;
  return null;
}

/** n[u]: months before the first counted one are the mean of the counted, others without a row 0. */
export function countsAt(context: Context, stage: number, u: number, asOf: AsOf): number {
  const months = context.monthsOf(stage, asOf.month);
  if (u >= months[0]!) return context.count(stage, u) ?? 0;
  let sum = 0;
  for (const month of months) sum += context.count(stage, month)!;
  return sum / months.length;
}

/** Σ over months u before t of weight(u) · k[t−u]. */
export function arriving(k: number[], t: number, last: number, weight: (u: number) => number): number {
  let sum = 0;
  for (let u = t - k.length + 1; u <= Math.min(t, last); u++) sum += weight(u) * k[t - u]!;
  return sum;
}

/** a up to the as-of day (â), and a of the months between it and the plan. */
export const until = (asOf: AsOf, a: (u: number) => number) => (u: number) =>
  u < asOf.month ? a(u) : u === asOf.month ? a(u) * asOf.gone : 0;
export const between = (asOf: AsOf, a: (u: number) => number) => (u: number) =>
  u >= 0 || u < asOf.month ? 0 : u === asOf.month ? a(u) * (1 - asOf.gone) : a(u);

/**
 * Σ_v (1 − K₁[v] ÷ p₁) · k₂[t−v]: of what reaches `to` in t, as a share of a month's pace times its yield, the part
 * that at the as-of day stands before `counted`. Written with the months u the records come from.
 */
export function earlyShare(context: Context, path: [number, number, number], t: number, asOf: AsOf): number {
  const [from, counted, to] = path;
  if (from === counted) return 0;
  const k1 = curve(context, from, counted);
  const k2 = curve(context, counted, to);
  // as printed, without a, for an as-of day before the plan; inside the plan with â
  const presence = until(asOf, asOf.month < 0 ? () => 1 : context.working);
  let sum = 0;
  for (let v = Math.max(asOf.month, t - k2.length + 1); v <= t; v++) {
    // before the plan, what comes in and moves on within the as-of month has moved on (else a steady plan is not)
    const last = v === asOf.month && asOf.month < 0 ? asOf.month - 1 : asOf.month;
    const arrive = arriving(k1, v, last, presence) / yieldOf(k1);
    sum += ((v === asOf.month ? 1 - asOf.gone : 1) * arrive * k2[t - v]!) / yieldOf(k2);
  }
  return sum;
}

/** C[t] for the funnel that begins at `from`, and the part of it that is assumed. */
export function carryIn(
  context: Context,
  from: number,
  asOf: AsOf,
  given: boolean,
  smoothed: number[],
): { all: number[]; assumed: number[] } {
  const close = context.plan.stages - 1;
  const k = curve(context, from, close);
  const p = yieldOf(k);
  const counted = firstCounted(context, from, asOf, given);
  const closesKnown = given && context.counted(close, asOf.month);
  const all: number[] = [];
  const assumed: number[] = [];
  smoothed.forEach((pace, t) => {
    let known = 0;
    let guessed = (pace * arriving(k, t, -1, between(asOf, context.working))) / p;
    let early = 0;
    if (counted === null) guessed += (pace * arriving(k, t, asOf.month, until(asOf, context.working))) / p;
    else {
      known = arriving(curve(context, counted, close), t, asOf.month, (u) =>
        countsAt(context, counted, u, asOf),
      );
      early = pace * earlyShare(context, [from, counted, close], t, asOf);
    }
    let actual = 0;
    if (t <= asOf.month && closesKnown) {
      const rest = t === asOf.month ? 1 - asOf.gone : 0;
      actual = context.count(close, t) ?? 0;
      known *= rest;
      guessed *= rest;
    }
    all.push(actual + known + guessed + early);
    assumed.push(guessed + early);
  });
  return { all, assumed };
}
