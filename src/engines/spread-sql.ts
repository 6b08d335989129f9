/** By source and day or age: when records came, how they left, and which did not. */
import { DAYS_PER_MONTH } from '../period/month.ts';
import { cutsOf, monthOf, type Step, stagesOf, stepsOf, type TallyRequest } from './tally-request.ts';

/** A key whose values are counted, by source: null where a record is not meant. */
interface Spread {
  readonly part: 'entered' | 'open' | 'enteredSince' | 'exits' | 'exitsSince' | 'cohorts';
  readonly place: number;
  readonly b: number;
  readonly key: string;
}

/** How the records of a transition left, and which did not. */
function spreadsOfStep({ place, from, to }: Step, request: TallyRequest): Spread[] {
  const [start, end] = [`r${from}`, `r${to}`];
  // Those lost at the first stage have left it and the funnel at one age: they are counted there.
  const stayed = from === 0 && to > 1 ? ' AND r1 IS NOT NULL' : '';
  const when = (test: string, key: string): string => `CASE WHEN ${test} THEN ${key} END`;
  const since = cutsOf(request).flatMap((day, cut): Spread[] => [
    { part: 'enteredSince', place, b: cut, key: when(`coalesce(${end}, x) >= ${day}`, start) },
    { part: 'exitsSince', place, b: 2 * cut, key: when(`${end} >= ${day}`, `${end} - ${start}`) },
    {
      part: 'exitsSince',
      place,
      b: 2 * cut + 1,
      key: when(`${end} IS NULL AND x >= ${day}`, `x - ${start}`),
    },
  ]);
  return [
    { part: 'open', place, b: 0, key: when(`${end} IS NULL AND x IS NULL`, start) },
    { part: 'exits', place, b: 0, key: `${end} - ${start}` },
    { part: 'exits', place, b: 1, key: when(`${end} IS NULL${stayed}`, `x - ${start}`) },
    ...since,
  ];
}

/** In a key of two numbers the second has so many places. */
export const AGES = 1000;

/** All of them, in the order of the answer. */
export function spreadsOf(request: TallyRequest): Spread[] {
  const { stages } = request;
  const end = `r${stages - 1}`;
  const age = `CAST(floor((${end} - r0) / ${DAYS_PER_MONTH}) AS INTEGER)`;
  return [
    ...stagesOf(stages - 1).map(
      (stage): Spread => ({ part: 'entered', place: stage, b: 0, key: `r${stage}` }),
    ),
    ...stepsOf(request).flatMap((step) => spreadsOfStep(step, request)),
    { part: 'cohorts', place: stages > 2 ? stages - 1 : 0, b: 0, key: `${monthOf('r0')} * ${AGES} + ${age}` },
  ];
}

/** The numbers of the two tables in the answer, and how many counts its rows have. */
interface SpreadParts {
  readonly spread: number;
  readonly first: number;
  readonly counts: number;
}

/** Values of all keys with how often each comes, in one look at every record; and of each step the first exit. */
export function spreadSql(
  request: TallyRequest,
  { spread, first: firstPart, counts }: SpreadParts,
): { tables: string; rows: string[] } {
  const maps = spreadsOf(request).map(({ key }) => `histogram(CAST(${key} AS INTEGER))`);
  const firsts = stepsOf(request).map(
    ({ from, to }) => `min(CASE WHEN r${from} IS NOT NULL THEN coalesce(r${to}, x) END)`,
  );
  const nothing = new Array<string>(counts - 1).fill('NULL').join(', ');
  const each = `SELECT source, unnest(maps) AS map, unnest(range(${maps.length})) AS spread FROM spreads`;
  const pairs = `SELECT source, spread, unnest(map_keys(map)) AS a, unnest(map_values(map)) AS n FROM (${each}) AS each_map`;
  const first = `SELECT unnest(firsts) AS day, unnest(range(${firsts.length})) AS step FROM spreads`;
  return {
    tables: `spreads AS (SELECT source, [${maps.join(', ')}] AS maps, [${firsts.join(', ')}] AS firsts FROM known GROUP BY source)`,
    rows: [
      `SELECT ${spread}, spread, NULL, NULL, source, a, NULL, n, ${nothing} FROM (${pairs}) AS pairs`,
      `SELECT ${firstPart}, step, NULL, NULL, NULL, NULL, NULL, min(day), ${nothing} FROM (${first}) AS days GROUP BY step`,
    ],
  };
}
