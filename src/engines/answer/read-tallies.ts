/** The answer to the tally SQL → tallies, in an order that does not depend on the engine. */
import type { Dirt, HistoryTallies } from '../../history/tallies.ts';
import type { Rows } from '../engine.ts';
import type { TallyRequest } from '../tally/tally-request.ts';
import { answerOf } from './answer.ts';
import { cohortsIn, enteredIn, exitsIn, firstExitsIn } from './read-spreads.ts';
import { amountsIn, closedOnly, unitsIn } from './read-units.ts';

interface Known {
  readonly tally: TallyRequest;
  readonly stages: readonly string[];
  readonly dirt: readonly Dirt[];
  readonly rows: number;
}

export function talliesOf(rows: Rows, { tally, stages, dirt, rows: records }: Known): HistoryTallies {
  const answer = answerOf(rows);
  const { asOf, recentFrom, logFrom } = tally;
  const units = unitsIn(answer, stages.length);
  return {
    asOf,
    recentFrom,
    logFrom,
    stages,
    rows: records,
    entered: enteredIn(answer, tally),
    exits: exitsIn(answer, tally),
    units,
    cohorts: cohortsIn(answer),
    amounts: amountsIn(answer),
    firstExits: firstExitsIn(answer, stages.length),
    closedOnlyReps: closedOnly(units, stages.length),
    dirt,
  };
}
