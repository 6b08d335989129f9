/**
 * Blending rates of small samples with those of the group they belong to (beta-binomial shrinkage).
 *
 * A rep with 3 closes of 100 leads has shown little; how far the rep's own ratio is trusted follows from how much
 * reps really differ (ρ, the intra-class correlation). ρ is estimated from the ratios' spread beyond chance and
 * blended with a prior of ±30 % between units, each weighed by its variance (method of moments; Kleinman 1973).
 */

/** Converted and entered records of one unit (a rep, a team); entered may be fractional. */
export interface Tally {
  readonly converted: number;
  readonly entered: number;
}

/** Spread between units that is expected before looking: a coefficient of variation of 30 %. */
const PRIOR_VARIATION = 0.3;

/** What the units of one or more groups say about how much units differ. */
interface Evidence {
  excess: number;
  denominator: number;
  noise: number;
}

/** Pooled ratio Σ converted ÷ Σ entered; kept away from 0 and 1 by half a record; null where nothing entered. */
export function pooledRate(tallies: readonly Tally[]): number | null {
  let converted = 0;
  let entered = 0;
  for (const tally of tallies) {
    converted += tally.converted;
    entered += tally.entered;
  }
  if (!(entered > 0)) return null;
  return converted <= 0 || converted >= entered ? (converted + 0.5) / (entered + 1) : converted / entered;
}

/** ρ that a spread of 30 % between units with this mean rate amounts to. */
function priorCorrelation(mean: number): number {
  return Math.min(0.5, (mean * PRIOR_VARIATION ** 2) / (1 - mean));
}

function gather(evidence: Evidence, tallies: readonly Tally[]): void {
  const units = tallies.filter((tally) => tally.entered > 0);
  const mean = pooledRate(units);
  if (mean === null || units.length < 2) return;
  const variance = mean * (1 - mean);
  const prior = priorCorrelation(mean);
  let total = 0;
  let squares = 0;
  let inverse = 0;
  let spread = 0;
  for (const { converted, entered } of units) {
    total += entered;
    squares += entered * entered;
    inverse += 1 / entered;
    spread += entered * (converted / entered - mean) ** 2;
  }
  const free = units.length - 1;
  const typical = (total - squares / total) / free;
  evidence.excess += spread / variance - free;
  evidence.denominator += total - squares / total - free;
  evidence.noise +=
    2 * free * (1 + prior * typical) ** 2 + (Math.max(0, 1 - 6 * variance) / variance) * inverse;
}

/**
 * ρ from the units of all groups together, each group against its own mean; the prior where there is too little
 * to go by. The prior's mean is that of the groups' means, weighed by their records.
 */
function correlation(groups: readonly (readonly Tally[])[]): number {
  const evidence: Evidence = { excess: 0, denominator: 0, noise: 0 };
  for (const group of groups) gather(evidence, group);
  const prior = priorCorrelation(meanOfGroups(groups));
  if (!(evidence.denominator > 0)) return prior;
  const raw = evidence.excess / evidence.denominator;
  const sampleVariance = evidence.noise / evidence.denominator ** 2;
  const priorVariance = (2 * prior) ** 2;
  const blended = (raw * priorVariance + prior * sampleVariance) / (priorVariance + sampleVariance);
  return Math.min(0.99, Math.max(1e-9, blended));
}

function meanOfGroups(groups: readonly (readonly Tally[])[]): number {
  let weighted = 0;
  let total = 0;
  for (const group of groups) {
    const mean = pooledRate(group);
    if (mean === null) continue;
    const entered = group.reduce((sum, tally) => sum + tally.entered, 0);
    weighted += mean * entered;
    total += entered;
  }
  return weighted / total;
}

/** Records of its group that a unit's own records are blended with. */
function strength(rho: number): number {
  return (1 - rho) / rho;
}

function blend(tally: Tally, mean: number, weight: number): number {
  return (tally.converted + weight * mean) / (tally.entered + weight);
}

/** One group of units drawn to their common mean. */
export interface GroupBlend {
  readonly mean: number;
  readonly correlation: number;
  /** Blended rate of each unit, in the order given; a unit without records has the mean. */
  readonly rates: readonly number[];
}

/**
 * Units of one group. 3, 6 and 2 closes of 100, 100 and 50 become .0413, .0471 and .0436.
 * Null where no unit has a record.
 */
export function blendGroup(tallies: readonly Tally[]): GroupBlend | null {
  const mean = pooledRate(tallies);
  if (mean === null) return null;
  const rho = correlation([tallies]);
  return { mean, correlation: rho, rates: tallies.map((tally) => blend(tally, mean, strength(rho))) };
}

/** Reps drawn to their team, teams drawn to the company. */
export interface HierarchyBlend {
  readonly company: number;
  /** One per team, in the order given. */
  readonly teams: readonly number[];
  /** One per rep of each team, in the order given; a rep without records has the team's rate. */
  readonly reps: readonly (readonly number[])[];
  /** ρ of the reps within their teams, and of the teams. */
  readonly within: number;
  readonly between: number;
}

/** Reps by team. Null where nobody has a record. */
export function blendHierarchy(teams: readonly (readonly Tally[])[]): HierarchyBlend | null {
  if (pooledRate(teams.flat()) === null) return null;
  const within = correlation(teams);
  const totals = teams.map((reps) => deflate(reps, within));
  const between = correlation([totals]);
  const company = weightedMean(totals, between);
  const teamRates = totals.map((total) => blend(total, company, strength(between)));
  const repRates = teams.map((reps, team) =>
    reps.map((rep) => blend(rep, teamRates[team]!, strength(within))),
  );
  return { company, teams: teamRates, reps: repRates, within, between };
}

/** A team's records counted for what they are worth: those of one rep resemble each other. */
function deflate(reps: readonly Tally[], rho: number): Tally {
  let converted = 0;
  let entered = 0;
  for (const rep of reps) {
    const worth = 1 + Math.max(0, rep.entered - 1) * rho;
    converted += rep.converted / worth;
    entered += rep.entered / worth;
  }
  return { converted, entered };
}

/** Mean over teams, each weighed by what its records tell beyond those of its fellows. */
function weightedMean(totals: readonly Tally[], rho: number): number {
  return (
    pooledRate(
      totals.map(({ converted, entered }) => {
        const worth = 1 + (entered - 1) * rho;
        return { converted: converted / worth, entered: entered / worth };
      }),
    ) ?? 0
  );
}
