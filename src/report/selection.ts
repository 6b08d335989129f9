/** Which rows the user asked to see: by team, rep, source, owner, stage, level and grain. */
import type { Grain } from '../period/fiscal.ts';
import type { LineKey } from '../plan/line.ts';
import type { Source } from '../plan/model.ts';
import type { Level } from '../quota/quota.ts';
import { isWithin } from '../quota/rep.ts';

/** Empty lists and null select everything. */
export interface Selection {
  readonly teams: readonly string[];
  readonly reps: readonly string[];
  readonly sources: readonly string[];
  readonly owners: readonly string[];
  readonly stages: readonly string[];
  readonly level: Level | null;
  readonly by: Grain | null;
}

export const EVERYTHING: Selection = {
  teams: [],
  reps: [],
  sources: [],
  owners: [],
  stages: [],
  level: null,
  by: null,
};

/** Whether a row with this key was asked for: a team with everything below it, a rep, a source, an owner. */
export function selects(selection: Selection, key: LineKey): boolean {
  const { teams, reps, sources, owners, level } = selection;
  return (
    (level === null || key.level === level) &&
    (teams.length === 0 || (key.team !== null && teams.some((team) => isWithin(key.team, team)))) &&
    (reps.length === 0 || (key.rep !== null && reps.includes(key.rep))) &&
    (sources.length === 0 || (key.source !== null && sources.includes(key.source))) &&
    (owners.length === 0 || (key.owner !== null && owners.includes(key.owner)))
  );
}

/** The sources asked for, by name or by who owes them; null where none was. */
export function selectedSources(selection: Selection, sources: readonly Source[]): readonly Source[] | null {
  const { sources: names, owners } = selection;
  if (names.length === 0 && owners.length === 0) return null;
  return sources.filter(
    ({ name, owner }) =>
      (names.length === 0 || (name !== null && names.includes(name))) &&
      (owners.length === 0 || (owner !== null && owners.includes(owner))),
  );
}

/** Indexes of the stages asked for, in funnel order. */
export function selectedStages(selection: Selection, stages: readonly string[]): number[] {
  return [...stages.keys()].filter(
    (stage) => selection.stages.length === 0 || selection.stages.includes(stages[stage]!),
  );
}
