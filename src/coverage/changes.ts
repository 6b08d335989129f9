/** What changed since an earlier coverage: how open moved, deal by deal, and what became of every measure. */
import type { Day } from '../period/day.ts';
import { monthOfDay } from '../period/month.ts';
import type { PlanPeriod } from '../plan/row.ts';
import { pathUp } from '../rates/rate-row.ts';
import { savedKey } from './checks.ts';
import type { Coverage, CoverageKey } from './coverage.ts';
import { coverageKeyText } from './holding.ts';
import { MEASURES, type MeasureName } from './measures.ts';
import type { SavedCoverage, SavedDeal } from './saved-coverage.ts';

/** Minor units: open = before + new − won − lost − slipped + pulled in + reassigned − removed + amounts. */
export interface Movement {
  before: number;
  fresh: number;
  won: number;
  lost: number;
  /** Out of the period: to a later one, overdue, or without a date now. */
  slipped: number;
  pulledIn: number;
  /** Net of deals that changed hands. */
  reassigned: number;
  /** No longer in the CRM's records, or in none of the plan's. */
  removed: number;
  amounts: number;
  open: number;
}

export interface Change {
  readonly key: CoverageKey;
  readonly period: PlanPeriod;
  /** Null where the earlier one was saved without its deals. */
  readonly movement: Movement | null;
  /** Now less then, in major units; null where either is. */
  readonly changes: Readonly<Partial<Record<MeasureName, number | null>>>;
}

export type MoveKind =
  | 'new'
  | 'won'
  | 'lost'
  | 'slipped'
  | 'overdue'
  | 'pulled in'
  | 'removed'
  | 'amount'
  | 'reassigned';

/** One deal that moved, for the first period. */
export interface Move {
  readonly what: MoveKind;
  readonly id: string | null;
  readonly name: string | null;
  readonly account: string | null;
  readonly rep: string | null;
  readonly team: string | null;
  /** Minor units; null where it was not there. */
  readonly before: number | null;
  readonly after: number | null;
  readonly closeDate: Day | null;
}

export interface Changes {
  readonly since: Day;
  /** Whether its deals were not all there were, so that movements are not known. */
  readonly isPartial: boolean;
  readonly rows: readonly Change[];
  /** Of the first period; largest first. */
  readonly moves: readonly Move[];
}

export function changesSince(coverage: Coverage, since: SavedCoverage): Changes {
  const savedRows = new Map(since.rows.map((row) => [savedKey(row), row]));
  const byPeriod = coverage.periods.map((period) =>
    since.deals === null || !isWhole(since, since.deals, { coverage, period })
      ? null
      : movementsIn(coverage, { since, deals: since.deals, period }),
  );
  const rows = coverage.rows.map((row): Change => {
    const { period } = row;
    const position = coverage.periods.indexOf(period);
    const then = savedRows.get(savedKey({ ...row, period: period.label }));
    const movement = byPeriod[position]?.byKey.get(coverageKeyText(row)) ?? null;
    const changes: Partial<Record<MeasureName, number | null>> = {};
    for (const name of Object.keys(MEASURES) as MeasureName[]) {
      const before = then?.measures[name] ?? null;
      const now = MEASURES[name](row);
      changes[name] =
        before === null || now === null ? null : Math.round((now - before) * 10_000) / 10_000 + 0;
    }
    return {
      key: row,
      period,
      movement: byPeriod[position] === null ? null : (movement ?? nothing()),
      changes,
    };
  });
  const moves = [...(byPeriod[0]?.moves ?? [])].sort((first, second) => weightOf(second) - weightOf(first));
  const isPartial = since.deals !== null && byPeriod.includes(null);
  return { since: since.asOf, isPartial, rows, moves };
}

/** Whether the saved deals are all there were: they add up to what the company had open. */
function isWhole(
  since: SavedCoverage,
  deals: readonly SavedDeal[],
  { coverage, period }: { coverage: Coverage; period: PlanPeriod },
): boolean {
  const company = since.rows.find((row) => row.level === 'company' && row.period === period.label);
  const open = company?.measures.open ?? null;
  if (open === null) return true;
  let sum = 0;
  for (const { isOpen, amount } of standings(coverage, deals, { period, asOf: since.asOf }).values())
    if (isOpen) sum += amount;
  return sum === Math.round(open * 100);
}

function weightOf({ before, after, what }: Move): number {
  return what === 'amount' ? Math.abs((after ?? 0) - (before ?? 0)) : Math.max(before ?? 0, after ?? 0);
}

function nothing(): Movement {
  return {
    before: 0,
    fresh: 0,
    won: 0,
    lost: 0,
    slipped: 0,
    pulledIn: 0,
    reassigned: 0,
    removed: 0,
    amounts: 0,
    open: 0,
  };
}

/** A deal then or now: whose it is, and whether it counts as open in the period. */
interface Standing extends SavedDeal {
  readonly keys: readonly string[];
  readonly isOpen: boolean;
}

interface Within {
  readonly since: SavedCoverage;
  readonly deals: readonly SavedDeal[];
  readonly period: PlanPeriod;
}

function movementsIn(coverage: Coverage, { since, deals, period }: Within) {
  const then = standings(coverage, deals, { period, asOf: since.asOf });
  const current = coverage.deals.map(
    (deal): SavedDeal => ({
      id: deal.record.id,
      name: deal.record.name,
      account: deal.record.account,
      team: deal.key.team,
      rep: deal.key.level === 'rep' ? deal.key.rep : null,
      territory: deal.key.territory,
      amount: deal.amount,
      closeDate: deal.record.closeDate,
    }),
  );
  const now = standings(coverage, current, { period, asOf: coverage.model.asOf });
  const closed = new Map<string, { readonly end: 'won' | 'lost'; readonly closeDate: Day | null }>();
  const stillOpen = new Set<string>();
  for (const record of coverage.model.pipeline?.records ?? []) {
    const { outcome, closeDate } = record;
    if (outcome === 'open') stillOpen.add(identity(record));
    // without an id another one of that name may have closed long ago
    else if (record.id !== null || closeDate === null || closeDate >= since.asOf)
      closed.set(identity(record), { end: outcome, closeDate });
  }
  const byKey = new Map<string, Movement>();
  const moves: Move[] = [];
  for (const id of new Set([...then.keys(), ...now.keys()])) {
    const before = then.get(id) ?? null;
    // still in the CRM, though no longer as a deal: without its date or its amount
    const isKept = before !== null && !now.has(id) && stillOpen.has(id);
    const after = isKept ? { ...before, closeDate: null, isOpen: false } : (now.get(id) ?? null);
    const end = after === null ? (closed.get(id) ?? null) : null;
    const transition = { before, after, end: end?.end ?? null };
    move(byKey, transition);
    const what = kindOf(transition);
    const named = after ?? before!;
    if (what !== null) {
      const { name, account, rep, team } = named;
      const closeDate = end === null ? named.closeDate : end.closeDate;
      const amounts = { before: before?.amount ?? null, after: after?.amount ?? null };
      moves.push({ what, id: named.id, name, account, rep, team, ...amounts, closeDate });
    }
  }
  return { byKey, moves: [...moves, ...wonSince(coverage, { since, period, then, now })] };
}

interface Seen {
  readonly since: SavedCoverage;
  readonly period: PlanPeriod;
  readonly then: ReadonlyMap<string, Standing>;
  readonly now: ReadonlyMap<string, Standing>;
}

/** Deals won in the period since then that were not open in it on either day: new, overdue or dated elsewhere. */
function wonSince({ model }: Coverage, { since, period, then, now }: Seen): Move[] {
  return (model.pipeline?.records ?? []).flatMap((record): Move[] => {
    const { id, name, account, rep, team, amount, closeDate, outcome } = record;
    if (outcome !== 'won' || closeDate === null || closeDate <= since.asOf || closeDate > model.asOf)
      return [];
    const month = monthOfDay(closeDate) - model.from;
    if (month < period.first || month > period.last) return [];
    const key = identity(record);
    if (now.has(key) || then.get(key)?.isOpen) return [];
    const who = { name, account, rep: rep?.name ?? null, team };
    return [{ what: 'won', id, ...who, before: null, after: amount, closeDate }];
  });
}

/** The same record then and now: by its id, else by its names. */
function identity({ id, name, account }: Pick<SavedDeal, 'id' | 'name' | 'account'>): string {
  return id ?? `\u0001${name ?? ''}\u0000${account ?? ''}`;
}

function standings(
  { model }: Coverage,
  deals: readonly SavedDeal[],
  { period, asOf }: { period: PlanPeriod; asOf: Day },
): Map<string, Standing> {
  const found = new Map<string, Standing>();
  const times = new Map<string, number>();
  for (const deal of deals) {
    const month = deal.closeDate === null ? Number.NaN : monthOfDay(deal.closeDate) - model.from;
    const isOpen = month >= period.first && month <= period.last && (deal.closeDate as Day) >= asOf;
    // records that nobody can tell apart are paired in their order
    const name = identity(deal);
    const place = times.get(name) ?? 0;
    times.set(name, place + 1);
    found.set(place === 0 ? name : `${name}\u0000${place}`, { ...deal, keys: keysOf(deal), isOpen });
  }
  return found;
}

const NOBODY = { rep: null, territory: null } as const;

/** The rows a deal counts in. */
function keysOf({ team, rep, territory }: SavedDeal): string[] {
  const own =
    rep !== null || territory !== null ? [coverageKeyText({ level: 'rep', team, rep, territory })] : [];
  const teams = pathUp(team).map((path) => coverageKeyText({ level: 'team', team: path, ...NOBODY }));
  return [...own, ...teams, coverageKeyText({ level: 'company', team: null, ...NOBODY })];
}

interface Transition {
  readonly before: Standing | null;
  readonly after: Standing | null;
  /** How the record ended, where it is closed now. */
  readonly end: 'won' | 'lost' | null;
}

/** One deal's part in the movement of every row it counts or counted in. */
function move(byKey: Map<string, Movement>, { before, after, end }: Transition): void {
  const was = new Set(before?.isOpen ? before.keys : []);
  const is = new Set(after?.isOpen ? after.keys : []);
  for (const key of new Set([...was, ...is])) {
    let row = byKey.get(key);
    if (row === undefined) byKey.set(key, (row = nothing()));
    const then = was.has(key) ? before!.amount : 0;
    const now = is.has(key) ? after!.amount : 0;
    row.before += then;
    row.open += now;
    if (was.has(key) && is.has(key)) row.amounts += now - then;
    else if (was.has(key)) {
      if (after === null) row[end ?? 'removed'] += then;
      else if (after.keys.includes(key)) row.slipped += then;
      else row.reassigned -= then;
    } else if (before === null) row.fresh += now;
    else if (before.keys.includes(key)) row.pulledIn += now;
    else row.reassigned += now;
  }
}

/** What happened to a deal, for whoever reads the list; null where nothing did. */
function kindOf({ before, after, end }: Transition): MoveKind | null {
  const was = before?.isOpen ?? false;
  const is = after?.isOpen ?? false;
  if (was && after === null) return end ?? 'removed';
  if (was && !is) return before!.closeDate === after!.closeDate ? 'overdue' : 'slipped';
  if (!was && is) return before === null ? 'new' : 'pulled in';
  if (!was || before === null || after === null) return null;
  if (before.keys[0] !== after.keys[0]) return 'reassigned';
  return before.amount === after.amount ? null : 'amount';
}
