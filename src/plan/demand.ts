/** Demand: a carrier's quota carried on beyond the plan, turned into closes, and smoothed within the quarter. */
import { filled } from '../funnel/series.ts';
import type { Carrier } from '../quota/quota.ts';
import type { Activity } from './activity.ts';
import { type Clock, quarterSpans } from './clock.ts';

/** Months of the plan from which the quota beyond it is assumed. */
const LOOK_BACK = 12;

export interface ExtendedQuota {
  /** Minor units, months 0 … length − 1. */
  readonly amount: number[];
  /** 1 where a month beyond the plan was not given. */
  readonly assumed: Uint8Array;
}

/**
 * Quotas beyond the plan say what its last leads are for. Where none is given: the mean of the last twelve plan
 * months per unit of activity × activity. What nobody was there for (an open team) is not carried on.
 */
export function extendedQuota(carrier: Carrier, activity: Activity, months: number): ExtendedQuota {
  const { back, length, full } = activity;
  const amount = carrier.quota.slice(0, length);
  const assumed = new Uint8Array(length);
  let quota = 0;
  let active = 0;
  for (let t = Math.max(0, months - LOOK_BACK); t < months; t++) {
    quota += carrier.quota[t]!;
    active += full[back + t]!;
  }
  const perActivity = active > 0 && !carrier.open ? quota / active : 0;
  for (let t = months; t < length; t++) {
    if (carrier.given[t] === 1) continue;
    amount[t] = perActivity * full[back + t]!;
    assumed[t] = 1;
  }
  return { amount, assumed };
}

/** Quota of a source in closes: quota × share ÷ (1 + over-assigned) ÷ deal size. */
export function closesOf(
  amount: number[],
  size: { share: number; overAssigned: number; dealSize: number },
): number[] {
  const { share, overAssigned, dealSize } = size;
  return amount.map((value) => (value * share) / (1 + overAssigned) / dealSize);
}

/**
 * Mean closes of the fiscal quarter over its months with activity or quota: within a quarter leads flow steadily.
 * Months with neither are 0.
 */
export function smoothedQuota(closes: number[], activity: Activity, clock: Clock): number[] {
  const smoothed = filled(closes.length, 0);
  const counts = (t: number) => activity.full[activity.back + t]! > 0 || closes[t]! > 0;
  for (const { first, last } of quarterSpans(clock, closes.length)) {
    let sum = 0;
    let months = 0;
    for (let t = first; t <= last; t++) {
      if (!counts(t)) continue;
      sum += closes[t]!;
      months += 1;
    }
    for (let t = first; t <= last; t++) if (counts(t)) smoothed[t] = sum / months;
  }
  return smoothed;
}
