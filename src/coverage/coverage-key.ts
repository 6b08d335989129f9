/** Whose row it is, as one text; whose rows it counts in as well; and the order rows stand in. */
import { compareText } from '../plan/line.ts';
import type { Level } from '../quota/quota.ts';
import { pathUp } from '../rates/rate-row.ts';
import type { CoverageKey } from './coverage.ts';

/** A key as one text. */
export function coverageKeyText({ level, team, rep, territory }: Omit<CoverageKey, 'repId'>): string {
  return [level, team, rep, territory].map((part) => part ?? '\u0001').join('\u0000');
}

const NOBODY = { rep: null, repId: null, territory: null } as const;

/** A team, those above it, and the company; the company alone where there is no team. */
export function keysUp(team: string | null): CoverageKey[] {
  const teams = pathUp(team).map((path): CoverageKey => ({ level: 'team', team: path, ...NOBODY }));
  return [...teams, { level: 'company', team: null, ...NOBODY }];
}

const LEVELS: readonly Level[] = ['company', 'team', 'rep'];

/** The company, teams and reps, each in the order of their names. */
export function compareKeys(first: CoverageKey, second: CoverageKey): number {
  return (
    LEVELS.indexOf(first.level) - LEVELS.indexOf(second.level) ||
    compareText(first.team, second.team) ||
    compareText(first.rep, second.rep) ||
    compareText(first.territory, second.territory)
  );
}
