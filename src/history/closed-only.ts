/** Reps who are named on a record only once it is closed, so that their own records say nothing of their rate. */
import type { Month } from '../period/month.ts';
import type { HistoryTallies } from './tallies.ts';
import { compare, type Unit } from './units.ts';

/** A rep with the records from the first stage to the last that carry the name. */
export interface ClosedOnly extends Unit {
  readonly records: number;
  readonly converted: number;
}

/** By chance alone this few of a hundred reps would have no open record. */
const BY_CHANCE = 0.01;

/**
 * Of the reps that stand only on closed records those for whom that is no chance: with as many records of the same
 * months as they have, and the share of all records of each month that is still open, fewer than one in a hundred
 * would have none open. Who left long ago, or whose market closes everything, is measured like everybody else.
 */
export function closedOnlyReps(tallies: HistoryTallies): ClosedOnly[] {
  const whole = tallies.stages.length > 2 ? tallies.stages.length - 1 : 0;
  const suspects = new Map<string, Suspect>();
  for (const { team, rep } of tallies.closedOnlyReps)
    suspects.set(keyOf({ team, rep }), { team, rep, records: 0, converted: 0, months: new Map() });
  if (suspects.size === 0) return [];
  const months = new Map<Month, { records: number; open: number }>();
  for (const tally of tallies.units) {
    if (tally.transition !== whole) continue;
    const { month, records } = tally;
    const sum = months.get(month) ?? { records: 0, open: 0 };
    sum.records += records;
    sum.open += records - tally.advanced - tally.lost;
    months.set(month, sum);
    const suspect = suspects.get(keyOf(tally));
    if (suspect === undefined) continue;
    suspect.records += records;
    suspect.converted += tally.advanced;
    suspect.months.set(month, (suspect.months.get(month) ?? 0) + records);
  }
  const openShare = (month: Month): number => {
    const { records, open } = months.get(month)!;
    return records > 0 ? open / records : 0;
  };
  return [...suspects.values()]
    .filter((suspect) => chanceOfNoneOpen(suspect, openShare) < BY_CHANCE)
    .map(({ months: _, ...rep }) => rep)
    .sort((first, second) => compare(first.team, second.team) || compare(first.rep, second.rep));
}

interface Suspect extends Unit {
  records: number;
  converted: number;
  readonly months: Map<Month, number>;
}

const keyOf = ({ team, rep }: Unit): string => `${rep ?? ''}\u0000${team ?? ''}`;

function chanceOfNoneOpen({ months }: Suspect, openShare: (month: Month) => number): number {
  let chance = 1;
  for (const [month, records] of months) chance *= (1 - openShare(month)) ** records;
  return chance;
}

/** Whether a unit's own records say what it converts. */
export function trusting(reps: readonly ClosedOnly[]): (unit: Unit) => boolean {
  const distrusted = new Set(reps.map(keyOf));
  return (unit) => unit.rep === null || !distrusted.has(keyOf(unit));
}
