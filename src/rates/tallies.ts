/**
 * Counts of one transition and one source, by rep, team and overall. Counts add up: a line that is not given is
 * the sum of the rows below it.
 */
import type { Where } from '../problem.ts';
import { isWithin } from '../quota/rep.ts';
import { blendGroup, blendHierarchy, pooledRate, type Tally } from './blend.ts';

export interface Counted extends Tally {
  readonly team: string | null;
  readonly rep: string | null;
  readonly where: Where;
}

/** A ratio with the counts behind it. */
export interface CountedRate {
  readonly value: number;
  readonly converted: number;
  readonly entered: number;
  readonly where: Where;
}

/** The rows of counts for one transition of one source, and the rates made of them. */
export interface Tallies {
  readonly rows: readonly Counted[];
  readonly blended: boolean;
  readonly reps: ReadonlyMap<string, CountedRate>;
  /** What reps of a team are drawn to, for teams of which the rows name reps. */
  readonly drawnTo: ReadonlyMap<string | null, number>;
  /** Rates of teams, as they are asked for. */
  readonly teams: Map<string, CountedRate | null>;
  /** The ratio over everything, once it is asked for. */
  overall?: CountedRate | null;
  /** Rates of the teams at each depth of the tree, as they are asked for. */
  readonly depths: Map<number, ReadonlyMap<string, number>>;
}

const repKey = (rep: string, team: string | null): string => `${rep}\u0000${team ?? ''}`;

/** `blended` draws small samples to their team and company; otherwise every ratio stands as it is. */
export function talliesOf(rows: readonly Counted[], blended: boolean): Tallies {
  const ofReps = rows.filter((row) => row.rep !== null);
  const { rates, drawnTo } = blended ? blendReps(ofReps) : rawRates(ofReps);
  const reps = new Map<string, CountedRate>();
  for (const [index, row] of ofReps.entries()) {
    if (!(row.entered > 0)) continue;
    const { converted, entered, where } = row;
    reps.set(repKey(row.rep as string, row.team), { value: rates[index]!, converted, entered, where });
  }
  return { rows, blended, reps, drawnTo, teams: new Map(), depths: new Map() };
}

interface RepRates {
  readonly rates: readonly number[];
  readonly drawnTo: ReadonlyMap<string | null, number>;
}

function rawRates(reps: readonly Counted[]): RepRates {
  return { rates: reps.map((row) => row.converted / row.entered), drawnTo: new Map() };
}

/** Reps drawn to their teams and those to the company; without teams, reps drawn to the company. */
function blendReps(reps: readonly Counted[]): RepRates {
  const drawnTo = new Map<string | null, number>();
  if (reps.every((row) => row.team === null)) {
    const group = blendGroup(reps);
    if (group) drawnTo.set(null, group.mean);
    return { rates: group?.rates ?? [], drawnTo };
  }
  const members = new Map<string | null, number[]>();
  for (const [index, row] of reps.entries()) {
    const team = members.get(row.team);
    if (team) team.push(index);
    else members.set(row.team, [index]);
  }
  const teams = [...members];
  const blend = blendHierarchy(teams.map(([, indexes]) => indexes.map((index) => reps[index]!)));
  const rates = new Array<number>(reps.length).fill(Number.NaN);
  if (blend === null) return { rates, drawnTo };
  for (const [position, [team, indexes]] of teams.entries()) {
    drawnTo.set(team, blend.teams[position]!);
    for (const [order, index] of indexes.entries()) rates[index] = blend.reps[position]![order]!;
  }
  return { rates, drawnTo };
}

/** The rate of a rep that has records; undefined where the rep has none. */
export function rateOfRep(tallies: Tallies, rep: string, team: string | null): CountedRate | undefined {
  return tallies.reps.get(repKey(rep, team)) ?? tallies.reps.get(repKey(rep, null));
}

/** What a rep without records is given in a team: the rate its reps are drawn to, else the team's. */
export function rateInTeam(tallies: Tallies, team: string): CountedRate | null {
  const rate = rateOfTeam(tallies, team);
  const value = tallies.drawnTo.get(team);
  return rate === null || value === undefined ? rate : { ...rate, value };
}

/** A team's rate: its counts, drawn to those of the teams beside it. Null where no row is within the team. */
export function rateOfTeam(tallies: Tallies, team: string): CountedRate | null {
  const known = tallies.teams.get(team);
  if (known !== undefined) return known;
  const made = makeTeamRate(tallies, team);
  tallies.teams.set(team, made);
  return made;
}

function makeTeamRate(tallies: Tallies, team: string): CountedRate | null {
  const own = totalOf(tallies, team);
  if (own === null) return null;
  if (!tallies.blended) return { ...own, value: own.converted / own.entered };
  const value = ratesAtDepth(tallies, team.split('/').length).get(team);
  return { ...own, value: value ?? own.converted / own.entered };
}

/** Rates of the teams at a depth of the tree, drawn to one another; worked out once. */
function ratesAtDepth(tallies: Tallies, depth: number): ReadonlyMap<string, number> {
  const known = tallies.depths.get(depth);
  if (known !== undefined) return known;
  const beside = teamsAtDepth(tallies, depth);
  const totals = beside.map((name) => totalOf(tallies, name) ?? { converted: 0, entered: 0 });
  const rates = blendGroup(totals)?.rates ?? [];
  const made = new Map(rates.map((rate, index) => [beside[index]!, rate]));
  tallies.depths.set(depth, made);
  return made;
}

/**
 * The plain ratio over everything: the overall row, else the sum of the rows below. Null without records.
 * No closes among the counts of several reps or teams is little data, half a record, as when they are blended; in a
 * single row it is a rate of 0, which the caller refuses.
 */
export function rateOverall(tallies: Tallies): CountedRate | null {
  return (tallies.overall ??= makeOverallRate(tallies));
}

function makeOverallRate(tallies: Tallies): CountedRate | null {
  const total = totalOf(tallies, null);
  if (total === null) return null;
  const isBlended = tallies.blended && tallies.rows.some((row) => row.rep !== null || row.team !== null);
  return {
    ...total,
    value: isBlended && total.converted === 0 ? total.value : total.converted / total.entered,
  };
}

/** Teams cut at a depth of the tree: those there, and those above that have none below. */
function teamsAtDepth(tallies: Tallies, depth: number): string[] {
  const names = new Set<string>();
  for (const { team } of tallies.rows)
    if (team !== null) names.add(team.split('/').slice(0, depth).join('/'));
  return [...names].sort();
}

/** Given counts of the team (null: of all), else the sum of the rows below, each record once. */
function totalOf(tallies: Tallies, team: string | null): CountedRate | null {
  const given = tallies.rows.find((row) => row.rep === null && row.team === team);
  const sum = given ? { ...given } : sumBelow(tallies, team);
  if (sum === null || !(sum.entered > 0)) return null;
  const { converted, entered, where } = sum;
  return { value: pooledRate([sum])!, converted, entered, where };
}

function sumBelow(tallies: Tallies, team: string | null): (Tally & { where: Where }) | null {
  const below = tallies.rows.filter(
    (row) => isWithin(row.team, team) && (row.rep !== null || row.team !== team),
  );
  const givenTeams = below.filter((row) => row.rep === null).map((row) => row.team as string);
  const covered = (row: Counted): boolean =>
    givenTeams.some((name) => (row.rep !== null || row.team !== name) && isWithin(row.team, name));
  const counted = below.filter((row) => !covered(row));
  if (counted.length === 0) return null;
  return {
    converted: counted.reduce((sum, row) => sum + row.converted, 0),
    entered: counted.reduce((sum, row) => sum + row.entered, 0),
    where: counted[0]!.where,
  };
}
