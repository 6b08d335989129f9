/** The deals that moved, told one by one to whoever reads the list. */
import type { Day } from '../../period/day.ts';
import { monthOfDay } from '../../period/month.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import type { Coverage } from '../coverage.ts';
import { identity, type Standings, type Transition } from './standing.ts';

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

interface Seen extends Standings {
  readonly since: Day;
  readonly period: PlanPeriod;
}

/** Largest first; of equal ones those that were open on either day before those that were not. */
export function movesOf(coverage: Coverage, transitions: readonly Transition[], seen: Seen): Move[] {
  const moves = transitions.flatMap((transition) => moveOf(transition) ?? []);
  return [...moves, ...wonSince(coverage, seen)].sort((first, second) => weightOf(second) - weightOf(first));
}

/** Null where nothing happened to it that concerns the period. */
function moveOf(transition: Transition): Move | null {
  const { before, after, end } = transition;
  const what = kindOf(transition);
  if (what === null) return null;
  const { id, name, account, rep, team, closeDate } = (after ?? before)!;
  const amounts = { before: before?.amount ?? null, after: after?.amount ?? null };
  return {
    what,
    id,
    name,
    account,
    rep,
    team,
    ...amounts,
    closeDate: end === null ? closeDate : end.closeDate,
  };
}

/** Deals won in the period since then that were not open in it on either day: new, overdue or dated elsewhere. */
function wonSince({ model }: Coverage, { since, period, earlier, now }: Seen): Move[] {
  return (model.pipeline?.records ?? []).flatMap((record): Move[] => {
    const { id, name, account, rep, team, amount, closeDate, outcome } = record;
    if (outcome !== 'won' || closeDate === null || closeDate <= since || closeDate > model.asOf) return [];
    const month = monthOfDay(closeDate) - model.from;
    if (month < period.first || month > period.last) return [];
    const key = identity(record);
    if (now.has(key) || earlier.get(key)?.isOpen) return [];
    const who = { name, account, rep: rep?.name ?? null, team };
    return [{ what: 'won', id, ...who, before: null, after: amount, closeDate }];
  });
}

/** What happened to a deal; null where nothing did. */
function kindOf({ before, after, end }: Transition): MoveKind | null {
  const was = before?.isOpen ?? false;
  const is = after?.isOpen ?? false;
  if (was && after === null) return end?.outcome ?? 'removed';
  if (was && !is) return before!.closeDate === after!.closeDate ? 'overdue' : 'slipped';
  if (!was && is) return before === null ? 'new' : 'pulled in';
  if (!was || before === null || after === null) return null;
  if (before.keys[0] !== after.keys[0]) return 'reassigned';
  return before.amount === after.amount ? null : 'amount';
}

function weightOf({ before, after, what }: Move): number {
  return what === 'amount' ? Math.abs((after ?? 0) - (before ?? 0)) : Math.max(before ?? 0, after ?? 0);
}
