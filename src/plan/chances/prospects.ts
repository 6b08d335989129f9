/** What one unit brings within a period, as sums over its records: of the leads asked for, and of those that exist. */
import { arrivedBy, type Timing } from '../../funnel/timing.ts';
import { quotaPerClose } from '../answers.ts';
import type { Clock } from '../clock.ts';
import type { Context } from '../context.ts';
import type { Line } from '../line.ts';
import type { PlannedUnit } from '../prepare.ts';
import type { PlanPeriod } from '../row.ts';

/** Sums of chances and of their squares; closes that records bring that share one uncertain rate. */
export interface Prospects {
  readonly fresh: number;
  readonly freshSquares: number;
  readonly existing: number;
  readonly existingSquares: number;
  /** Σ closes × deal size and × its square, in minor units: deals of several sizes vary by that alone. */
  readonly amount: number;
  readonly amountSquares: number;
  /** Σ closes × the yield they come by: ÷ closes the mean rate that is uncertain; 0 for a source without leads. */
  readonly rated: number;
}

export interface UnitPart {
  readonly prospects: Prospects;
  /** Closes that are over and known. */
  readonly closed: number;
  /** Whole leads of the period. */
  readonly leads: number;
  /** Leads still to come of which some close within the period, whatever their month. */
  readonly leadsToCome: number;
}

/** What a source's leads bring within a period, per unit of yield; the same for every carrier. */
interface PeriodWeights {
  readonly period: PlanPeriod;
  /** By plan month: share of the closes of that month's leads that falls within the period. */
  readonly within: readonly number[];
  /** Of leads that exist already, the mean of that share. */
  readonly typical: number;
}

/** Weights of all periods by a source's first stage, made once each. */
export type WeightsOf = (first: number) => readonly PeriodWeights[];

export function weightsOf({ clock, model, timing }: Context, periods: readonly PlanPeriod[]): WeightsOf {
  const last = model.stages.length - 1;
  const known: (readonly PeriodWeights[] | undefined)[] = [];
  const make = (first: number) =>
    periods.map((period): PeriodWeights => {
      const curve = timing(first, last);
      const within = Array.from({ length: clock.months }, (_, month) => withinPeriod(curve, month, period));
      return { period, within, typical: typicalShare(curve, period, clock) };
    });
  return (first) => (known[first] ??= make(first));
}

interface Of {
  readonly planned: PlannedUnit;
  /** Its finest lines: the rep's and the territory's. */
  readonly lines: readonly Line[];
  readonly weights: WeightsOf;
}

/** One part for each period, in the order of the weights. */
export function prospectsOf(context: Context, { planned, lines, weights }: Of): UnitPart[] {
  const { clock } = context;
  const { path } = planned;
  const hasLeads = path.first < path.last;
  const goals = hasLeads ? wholeGoals(planned, lines, clock) : [];
  const toCome = hasLeads ? wholeToCome(planned, goals, context) : [];
  return weights(path.first).map((of) => partOf(context, planned, { ...of, goals, toCome }));
}

interface Within extends PeriodWeights {
  /** Whole goals of the first stage by plan month, and those of them still to come. */
  readonly goals: readonly number[];
  readonly toCome: readonly number[];
}

function partOf({ clock, back }: Context, planned: PlannedUnit, of: Within): UnitPart {
  const { unit, path } = planned;
  const perClose = quotaPerClose(planned.answers);
  const { period, within, typical, goals, toCome } = of;
  const closedSeries = planned.closed;
  let closed = 0;
  let expected = 0;
  for (let month = period.first; month <= period.last; month++) {
    if (closedSeries !== null && month <= clock.asOfMonth) closed += closedSeries[back + month]!;
    expected += unit.carryIn.expected[month]!;
  }
  if (path.first === path.last) {
    // a source without leads is taken to bring its quota, as a matter of chance
    const left = sumIn(unit.stages[path.last]!, period);
    const prospects = { ...NO_LEADS, existing: left, ...amountsOf(left, perClose) };
    return { prospects, closed, leads: 0, leadsToCome: 0 };
  }
  const rate = path.yield(path.first, path.last);
  let fresh = 0;
  let freshSquares = 0;
  let leadsToCome = 0;
  for (let month = 0; month < toCome.length; month++) {
    const closes = toCome[month]! * within[month]!;
    fresh += closes;
    freshSquares += closes * within[month]!;
    if (closes > 0) leadsToCome += toCome[month]!;
  }
  fresh *= rate;
  freshSquares *= rate * rate;
  const named = planned.inHand?.moments(period) ?? NOTHING;
  const unnamed = Math.max(0, expected - closed - named.mean);
  const existing = named.mean + unnamed;
  const existingSquares = named.squares + unnamed * rate * typical;
  const all = { rated: (fresh + existing) * rate, ...amountsOf(fresh + existing, perClose) };
  // records that begin at a later stage are no leads: more leads do not bring more of them
  const prospects =
    path.first === 0
      ? { fresh, freshSquares, existing, existingSquares, ...all }
      : { ...NO_LEADS, existing: existing + fresh, existingSquares: existingSquares + freshSquares, ...all };
  const isLead = path.first === 0;
  return {
    prospects,
    closed,
    leads: isLead ? sumIn(goals, period) : 0,
    leadsToCome: isLead ? leadsToCome : 0,
  };
}

const NOTHING = { mean: 0, squares: 0 };

const NO_LEADS = { fresh: 0, freshSquares: 0, existing: 0, existingSquares: 0, rated: 0 };

function amountsOf(closes: number, perClose: number): Pick<Prospects, 'amount' | 'amountSquares'> {
  return { amount: closes * perClose, amountSquares: closes * perClose * perClose };
}

function sumIn(series: readonly number[], { first, last }: PlanPeriod): number {
  let sum = 0;
  for (let month = first; month <= last; month++) sum += series[month]!;
  return sum;
}

/** Share of a month's leads that ever close whose closes fall within the period. */
function withinPeriod(timing: Timing, month: number, { first, last }: PlanPeriod): number {
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
  goals: readonly number[],
  { clock, back }: Pick<Context, 'clock' | 'back'>,
): number[] {
  const reached = planned.past?.reached[planned.path.first] ?? null;
  return goals.map((goal, month) => {
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
    const share = withinPeriod(timing, month, { ...period, first });
    sum += share;
    squares += share * share;
  }
  return sum > 0 ? squares / sum : 0;
}
