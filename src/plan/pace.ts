/**
 * Required pace: from this month on, how many leads a month would have to be held to be on quota at every month-end
 * that can still be influenced? That is this month's goal; next month, ask again.
 *
 * Everything here is in closes: a lead counts as the `yield` of a close, so that the pace in leads is the pace in
 * closes ÷ yield. It always covers what is required, is never negative, and is quota ÷ yield on a steady business.
 */
import { filled } from '../funnel/series.ts';
import { arrivedBy, monthsUntil, type Timing } from '../funnel/timing.ts';
import { type Activity, arriving } from './activity.ts';
import type { Span } from './clock.ts';

/** What a pace can bring: depends on activity and timing only, so reps that work alike share one. */
export interface Leverage {
  readonly length: number;
  /** Activity that is still to come, months 0 … length − 1. */
  readonly activity: number[];
  readonly timing: Timing;
  /** `lev[s × length + c]`: closes by the end of month c per unit of pace held from month s. */
  readonly lev: number[];
  /** Share of each month's closes that new leads can be asked for. */
  readonly reachable: number[];
  /** Months within which the lookahead share of closes has come. */
  readonly lookahead: number;
  readonly years: readonly YearLeverage[];
}

export interface YearLeverage extends Span {
  /** Last month of the year with activity; null where there is none. */
  readonly until: number | null;
  /** Closes by the end of month c per unit of pace, leads counted by the share of their closes by `until`. */
  readonly catchUp: number[];
}

export function leverageOf(
  activity: Activity,
  timing: Timing,
  options: { years: readonly Span[]; lookahead: number },
): Leverage {
  const { length } = activity;
  const coming = activity.coming.slice(activity.back);
  const lev = filled(length * length, 0);
  for (let s = length - 1; s >= 0; s--) {
    for (let c = s; c < length; c++) {
      const later = s + 1 <= c ? lev[(s + 1) * length + c]! : 0;
      lev[s * length + c] = later + coming[s]! * arrivedBy(timing, c - s);
    }
  }
  const reachable = filled(length, 0);
  for (let t = 0; t < length; t++) {
    reachable[t] = Math.min(1, arriving(activity.coming, activity.back, timing, t));
  }
  const years = options.years.map((span) => yearLeverage(span, coming, timing));
  return {
    length,
    activity: coming,
    timing,
    lev,
    reachable,
    lookahead: monthsUntil(timing, options.lookahead),
    years,
  };
}

function yearLeverage(span: Span, activity: number[], timing: Timing): YearLeverage {
  let until = span.last;
  while (until >= span.first && !(activity[until]! > 0)) until--;
  const catchUp = filled(activity.length, 0);
  if (until < span.first) return { ...span, until: null, catchUp };
  for (let c = span.first; c < activity.length; c++) {
    let sum = 0;
    for (let u = span.first; u <= Math.min(c, until); u++) {
      sum += activity[u]! * arrivedBy(timing, until - u) * arrivedBy(timing, c - u);
    }
    catchUp[c] = sum;
  }
  return { ...span, until, catchUp };
}

/** What is asked of the months, in closes. */
export interface Demand {
  readonly quota: number[];
  /** Mean quota of the quarter: leads flow steadily within it. */
  readonly smoothed: number[];
  /** Closes expected from records that exist. */
  readonly carryIn: number[];
  readonly running: Running;
}

/** Running totals of a demand by month-end. */
export interface Running {
  readonly quota: number[];
  readonly carryIn: number[];
  /** What new leads in step can bring of the smoothed quota. */
  readonly reachable: number[];
}

/** Closes of a fiscal year that nothing brings in time, and how many of them later leads catch up. */
export interface Gap extends Span {
  readonly until: number;
  readonly closes: number;
  readonly caughtUp: number;
}

/**
 * The gap of each year: quota less what exists, less what new leads in step can bring, less earlier gaps.
 * Caught up by year-end is at most a doubling of the pace; `forgiven` closes of a year are not caught up
 * (a joiner's first months), with `Infinity` none are.
 */
export function gapsOf(leverage: Leverage, demand: Demand, forgiven: (year: Span) => number): Gap[] {
  const gaps: Gap[] = [];
  const { running } = demand;
  let earlier = 0;
  for (const span of leverage.years) {
    if (span.until === null) continue;
    const until = span.until;
    const closes = Math.max(
      0,
      running.quota[until]! - running.carryIn[until]! - running.reachable[until]! - earlier,
    );
    earlier += closes;
    let peak = 0;
    for (let t = span.first; t <= span.last; t++) peak = Math.max(peak, demand.quota[t]!);
    const caughtUp = Math.min(Math.max(0, closes - forgiven(span)), span.catchUp[until]! * peak);
    gaps.push({ first: span.first, last: span.last, until, closes, caughtUp });
  }
  return gaps;
}

/** The demand on a unit with this leverage. */
export function demandOn(leverage: Leverage, of: Omit<Demand, 'running'>): Demand {
  const { length } = leverage;
  const running: Running = {
    quota: filled(length, 0),
    carryIn: filled(length, 0),
    reachable: filled(length, 0),
  };
  let quota = 0;
  let carryIn = 0;
  let reachable = 0;
  for (let t = 0; t < length; t++) {
    running.quota[t] = quota += of.quota[t]!;
    running.carryIn[t] = carryIn += of.carryIn[t]!;
    running.reachable[t] = reachable += of.smoothed[t]! * leverage.reachable[t]!;
  }
  return { ...of, running };
}

/** Closes that new leads must have brought by each month-end: what they can in step, and what is caught up. */
export function requiredCloses(leverage: Leverage, demand: Demand, gaps: readonly Gap[]): number[] {
  const { running } = demand;
  const required = running.reachable.slice();
  for (const gap of gaps) {
    if (!(gap.caughtUp > 0)) continue;
    const year = leverage.years.find((span) => span.first === gap.first)!;
    const whole = year.catchUp[gap.until]!;
    for (let c = gap.first; c < leverage.length; c++) {
      required[c] = required[c]! + gap.caughtUp * Math.min(1, year.catchUp[c]! / whole);
    }
  }
  for (let c = 0; c < leverage.length; c++) {
    required[c] = Math.max(0, Math.min(running.quota[c]! - running.carryIn[c]!, required[c]!));
  }
  return required;
}

/** The pace of each month, in closes, with the month-end that decides it. */
export interface Pace {
  /** Pace × activity: what the month must bring in. */
  readonly closes: number[];
  /** The pace itself, per unit of activity: what would have to be held from the month on. */
  readonly held: number[];
  /** The month-end whose requirement decides the month's pace; −1 where nothing is needed. */
  readonly decidedBy: number[];
}

/**
 * The smallest pace that, held from each month on, meets the requirement at every month-end it can influence.
 * `months` of it are worked out, all unless said.
 */
export function requiredPace(leverage: Leverage, required: number[], months = leverage.length): Pace {
  const { length, activity, lev, timing } = leverage;
  const need = [...required];
  const closes = filled(length, 0);
  const held = filled(length, 0);
  const decidedBy = filled(length, -1);
  for (let s = 0; s < months; s++) {
    if (!(activity[s]! > 0)) continue;
    let next = s + 1;
    while (next < length && !(activity[next]! > 0)) next++;
    const last = Math.min(length - 1, Math.max(s, next - 1) + leverage.lookahead);
    let pace = 0;
    for (let c = s; c <= last; c++) {
      const reach = lev[s * length + c]!;
      if (need[c]! > 0 && reach > 0 && need[c]! / reach > pace) {
        pace = need[c]! / reach;
        decidedBy[s] = c;
      }
    }
    if (pace === 0) continue;
    held[s] = pace;
    closes[s] = pace * activity[s]!;
    for (let c = s; c < length; c++) need[c] = need[c]! - closes[s]! * arrivedBy(timing, c - s);
  }
  return { closes, held, decidedBy };
}
