/** What a chance is taken from: the sums of a team or the company for one period, and what its rates may turn out to be. */
import { type AmountAim, chanceOfAmount } from '../../chance/closes.ts';
import type { ChanceBasis, ChanceRow } from '../plan.ts';
import type { PlanPeriod } from '../row.ts';
import { ceilWithTolerance } from '../whole.ts';
import { type ChanceSum, momentsOf, sizesOf } from './chance-sums.ts';
import { timesFor } from './lead-times.ts';
import type { Doubt } from './shared-doubt.ts';

export interface ChanceWorking {
  /** Null: the company. */
  readonly team: string | null;
  readonly period: PlanPeriod;
  /** How sure one wants to be. */
  readonly confidence: number;
  readonly sum: Readonly<ChanceSum>;
  /** Coefficient of variation of deals of one kind. */
  readonly spread: number;
  readonly doubt: Doubt;
}

/** What is to be reached by what, were there so many times the leads to come. */
export function aimAt({ sum, spread, doubt }: ChanceWorking, times: number): AmountAim {
  const { size, variation } = sizesOf(sum, spread);
  return {
    wanted: sum.wanted - sum.closed,
    moments: momentsOf(sum, times),
    size,
    variation,
    factors: doubt.factors,
  };
}

/** The chance with so many times the leads to come. */
export function chanceAt(working: ChanceWorking, times: number): number {
  return chanceOfAmount(aimAt(working, times));
}

/** How many times the leads to come make it as sure as wanted; null where no number of times within reason does. */
export function timesWanted(working: ChanceWorking, chance: number): number | null {
  return timesFor((times) => chanceAt(working, times), { chance, confidence: working.confidence });
}

/** Leads more than those to come, were they so many times as many. */
export function leadsMore({ sum }: ChanceWorking, times: number): number {
  return ceilWithTolerance(sum.leadsToCome * (times - 1));
}

/** With `wantedCloses` of a matched binomial (and its deals) averaged over rates that are so doubtful, the chance. */
function basisOf({ sum, spread, doubt }: ChanceWorking): ChanceBasis {
  const { mean, squares } = momentsOf(sum, 1);
  const { size, variation, closes } = sizesOf(sum, spread);
  const isExpected = closes > 0;
  return {
    expectedCloses: mean,
    variance: mean - squares,
    wantedCloses: isExpected ? (sum.wanted - sum.closed) / size : null,
    dealSize: isExpected ? size : null,
    dealVariation: variation,
    rate: doubt.rate,
    doubt: doubt.variation,
  };
}

/** The row of a plan; the leads it would take are worked out when asked for. */
export function chanceRowOf(working: ChanceWorking): ChanceRow {
  const { team, period, confidence, sum } = working;
  const level = team === null ? ('company' as const) : ('team' as const);
  const basis = () => basisOf(working);
  const base = { level, team, period, confidence, leads: Math.round(sum.leads), basis };
  if (!(sum.wanted > 0)) return { ...base, chance: null, extraLeads: () => null };
  const chance = chanceAt(working, 1);
  const extraLeads = () => {
    const times = timesWanted(working, chance);
    return times === null ? null : leadsMore(working, times);
  };
  return { ...base, chance, extraLeads };
}
