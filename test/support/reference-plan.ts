/** Test oracle: a whole plan by the method, sections 1 to 4. Straight loops; slow on purpose. */
import {
  type AsOf,
  arriving,
  between,
  type Context,
  carryIn,
  contextOf,
  countsAt,
  curve,
  earlyShare,
  firstCounted,
  quotaOf,
  until,
  yieldOf,
} from './reference-carry.ts';
import { type PaceResult, requiredPace, smoothQuota, wholeNumbers } from './reference-pace.ts';
import { asOfDay, indexOf, quarterOf, type ReferencePlan, repShare, yearOf } from './reference-quota.ts';

export type { ReferencePlan, ReferenceUnit } from './reference-quota.ts';

type RowKind = 'rep' | 'territory';

export interface ReferenceGoal {
  unit: number;
  source: number;
  row: RowKind;
  month: number;
  /** This row's part of the month's quota for this source, exact. */
  quotaCents: number;
  /** Per stage; null before the source's first stage, and for past months where actuals lack the stage. */
  exact: (number | null)[];
  whole: (number | null)[];
}

export interface ReferenceResult {
  goals: ReferenceGoal[];
  late: {
    unit: number;
    source: number;
    row: RowKind;
    month: number;
    closes: number;
    treated: 'spread' | 'reported';
  }[];
  /** By unit, not split between rep and territory; months up to the end of the extension. */
  assumed: { unit: number; source: number; what: 'carry_in' | 'quota'; month: number; closes: number }[];
  /** Leads by source (those that begin at the first stage) and month, summed over units. */
  bridge: {
    source: number;
    month: number;
    naive: number;
    L0: number;
    L1: number;
    L2: number;
    whole: number;
  }[];
}

interface Run extends PaceResult {
  quota: number[];
  assumedCarryIn: number[];
}

/** Section 3 for the funnel that begins at `from`. */
function run(context: Context, from: number, asOf: AsOf, how: { given: boolean; catchUp: boolean }): Run {
  const { plan } = context;
  const k = curve(context, from, plan.stages - 1);
  // T, and with it Q and Q̄, is that of the source: a later stage's own pace looks at the same months
  const { quota } = quotaOf(
    context,
    curve(context, plan.sources[context.source]!.startsAt, plan.stages - 1).length,
  );
  const base = {
    quota,
    presence: context.a,
    working: context.working,
    quarterOf: (t: number) => quarterOf(plan, t),
  };
  const carry = carryIn(context, from, asOf, how.given, smoothQuota(base));
  const start = plan.units[context.unit]!.start;
  const joiner = start !== null && indexOf(plan, start) >= 0;
  const before: AsOf = { month: -1, gone: 1 };
  const result = requiredPace({
    ...base,
    k,
    yearOf: (t) => yearOf(plan, t),
    carryIn: carry.all,
    lookahead: plan.lookahead,
    late: plan.late,
    joiner,
    catchUp: how.catchUp,
    asOf,
    ...(joiner && asOf.month >= 0
      ? { gapsBefore: new Map(run(context, from, before, how).gaps.map(({ year, gap }) => [year, gap])) }
      : {}),
  });
  return { ...result, quota, assumedCarryIn: carry.assumed };
}

/** Arrivals at stage j in month t from records that exist on the as-of day (or come before the plan). */
function existingArrivals(
  context: Context,
  from: number,
  j: number,
  asOf: AsOf,
  own: PaceResult,
  t: number,
): number {
  if (t < asOf.month) return 0;
  const k = curve(context, from, j);
  const p = yieldOf(k);
  const pace = own.pace[t]!;
  const rest = t === asOf.month ? 1 - asOf.gone : 1;
  const later = (pace * arriving(k, t, -1, between(asOf, context.working))) / p;
  const counted = firstCounted(context, from, asOf, true);
  if (counted === null || counted >= j)
    return later + (rest * pace * arriving(k, t, asOf.month, until(asOf, context.working))) / p;
  const onward = curve(context, counted, j);
  const known = arriving(onward, t, asOf.month, (u) => countsAt(context, counted, u, asOf));
  return later + rest * known + pace * earlyShare(context, [from, counted, j], t, asOf);
}

export function referencePlan(plan: ReferencePlan): ReferenceResult {
  const result: ReferenceResult = { goals: [], late: [], assumed: [], bridge: [] };
  const asOf = asOfDay(plan);
  const close = plan.stages - 1;
  for (let source = 0; source < plan.sources.length; source++) {
    const from = plan.sources[source]!.startsAt;
    const bridge = Array.from({ length: plan.months }, (_, month) => ({
      source,
      month,
      naive: 0,
      L0: 0,
      L1: 0,
      L2: 0,
      whole: 0,
    }));
    for (let unit = 0; unit < plan.units.length; unit++) {
      const context = contextOf(plan, unit, source);
      const k = curve(context, from, close);
      const { quota, assumed, cents } = quotaOf(context, k.length);
      const main = from < close ? run(context, from, asOf, { given: true, catchUp: true }) : null;

      // what is still to come of each stage and month, and what was reached
      const rest: number[][] = [];
      const reached: (number | null)[][] = [];
      for (let stage = from; stage <= close; stage++) {
        const own =
          stage > from && stage < close ? run(context, stage, asOf, { given: true, catchUp: true }) : null;
        const onward = curve(context, from, stage);
        const restOfStage: number[] = [];
        const reachedOfStage: (number | null)[] = [];
        for (let t = 0; t < plan.months; t++) {
          const left = t < asOf.month ? 0 : t === asOf.month ? 1 - asOf.gone : 1;
          let value = 0;
          if (stage === close) value = quota[t]! * left;
          else if (stage === from) value = main!.leads[t]!;
          else
            value =
              arriving(onward, t, t, (s) => (s < 0 ? 0 : main!.leads[s]!)) +
              existingArrivals(context, from, stage, asOf, own!, t);
          restOfStage.push(left > 0 ? value : 0);
          const hasStage = context.counted(stage, asOf.month);
          reachedOfStage.push(t > asOf.month ? 0 : hasStage ? (context.count(stage, t) ?? 0) : null);
        }
        rest[stage] = restOfStage;
        reached[stage] = reachedOfStage;
      }

      for (const row of ['rep', 'territory'] as const) {
        const shareOf = (t: number) => {
          const share = repShare(plan, plan.units[unit]!, t);
          return row === 'rep' ? share : 1 - share;
        };
        const wholes = rest.map((values) => wholeNumbers(values.map((value, t) => value * shareOf(t))));
        for (let t = 0; t < plan.months; t++) {
          const share = shareOf(t);
          if (share === 0) continue;
          const exact: (number | null)[] = [];
          const whole: (number | null)[] = [];
          for (let stage = 0; stage < plan.stages; stage++) {
            const had = stage < from ? null : reached[stage]![t]!;
            const past = t < asOf.month || (t === asOf.month && asOf.gone === 1);
            const unknown = stage < from || (had === null && past);
            exact.push(unknown ? null : (had ?? 0) * share + rest[stage]![t]! * share);
            whole.push(unknown ? null : (had ?? 0) * share + wholes[stage]![t]!);
          }
          result.goals.push({ unit, source, row, month: t, quotaCents: cents[t]! * share, exact, whole });
          bridge[t]!.whole += whole[0] ?? 0;
        }
        for (const entry of main?.late ?? [])
          if (entry.month < plan.months && shareOf(entry.month) > 0)
            result.late.push({ ...entry, unit, source, row, closes: entry.closes * shareOf(entry.month) });
      }

      quota.forEach((closes, month) => {
        const carried = main?.assumedCarryIn[month] ?? 0;
        if (carried > 0) result.assumed.push({ unit, source, what: 'carry_in', month, closes: carried });
        if (assumed[month] && closes > 0) result.assumed.push({ unit, source, what: 'quota', month, closes });
      });

      if (from === 0 && main !== null) {
        const L0 = run(context, 0, { month: -1, gone: 1 }, { given: false, catchUp: false }).leads;
        const L1 = run(context, 0, asOf, { given: true, catchUp: false }).leads;
        for (let t = 0; t < plan.months; t++) {
          const had = reached[0]![t]! ?? 0;
          const piece = bridge[t]!;
          piece.naive += quota[t]! / yieldOf(k);
          piece.L0 += L0[t]!;
          piece.L1 += had + L1[t]!;
          piece.L2 += had + main.leads[t]!;
        }
      }
    }
    if (from === 0) result.bridge.push(...bridge);
  }
  return result;
}
