/** The answer to the tally SQL → tallies, in an order that does not depend on the engine. */
import type {
  AmountTally,
  CohortTally,
  Dirt,
  EnteredTally,
  ExitTally,
  HistoryTallies,
  UnitTally,
} from '../history/tallies.ts';
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import type { Rows } from './engine.ts';
import { DIRT_BITS, PARTS, type TallyRequest } from './tally-sql.ts';

interface Answer {
  readonly part: readonly number[];
  readonly place: readonly number[];
  readonly rep: readonly (string | null)[];
  readonly team: readonly (string | null)[];
  readonly source: readonly (string | null)[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly n: readonly (readonly number[])[];
}

function answerOf({ columns }: Rows): Answer {
  const [part, place, rep, team, source, a, b, ...n] = columns;
  return { part, place, rep, team, source, a, b, n } as unknown as Answer;
}

/** The single count of a part; 0 where there is none. */
export function countOf(rows: Rows, name: keyof typeof PARTS): number {
  const { part, n } = answerOf(rows);
  const index = part.indexOf(PARTS[name]);
  return index < 0 ? 0 : (n[0]![index] ?? 0);
}

function places(answer: Answer, name: keyof typeof PARTS): number[] {
  const found: number[] = [];
  const wanted = PARTS[name];
  for (let index = 0; index < answer.part.length; index++)
    if (answer.part[index] === wanted) found.push(index);
  return found;
}

/** Records read, good and bad. */
export function recordsIn(rows: Rows): number {
  const answer = answerOf(rows);
  return places(answer, 'dirt').reduce((sum, index) => sum + answer.n[0]![index]!, 0);
}

/** How many records have each kind of dirt, in the order of its bits; none with 0. */
export function dirtCounts(rows: Rows): [keyof typeof DIRT_BITS, number][] {
  const answer = answerOf(rows);
  const found = places(answer, 'dirt');
  const counts = Object.entries(DIRT_BITS).map(([kind, bit]) => {
    const with_ = found.filter((index) => (answer.a[index]! & bit) !== 0);
    return [
      kind as keyof typeof DIRT_BITS,
      with_.reduce((sum, index) => sum + answer.n[0]![index]!, 0),
    ] as const;
  });
  return counts.filter(([, count]) => count > 0).map(([kind, count]) => [kind, count]);
}

interface Known {
  readonly tally: TallyRequest;
  readonly stages: readonly string[];
  readonly dirt: readonly Dirt[];
  readonly rows: number;
}

export function talliesOf(rows: Rows, { tally, stages, dirt, rows: records }: Known): HistoryTallies {
  const answer = answerOf(rows);
  const { asOf, recentFrom, logFrom } = tally;
  const units = unitsIn(answer);
  return {
    asOf,
    recentFrom,
    logFrom,
    stages,
    rows: records,
    entered: enteredIn(answer),
    exits: exitsIn(answer),
    units,
    cohorts: cohortsIn(answer),
    amounts: amountsIn(answer),
    firstExits: firstExitsIn(answer, stages.length),
    closedOnlyReps: closedOnly(units, stages.length),
    dirt,
  };
}

/** By code units, nothing first. */
function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

function enteredIn(answer: Answer): EnteredTally[] {
  const { place, source, a, n } = answer;
  const tallies = places(answer, 'entered').map((index) => ({
    transition: place[index]!,
    source: source[index]!,
    day: a[index] as Day,
    count: n[0]![index]!,
    observed: n[1]![index]!,
    recent: n[2]![index]!,
    open: n[3]![index]!,
  }));
  return tallies.sort((x, y) => x.transition - y.transition || compare(x.source, y.source) || x.day - y.day);
}

function exitsIn(answer: Answer): ExitTally[] {
  const { place, source, a, b, n } = answer;
  const tallies = places(answer, 'exits').map((index) => ({
    transition: place[index]!,
    source: source[index]!,
    event: b[index] === 1 ? ('lost' as const) : ('advanced' as const),
    age: a[index]!,
    count: n[0]![index]!,
    recent: n[1]![index]!,
  }));
  return tallies.sort(
    (x, y) =>
      x.transition - y.transition ||
      compare(x.source, y.source) ||
      compare(x.event, y.event) ||
      x.age - y.age,
  );
}

function unitsIn(answer: Answer): UnitTally[] {
  const { place, rep, team, source, a, n } = answer;
  const tallies = places(answer, 'units').map((index) => ({
    transition: place[index]!,
    team: team[index]!,
    rep: rep[index]!,
    source: source[index]!,
    month: a[index] as Month,
    records: n[0]![index]!,
    advanced: n[1]![index]!,
    lost: n[2]![index]!,
  }));
  return tallies.sort(
    (x, y) =>
      x.transition - y.transition ||
      x.month - y.month ||
      compare(x.team, y.team) ||
      compare(x.rep, y.rep) ||
      compare(x.source, y.source),
  );
}

function cohortsIn(answer: Answer): CohortTally[] {
  const { place, a, b, n } = answer;
  const tallies = places(answer, 'cohorts').map((index) => ({
    transition: place[index]!,
    month: a[index] as Month,
    age: b[index]!,
    advanced: n[0]![index]!,
  }));
  return tallies.sort((x, y) => x.transition - y.transition || x.month - y.month || x.age - y.age);
}

function amountsIn(answer: Answer): AmountTally[] {
  const { rep, team, source, n } = answer;
  const tallies = places(answer, 'amounts').map((index) => ({
    team: team[index]!,
    rep: rep[index]!,
    source: source[index]!,
    deals: n[0]![index]!,
    sum: n[1]![index]!,
    squares: n[2]![index]!,
  }));
  return tallies.sort(
    (x, y) => compare(x.team, y.team) || compare(x.rep, y.rep) || compare(x.source, y.source),
  );
}

function firstExitsIn(answer: Answer, stages: number): (Day | null)[] {
  const { place, n } = answer;
  const first = new Map(places(answer, 'first').map((index) => [place[index]!, n[0]![index] as Day | null]));
  return Array.from(
    { length: stages > 2 ? stages : stages - 1 },
    (_, transition) => first.get(transition) ?? null,
  );
}

/** Reps all of whose records are won, where others have no rep: they were written there when a deal was signed. */
function closedOnly(units: readonly UnitTally[], stages: number): HistoryTallies['closedOnlyReps'] {
  const whole = stages > 2 ? stages - 1 : 0;
  const reps = new Map<string, { rep: string; team: string | null; records: number; advanced: number }>();
  let nameless = 0;
  for (const { transition, rep, team, records, advanced } of units) {
    if (transition !== whole) continue;
    if (rep === null) {
      nameless += records;
      continue;
    }
    const key = JSON.stringify([team, rep]);
    const sum = reps.get(key) ?? { rep, team, records: 0, advanced: 0 };
    reps.set(key, { ...sum, records: sum.records + records, advanced: sum.advanced + advanced });
  }
  if (nameless === 0) return [];
  return [...reps.values()]
    .filter(({ records, advanced }) => records === advanced)
    .map(({ rep, team, records }) => ({ rep, team, records }));
}
