/** Which lines the user asked to see, and in which order a table has them. */
import { compareText } from '../../plan/line.ts';
import type { TrackLine } from '../../track/track.ts';
import type { TrackShown } from './track-rows.ts';

/** Whether anything was agreed, happened or is left of a stage. */
export function hasNumbers(line: TrackLine, stage: number): boolean {
  const { agreed, actual, left } = line.stages[stage]!;
  return [agreed, actual, left].some((series) => series.some((value) => value > 0));
}

/** The company's line, or that of the one team or rep asked for; of one owner or source where that was asked for. */
export function topLine({ track, selection }: TrackShown): TrackLine | null {
  const { teams, reps, sources, owners } = selection;
  if (Math.max(teams.length, reps.length, sources.length, owners.length) > 1) return null;
  const level = reps.length > 0 ? 'rep' : teams.length > 0 ? 'team' : 'company';
  const [source = null] = sources;
  const [owner = null] = owners;
  return (
    track.lines.find(
      (line) =>
        line.level === level &&
        line.source === source &&
        (source !== null || line.owner === owner) &&
        (level !== 'rep' || line.rep === reps[0]) &&
        (level !== 'team' || line.team === teams[0]),
    ) ?? null
  );
}

/** The lines of the whole's sources, in the order of the plan. */
export function sourceLines(shown: TrackShown, stage: number): TrackLine[] {
  const { track, selection } = shown;
  const { reps, teams, sources, owners } = selection;
  if (reps.length > 1 || teams.length > 1 || sources.length > 0) return [];
  const level = reps.length > 0 ? 'rep' : teams.length > 0 ? 'team' : 'company';
  const place = ({ source }: TrackLine) => track.model.sources.findIndex(({ name }) => name === source);
  return track.lines
    .filter(
      (line) =>
        line.level === level &&
        line.source !== null &&
        (level !== 'rep' || line.rep === reps[0]) &&
        (level !== 'team' || line.team === teams[0]) &&
        (owners.length === 0 || (line.owner !== null && owners.includes(line.owner))) &&
        hasNumbers(line, stage),
    )
    .sort((first, second) => place(first) - place(second));
}

/** Each team with its reps, then the teams below it. */
export function inTeams(lines: readonly TrackLine[]): TrackLine[] {
  const person = ({ rep, territory }: TrackLine) =>
    rep ?? /^open \(was (.*)\)$/s.exec(territory ?? '')?.[1] ?? '\uffff';
  return [...lines].sort(
    (first, second) =>
      compareText(first.team, second.team) ||
      Number(first.level === 'rep') - Number(second.level === 'rep') ||
      compareText(person(first), person(second)) ||
      compareText(first.territory, second.territory),
  );
}
