/** Who the records are of, and how many each has at every transition: one pass over the tallies. */
import { addMonths, type Month } from '../period/month.ts';
import type { Tally } from '../rates/blend.ts';
import type { MonthWorth } from './effective.ts';
import type { Transition } from './slice.ts';
import type { HistoryTallies, UnitTally } from './tallies.ts';

/** A rep of a team, a team, or the records nobody stands on; null: not named. */
export interface Unit {
  readonly team: string | null;
  readonly rep: string | null;
}

export interface Counts {
  readonly records: number;
  readonly converted: number;
  readonly lost: number;
  /** What the records are worth, each by its age; may fall below those converted where there are few. */
  readonly worth: number;
  /** The same as evidence: equal where nothing is weighed by how recent it is. */
  readonly weighedConverted: number;
  readonly weighedWorth: number;
}

type Sum = { -readonly [Key in keyof Counts]: number };

/** Counts by place of the unit; only units with records. */
export type Ledger = ReadonlyMap<number, Counts>;

/** Records' worth of known outcome, at least those converted. */
export function effectiveOf({ worth, converted }: Counts): number {
  return Math.max(worth, converted);
}

/** What a rate is made of: converted of effective records. */
export function evidenceOf({ weighedConverted, weighedWorth }: Counts): Tally {
  return { converted: weighedConverted, entered: Math.max(weighedWorth, weighedConverted) };
}

/** Everybody, teams and reps in the order of their letters; `unitOf` has for every tally the place of its unit. */
export interface Units {
  readonly all: readonly Unit[];
  readonly unitOf: Int32Array;
}

export function unitsOf(tallies: readonly UnitTally[]): Units {
  const found: Unit[] = [];
  const teams = new Map<string | null, Map<string | null, number>>();
  const unitOf = new Int32Array(tallies.length);
  for (let index = 0; index < tallies.length; index++) {
    const { team, rep } = tallies[index]!;
    let reps = teams.get(team);
    if (reps === undefined) teams.set(team, (reps = new Map()));
    let place = reps.get(rep);
    if (place === undefined) {
      reps.set(rep, (place = found.length));
      found.push({ team, rep });
    }
    unitOf[index] = place;
  }
  const order = found
    .map((_, place) => place)
    .sort((a, b) => compare(found[a]!.team, found[b]!.team) || compare(found[a]!.rep, found[b]!.rep));
  const places = new Int32Array(found.length);
  for (const [place, before] of order.entries()) places[before] = place;
  return { all: order.map((place) => found[place]!), unitOf: unitOf.map((place) => places[place]!) };
}

/** By code units, the nameless first: the same order on every machine. */
export function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

/** How records are counted: what one of a month is worth, by source and place; how much a month weighs as evidence. */
export interface Counting {
  readonly sources: readonly (string | null)[];
  readonly transitions: readonly Transition[];
  readonly worth: readonly (readonly MonthWorth[])[];
  readonly weightOf: (month: Month) => number;
}

/** What a record of a month counts for, and how much of that as evidence. */
interface MonthOf {
  readonly worth: number;
  readonly weight: number;
}

const NO_MONTH: MonthOf = { worth: 0, weight: 0 };

/** By source (all together first), then by place: the counts of every unit. */
export function ledgersOf(tallies: HistoryTallies, unitOf: Int32Array, counting: Counting): Ledger[][] {
  const { sources, transitions, worth, weightOf } = counting;
  const scopes = worth.map((places) =>
    places.map(({ first, values }) => {
      const months = values.map(
        (value, at): MonthOf => ({ worth: value, weight: weightOf(addMonths(first, at)) }),
      );
      return { first, months, sums: new Map<number, Sum>() };
    }),
  );
  const scopeOf = new Map(sources.map((source, scope) => [source, scope]));
  for (let index = 0; index < tallies.units.length; index++) {
    const tally = tallies.units[index]!;
    const { transition, source, month } = tally;
    if (transition >= transitions.length) continue;
    const overall = scopes[0]![transition]!;
    add(sumOf(overall.sums, unitOf[index]!), tally, overall.months[month - overall.first] ?? NO_MONTH);
    const scope = source === null ? undefined : scopeOf.get(source);
    if (scope === undefined) continue;
    const own = scopes[scope]![transition]!;
    add(sumOf(own.sums, unitOf[index]!), tally, own.months[month - own.first] ?? NO_MONTH);
  }
  return scopes.map((places) => places.map(({ sums }) => sums));
}

function sumOf(sums: Map<number, Sum>, unit: number): Sum {
  let sum = sums.get(unit);
  if (sum === undefined) sums.set(unit, (sum = { ...NOBODY }));
  return sum;
}

function add(sum: Sum, tally: UnitTally, { worth, weight }: MonthOf): void {
  sum.records += tally.records;
  sum.converted += tally.advanced;
  sum.lost += tally.lost;
  sum.worth += tally.records * worth;
  sum.weighedConverted += tally.advanced * weight;
  sum.weighedWorth += tally.records * worth * weight;
}

export const NOBODY: Counts = {
  records: 0,
  converted: 0,
  lost: 0,
  worth: 0,
  weighedConverted: 0,
  weighedWorth: 0,
};

export function totalOf(counts: Iterable<Counts>): Counts {
  const sum: Sum = { ...NOBODY };
  for (const each of counts) {
    sum.records += each.records;
    sum.converted += each.converted;
    sum.lost += each.lost;
    sum.worth += each.worth;
    sum.weighedConverted += each.weighedConverted;
    sum.weighedWorth += each.weighedWorth;
  }
  return sum;
}
