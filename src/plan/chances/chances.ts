/**
 * Chances: a goal that is met in expectation is reached about half the time. For the company and each team, how
 * likely a quarter's and a year's quota is reached with the goals as they stand, and how many leads more it would take
 * to be as sure as wanted.
 *
 * Closes of a period are counted as independent records, each with its own chance (a matched binomial); what all of
 * them share, that rates are estimates and move between quarters, is averaged over.
 */
import { pathUp } from '../../rates/rate-row.ts';
import type { Context } from '../context.ts';
import { dealSpread } from '../deal-spread.ts';
import { compareText, type Line } from '../line.ts';
import type { ChanceRow } from '../plan.ts';
import type { PlannedUnit } from '../prepare.ts';
import { type PlanPeriod, planPeriods } from '../row.ts';
import { addUnit, type ChanceSum, emptySum } from './chance-sums.ts';
import { type ChanceWorking, chanceRowOf } from './chance-working.ts';
import { prospectsOf, weightsOf } from './prospects.ts';
import { estimates, sharedDoubts } from './shared-doubt.ts';

/** What goals are sized for unless said otherwise: how sure is sure. */
const USUAL_CONFIDENCE = 0.8;

/** Collects units one at a time. */
export interface ChanceBook {
  readonly add: (planned: PlannedUnit, lines: readonly Line[]) => void;
  /** Rows by level, team, quarters before years. */
  readonly rows: () => ChanceRow[];
  /** What a row's chance is taken from; null for a team, or a period, that has none. */
  readonly workingOf: (of: Pick<ChanceRow, 'team' | 'period'>) => ChanceWorking | null;
}

export function chanceBook(context: Context, options: { teams: boolean } = { teams: true }): ChanceBook {
  const { clock } = context;
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
  const workingsOf = workingsIn(context, sums, periods);
  return {
    add(planned, lines) {
      const parts = prospectsOf(context, { planned, lines, weights });
      const teams = options.teams ? pathUp(planned.carrier.team) : [];
      for (const team of [null, ...teams]) {
        for (const [position, sum] of sumsOf(team).entries())
          addUnit(sum, planned, { part: parts[position]!, period: periods[position]! });
      }
    },
    rows: () => teamsOf(sums).flatMap((team) => workingsOf(team).map(chanceRowOf)),
    workingOf: ({ team, period }) =>
      workingsOf(team).find((working) => isSame(working.period, period)) ?? null,
  };
}

/** What the chances of a team are taken from, one for each period. */
function workingsIn(
  context: Context,
  sums: ReadonlyMap<string | null, readonly ChanceSum[]>,
  periods: readonly PlanPeriod[],
): (team: string | null) => ChanceWorking[] {
  const { model } = context;
  const spread = dealSpread(model);
  const estimated = estimates(context);
  const confidence = model.confidence ?? USUAL_CONFIDENCE;
  return (team) => {
    const own = sums.get(team) ?? [];
    const doubtOf = sharedDoubts(own, { team, periods, estimated });
    return own.map((sum, position) => {
      const period = periods[position]!;
      return { team, period, confidence, sum, spread, doubt: doubtOf(period) };
    });
  };
}

const teamsOf = (sums: ReadonlyMap<string | null, unknown>) => [...sums.keys()].sort(compareText);

const isSame = (first: PlanPeriod, second: PlanPeriod) =>
  first.grain === second.grain && first.first === second.first;
