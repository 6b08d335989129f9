/** By source and day or age: when records came, how they left, and which did not. */
import type { Day } from '../period/day.ts';
import { DAYS_PER_MONTH } from '../period/month.ts';
import { cutsOf, monthOf, type Step, stagesOf, stepsOf, type TallyRequest } from './tally-request.ts';

/** A key whose values are counted, by source: null where a record is not meant. */
interface Spread {
  readonly part: 'entered' | 'open' | 'enteredSince' | 'exits' | 'exitsSince' | 'cohorts';
  readonly place: number;
  readonly b: number;
  readonly key: string;
  /** Among which records: most have not come far, and need no look for what is further on. */
  readonly among: string;
}

const when = (test: string, key: string): string => `CASE WHEN ${test} THEN ${key} END`;

/** Records that came so far. */
const came = (stage: number): string => (stage === 0 ? 'true' : `r${stage} IS NOT NULL`);

/** How the records of a transition left, and which did not. */
function spreadsOfStep({ place, from, to }: Step, request: TallyRequest): Spread[] {
  const [start, end] = [`r${from}`, `r${to}`];
  // Those lost at the first stage have left it and the funnel at one age: they are counted there.
  const stayed = from === 0 && to > 1 ? 1 : from;
  const isOpen = `r${request.stages - 1} IS NULL AND x IS NULL`;
  return [
    { part: 'open', place, b: 0, key: when(`${end} IS NULL`, start), among: isOpen },
    { part: 'exits', place, b: 0, key: `${end} - ${start}`, among: came(to - 1) },
    { part: 'exits', place, b: 1, key: when(`${end} IS NULL`, `x - ${start}`), among: came(stayed) },
    ...cutsOf(request).flatMap((day, cut) => spreadsSince({ start, end, place }, { day, cut, request })),
  ];
}

/** The same of what happened from a day on. */
function spreadsSince(
  { start, end, place }: { start: string; end: string; place: number },
  { day, cut, request }: { day: Day; cut: number; request: TallyRequest },
): Spread[] {
  const days = [
    ...stagesOf(request.stages)
      .slice(1)
      .map((stage) => `r${stage}`),
    'x',
  ];
  const among = days.map((name) => `${name} >= ${day}`).join(' OR ');
  const lost = when(`${end} IS NULL AND x >= ${day}`, `x - ${start}`);
  return [
    { part: 'enteredSince', place, b: cut, key: when(`coalesce(${end}, x) >= ${day}`, start), among },
    { part: 'exitsSince', place, b: 2 * cut, key: when(`${end} >= ${day}`, `${end} - ${start}`), among },
    { part: 'exitsSince', place, b: 2 * cut + 1, key: lost, among },
  ];
}

/** In a key of two numbers the second has so many places. */
export const AGES = 1000;

/** All of them, in the order of the answer. */
export function spreadsOf(request: TallyRequest): Spread[] {
  const end = request.stages - 1;
  const age = `CAST(floor((r${end} - r0) / ${DAYS_PER_MONTH}) AS INTEGER)`;
  const cohort = `${monthOf('r0')} * ${AGES} + ${age}`;
  return [
    ...stagesOf(end).map(
      (place): Spread => ({ part: 'entered', place, b: 0, key: `r${place}`, among: came(place) }),
    ),
    ...stepsOf(request).flatMap((step) => spreadsOfStep(step, request)),
    { part: 'cohorts', place: end > 1 ? end : 0, b: 0, key: cohort, among: came(end - 1) },
  ];
}

/** The numbers of the two tables in the answer, and how many counts its rows have. */
interface SpreadParts {
  readonly spread: number;
  readonly first: number;
  readonly counts: number;
}

/** Values of all keys with how often each comes: of the keys that are asked of the same records, in one look. */
export function spreadSql(request: TallyRequest, of: SpreadParts): { tables: string[]; rows: string[] } {
  const nothing = new Array<string>(of.counts - 1).fill('NULL').join(', ');
  const groups = new Map<string, { index: number; key: string }[]>();
  for (const [index, { key, among }] of spreadsOf(request).entries())
    groups.set(among, [...(groups.get(among) ?? []), { index, key }]);
  const looks = [...groups].map(([among, keys], look) => {
    const maps = keys.map(({ key }) => `histogram(CAST(${key} AS INTEGER))`);
    const spreads = keys.map(({ index }) => index).join(', ');
    const each = `SELECT source, unnest(maps) AS map, unnest([${spreads}]) AS spread FROM look${look}`;
    const pairs = `SELECT source, spread, unnest(map_keys(map)) AS a, unnest(map_values(map)) AS n FROM (${each}) AS each_map`;
    return {
      table: `look${look} AS (SELECT source, [${maps.join(', ')}] AS maps FROM known WHERE ${among} GROUP BY source)`,
      row: `SELECT ${of.spread}, spread, NULL, NULL, source, a, NULL, n, ${nothing} FROM (${pairs}) AS pairs`,
    };
  });
  const firsts = stepsOf(request).map(
    ({ place, from, to }) =>
      `SELECT ${of.first}, ${place}, NULL, NULL, NULL, NULL, NULL, min(coalesce(r${to}, x)), ${nothing} FROM known WHERE ${came(from)}`,
  );
  return { tables: looks.map(({ table }) => table), rows: [...looks.map(({ row }) => row), ...firsts] };
}
