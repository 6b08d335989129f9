/** Records that are open only in name: older than any that ever moved on from where they are. */
import type { DealSizeEstimate } from './estimate.ts';
import type { Measure } from './measure.ts';

export interface DeadOpen {
  /** Index of the stage they stand at, and how many. */
  readonly stages: readonly { readonly stage: number; readonly records: number }[];
  readonly records: number;
  /** Closes that somebody would expect of them who took them for new at their stage. */
  readonly closes: number;
  /** The same at the average deal size; null where that is not known. */
  readonly amount: number | null;
}

/** Of ten conversions seen the next takes longer than all of them once in eleven times; of fewer, more often. */
const LEAST_CONVERSIONS = 10;

/**
 * Every open record at the stage it stands at, once: it is dead where it has been there for more days than the longest
 * wait there that ever ended in a conversion. Worth the product of the rates from there to the close.
 */
export function deadOpen(
  neighbours: readonly Measure[],
  dealSizes: readonly DealSizeEstimate[],
): DeadOpen | null {
  const stages = neighbours.map((measure) => ({ stage: measure.slice.from, records: deadAt(measure) }));
  const closes = stages.reduce((sum, { records }, place) => sum + records * yieldFrom(neighbours, place), 0);
  const records = stages.reduce((sum, stage) => sum + stage.records, 0);
  if (records === 0) return null;
  const size = dealSizes.find(({ level, source }) => level === 'company' && source === null);
  const amount = size === undefined ? null : closes * size.mean;
  return { stages: stages.filter((stage) => stage.records > 0), records, closes, amount };
}

function deadAt({ slice, table }: Measure): number {
  if (table.conversions < LEAST_CONVERSIONS) return 0;
  const longest = slice.exits.reduce(
    (most, { event, age, count }) => (event === 'advanced' && count > 0 ? Math.max(most, age) : most),
    0,
  );
  return slice.entered.reduce((sum, { day, open }) => (slice.asOf - day > longest ? sum + open : sum), 0);
}

function yieldFrom(neighbours: readonly Measure[], place: number): number {
  return neighbours.slice(place).reduce((product, { rate }) => product * (rate ?? 0), 1);
}
