/** Test oracle: the method, section 8, rates of small samples drawn to team and company. */

/** Σx ÷ Σn; (X + .5) ÷ (N + 1) where that is 0 or 1; null where there is nothing. */
export function pooledRate(x: number[], n: number[]): number | null {
  let wins = 0;
  let records = 0;
  x.forEach((value, i) => {
    wins += value;
    records += n[i]!;
  });
  if (records <= 0) return null;
  return wins <= 0 || wins >= records ? (wins + 0.5) / (records + 1) : wins / records;
}

const priorOf = (mu: number): number => Math.min(0.5, (mu * 0.3 * 0.3) / (1 - mu));

interface Terms {
  units: number;
  records: number;
  mu: number;
  numerator: number;
  denominator: number;
  noise: number;
}

/** The terms of one group of units, null where it has no records. */
function termsOf(allX: number[], allN: number[]): Terms | null {
  const mu = pooledRate(allX, allN);
  if (mu === null) return null;
  const x = allX.filter((_, i) => allN[i]! > 0);
  const n = allN.filter((value) => value > 0);
  const v = mu * (1 - mu);
  let records = 0;
  let squares = 0;
  let inverses = 0;
  let S = 0;
  n.forEach((records_i, i) => {
    records += records_i;
    squares += records_i * records_i;
    inverses += 1 / records_i;
    S += records_i * (x[i]! / records_i - mu) ** 2;
  });
  const units = n.length;
  const size = units > 1 ? (records - squares / records) / (units - 1) : 0;
  return {
    units,
    records,
    mu,
    numerator: S / v - (units - 1),
    denominator: records - squares / records - (units - 1),
    noise: 2 * (units - 1) * (1 + priorOf(mu) * size) ** 2 + Math.max(0, (1 - 6 * v) / v) * inverses,
  };
}

/** ρ of several groups pooled; groups of one unit tell nothing about the spread between units. */
function spreadOf(groups: Terms[]): number {
  let numerator = 0;
  let den = 0;
  let noise = 0;
  let weightedMu = 0;
  let records = 0;
  for (const group of groups) {
    weightedMu += group.records * group.mu;
    records += group.records;
    if (group.units < 2) continue;
    numerator += group.numerator;
    den += group.denominator;
    noise += group.noise;
  }
  const prior = priorOf(weightedMu / records);
  if (den <= 0) return prior;
  const sv = noise / (den * den);
  const pv = (2 * prior) ** 2;
  const rho = ((numerator / den) * pv + prior * sv) / (pv + sv);
  return Math.min(0.99, Math.max(1e-9, rho));
}

export interface Blend {
  rho: number;
  /** M = (1 − ρ) ÷ ρ. */
  weight: number;
  rates: number[];
}

/** The one-group formula; null where there are no records at all. */
export function blend(x: number[], n: number[]): Blend | null {
  const terms = termsOf(x, n);
  if (terms === null) return null;
  const rho = spreadOf([terms]);
  const weight = (1 - rho) / rho;
  return { rho, weight, rates: x.map((wins, i) => (wins + weight * terms.mu) / (n[i]! + weight)) };
}

export interface HierarchicalBlend {
  company: number;
  /** By team, in the order of their numbers. */
  teams: number[];
  reps: number[];
  repWeight: number;
  teamWeight: number;
}

/** Rep → team → company; `team[i]` is the number of rep i's team, 0 … teams − 1. */
export function blendHierarchical(
  x: number[],
  n: number[],
  team: number[],
  teams = Math.max(...team) + 1,
): HierarchicalBlend | null {
  const groups: Terms[] = [];
  for (let g = 0; g < teams; g++) {
    const inTeam = (_: number, i: number) => team[i] === g;
    const terms = termsOf(x.filter(inTeam), n.filter(inTeam));
    if (terms !== null) groups.push(terms);
  }
  if (groups.length === 0) return null;
  const within = spreadOf(groups);
  const xe: number[] = Array.from({ length: teams }, () => 0);
  const ne: number[] = Array.from({ length: teams }, () => 0);
  for (let i = 0; i < x.length; i++) {
    const deflate = 1 + Math.max(0, n[i]! - 1) * within;
    xe[team[i]!] = xe[team[i]!]! + x[i]! / deflate;
    ne[team[i]!] = ne[team[i]!]! + n[i]! / deflate;
  }
  const between = spreadOf([termsOf(xe, ne)!]);
  const weightOf = (records: number) => records / (1 + (records - 1) * between);
  const company = pooledRate(
    xe.map((wins, g) => (ne[g]! > 0 ? (wins / ne[g]!) * weightOf(ne[g]!) : 0)),
    ne.map((records) => (records > 0 ? weightOf(records) : 0)),
  )!;
  const teamWeight = (1 - between) / between;
  const repWeight = (1 - within) / within;
  const rates = xe.map((wins, g) => (wins + teamWeight * company) / (ne[g]! + teamWeight));
  return {
    company,
    teams: rates,
    reps: x.map((wins, i) => (wins + repWeight * rates[team[i]!]!) / (n[i]! + repWeight)),
    repWeight,
    teamWeight,
  };
}
