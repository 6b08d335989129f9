/** Names: who a rep, team or source in any file is, however it is written there. */
import type { Day } from '../period/day.ts';
import { firstDay, lastDay, type Month } from '../period/month.ts';
import { error, type Problem, type Where } from '../problem.ts';
import type { Rep } from '../quota/rep.ts';
import { nearestWord } from './sheet/nearest.ts';

/** A row of `reps`, as read. */
export type ListedRep = Omit<Rep, 'firstStart'>;

/** The people, teams and sources of a plan, as the first file that named them wrote them. */
export interface Names {
  /** Reps listed in `reps`, in order. */
  readonly listed: readonly Rep[];
  /** Teams by lower-case path. */
  readonly teams: Map<string, string>;
  /** Reps by lower-case name, id, email or alias. */
  readonly reps: Map<string, Rep[]>;
}

/** A name as it is compared: without regard to case and spaces. */
export const nameKey = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();

/** Tenure counts from a person's first start over all teams; a person with a row without start has no known one. */
export function namesOf(rows: readonly ListedRep[]): Names {
  const namesakes = new Map<string, ListedRep[]>();
  for (const row of rows) {
    const known = namesakes.get(nameKey(row.name));
    if (known) known.push(row);
    else namesakes.set(nameKey(row.name), [row]);
  }
  const names: Names = {
    listed: rows.map((row) => ({ ...row, firstStart: firstStart(row, namesakes.get(nameKey(row.name))!) })),
    teams: new Map(),
    reps: new Map(),
  };
  for (const rep of names.listed) {
    if (rep.team !== null) teamNamed(names, rep.team);
    for (const name of [rep.name, rep.id, rep.email, ...rep.aliases])
      if (name !== null) addName(names, name, rep);
  }
  return names;
}

function firstStart(row: ListedRep, rows: readonly ListedRep[]): Day | null {
  let first: Day | null = row.start;
  for (const other of rows) {
    if (!isSamePerson(row, other)) continue;
    if (other.start === null) return null;
    if (first !== null && other.start < first) first = other.start;
  }
  return first;
}

/** The same name, unless both have ids that differ. */
export function isSamePerson(first: ListedRep, second: ListedRep): boolean {
  if (nameKey(first.name) !== nameKey(second.name)) return false;
  return first.id === null || second.id === null || first.id === second.id;
}

function addName(names: Names, name: string, rep: Rep): void {
  const known = names.reps.get(nameKey(name));
  if (known === undefined) names.reps.set(nameKey(name), [rep]);
  else if (!known.includes(rep)) known.push(rep);
}

/** The team as first written; parts of a path without spaces around the slash. */
export function teamNamed(names: Names, text: string): string {
  const path = text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');
  const known = names.teams.get(nameKey(path));
  if (known !== undefined) return known;
  names.teams.set(nameKey(path), path);
  return path;
}

/** Where a rep is mentioned, and in which team and months if the row says so. */
export interface Mention {
  readonly text: string;
  readonly team: string | null;
  readonly where: Where;
  /** Months the row speaks of: they tell apart the teams of somebody who moved. */
  readonly months: { readonly first: Month; readonly last: Month } | null;
}

export interface RepNamed {
  readonly rep: Rep | null;
  readonly problem: Problem | null;
  /** Whether the same name and team always mean this rep, whatever the months. */
  readonly certain: boolean;
}

/**
 * The rep meant by a name, id, email or alias. A rep nobody listed is made on the spot.
 * Errors: `rep_ambiguous` where it may be several people, `rep_moved` where somebody was in several teams then,
 * `rep_returned` where the months hold several stays in one team.
 */
export function repNamed(names: Names, mention: Mention): RepNamed {
  const { text, team, where, months } = mention;
  const candidates = names.reps.get(nameKey(text)) ?? [];
  const inTeam = candidates.filter((rep) => team === null || rep.team === team || rep.team === null);
  const first = inTeam[0];
  if (first === undefined)
    return {
      rep: newRep(names, mention, candidates[0] ?? null),
      problem: null,
      certain: team !== null || candidates.length === 0,
    };
  if (inTeam.some((rep) => !isSamePerson(rep, first))) {
    const who = inTeam.map((rep) => `${rep.name}${rep.team === null ? '' : ` (${rep.team})`}`).join(', ');
    return { rep: null, problem: error('rep_ambiguous', where, { text, who }), certain: false };
  }
  if (inTeam.length === 1) {
    const rep = first.team === null && team !== null ? placed(names, first, team) : first;
    return { rep, problem: null, certain: true };
  }
  const then = months === null ? inTeam : inTeam.filter((rep) => overlaps(rep, months));
  if (then.length === 1) return { rep: then[0]!, problem: null, certain: false };
  if (inTeam.every((rep) => rep.team === first.team)) {
    const args = { text, team: first.team ?? '' };
    return { rep: null, problem: error('rep_returned', where, args), certain: false };
  }
  const teams = inTeam.map((rep) => rep.team ?? '').join(', ');
  return { rep: null, problem: error('rep_moved', where, { text, teams }), certain: false };
}

function overlaps(rep: Rep, { first, last }: { readonly first: Month; readonly last: Month }): boolean {
  return (
    (rep.start === null || rep.start <= lastDay(last)) && (rep.end === null || rep.end >= firstDay(first))
  );
}

/** Somebody whose team the list leaves open is in the team of the first row that says it. */
function placed(names: Names, rep: Rep, team: string): Rep {
  const made: Rep = { ...rep, team };
  const list = names.reps.get(nameKey(rep.name))!;
  for (const known of names.reps.values()) {
    const index = known.indexOf(rep);
    if (index >= 0) known[index] = made;
  }
  const position = names.listed.indexOf(rep);
  if (position >= 0) (names.listed as Rep[])[position] = made;
  return list.find((candidate) => candidate === made) ?? made;
}

function newRep(names: Names, { text, team, where }: Mention, elsewhere: Rep | null): Rep {
  const rep: Rep = {
    name: elsewhere?.name ?? text.trim().replace(/\s+/g, ' '),
    team,
    start: null,
    end: null,
    firstStart: elsewhere?.firstStart ?? null,
    id: elsewhere?.id ?? null,
    email: elsewhere?.email ?? null,
    aliases: [],
    where,
  };
  addName(names, text, rep);
  return rep;
}

/** A listed rep whose name is nearly this one: a typing error, perhaps. */
export function listedNearly(names: Names, text: string): string | null {
  if (names.listed.length === 0 || names.reps.get(nameKey(text))?.some((rep) => names.listed.includes(rep)))
    return null;
  return nearestWord(
    text,
    names.listed.map((rep) => rep.name),
  );
}

/** The teams in which the list has somebody of that name, id, email or alias. */
export function teamsListed(names: Names, text: string): string[] {
  const known = names.reps.get(nameKey(text)) ?? [];
  return known.flatMap((rep) => (names.listed.includes(rep) && rep.team !== null ? [rep.team] : []));
}

/** The name a person goes by in the plan, and the team where there is only one. */
export function personNamed(names: Names, text: string): { name: string; team: string | null } {
  const known = names.reps.get(nameKey(text)) ?? [];
  const teams = new Set(known.map((rep) => rep.team));
  return {
    name: known[0]?.name ?? text.trim().replace(/\s+/g, ' '),
    team: teams.size === 1 ? known[0]!.team : null,
  };
}

/** Whether a person goes by that name, id, email or alias. */
export function isKnownRep(names: Names, text: string): boolean {
  return names.reps.has(nameKey(text));
}

/** Whether the plan has that team, or teams below it. */
export function isKnownTeam(names: Names, text: string): boolean {
  const path = nameKey(text);
  if (names.teams.has(path)) return true;
  return [...names.teams.keys()].some((team) => team.startsWith(`${path}/`));
}

/** Somebody the plan knows: a team that none of that name is in does not make another person, as it would in a quota. */
export function personMeant(names: Names, mention: Mention): Pick<RepNamed, 'rep' | 'problem'> {
  const known = names.reps.get(nameKey(mention.text)) ?? [];
  const isOfTeam = known.some((rep) => rep.team === mention.team);
  return repNamed(names, { ...mention, team: isOfTeam ? mention.team : null });
}
