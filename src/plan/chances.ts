/**
 * Chances: a goal that is met in expectation is reached about half the time. For the company and each team, how
 * likely a quarter's and a year's quota is reached with the goals as they stand, and how many leads more it would take
 * to be as sure as wanted.
 *
 * Closes of a period are counted as independent records, each with its own chance (a matched binomial); what all of
 * them share, that rates are estimates and move between quarters, is averaged over.
 */
import { chanceOfAmount, type Moments, rateNodes } from '../chance/closes.ts';
import { estimateSpread } from '../rates/evidence.ts';
import { pathUp } from '../rates/rate-row.ts';
import { rateFor } from '../rates/rate-table.ts';
import { quotaPerClose } from './assumptions.ts';
import type { Context } from './context.ts';
import { dealSpread } from './deal-spread.ts';
import { compareText, type Line } from './line.ts';
import type { ChanceRow } from './plan.ts';
import type { PlannedUnit } from './prepare.ts';
import { type Prospects, prospectsOf, type UnitPart, weightsOf } from './prospects.ts';
import { type PlanPeriod, planPeriods } from './row.ts';
import { ceilWithTolerance } from './whole.ts';

/** How much rates move from quarter to quarter: a coefficient of variation. */
const BETWEEN_QUARTERS = 0.15;

/** What goals are sized for unless said otherwise: how sure is sure. */
const USUAL_CONFIDENCE = 0.8;

/** Beyond this many times the leads, more leads are no answer. */
const MOST_TIMES = 3;

/** Sums over the units of a team or the company for one period. */
interface Sum {
  /** Quota that goals are sized on, in minor units. */
  wanted: number;
  /** Closed already, in minor units: certain. */
  closed: number;
  /** By source: what new leads and what existing records bring. */
  readonly bySource: Map<string | null, Writable<Prospects>>;
  /** Leads of the period, those reached included; and leads still to come that matter to it. */
  leads: number;
  leadsToCome: number;
}

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
  const sums = new Map<string | null, Sum[]>();
  const sumsOf = (team: string | null): Sum[] => {
    let known = sums.get(team);
    if (known === undefined) {
      known = periods.map(() => ({ wanted: 0, closed: 0, bySource: new Map(), leads: 0, leadsToCome: 0 }));
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
          addTo(sum, planned, { part: parts[position]!, period: periods[position]! });
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

function addTo(
  sum: Sum,
  { source, closes, answers }: PlannedUnit,
  { part, period }: { part: UnitPart; period: PlanPeriod },
): void {
  const perClose = quotaPerClose(answers);
  for (let month = period.first; month <= period.last; month++) sum.wanted += closes[month]! * perClose;
  sum.closed += part.closed * perClose;
  sum.leads += part.leads;
  sum.leadsToCome += part.leadsToCome;
  let known = sum.bySource.get(source.name);
  if (known === undefined) sum.bySource.set(source.name, (known = noProspects()));
  known.fresh += part.prospects.fresh;
  known.freshSquares += part.prospects.freshSquares;
  known.existing += part.prospects.existing;
  known.existingSquares += part.prospects.existingSquares;
  known.rated += part.prospects.rated;
  known.amount += part.prospects.amount;
  known.amountSquares += part.prospects.amountSquares;
}

function noProspects(): Writable<Prospects> {
  return {
    fresh: 0,
    freshSquares: 0,
    existing: 0,
    existingSquares: 0,
    rated: 0,
    amount: 0,
    amountSquares: 0,
  };
}

type Writable<Of> = { -readonly [Key in keyof Of]: Of[Key] };

interface RowOf {
  readonly team: string | null;
  readonly period: PlanPeriod;
  /** Coefficient of variation of deal sizes. */
  readonly spread: number;
  /** What the rates may turn out to be. */
  readonly factors: readonly number[];
}

/** Squared coefficient of variation of the yield of a team's source, as far as it is an estimate. */
type EstimateSpread = (of: { team: string | null; source: string | null }) => number;

function rowOf(context: Context, sum: Sum, { team, period, spread, factors }: RowOf): ChanceRow {
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

/**
 * Mean size of the deals and how much they differ: because deals of one kind do (`spread`), and because deal sizes of
 * reps and sources do. E[m²] ÷ E[m]² − 1.
 */
function sizesOf({ bySource }: Sum, spread: number): { size: number; variation: number } {
  let closes = 0;
  let amount = 0;
  let squares = 0;
  for (const part of bySource.values()) {
    closes += part.fresh + part.existing;
    amount += part.amount;
    squares += part.amountSquares;
  }
  if (!(closes > 0)) return { size: 1, variation: 0 };
  const variance = (closes * squares * (1 + spread * spread)) / amount ** 2 - 1;
  return { size: amount / closes, variation: variance > ALIKE ? Math.sqrt(variance) : 0 };
}

/** Less than this is the rounding of floats. */
const ALIKE = 1e-9;

function momentsOf({ bySource }: Sum, times: number): Moments {
  let mean = 0;
  let squares = 0;
  for (const { fresh, freshSquares, existing, existingSquares } of bySource.values()) {
    mean += times * fresh + existing;
    squares += times * freshSquares + existingSquares;
  }
  return { mean, squares };
}

/** Close enough: a part of the leads that is less than one of a thousand goals. */
const CLOSE_ENOUGH = 1e-4;

/**
 * How many times the leads to come would be enough; null where three times are not. The chance is nearly straight
 * in the number of leads: false position (Illinois), which halves the weight of an end that stays.
 */
function timesFor(
  chanceAt: (times: number) => number,
  { chance, confidence }: { chance: number; confidence: number },
): number | null {
  if (chance >= confidence) return 1;
  let low = { times: 1, miss: chance - confidence };
  let high = { times: MOST_TIMES, miss: chanceAt(MOST_TIMES) - confidence };
  if (high.miss < 0) return null;
  let kept: 'low' | 'high' | null = null;
  while (high.times - low.times > CLOSE_ENOUGH) {
    const times = low.times + ((high.times - low.times) * -low.miss) / (high.miss - low.miss);
    const miss = chanceAt(times) - confidence;
    if (Math.abs(miss) < CLOSE_ENOUGH) return times;
    if (miss >= 0) {
      high = { times, miss };
      if (kept === 'low') low = { ...low, miss: low.miss / 2 };
      kept = 'low';
    } else {
      low = { times, miss };
      if (kept === 'high') high = { ...high, miss: high.miss / 2 };
      kept = 'high';
    }
  }
  return high.times;
}

interface Uncertain {
  readonly team: string | null;
  readonly periods: readonly PlanPeriod[];
  readonly estimated: EstimateSpread;
}

/** What the rates may turn out to be for a team: the same for its periods of one grain, whose mix of sources is one. */
function sharedFactors(own: readonly Sum[], of: Uncertain): (period: PlanPeriod) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (period) => {
    const length = period.last - period.first + 1;
    const key = `${period.grain} ${length}`;
    let factors = known.get(key);
    if (factors === undefined) {
      const alike = own.filter((_, position) => of.periods[position]!.grain === period.grain);
      known.set(
        key,
        (factors = rateNodes(uncertaintyOf(alike, { ...of, quarters: Math.max(1, length / 3) }))),
      );
    }
    return factors;
  };
}

/**
 * What the closes share: each source's yield is an estimate from so many records, and moves between quarters. In a
 * year four quarters' moves partly cancel. Sources vary apart from each other.
 */
function uncertaintyOf(
  sums: readonly Sum[],
  { team, estimated, quarters }: Uncertain & { readonly quarters: number },
): { rate: number; variation: number } {
  const bySource = new Map<string | null, { closes: number; rated: number }>();
  for (const sum of sums) {
    for (const [source, { fresh, existing, rated }] of sum.bySource) {
      const known = bySource.get(source) ?? { closes: 0, rated: 0 };
      bySource.set(source, { closes: known.closes + fresh + existing, rated: known.rated + rated });
    }
  }
  let mean = 0;
  let variance = 0;
  let rate = 0;
  for (const [source, { closes, rated }] of bySource) {
    mean += closes;
    if (rated === 0) continue;
    variance += closes ** 2 * (estimated({ team, source }) + BETWEEN_QUARTERS ** 2 / quarters);
    rate += rated;
  }
  if (!(mean > 0)) return { rate: 0, variation: 0 };
  return { rate: Math.max(1e-6, rate / mean), variation: Math.sqrt(variance) / mean };
}

/** Worked out once for each team and source. */
function estimates(context: Context): EstimateSpread {
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
