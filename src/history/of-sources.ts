/** The part of a history that some sources brought. */
import type { HistoryTallies } from './tallies.ts';

/**
 * The tallies of these sources' records alone, as if there were no others. Where the log starts stays that of all
 * records, for it is the system's, not the source's; so do `rows` and `dirt`, which are not counted by source, and reps
 * known only on closed records. Cohorts are not counted by source either: there are none.
 */
export function ofSources(tallies: HistoryTallies, sources: readonly string[]): HistoryTallies {
  const wanted: ReadonlySet<string | null> = new Set(sources);
  const isWanted = ({ source }: { readonly source: string | null }): boolean => wanted.has(source);
  return {
    ...tallies,
    entered: tallies.entered.filter(isWanted),
    exits: tallies.exits.filter(isWanted),
    units: tallies.units.filter(isWanted),
    amounts: tallies.amounts.filter(isWanted),
    cohorts: [],
  };
}
