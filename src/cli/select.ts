/** Names typed as filters → the rows they mean. */
import { nearestWord } from '../files/sheet/nearest.ts';
import type { Plan } from '../plan/plan.ts';
import { error, NOWHERE, type Problem } from '../problem.ts';
import type { Selection } from '../report/selection.ts';
import type { TypedOptions } from './options.ts';

/** Filters without regard to case; a rep also by id, email or alias. A name the plan does not know is a problem. */
export function selectionOf(
  plan: Plan,
  options: TypedOptions,
): { selection: Selection; problems: Problem[] } {
  const problems: Problem[] = [];
  const known = knownNames(plan);
  const named = (what: keyof typeof known, typed: readonly string[] = []) =>
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

function knownNames(plan: Plan) {
  const lower = (names: Iterable<string | null>) =>
    new Map([...names].flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  const reps = lower(plan.lines.map((line) => line.rep));
  for (const rep of plan.model.reps) {
    if (!reps.has(rep.name.toLowerCase())) continue;
    for (const other of [rep.id, rep.email, ...rep.aliases])
      if (other !== null) reps.set(other.toLowerCase(), rep.name);
  }
  return {
    team: lower(plan.allLines.map((line) => line.team)),
    rep: reps,
    source: lower(plan.model.sources.map((source) => source.name)),
    owner: lower(plan.model.sources.map((source) => source.owner)),
    stage: lower(plan.model.stages),
  };
}
