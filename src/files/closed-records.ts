/** What closed, from the closed records of the pipeline, where the actuals do not count it. */
import { type Month, monthOfDay } from '../period/month.ts';
import type { Actual, Pipeline } from '../plan/model.ts';

/**
 * Actuals with a row for every won record of a month in which no row of the actuals counts closes. Null where
 * nothing of the past is known.
 */
export function withClosedRecords(
  actuals: readonly Actual[] | null,
  pipeline: Pipeline | null,
  stages: readonly string[],
): readonly Actual[] | null {
  if (pipeline === null) return actuals;
  const last = stages.length - 1;
  const counted = new Set<Month>();
  for (const row of actuals ?? [])
    if (row.counts[last] !== null || row.amount !== null) counted.add(row.month);
  const counts = stages.map((_, stage) => (stage === last ? 1 : null));
  const closed: Actual[] = [];
  for (const { outcome, closeDate, team, rep, source, amount } of pipeline.records) {
    if (outcome !== 'won' || closeDate === null) continue;
    const month = monthOfDay(closeDate);
    if (!counted.has(month)) closed.push({ team, rep, source, month, counts, amount, isRecord: true });
  }
  const all = [...(actuals ?? []), ...closed];
  return all.length > 0 ? all : null;
}
