/** Rates of reps and teams, drawn to those above them (MATHS 8). */
import { blendGroup, blendHierarchy, type Tally } from '../rates/blend.ts';
import { pathUp } from '../rates/rate-row.ts';
import type { Answered } from './estimate.ts';
import { type Counts, compare, evidenceOf, totalOf, type Unit } from './units.ts';

/** A rep of a team, or a team, with what it has of a transition. */
export interface Member extends Unit {
  readonly counts: Counts;
  /** Whether its own records say what it converts; else it has what those above it have. */
  readonly isTrusted: boolean;
}

export interface Drawn {
  readonly unit: Member;
  readonly rate: number;
  /** As many records of its own would make it as sure. */
  readonly sureAs: number;
  readonly answeredBy: Exclude<Answered, 'too little data'>;
}

const NOTHING: Tally = { converted: 0, entered: 0 };

const tallyOf = ({ counts, isTrusted }: Member): Tally => (isTrusted ? evidenceOf(counts) : NOTHING);

/** Records of the group that a unit's own are blended with: M = (1 − ρ) ÷ ρ. */
const weightOf = (correlation: number): number => (1 - correlation) / correlation;

/**
 * A rate blended from so many records of its own and a weight of the group's mean varies by what is left of both: by
 * p(1−p) ÷ (own + weight) for the unit itself, and by its part of the mean, weight ÷ (own + weight), times that of the
 * mean. 100 own records and a weight of 300, to a mean known from 1,000: 1 ÷ (1/400 + (3/4)²/1000) = 327 records.
 */
function sureAs(own: number, { weight, mean }: { weight: number; mean: number }): number {
  const part = weight / (own + weight);
  return 1 / (1 / (own + weight) + (part * part) / mean);
}

/** Records' worth of what several tell of their mean, where those of one resemble each other. */
function worthTogether(tallies: readonly Tally[], correlation: number): number {
  return tallies.reduce(
    (sum, { entered }) => sum + entered / (1 + Math.max(0, entered - 1) * correlation),
    0,
  );
}

/**
 * Reps drawn to their team and those to the company; reps without a team are one of their own. Where none has a team,
 * all are drawn to the company. Empty where nobody has a record.
 */
export function drawReps(members: readonly Member[]): Drawn[] {
  const reps = members.filter(({ rep }) => rep !== null);
  if (reps.every(({ team }) => team === null)) return drawGroup(reps);
  const teams = [...groupBy(reps, ({ team }) => team).values()];
  const tallies = teams.map((team) => team.map(tallyOf));
  const blend = blendHierarchy(tallies);
  if (blend === null) return [];
  const { within, between } = blend;
  const worths = tallies.map((team) => worthTogether(team, within));
  const company = worthTogether(
    worths.map((entered) => ({ converted: 0, entered })),
    between,
  );
  return teams.flatMap((team, index) => {
    const mean = sureAs(worths[index]!, { weight: weightOf(between), mean: company });
    return team.map((unit, rep): Drawn => {
      const own = tallies[index]![rep]!.entered;
      const answeredBy = own > 0 ? 'rep' : unit.team !== null && worths[index]! > 0 ? 'team' : 'company';
      const rate = blend.reps[index]![rep]!;
      return { unit, rate, sureAs: sureAs(own, { weight: weightOf(within), mean }), answeredBy };
    });
  });
}

/** Units drawn to their common mean. */
function drawGroup(units: readonly Member[]): Drawn[] {
  const tallies = units.map(tallyOf);
  const blend = blendGroup(tallies);
  if (blend === null) return [];
  const weight = weightOf(blend.correlation);
  const mean = worthTogether(tallies, blend.correlation);
  return units.map((unit, index): Drawn => {
    const own = tallies[index]!.entered;
    const level = unit.rep !== null ? 'rep' : 'team';
    const answeredBy = own > 0 ? level : 'company';
    return { unit, rate: blend.rates[index]!, sureAs: sureAs(own, { weight, mean }), answeredBy };
  });
}

/** Every team and those above it, each drawn to the others at its depth of the tree, in the order of their letters. */
export function drawTeams(members: readonly Member[]): Drawn[] {
  const totals = [...groupBy(members, ({ team }) => team)].flatMap(([team, units]) =>
    team === null ? [] : [{ team, counts: totalOf(units.map(({ counts }) => counts)) }],
  );
  const depths = new Set(totals.flatMap(({ team }) => pathUp(team)).map(depthOf));
  const drawn = [...depths].flatMap((depth) => drawDepth(totals, depth));
  return drawn.sort((first, second) => compare(first.unit.team, second.unit.team));
}

const depthOf = (team: string): number => team.split('/').length;

/** Teams cut at a depth; those that end above it stand beside them, and have their row at their own depth. */
function drawDepth(totals: readonly { team: string; counts: Counts }[], depth: number): Drawn[] {
  const groups = groupBy(totals, ({ team }) => team.split('/').slice(0, depth).join('/'));
  const teams = [...groups].map(
    ([team, members]): Member => ({
      team,
      rep: null,
      counts: totalOf(members.map(({ counts }) => counts)),
      isTrusted: true,
    }),
  );
  return drawGroup(teams).filter(({ unit }) => depthOf(unit.team!) === depth);
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
