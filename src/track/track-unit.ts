/** One unit tracked: what was agreed and reached, what is left, and what will come at today's pace. */
import { filled } from '../funnel/series.ts';
import { arriving } from '../plan/activity.ts';
import type { Clock } from '../plan/clock.ts';
import type { Context } from '../plan/context.ts';
import { finestLines, reachedParts } from '../plan/finest.ts';
import { keyOf } from '../plan/line.ts';
import type { PlannedUnit } from '../plan/prepare.ts';
import type { AgreedGoals } from './agreed.ts';
import type { TrackLine, TrackSeries } from './track.ts';

/** At most this many times the agreed pace is carried on. */
const MOST_PACE = 3;

/** The rep's line, and the territory's where the rep leaves. */
export function trackUnit(context: Context, planned: PlannedUnit, agreed: AgreedGoals): TrackLine[] {
  const { clock, back } = context;
  const { carrier, source, unit, past, quota } = planned;
  const of = { carrier, source, unit, past, quota, clock, back };
  const lines = finestLines(of);
  const reached = reachedParts(of);
  const given = lines.map((line) => agreed.byKey.get(keyOf(line))?.stages ?? null);
  const first = planned.path.first;
  const pace = paceOf(
    clock,
    reached.map(({ reached: stages }, index) => ({
      actual: stages[first] ?? null,
      agreed: given[index]?.[first] ?? null,
    })),
  );
  const coming = comingOf(planned, {
    clock,
    pace,
    agreed: sumOf(given.map((stages) => stages?.[first] ?? null)),
  });
  return lines.map((line, index): TrackLine => {
    const { share, reached: stages } = reached[index]!;
    const { months } = clock;
    const series = unit.stages.map((exact, stage): TrackSeries => {
      const actual = stages[stage] ?? null;
      const goals = line.goals.slice(stage * months, (stage + 1) * months);
      const agreedGoals = given[index]?.[stage] ?? filled(months, Number.NaN);
      return {
        agreed: [...agreedGoals],
        uncounted: uncountedOf(agreedGoals, actual, clock),
        actual: months > 0 && exact !== null ? actualOf(actual, clock) : filled(months, Number.NaN),
        left: exact === null ? filled(months, Number.NaN) : leftOf(goals, actual, clock),
        coming: coming[stage]?.map((value, month) => value * share[month]!) ?? filled(months, Number.NaN),
      };
    });
    const { quota: _, goals: __, expected: ___, ...key } = line;
    return { ...key, stages: series };
  });
}

/** Months up to the as-of day; NaN after it, and where nobody counted. */
function actualOf(reached: readonly number[] | null, { months, asOfMonth }: Clock): number[] {
  return Array.from({ length: months }, (_, month) =>
    reached !== null && month <= asOfMonth ? reached[month]! : Number.NaN,
  );
}

/** The agreed goals up to the as-of day that nobody counted against. */
function uncountedOf(
  agreed: readonly number[],
  reached: readonly number[] | null,
  { asOfMonth }: Clock,
): number[] {
  return agreed.map((goal, month) => (reached === null && month <= asOfMonth ? goal : Number.NaN));
}

/** The goals from the as-of day on: of the as-of month, what is not reached of it. */
function leftOf(goals: readonly number[], reached: readonly number[] | null, { asOfMonth }: Clock): number[] {
  return goals.map((goal, month) => {
    if (month < asOfMonth) return Number.NaN;
    return month === asOfMonth && reached !== null ? Math.max(0, goal - reached[month]!) : goal;
  });
}

interface Pacing {
  readonly actual: readonly number[] | null;
  readonly agreed: readonly number[] | null;
}

/** Reached so far ÷ agreed so far, of the unit's first stage; null where that says nothing. */
function paceOf({ asOfMonth, gone }: Clock, parts: readonly Pacing[]): number | null {
  let reached = 0;
  let due = 0;
  for (const { actual, agreed } of parts) {
    if (actual === null || agreed === null) return null;
    for (let month = 0; month <= Math.min(asOfMonth, agreed.length - 1); month++) {
      const part = month === asOfMonth ? gone : 1;
      due += Number.isNaN(agreed[month]!) ? 0 : agreed[month]! * part;
      reached += actual[month]!;
    }
  }
  return due > 0 ? Math.min(MOST_PACE, reached / due) : null;
}

function sumOf(parts: readonly (readonly number[] | null)[]): number[] | null {
  const [first] = parts;
  if (first == null) return null;
  return first.map((_, month) =>
    parts.reduce((sum, part) => {
      const value = part?.[month] ?? 0;
      return Number.isNaN(value) ? sum : sum + value;
    }, 0),
  );
}

interface Coming {
  readonly clock: Clock;
  readonly pace: number | null;
  /** Agreed goals of the first stage by month. */
  readonly agreed: readonly number[] | null;
}

/**
 * Records still to reach each stage by month: first-stage records keep coming at today's pace against what was agreed
 * (as the goals say where there is no pace), and move on by the plan's rates and lags, with what exists already.
 */
function comingOf(planned: PlannedUnit, { clock, pace, agreed }: Coming): readonly (number[] | null)[] {
  const { unit, path, quota } = planned;
  const { months, asOfMonth, gone } = clock;
  const still = (month: number) => (month < asOfMonth ? 0 : month === asOfMonth ? 1 - gone : 1);
  const goals = unit.leads.slice(0, months);
  const leads =
    pace === null || agreed === null ? goals : agreed.map((goal, month) => pace * goal * still(month));
  const over = (series: number[]) => series.map((value, month) => (month < asOfMonth ? 0 : value));
  return unit.stages.map((exact, stage) => {
    if (exact === null) return null;
    if (stage === path.last && path.first === path.last) return over(exact.slice(0, quota.length));
    if (stage === path.first) return over([...leads]);
    const timing = path.timing(path.first, stage);
    const rate = path.yield(path.first, stage);
    const fromLeads = (series: number[], month: number) => rate * arriving(series, 0, timing, month);
    return goals.map((_, month) => {
      if (month < asOfMonth) return 0;
      if (stage < path.last) return exact[month]! + fromLeads(leads, month) - fromLeads(goals, month);
      return unit.carryIn.early[month]! + unit.carryIn.inHand[month]! + fromLeads(leads, month);
    });
  });
}
