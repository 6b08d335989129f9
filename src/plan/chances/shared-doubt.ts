/**
 * What all closes of a period share: the rates they come by are estimates from so many records, and move between
 * quarters.
 */
import { rateNodes } from '../../chance/closes.ts';
import { estimateSpread } from '../../rates/evidence.ts';
import { rateFor } from '../../rates/rate-table.ts';
import type { Context } from '../context.ts';
import type { PlanPeriod } from '../row.ts';
import type { ChanceSum } from './chance-sums.ts';

/** How much rates move from quarter to quarter: a coefficient of variation. */
export const BETWEEN_QUARTERS = 0.15;

/** Squared coefficient of variation of the yield of a team's source, as far as it is an estimate. */
type EstimateSpread = (of: { team: string | null; source: string | null }) => number;

interface Uncertain {
  readonly team: string | null;
  readonly periods: readonly PlanPeriod[];
  readonly estimated: EstimateSpread;
}

/** How far the rates of all closes of a period may be off together. */
export interface Doubt {
  /** Mean yield by which the closes come; 0 where none come by a rate. */
  readonly rate: number;
  /** Coefficient of variation of what they share: of .15, rates are off by 15 % on average. */
  readonly variation: number;
  /** Quarters of the period, in which rates move apart from each other; at least 1. */
  readonly quarters: number;
  /** The sources whose closes come by a rate. */
  readonly bySource: readonly SourceDoubt[];
  /** What the rates may turn out to be, as factors, all equally likely. */
  readonly factors: readonly number[];
}

export interface SourceDoubt {
  readonly source: string | null;
  /** Share of the closes of all periods of this grain. */
  readonly share: number;
  /** Squared coefficient of variation of its yield, as far as it is an estimate. */
  readonly estimate: number;
}

/** What the rates may turn out to be for a team: the same for its periods of one grain, whose mix of sources is one. */
export function sharedDoubts(own: readonly ChanceSum[], of: Uncertain): (period: PlanPeriod) => Doubt {
  const known = new Map<string, Doubt>();
  return (period) => {
    const length = period.last - period.first + 1;
    const key = `${period.grain} ${length}`;
    let doubt = known.get(key);
    if (doubt === undefined) {
      const alike = own.filter((_, position) => of.periods[position]!.grain === period.grain);
      known.set(key, (doubt = doubtOf(alike, { ...of, quarters: Math.max(1, length / 3) })));
    }
    return doubt;
  };
}

/**
 * What the closes share: each source's yield is an estimate from so many records, and moves between quarters. In a
 * year four quarters' moves partly cancel. Sources vary apart from each other.
 */
function doubtOf(
  sums: readonly ChanceSum[],
  { team, estimated, quarters }: Uncertain & { readonly quarters: number },
): Doubt {
  const closesBySource = new Map<string | null, { closes: number; rated: number }>();
  for (const sum of sums) {
    for (const [source, { fresh, existing, rated }] of sum.bySource) {
      const known = closesBySource.get(source) ?? { closes: 0, rated: 0 };
      closesBySource.set(source, { closes: known.closes + fresh + existing, rated: known.rated + rated });
    }
  }
  let mean = 0;
  for (const { closes } of closesBySource.values()) mean += closes;
  if (!(mean > 0)) return { rate: 0, variation: 0, quarters, bySource: [], factors: CERTAIN };
  const bySource: SourceDoubt[] = [];
  let square = 0;
  let rate = 0;
  for (const [source, { closes, rated }] of closesBySource) {
    if (rated === 0) continue;
    const share = closes / mean;
    const estimate = estimated({ team, source });
    square += share ** 2 * (estimate + BETWEEN_QUARTERS ** 2 / quarters);
    rate += rated / mean;
    bySource.push({ source, share, estimate });
  }
  const shared = { rate: Math.max(1e-6, rate), variation: Math.sqrt(square) };
  return { ...shared, quarters, bySource, factors: rateNodes(shared) };
}

const CERTAIN = [1];

/** Worked out once for each team and source. */
export function estimates(context: Context): EstimateSpread {
  const known = new Map<string, number>();
  return (of) => {
    const key = `${of.team ?? ''}\u0000${of.source ?? ''}`;
    let spread = known.get(key);
    if (spread === undefined) known.set(key, (spread = yieldSpread(context, of)));
    return spread;
  };
}

/** Squared coefficient of variation of a source's yield: the sum of that of each rate. */
function yieldSpread(context: Context, of: { team: string | null; source: string | null }): number {
  const { model, rates } = context;
  const first = model.sources.find(({ name }) => name === of.source)?.startsAt ?? 0;
  let spread = 0;
  for (let transition = first; transition < model.stages.length - 1; transition++) {
    const answer = rateFor(rates, { ...of, rep: null }, transition);
    if (answer !== null) spread += estimateSpread(answer);
  }
  return spread;
}
