/** How what is open in a row moved between two days: the part of every deal that counts, or counted, in it. */
import type { Transition } from './standing.ts';

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

/** The movement of every row that anything moved in, by the text of its key. */
export function movementsOf(transitions: readonly Transition[]): Map<string, Movement> {
  const byKey = new Map<string, Movement>();
  for (const transition of transitions) move(byKey, transition);
  return byKey;
}

/** Nothing was open, and nothing is. */
export function nothingMoved(): Movement {
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

/** One deal's part in the movement of every row it counts or counted in. */
function move(byKey: Map<string, Movement>, { before, after, end }: Transition): void {
  const was = new Set(before?.isOpen ? before.keys : []);
  const is = new Set(after?.isOpen ? after.keys : []);
  for (const key of new Set([...was, ...is])) {
    let row = byKey.get(key);
    if (row === undefined) byKey.set(key, (row = nothingMoved()));
    const then = was.has(key) ? before!.amount : 0;
    const now = is.has(key) ? after!.amount : 0;
    row.before += then;
    row.open += now;
    if (was.has(key) && is.has(key)) row.amounts += now - then;
    else if (was.has(key)) {
      if (after === null) row[end?.outcome ?? 'removed'] += then;
      else if (after.keys.includes(key)) row.slipped += then;
      else row.reassigned -= then;
    } else if (before === null) row.fresh += now;
    else if (before.keys.includes(key)) row.pulledIn += now;
    else row.reassigned += now;
  }
}
