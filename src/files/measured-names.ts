/** Names of a history → whom a plan means by them: its stages, sources, teams and reps. */
import type { Scope } from '../rates/rate-row.ts';
import type { MeasuredScope } from './measured-schema.ts';
import { isSamePerson, type Names, nameKey } from './names.ts';
import { matchKey, stageKeys } from './sheet/column-keys.ts';

export interface KnownNames {
  readonly names: Names;
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
}

/** The transition of the plan that rows between two stages are of; null where it is none. */
export type TransitionOf = (row: { readonly from: string; readonly to: string }) => number | null;

/**
 * Stages are the same by their own names, else by what they are also called: rows from Lead to Won are of the plan's
 * lead → close, unless the history has a close beside its Won.
 */
export function transitionsBetween(theirs: readonly string[], ours: readonly string[]): TransitionOf {
  const places = new Map<string, number>();
  for (const [place, stage] of ours.entries()) {
    const keys = stageKeys(stage, ours);
    const key = keys.find((name) => theirs.some((their) => matchKey(their) === name));
    if (key !== undefined) places.set(key, place);
  }
  return ({ from, to }) => {
    const place = places.get(matchKey(from));
    return place !== undefined && places.get(matchKey(to)) === place + 1 ? place : null;
  };
}

/** A row, its place in the file, and whom the plan takes it to be about. */
export interface MeantRow<Row> {
  readonly row: Row;
  readonly index: number;
  readonly scope: Scope;
}

/** Rows of what are not to be mixed: null where a row is passed over. Of several the one of most weight. */
type Weighed<Row> = (row: Row) => { readonly part: string; readonly weight: number } | null;

/**
 * The rows of those the plan knows, one for each: of several (a rep by two names, or in teams the plan no longer has
 * them in) that of the plan's own team, then that of most records.
 */
export function meantRows<Row extends MeasuredScope>(
  rows: readonly Row[],
  known: KnownNames,
  weighed: Weighed<Row>,
): MeantRow<Row>[] {
  const best = new Map<string, MeantRow<Row> & { readonly weight: number; readonly isThere: boolean }>();
  for (const [index, row] of rows.entries()) {
    const of = weighed(row);
    const meant = of === null ? null : whoseRow(row, known);
    if (of === null || meant === null) continue;
    const { scope, isThere } = meant;
    const key = JSON.stringify([of.part, scope]);
    const before = best.get(key);
    const isBetter =
      before === undefined ||
      (isThere === before.isThere ? of.weight > before.weight : isThere && !before.isThere);
    if (isBetter) best.set(key, { row, index, scope, weight: of.weight, isThere });
  }
  return [...best.values()];
}

interface Whose {
  readonly scope: Scope;
  /** Whether the plan has them in the team that the history has them in. */
  readonly isThere: boolean;
}

/** Null where the plan knows no such source, team or rep. */
function whoseRow(row: MeasuredScope, { names, sources }: KnownNames): Whose | null {
  const source = row.source === null ? null : sources.find((name) => nameKey(name) === nameKey(row.source!));
  if (source === undefined) return null;
  if (row.rep !== null) return whosePerson(names, row.rep, { team: row.team, source });
  if (row.team === null) return { scope: { team: null, rep: null, source }, isThere: true };
  const team = teamKnown(names, row.team);
  return team === null ? null : { scope: { team, rep: null, source }, isThere: true };
}

/** The rep in that team where the plan has them there; else whoever goes by that name, if it is one person. */
function whosePerson(names: Names, text: string, of: Pick<Scope, 'team' | 'source'>): Whose | null {
  const { source } = of;
  const known = names.reps.get(nameKey(text)) ?? [];
  const team = of.team === null ? null : teamKnown(names, of.team);
  const there = known.find((rep) => rep.team !== null && rep.team === team);
  if (there !== undefined) return { scope: { team: there.team, rep: there.name, source }, isThere: true };
  const [first] = known;
  if (first === undefined || known.some((rep) => !isSamePerson(rep, first))) return null;
  const teams = new Set(known.map((rep) => rep.team));
  return { scope: { team: teams.size === 1 ? first.team : null, rep: first.name, source }, isThere: false };
}

/** A team as the plan writes it, also one that only has teams below it; null where it has none of that name. */
function teamKnown(names: Names, text: string): string | null {
  const parts = text.split('/').map((part) => part.trim());
  const key = nameKey(parts.join('/'));
  const own = names.teams.get(key);
  if (own !== undefined) return own;
  const below = [...names.teams.values()].find((team) => nameKey(team).startsWith(`${key}/`));
  return below === undefined ? null : below.split('/').slice(0, parts.length).join('/');
}
