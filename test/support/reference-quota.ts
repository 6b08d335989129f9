/** Test oracle: the method, section 1, from periods' quotas to months, presence, and the calendar. */
import { type Day, dateOf, dayOf } from '../../src/period/day.ts';
import {
  addMonths,
  daysIn,
  firstDay,
  lastDay,
  type Month,
  monthOf,
  monthOfDay,
} from '../../src/period/month.ts';
import type { ReferenceLag } from './reference-pace.ts';

export interface ReferenceUnit {
  name: string;
  team: string | null;
  /** ISO date; null: always there. */
  start: string | null;
  end: string | null;
  /** Tenure counts from here (over all teams); default `start`. */
  firstStart?: string | null;
  /** Months counted from the first plan month; may be negative or beyond the plan. */
  quota: { first: number; last: number; amountCents: number }[];
}

export interface ReferencePlan {
  firstMonth: { year: number; month: number };
  months: number;
  fiscalYearStarts: number;
  /** Number of stages. */
  stages: number;
  asOf: string;
  ramp: number[];
  quotasIncludeRamp: boolean;
  /** Weights by month of the fiscal year, or null. */
  seasonality: number[] | null;
  overAssigned: number;
  dealSizeCents: number;
  lookahead: number;
  late: 'spread' | 'report';
  /** Per transition. */
  lags: ReferenceLag[];
  /** `startsAt` is the index of a stage; stages − 1 means `leads: none`. */
  sources: { name: string; share: number; startsAt: number }[];
  units: ReferenceUnit[];
  /** Conversion rates per transition. */
  rates: (unit: number, source: number) => number[];
  /** Counts per stage of months relative to the plan; a row says what is known of that month. */
  actuals: null | { unit: number; source: number; month: number; counts: (number | null)[] }[];
}

export function dayOfText(text: string): Day {
  const [year, month, dayOfMonth] = text.split('-').map(Number);
  return dayOf(year!, month!, dayOfMonth!)!;
}

export const monthAt = (plan: ReferencePlan, t: number): Month =>
  addMonths(monthOf(plan.firstMonth.year, plan.firstMonth.month), t);

/** Month of an ISO date, counted from the first plan month. */
export const indexOf = (plan: ReferencePlan, text: string): number =>
  monthOfDay(dayOfText(text)) - monthAt(plan, 0);

/** Numbers that are equal within a fiscal year or quarter. */
export const yearOf = (plan: ReferencePlan, t: number): number =>
  Math.floor((monthAt(plan, t) - (plan.fiscalYearStarts - 1)) / 12);
export const quarterOf = (plan: ReferencePlan, t: number): number =>
  Math.floor((monthAt(plan, t) - (plan.fiscalYearStarts - 1)) / 3);

/** Month of the as-of day and the part of it that is gone. */
export function asOfDay(plan: ReferencePlan): { month: number; gone: number } {
  const month = indexOf(plan, plan.asOf);
  return { month, gone: dateOf(dayOfText(plan.asOf)).dayOfMonth / daysIn(monthAt(plan, month)) };
}

/** Days of month t from `start` up to `end`, where given. */
function daysThere(plan: ReferencePlan, t: number, start: string | null, end: string | null): number {
  const month = monthAt(plan, t);
  const first = Math.max(firstDay(month), start === null ? firstDay(month) : dayOfText(start));
  const last = Math.min(lastDay(month), end === null ? lastDay(month) : dayOfText(end));
  return Math.max(0, last - first + 1);
}

/** ramp[tenure]; 1 where no start is known or the ramp is over. */
function rampAt(plan: ReferencePlan, unit: ReferenceUnit, t: number): number {
  const start = unit.firstStart ?? unit.start;
  if (start === null) return 1;
  return plan.ramp[t - indexOf(plan, start)] ?? 1;
}

/** Share of month t in which the unit is there, seen from its start only (spreading does not look at the end). */
const thereAt = (plan: ReferencePlan, unit: ReferenceUnit, t: number): number =>
  daysThere(plan, t, unit.start, null) / daysIn(monthAt(plan, t));

/** a[t] of section 3: the rep's until `end`, 1 after (the open territory). */
export function presenceOf(plan: ReferencePlan, unit: ReferenceUnit, t: number): number {
  const days = daysIn(monthAt(plan, t));
  const rep = daysThere(plan, t, unit.start, unit.end);
  const territory = daysThere(plan, t, unit.start, null) - rep;
  return (rampAt(plan, unit, t) * rep) / days + territory / days;
}

/** The rep's share of what the unit has in month t; the rest is the territory's. */
export function repShare(plan: ReferencePlan, unit: ReferenceUnit, t: number): number {
  if (unit.end === null) return 1;
  const all = daysThere(plan, t, unit.start, null);
  if (all === 0) return t <= indexOf(plan, unit.end) ? 1 : 0;
  return daysThere(plan, t, unit.start, unit.end) / all;
}

/** Whole parts of a whole amount in proportion to weights: largest remainder, ties to the earlier. */
export function largestRemainder(amount: number, weights: number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (amount * weight) / total);
  const parts = exact.map((value) => Math.floor(value + 1e-6));
  // remainders to six places, so that noise in the last bits does not decide a tie
  const remainder = exact.map((value, i) => Math.max(0, Math.round((value - parts[i]!) * 1e6)));
  let left = amount - parts.reduce((sum, part) => sum + part, 0);
  while (left > 0) {
    let best = 0;
    for (let i = 1; i < parts.length; i++) if (remainder[i]! > remainder[best]!) best = i;
    parts[best] = parts[best]! + 1;
    remainder[best] = -1;
    left--;
  }
  return parts;
}

/** One period's quota over its months, in cents. */
function spread(plan: ReferencePlan, unit: ReferenceUnit, period: ReferenceUnit['quota'][number]): number[] {
  const months: number[] = [];
  for (let t = period.first; t <= period.last; t++) months.push(t);
  const there = months.map((t) => thereAt(plan, unit, t));
  if (there.every((share) => share === 0)) throw new Error(`quota of ${unit.name} lies before its start`);
  const a = months.map((t, i) => rampAt(plan, unit, t) * there[i]!);
  const s = months.map((t) => {
    const monthOfFiscalYear = (((monthAt(plan, t) - (plan.fiscalYearStarts - 1)) % 12) + 12) % 12;
    return plan.seasonality === null ? 1 : plan.seasonality[monthOfFiscalYear]!;
  });
  if (plan.quotasIncludeRamp) {
    const weights = a.map((value, i) => value * s[i]!);
    return largestRemainder(period.amountCents, weights.some((weight) => weight > 0) ? weights : there);
  }
  const full = largestRemainder(period.amountCents, s.some((value) => value > 0) ? s : s.map(() => 1));
  return full.map((cents, i) => Math.floor(cents * a[i]! + 0.5));
}

/** Cents of the months 0 … T−1, and whether each was given or is assumed (beyond the plan). */
export function monthlyQuota(
  plan: ReferencePlan,
  unit: ReferenceUnit,
  T: number,
): { cents: number[]; assumed: boolean[] } {
  const cents: number[] = Array.from({ length: T }, () => 0);
  const assumed: boolean[] = Array.from({ length: T }, (_, t) => t >= plan.months);
  for (const period of unit.quota) {
    const parts = spread(plan, unit, period);
    for (let t = Math.max(0, period.first); t <= Math.min(T - 1, period.last); t++) {
      cents[t] = cents[t]! + parts[t - period.first]!;
      assumed[t] = false;
    }
  }
  let quota = 0;
  let presence = 0;
  for (let t = Math.max(0, plan.months - 12); t < plan.months; t++) {
    quota += cents[t]!;
    presence += presenceOf(plan, unit, t);
  }
  for (let t = plan.months; t < T; t++)
    if (assumed[t] && presence > 0) cents[t] = (quota / presence) * presenceOf(plan, unit, t);
  return { cents, assumed };
}
