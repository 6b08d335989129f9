/**
 * Chances: a goal that is met in expectation is reached about half the time. For the company and each team, how
 * likely a quarter's and a year's quota is reached with the goals as they stand, and how many leads more it would take
 * to be as sure as wanted.
 *
 * Closes of a period are counted as independent records, each with its own chance (a matched binomial); what all of
 * them share, that rates are estimates and move between quarters, is averaged over.
 */
import { chanceOfAmount } from '../../chance/closes.ts';
import { pathUp } from '../../rates/rate-row.ts';
import type { Context } from '../context.ts';
import { dealSpread } from '../deal-spread.ts';
import { compareText, type Line } from '../line.ts';
import type { ChanceRow } from '../plan.ts';
import type { PlannedUnit } from '../prepare.ts';
import { type PlanPeriod, planPeriods } from '../row.ts';
import { ceilWithTolerance } from '../whole.ts';
import { addUnit, type ChanceSum, emptySum, momentsOf, sizesOf } from './chance-sums.ts';
import { timesFor } from './lead-times.ts';
import { prospectsOf, weightsOf } from './prospects.ts';
import { estimates, sharedFactors } from './shared-doubt.ts';

/** What goals are sized for unless said otherwise: how sure is sure. */
const USUAL_CONFIDENCE = 0.8;

/** Collects units one at a time. */
export interface ChanceBook {
  readonly add: (planned: PlannedUnit, lines: readonly Line[]) => void;
  /** Rows by level, team, quarters before years. */
  readonly rows: () => ChanceRow[];
}

export function chanceBook(context: Context, options: { teams: boolean } = { teams: true }): ChanceBook {
  const { clock, model } = context;
  const periods = [...planPeriods(clock, 'quarter'), ...planPeriods(clock, 'year')];
  const weights = weightsOf(context, periods);
  const sums = new Map<string | null, ChanceSum[]>();
  const sumsOf = (team: string | null): ChanceSum[] => {
    let known = sums.get(team);
    if (known === undefined) {
      known = periods.map(emptySum);
      sums.set(team, known);
    }
    return known;
  };
  return {
    add(planned, lines) {
      const parts = prospectsOf(context, { planned, lines, weights });
      const teams = options.teams ? pathUp(planned.carrier.team) : [];
      for (const team of [null, ...teams]) {
        for (const [position, sum] of sumsOf(team).entries())
          addUnit(sum, planned, { part: parts[position]!, period: periods[position]! });
      }
    },
    rows: () => {
      const spread = dealSpread(model);
      const estimated = estimates(context);
      const teams = [...sums.keys()].sort(compareText);
      return teams.flatMap((team) => {
        const own = sums.get(team)!;
        const factorsOf = sharedFactors(own, { team, periods, estimated });
        return own.map((sum, position) => {
          const period = periods[position]!;
          return rowOf(context, sum, { team, period, spread, factors: factorsOf(period) });
        });
      });
    },
  };
}

interface RowOf {
  readonly team: string | null;
  readonly period: PlanPeriod;
  /** Coefficient of variation of deal sizes. */
  readonly spread: number;
  /** What the rates may turn out to be. */
  readonly factors: readonly number[];
}

function rowOf(context: Context, sum: ChanceSum, { team, period, spread, factors }: RowOf): ChanceRow {
  const confidence = context.model.confidence ?? USUAL_CONFIDENCE;
  const base = { level: team === null ? ('company' as const) : ('team' as const), team, period, confidence };
  const leads = Math.round(sum.leads);
  if (!(sum.wanted > 0)) return { ...base, chance: null, leads, extraLeads: () => null };
  const chanceAt = (times: number): number =>
    chanceOfAmount({
      wanted: sum.wanted - sum.closed,
      moments: momentsOf(sum, times),
      ...sizesOf(sum, spread),
      factors,
    });
  const chance = chanceAt(1);
  const extraLeads = () => {
    const times = timesFor(chanceAt, { chance, confidence });
    return times === null ? null : ceilWithTolerance(sum.leadsToCome * (times - 1));
  };
  return { ...base, chance, leads, extraLeads };
}
