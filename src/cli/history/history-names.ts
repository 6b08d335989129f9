/** Names typed as filters → the teams, reps, sources and stages of a history that they mean. */
import type { HistoryPlanRead } from '../../files/history/history-plan.ts';
import { error, NOWHERE, type Problem } from '../../problem.ts';
import type { Selection } from '../../report/selection.ts';
import type { TypedOptions } from '../options.ts';
import { notFound, selectionOf } from '../select.ts';

/** Names as the history has them; null: not named. */
export interface NamesInHistory {
  readonly teams: readonly (string | null)[];
  readonly reps: readonly (string | null)[];
  readonly sources: readonly (string | null)[];
  /** Stages that rows may be asked for by. */
  readonly stages: readonly string[];
}

/**
 * What was asked for. A history knows no owners: in their place stand the sources that the plan gives to them, as far
 * as the history has records of those. Errors: `not_found`; `usage` where a source and an owner have nothing in common.
 */
export function selectionInHistory(
  { teams, reps, sources, stages }: NamesInHistory,
  plan: Pick<HistoryPlanRead, 'sources'>,
  options: TypedOptions,
): { selection: Selection; problems: Problem[] } {
  const known = {
    team: byLowerCase(teams),
    rep: byLowerCase(reps),
    source: byLowerCase(sources),
    owner: byLowerCase(plan.sources.map(({ owner }) => owner)),
    stage: byLowerCase(stages),
  };
  const { selection, problems } = selectionOf(known, options);
  if (selection.owners.length === 0 || problems.length > 0) return { selection, problems };
  const owned = sourcesOwned(plan, selection.owners);
  const inHistory = owned.flatMap((name) => known.source.get(name.toLowerCase()) ?? []);
  const isAsked = (name: string): boolean =>
    selection.sources.length === 0 || selection.sources.includes(name);
  const picked = inHistory.filter(isAsked);
  const none = inHistory.length === 0 ? unknownSources(owned, known.source) : [nothingInCommon(selection)];
  return {
    selection: { ...selection, sources: picked, owners: [] },
    problems: picked.length === 0 ? none : [],
  };
}

const byLowerCase = (names: readonly (string | null)[]): ReadonlyMap<string, string> =>
  new Map(names.flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));

function sourcesOwned({ sources }: Pick<HistoryPlanRead, 'sources'>, owners: readonly string[]): string[] {
  const wanted = new Set(owners.map((owner) => owner.toLowerCase()));
  return sources
    .filter(({ owner }) => owner !== null && wanted.has(owner.toLowerCase()))
    .map(({ name }) => name);
}

const unknownSources = (names: readonly string[], known: ReadonlyMap<string, string>): Problem[] =>
  names.map((name) => notFound('source', name, [...new Set(known.values())]));

function nothingInCommon({ sources, owners }: Selection): Problem {
  const detail = `${sources.join(', ')} ${sources.length > 1 ? 'are' : 'is'} not owed by ${owners.join(', ')}`;
  return error('usage', NOWHERE, { detail, hint: 'leave out --source, or --owner' });
}
