/** What closed, from the closed records of the pipeline, where the actuals do not count it. */
import { type Month, monthOfDay } from '../period/month.ts';
import type { Actual, Pipeline, PipelineRecord } from '../plan/model.ts';
import { pathUp } from '../rates/rate-row.ts';

type Closed = Pick<Actual, 'team' | 'rep' | 'source' | 'month'>;

const keyOf = (month: Month, team: string | null, rep: string | null, source: string | null): string =>
  [month, team ?? '\u0001', rep ?? '\u0001', source ?? '\u0001'].join('\u0000');

/** Whether the actuals count what closed then, for all or for whoever and whatever source the record is of. */
function countedIn(counted: ReadonlySet<string>, { team, rep, source, month }: Closed): boolean {
  for (const ofTeam of [...pathUp(team), null])
    for (const ofRep of rep === null ? [null] : [rep.name, null])
      for (const ofSource of source === null ? [null] : [source, null])
        if (counted.has(keyOf(month, ofTeam, ofRep, ofSource))) return true;
  return false;
}

/**
 * Actuals with a row for every won record that no row of the actuals counts: of its month, its rep, team or all, its
 * source or all. Null where nothing of the past is known.
 */
export function withClosedRecords(
  actuals: readonly Actual[] | null,
  pipeline: Pipeline | null,
  stages: readonly string[],
): readonly Actual[] | null {
  if (pipeline === null) return actuals;
  const last = stages.length - 1;
  const counted = new Set<string>();
  for (const { counts, amount, month, team, rep, source } of actuals ?? [])
    if (counts[last] !== null || amount !== null) counted.add(keyOf(month, team, rep?.name ?? null, source));
  const counts = stages.map((_, stage) => (stage === last ? 1 : null));
  const closed = pipeline.records.flatMap((record) => {
    const made = closedOf(record);
    return made === null || (counted.size > 0 && countedIn(counted, made))
      ? []
      : [{ ...made, counts, amount: record.amount, isRecord: true }];
  });
  const all = [...(actuals ?? []), ...closed];
  return all.length > 0 ? all : null;
}

function closedOf({ outcome, closeDate, team, rep, source }: PipelineRecord): Closed | null {
  if (outcome !== 'won' || closeDate === null) return null;
  return { team, rep, source, month: monthOfDay(closeDate) };
}
