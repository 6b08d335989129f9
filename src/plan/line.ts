/** A line: the months of one row of goals, finest or rolled up, with exact and whole numbers for every stage. */
import type { Level } from '../quota/quota.ts';

/** Whose goals a line holds. */
export interface LineKey {
  readonly level: Level;
  readonly team: string | null;
  readonly rep: string | null;
  readonly repId: string | null;
  /** `open (was Gil)` for what a rep who left leaves open; `open` for months nobody is there; else null. */
  readonly territory: string | null;
  readonly source: string | null;
  readonly owner: string | null;
}

export interface Line extends LineKey {
  /** Whether its months are the finest rows: the ones to add up. */
  readonly finest: boolean;
  /** Quota in minor units by plan month. */
  readonly quota: number[];
  /** Whole goals, entry `stage × months + month`; NaN where the stage has no goal. */
  readonly goals: number[];
  /** Exact goals in the same order. */
  readonly expected: number[];
}

/** A sum that skips what is not there: NaN + 3 = 3, NaN + NaN = NaN. */
export function plus(first: number, second: number): number {
  if (Number.isNaN(first)) return second;
  return Number.isNaN(second) ? first : first + second;
}

/** Sum over the months first … last of one stage; NaN where none has a goal. */
export function sumOver(series: number[], first: number, last: number): number {
  let sum = Number.NaN;
  for (let index = first; index <= last; index++) sum = plus(sum, series[index]!);
  return sum;
}

/** The key as one text, so that lines of the same key meet. */
export function keyOf(key: Pick<LineKey, 'level' | 'team' | 'rep' | 'territory' | 'source'>): string {
  return [key.level, key.team, key.rep, key.territory, key.source]
    .map((part) => (part === null ? '\u0001' : part))
    .join('\u0000');
}

const LEVELS: readonly Level[] = ['company', 'team', 'rep'];

/** Company, teams, reps; then by team, rep, territory and source, nothing before something, in code-point order. */
export function compareKeys(first: LineKey, second: LineKey): number {
  return (
    LEVELS.indexOf(first.level) - LEVELS.indexOf(second.level) ||
    compareText(first.team, second.team) ||
    compareText(first.rep, second.rep) ||
    compareText(first.territory, second.territory) ||
    compareText(first.source, second.source)
  );
}

/** Null first, then by code units: the same order on every machine. */
export function compareText(first: string | null, second: string | null): number {
  if (first === second) return 0;
  if (first === null) return -1;
  if (second === null) return 1;
  return first < second ? -1 : 1;
}
