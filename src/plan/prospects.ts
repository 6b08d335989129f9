/** What one unit brings within a period, as sums over its records: of the leads asked for, and of those that exist. */
import { arrivedBy, type Timing } from '../funnel/timing.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import type { Line } from './line.ts';
import type { PlannedUnit } from './prepare.ts';
import type { PlanPeriod } from './row.ts';

/** Sums of chances and of their squares; closes that records bring that share one uncertain rate. */
export interface Prospects {
  readonly fresh: number;
  readonly freshSquares: number;
  readonly existing: number;
  readonly existingSquares: number;
  /** Σ closes × the yield they come by: ÷ closes the mean rate that is uncertain; 0 for a source without leads. */
  readonly rated: number;
}

export interface UnitPart {
  readonly prospects: Prospects;
  /** Closes that are over and known. */
  readonly closed: number;
  /** Whole leads of the period, and those of them still to come. */
  readonly leads: number;
  readonly leadsToCome: number;
}

interface Of {
  readonly planned: PlannedUnit;
  /** Its finest lines: the rep's and the territory's. */
  readonly lines: readonly Line[];
  readonly period: PlanPeriod;
}

export function prospectsOf({ clock, back }: Context, { planned, lines, period }: Of): UnitPart {
  const { unit, path, past } = planned;
  const { first: stage, last } = path;
  const closedSeries = past?.counts[last] ?? null;
  let closed = 0;
  let existing = 0;
  for (let month = period.first; month <= period.last; month++) {
    const known = closedSeries !== null && month <= clock.asOfMonth ? closedSeries[back + month]! : 0;
    closed += known;
    existing += unit.carryIn.expected[month]! - known;
  }
  if (stage === last) {
    // a source without leads is taken to bring its quota, as a matter of chance
    let left = 0;
    for (let month = period.first; month <= period.last; month++) left += unit.stages[last]![month]!;
    const prospects = { fresh: 0, freshSquares: 0, existing: left, existingSquares: 0, rated: 0 };
    return { prospects, closed, leads: 0, leadsToCome: 0 };
  }
  const timing = path.timing(stage, last);
  const rate = path.yield(stage, last);
  const toCome = wholeToCome(planned, lines, { clock, back });
  let fresh = 0;
  let freshSquares = 0;
  for (const [month, leads] of toCome.entries()) {
    const chance = rate * within(timing, month, period);
    fresh += leads * chance;
    freshSquares += leads * chance * chance;
  }
  const typical = rate * typicalShare(timing, period, clock);
  const named = planned.inHand?.moments(period) ?? { mean: 0, squares: 0 };
  const unnamed = Math.max(0, existing - named.mean);
  const inPeriod = (series: readonly number[]) =>
    series.slice(period.first, period.last + 1).reduce((sum, value) => sum + value, 0);
  return {
    prospects: {
      fresh,
      freshSquares,
      existing: named.mean + unnamed,
      existingSquares: named.squares + unnamed * typical,
      rated: (fresh + unnamed + named.mean) * rate,
    },
    closed,
    leads: stage === 0 ? inPeriod(wholeGoals(planned, lines, clock)) : 0,
    leadsToCome: stage === 0 ? inPeriod(toCome) : 0,
  };
}

/** Share of a month's leads that ever close whose closes fall within the period. */
function within(timing: Timing, month: number, { first, last }: PlanPeriod): number {
  return arrivedBy(timing, last - month) - arrivedBy(timing, first - 1 - month);
}

/** Whole goals of the first stage by plan month, over the unit's lines; months nobody counted are 0. */
function wholeGoals({ path }: PlannedUnit, lines: readonly Line[], { months }: Clock): number[] {
  const goals = new Array<number>(months).fill(0);
  for (const line of lines) {
    for (let month = 0; month < months; month++) {
      const goal = line.goals[path.first * months + month]!;
      if (!Number.isNaN(goal)) goals[month]! += goal;
    }
  }
  return goals;
}

/** The same without what was reached already. */
function wholeToCome(
  planned: PlannedUnit,
  lines: readonly Line[],
  { clock, back }: { clock: Clock; back: number },
): number[] {
  const reached = planned.past?.reached[planned.path.first] ?? null;
  return wholeGoals(planned, lines, clock).map((goal, month) => {
    if (month < clock.asOfMonth) return 0;
    const known = month === clock.asOfMonth && reached !== null ? reached[back + month]! : 0;
    return Math.max(0, goal - known);
  });
}

/**
 * Of the closes that existing leads bring within a period, the mean share of its own closes that a lead has there:
 * Σ s² ÷ Σ s over the months up to the as-of day. A record's chance is that × its yield.
 */
function typicalShare(timing: Timing, period: PlanPeriod, clock: Clock): number {
  let sum = 0;
  let squares = 0;
  for (let month = clock.asOfMonth - timing.share.length; month <= clock.asOfMonth; month++) {
    const first = Math.max(period.first, clock.asOfMonth + 1);
    const share = within(timing, month, { ...period, first });
    sum += share;
    squares += share * share;
  }
  return sum > 0 ? squares / sum : 0;
}
