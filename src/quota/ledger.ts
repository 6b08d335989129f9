/** The ledger of carried quotas: one page per carrier, one amount per month, each month given once. */
import { filled } from '../funnel/series.ts';
import { error, type Problem, type Where } from '../problem.ts';
import type { Carrier, Level } from './quota.ts';
import { isWithin, type Rep } from './rep.ts';

export interface Page extends Carrier {
  /** For each month where its quota was given. */
  readonly givenAt: (Where | null)[];
}

export interface Ledger {
  readonly months: number;
  readonly reps: Map<Rep, Page>;
  readonly teams: Map<string | null, Page>;
}

export function emptyLedger(months: number): Ledger {
  return { months, reps: new Map(), teams: new Map() };
}

/** The page of a rep, made when first asked for. */
export function pageOfRep(ledger: Ledger, rep: Rep, where: Where): Page {
  const known = ledger.reps.get(rep);
  if (known) return known;
  const page = newPage(ledger, { level: 'rep', team: rep.team, rep, where });
  ledger.reps.set(rep, page);
  return page;
}

/** The page of a team, or of the company where team is null. */
export function pageOfTeam(ledger: Ledger, team: string | null, where: Where): Page {
  const known = ledger.teams.get(team);
  if (known) return known;
  const level: Level = team === null ? 'company' : 'team';
  const page = newPage(ledger, { level, team, rep: null, where });
  ledger.teams.set(team, page);
  return page;
}

function newPage(
  ledger: Ledger,
  of: { level: Level; team: string | null; rep: Rep | null; where: Where },
): Page {
  return {
    ...of,
    open: false,
    quota: filled(ledger.months, 0),
    given: new Uint8Array(ledger.months),
    givenAt: new Array<Where | null>(ledger.months).fill(null),
  };
}

/** All pages that lie below a team (reps in it, teams below it); below the company (null): all but its own. */
export function pagesBelow(ledger: Ledger, team: string | null): Page[] {
  const below = [...ledger.teams.values()].filter((page) => page.team !== team && isWithin(page.team, team));
  for (const page of ledger.reps.values()) if (isWithin(page.team, team)) below.push(page);
  return below;
}

/** Writes a month; a month that is given already is a problem that names both rows. */
export function give(page: Page, entry: { index: number; amount: number; where: Where }): Problem | null {
  const { index, amount, where } = entry;
  const before = page.givenAt[index];
  if (before) {
    return error('duplicate_quota', where, {
      who: nameOf(page),
      line: before.line ?? 0,
      file: before.file ?? '',
    });
  }
  page.quota[index] = amount;
  page.given[index] = 1;
  page.givenAt[index] = where;
  return null;
}

/** Adds to a month without the check for duplicates: shares of a team's quota. */
export function add(page: Page, entry: { index: number; amount: number; where: Where }): void {
  page.quota[entry.index] = page.quota[entry.index]! + entry.amount;
  page.given[entry.index] = 1;
  page.givenAt[entry.index] ??= entry.where;
}

/** How people call a carrier: `Ana Ruiz (West)`, `West`, `the company`. */
export function nameOf(of: Pick<Carrier, 'team' | 'rep'>): string {
  if (of.rep === null) return of.team ?? 'the company';
  return of.team === null ? of.rep.name : `${of.rep.name} (${of.team})`;
}
