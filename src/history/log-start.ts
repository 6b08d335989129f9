/** From when on exits were recorded, and whether that is so late that older records must be left out until then. */
import type { LogStart } from './estimate.ts';
import { lagOf } from './life-table.ts';
import type { Measure } from './measure.ts';
import { firstEntry } from './slice.ts';

/** More than a median lag after the first record entered: by then half of those that convert would have been seen. */
export function isLogLate({ slice, table }: Measure): boolean {
  const entry = firstEntry(slice);
  const median = lagOf(table, 0.5);
  return entry !== null && median !== null && slice.logStart !== null && slice.logStart > entry + median;
}

/** Of every transition, over all sources, that anybody left. */
export function logStartsOf(overall: readonly Measure[]): LogStart[] {
  return overall.flatMap((measure) => {
    const { from, to, logStart } = measure.slice;
    return logStart === null ? [] : [{ from, to, day: logStart, isLate: isLogLate(measure) }];
  });
}
