/** The answer to the tally SQL → tallies, in an order that does not depend on the engine. */
import type { Dirt, HistoryTallies } from '../history/tallies.ts';
import type { Day } from '../period/day.ts';
import { type Answer, answerOf, places } from './answer.ts';
import type { Rows } from './engine.ts';
import { cohortsIn, enteredIn, exitsIn, spreadsIn } from './read-spreads.ts';
import { amountsIn, closedOnly, unitsIn } from './read-units.ts';
import type { TallyRequest } from './tally-request.ts';

interface Known {
  readonly tally: TallyRequest;
  readonly stages: readonly string[];
  readonly dirt: readonly Dirt[];
  readonly rows: number;
}

export function talliesOf(rows: Rows, { tally, stages, dirt, rows: records }: Known): HistoryTallies {
  const answer = answerOf(rows);
  const { asOf, recentFrom, logFrom } = tally;
  const spreads = spreadsIn(answer, tally);
  const known = { stages: stages.length, isLogNamed: logFrom !== null };
  const units = unitsIn(answer, stages.length);
  return {
    asOf,
    recentFrom,
    logFrom,
    stages,
    rows: records,
    entered: enteredIn(spreads, known),
    exits: exitsIn(spreads, known),
    units,
    cohorts: cohortsIn(spreads),
    amounts: amountsIn(answer),
    firstExits: firstExitsIn(answer, stages.length),
    closedOnlyReps: closedOnly(units, stages.length),
    dirt,
  };
}

function firstExitsIn(answer: Answer, stages: number): (Day | null)[] {
  const { place, n } = answer;
  const first = new Map(places(answer, 'first').map((index) => [place[index]!, n[0]![index] as Day | null]));
  return Array.from(
    { length: stages > 2 ? stages : stages - 1 },
    (_, transition) => first.get(transition) ?? null,
  );
}
