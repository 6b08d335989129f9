/** Deals still to be created: what the plan's goals, and records at earlier stages, bring month by month. */
import { filled } from '../funnel/series.ts';
import type { Timing } from '../funnel/timing.ts';
import type { Clock } from '../plan/clock.ts';
import type { PlannedUnit } from '../plan/prepare.ts';

/** Expected closes of one unit by plan month, after the as-of day, of records that have no name yet. */
export function newCloses(planned: PlannedUnit, clock: Clock): number[] {
  const { unit, path, inHand } = planned;
  if (path.first === path.last) {
    const named = inHand?.arrivals(0, path.last, clock.months) ?? filled(clock.months, 0);
    return beyond(unit.stages[path.last]!.slice(0, clock.months), named);
  }
  const timing = path.timing(path.first, path.last);
  const rate = path.yield(path.first, path.last);
  const closes = filled(clock.months, 0);
  for (let month = Math.max(0, clock.asOfMonth); month < clock.months; month++) {
    closes[month] = rate * fromLeads(unit.leads, timing, month) + unit.carryIn.early[month]!;
  }
  return closes;
}

function fromLeads(leads: readonly number[], timing: Timing, month: number): number {
  let sum = 0;
  for (let wait = 0; wait < timing.share.length && wait <= month; wait++)
    sum += leads[month - wait]! * timing.share[wait]!;
  return sum;
}

/**
 * A source without leads is taken to bring its quota: what its open deals do not bring is new. Running totals, so
 * that a deal more in one month is one less in the next.
 */
function beyond(quota: readonly number[], named: readonly number[]): number[] {
  let wanted = 0;
  let brought = 0;
  let given = 0;
  return quota.map((closes, month) => {
    wanted += closes;
    brought += named[month]!;
    const more = Math.max(0, wanted - brought - given);
    given += more;
    return more;
  });
}
