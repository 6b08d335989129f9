/** Deals as they stood then and stand now, each beside itself: by its id, else by its names. */
import type { Day } from '../../period/day.ts';
import { monthOfDay } from '../../period/month.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import type { Coverage } from '../coverage.ts';
import { coverageKeyText, keysUp } from '../coverage-key.ts';
import type { SavedCoverage, SavedDeal } from '../saved-coverage.ts';

/** A deal then or now: whose it is, and whether it counts as open in the period. */
export interface Standing extends SavedDeal {
  readonly keys: readonly string[];
  readonly isOpen: boolean;
}

/** One deal then and now; null where it was not there. */
export interface Transition {
  readonly before: Standing | null;
  readonly after: Standing | null;
  /** How the record ended, and on which day, where it is closed now. */
  readonly end: End | null;
}

interface End {
  readonly outcome: 'won' | 'lost';
  readonly closeDate: Day | null;
}

export interface Standings {
  readonly earlier: ReadonlyMap<string, Standing>;
  readonly now: ReadonlyMap<string, Standing>;
}

/** The deals of both days as they stand to a period. */
export function thenAndNow(
  coverage: Coverage,
  { since, deals, period }: { since: SavedCoverage; deals: readonly SavedDeal[]; period: PlanPeriod },
): Standings {
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
  return {
    earlier: standings(coverage, deals, { period, asOf: since.asOf }),
    now: standings(coverage, current, { period, asOf: coverage.model.asOf }),
  };
}

/** Every deal of either day; one that is closed now with its end. */
export function transitionsOf({ model }: Coverage, { earlier, now }: Standings, since: Day): Transition[] {
  const closed = new Map<string, End>();
  const stillOpen = new Set<string>();
  for (const record of model.pipeline?.records ?? []) {
    const { outcome, closeDate } = record;
    if (outcome === 'open') stillOpen.add(identity(record));
    // without an id another one of that name may have closed long ago
    else if (record.id !== null || closeDate === null || closeDate >= since)
      closed.set(identity(record), { outcome, closeDate });
  }
  return [...new Set([...earlier.keys(), ...now.keys()])].map((id) => {
    const before = earlier.get(id) ?? null;
    // still in the CRM, though no longer as a deal: without its date or its amount
    const isKept = before !== null && !now.has(id) && stillOpen.has(id);
    const after = isKept ? { ...before, closeDate: null, isOpen: false } : (now.get(id) ?? null);
    return { before, after, end: after === null ? (closed.get(id) ?? null) : null };
  });
}

/** The same record then and now: by its id, else by its names. */
export function identity({ id, name, account }: Pick<SavedDeal, 'id' | 'name' | 'account'>): string {
  return id ?? `\u0001${name ?? ''}\u0000${account ?? ''}`;
}

/** Deals by their identities, as they stood on a day. */
export function standings(
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

/** The rows a deal counts in. */
function keysOf({ team, rep, territory }: SavedDeal): string[] {
  const own =
    rep !== null || territory !== null ? [coverageKeyText({ level: 'rep', team, rep, territory })] : [];
  return [...own, ...keysUp(team).map(coverageKeyText)];
}
