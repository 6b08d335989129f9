/** Names typed as filters → the rows they mean. */
import { nearestWord } from '../files/sheet/nearest.ts';
import type { LineKey } from '../plan/line.ts';
import type { PlanModel } from '../plan/model.ts';
import { error, NOWHERE, type Problem } from '../problem.ts';
import type { Selection } from '../report/selection.ts';
import type { TypedOptions } from './options.ts';

/** Filters without regard to case; a rep also by id, email or alias. A name the plan does not know is a problem. */
export function selectionOf(
  known: KnownNames,
  options: TypedOptions,
): { selection: Selection; problems: Problem[] } {
  const problems: Problem[] = [];
  const named = (what: keyof KnownNames, typed: readonly string[] = []) =>
    typed.flatMap((text) => {
      const found = known[what].get(text.trim().toLowerCase());
      if (found === undefined) problems.push(notFound(what, text, [...new Set(known[what].values())]));
      return found === undefined ? [] : [found];
    });
  const selection: Selection = {
    teams: named('team', options.team),
    reps: named('rep', options.rep),
    sources: named('source', options.source),
    owners: named('owner', options.owner),
    stages: named('stage', options.stage),
    level: options.level ?? null,
    by: options.by ?? null,
  };
  const { level, reps, teams } = selection;
  const filter = reps.length > 0 ? 'rep' : teams.length > 0 ? 'team' : null;
  if ((level === 'company' && filter !== null) || (level === 'team' && filter === 'rep')) {
    const detail = `--level ${level} holds more than what --${filter} asks for`;
    problems.push(error('usage', NOWHERE, { detail, hint: `leave out --level, or --${filter}` }));
  }
  return { selection, problems };
}

/** A name that the plan does not know, with the nearest one it does. */
export function notFound(what: string, text: string, known: readonly string[]): Problem {
  const listed = known.length <= 12 ? known.join(', ') : '';
  return error('not_found', NOWHERE, { what, text, nearest: nearestWord(text, known) ?? '', known: listed });
}

/** Names that filters may mean, by what they are and in lower case. */
export type KnownNames = Readonly<
  Record<'team' | 'rep' | 'source' | 'owner' | 'stage', ReadonlyMap<string, string>>
>;

/** What a plan has names for. */
interface Naming extends Pick<PlanModel, 'reps' | 'stages'> {
  readonly sources: readonly Pick<PlanModel['sources'][number], 'name' | 'owner'>[];
}

/** The names in rows of a result; a rep also by id, email or alias. */
export function knownNames(model: Naming, rows: readonly Pick<LineKey, 'team' | 'rep'>[]): KnownNames {
  const lower = (names: Iterable<string | null>) =>
    new Map([...names].flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  const reps = lower(rows.map((row) => row.rep));
  for (const rep of model.reps) {
    if (!reps.has(rep.name.toLowerCase())) continue;
    for (const other of [rep.id, rep.email, ...rep.aliases])
      if (other !== null) reps.set(other.toLowerCase(), rep.name);
  }
  return {
    team: lower(rows.map((row) => row.team)),
    rep: reps,
    source: lower(model.sources.map((source) => source.name)),
    owner: lower(model.sources.map((source) => source.owner)),
    stage: lower(model.stages),
  };
}
