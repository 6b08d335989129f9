/** Which rates the user asked to see, and in which order a table has them. */
import type { RateEstimate } from '../../history/estimate.ts';
import { compareText } from '../../plan/line.ts';
import { type Selection, selects } from '../selection.ts';

/** Whose numbers they are. */
export type Whose = Pick<RateEstimate, 'level' | 'team' | 'rep' | 'source'>;

/** A history knows no owners: those asked for are the sources of theirs. */
export function selectsWhose(selection: Selection, whose: Whose): boolean {
  const key = { ...whose, repId: null, territory: null, owner: null };
  return selects({ ...selection, owners: [] }, key);
}

/** Transitions from or to one of the stages asked for. */
export function selectsTransition(
  selection: Selection,
  { from, to, stages }: { readonly from: number; readonly to: number; readonly stages: readonly string[] },
): boolean {
  const asked = selection.stages;
  return asked.length === 0 || asked.includes(stages[from]!) || asked.includes(stages[to]!);
}

/** The one a sentence is about; null where several were asked for. */
export function topOf({ teams, reps, sources, level }: Selection): Whose | null {
  if (teams.length > 1 || reps.length > 1 || sources.length > 1) return null;
  const [team = null] = teams;
  const [rep = null] = reps;
  const [source = null] = sources;
  const own = rep !== null ? 'rep' : team !== null ? 'team' : 'company';
  return level === null || level === own ? { level: own, team, rep, source } : null;
}

/** A rep is found by name alone where no team was said. */
export function isWhose(top: Whose, { level, team, rep }: Whose): boolean {
  return level === top.level && rep === top.rep && (team === top.team || (rep !== null && top.team === null));
}

/** Whether part of the company was asked for, so that what is only known of all of it says nothing. */
export function isPart({ teams, reps, level }: Selection): boolean {
  return teams.length > 0 || reps.length > 0 || (level !== null && level !== 'company');
}

const RANKS = { company: 0, team: 1, rep: 2 } as const;

/** The company, then every team with its reps and the teams below it. */
export function inTeamOrder<Of extends Whose>(rows: readonly Of[]): Of[] {
  return [...rows].sort(
    (first, second) =>
      Number(first.level !== 'company') - Number(second.level !== 'company') ||
      compareText(first.team, second.team) ||
      RANKS[first.level] - RANKS[second.level] ||
      compareText(first.rep, second.rep) ||
      compareText(first.source, second.source),
  );
}

export function depthOf({ level, team }: Whose): number {
  return team === null ? 0 : team.split('/').length - (level === 'rep' ? 0 : 1);
}

/** So many sources are listed: those with most records. */
const MOST_SOURCES = 12;

/** The rows by source of the one the report is about. */
export function sourceRows<Of extends Whose>(
  rows: readonly Of[],
  selection: Selection,
  recordsOf: (row: Of) => number,
): { readonly shown: readonly Of[]; readonly hidden: number } {
  const top = topOf(selection);
  if (top === null || top.source !== null) return { shown: [], hidden: 0 };
  const own = rows.filter((row) => row.source !== null && isWhose(top, row));
  const records = new Map<string | null, number>();
  for (const row of own) records.set(row.source, Math.max(records.get(row.source) ?? 0, recordsOf(row)));
  const ranked = [...records].sort(
    (first, second) => second[1] - first[1] || compareText(first[0], second[0]),
  );
  const kept = new Set(ranked.slice(0, MOST_SOURCES).map(([source]) => source));
  return { shown: own.filter(({ source }) => kept.has(source)), hidden: records.size - kept.size };
}

/** Reps are listed up to this many, unless asked for. */
const MOST_REPS = 30;

/** The rows a table shows: of all sources taken together unless some were asked for, and not too many reps. */
export function tableRows<Of extends Whose>(
  rows: readonly Of[],
  selection: Selection,
): { readonly shown: readonly Of[]; readonly hidden: number } {
  const selected = rows.filter(
    (row) => selectsWhose(selection, row) && (selection.sources.length > 0 || row.source === null),
  );
  const reps = new Set(
    selected.filter(({ level }) => level === 'rep').map(({ team, rep }) => JSON.stringify([team, rep])),
  );
  const isAsked = selection.level === 'rep' || selection.reps.length > 0;
  if (isAsked || reps.size <= MOST_REPS) return { shown: inTeamOrder(selected), hidden: 0 };
  return { shown: inTeamOrder(selected.filter(({ level }) => level !== 'rep')), hidden: reps.size };
}
