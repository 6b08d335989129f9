/** Reps who are named on a record only once it is closed, so that their own records say nothing of their rate. */
import type { Month } from '../period/month.ts';
import type { HistoryTallies } from './tallies.ts';
import { compare, type Unit } from './units.ts';

/** A rep with the records from the first stage to the last that carry the name. */
export interface ClosedOnly extends Unit {
  readonly records: number;
  readonly converted: number;
}

/** By chance alone this few of a hundred reps would have such records. */
const BY_CHANCE = 0.01;

/**
 * Of the reps that stand only on closed records those for whom that is no chance: with as many records of the same
 * months, and the shares of all records of each month that are open or lost still, fewer than one in a hundred would
 * have none open (or, where all of theirs are won, none open and none lost). Who left long ago, or whose market closes
 * everything, is measured like everybody else.
 */
export function closedOnlyReps(tallies: HistoryTallies): ClosedOnly[] {
  const suspects = new Map<string, Suspect>();
  for (const { team, rep } of tallies.closedOnlyReps)
    suspects.set(keyOf({ team, rep }), { team, rep, records: 0, converted: 0, months: new Map() });
  if (suspects.size === 0) return [];
  const whole = tallies.stages.length > 2 ? tallies.stages.length - 1 : 0;
  const months = new Map<Month, MonthSum>();
  for (const tally of tallies.units) {
    if (tally.transition !== whole) continue;
    const { month, records, advanced } = tally;
    const sum = months.get(month) ?? { records: 0, converted: 0, open: 0 };
    sum.records += records;
    sum.converted += advanced;
    sum.open += records - advanced - tally.lost;
    months.set(month, sum);
    const suspect = suspects.get(keyOf(tally));
    if (suspect === undefined) continue;
    suspect.records += records;
    suspect.converted += advanced;
    suspect.months.set(month, (suspect.months.get(month) ?? 0) + records);
  }
  return [...suspects.values()]
    .filter((suspect) => chanceOf(suspect, months) < BY_CHANCE)
    .map(({ months: _, ...rep }) => rep)
    .sort((first, second) => compare(first.team, second.team) || compare(first.rep, second.rep));
}

interface MonthSum {
  records: number;
  converted: number;
  open: number;
}

interface Suspect extends Unit {
  records: number;
  converted: number;
  readonly months: Map<Month, number>;
}

const keyOf = ({ team, rep }: Unit): string => `${rep ?? ''}\u0000${team ?? ''}`;

/** That as many records of the same months are all closed, or all won where those of the rep are. */
function chanceOf(
  { records, converted, months }: Suspect,
  sums: ReadonlyMap<Month, Readonly<MonthSum>>,
): number {
  const areWon = converted === records;
  let chance = 1;
  for (const [month, own] of months) {
    const all = sums.get(month)!;
    const share = (areWon ? all.converted : all.records - all.open) / all.records;
    if (own > 0) chance *= share ** own;
  }
  return chance;
}

/** Whether a unit's own records say what it converts. */
export function trusting(reps: readonly ClosedOnly[]): (unit: Unit) => boolean {
  const distrusted = new Set(reps.map(keyOf));
  return (unit) => unit.rep === null || !distrusted.has(keyOf(unit));
}
