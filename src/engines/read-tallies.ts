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
import { AGES, DIRT_BITS, PARTS, spreadsOf, type TallyRequest } from './tally-sql.ts';

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

/** What was counted by source, by what it is of. */
interface Counted {
  readonly place: number;
  readonly b: number;
  readonly source: string | null;
  readonly key: number;
  readonly count: number;
}

type Spreads = Readonly<Record<ReturnType<typeof spreadsOf>[number]['part'], readonly Counted[]>>;

function spreadsIn(answer: Answer, tally: TallyRequest): Spreads {
  const spreads = spreadsOf(tally);
  const found: Record<keyof Spreads, Counted[]> = {
    entered: [],
    open: [],
    enteredSince: [],
    exits: [],
    exitsSince: [],
    cohorts: [],
  };
  for (const index of places(answer, 'spread')) {
    const { part, place, b } = spreads[answer.place[index]!]!;
    found[part].push({
      place,
      b,
      source: answer.source[index]!,
      key: answer.a[index]!,
      count: answer.n[0]![index]!,
    });
  }
  return found;
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
  return countOf(rows, 'bounds');
}

/**
 * Whether a history that was taken at its word may be: every record came on a day, has its id, left no stage before it
 * came to it, and nothing lies after the as-of day, or where days stand for "none".
 */
export function isSound(rows: Rows, tally: TallyRequest): boolean {
  const answer = answerOf(rows);
  const [index] = places(answer, 'bounds');
  if (index === undefined) return false;
  const [records, came, leastId, lastDay, firstDay, leastAmount] = answer.n.map((counts) => counts[index]!);
  if (records === 0) return true;
  const isWhole = records === came && (leastId ?? 1) > 0 && lastDay! <= tally.asOf && firstDay! > 0;
  const exits = new Set(spreadsOf(tally).flatMap(({ part }, spread) => (part === 'exits' ? [spread] : [])));
  const ages = places(answer, 'spread').every((at) => answer.a[at]! >= 0 || !exits.has(answer.place[at]!));
  return isWhole && ages && (leastAmount ?? 0) >= 0;
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
  const spreads = spreadsIn(answer, tally);
  const known = { stages: stages.length, isLogNamed: logFrom !== null };
  const { units, amounts } = unitsIn(answer, stages.length);
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
    amounts,
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

/** Where the transition from the first stage to the last stands, after those between neighbours; there may be none. */
const wholePlace = (stages: number): number | null => (stages > 2 ? stages - 1 : null);

type Writable<Tally> = { -readonly [Key in keyof Tally]: Tally[Key] };

interface Forms {
  readonly stages: number;
  readonly isLogNamed: boolean;
}

/** Those that came by day, of each the open ones and those that left since a day. */
function enteredIn(spreads: Spreads, { stages, isLogNamed }: Forms): EnteredTally[] {
  const found = new Map<string, Writable<EnteredTally>>();
  const tallyOf = (transition: number, { source, key: day }: Counted): Writable<EnteredTally> => {
    const key = `${transition} ${day} ${source === null ? '' : `=${source}`}`;
    let tally = found.get(key);
    if (tally === undefined) {
      tally = { transition, source, day: day as Day, count: 0, observed: 0, recent: 0, open: 0 };
      found.set(key, tally);
    }
    return tally;
  };
  const whole = wholePlace(stages);
  for (const came of spreads.entered)
    for (const transition of came.place === 0 && whole !== null ? [0, whole] : [came.place])
      tallyOf(transition, came).count += came.count;
  for (const open of spreads.open) {
    const tally = tallyOf(open.place, open);
    tally.open += open.count;
    tally.recent += open.count;
    tally.observed += open.count;
  }
  for (const left of spreads.enteredSince) {
    const tally = tallyOf(left.place, left);
    if (left.b === 0) tally.recent += left.count;
    else tally.observed += left.count;
  }
  const tallies = [...found.values()];
  if (!isLogNamed) for (const tally of tallies) tally.observed = tally.count;
  return tallies.sort((x, y) => x.transition - y.transition || compare(x.source, y.source) || x.day - y.day);
}

/** Those that left by age. Who was lost at the first stage was lost to the whole funnel. */
function exitsIn(spreads: Spreads, { stages, isLogNamed }: Forms): ExitTally[] {
  const found = new Map<string, Writable<ExitTally>>();
  const whole = wholePlace(stages);
  const tallyOf = (transition: number, { source, key: age, b }: Counted): Writable<ExitTally> => {
    const event = b % 2 === 1 ? ('lost' as const) : ('advanced' as const);
    const key = `${transition} ${age} ${event} ${source === null ? '' : `=${source}`}`;
    let tally = found.get(key);
    if (tally === undefined) {
      tally = { transition, source, event, age, count: 0, recent: 0 };
      found.set(key, tally);
    }
    return tally;
  };
  for (const left of spreads.exits)
    for (const transition of whole !== null && left.place === 0 && left.b === 1 ? [0, whole] : [left.place])
      tallyOf(transition, left).count += isLogNamed ? 0 : left.count;
  for (const left of spreads.exitsSince) {
    const tally = tallyOf(left.place, left);
    if (left.b < 2) tally.recent += left.count;
    else tally.count += left.count;
  }
  return [...found.values()].sort(
    (x, y) =>
      x.transition - y.transition ||
      compare(x.source, y.source) ||
      compare(x.event, y.event) ||
      x.age - y.age,
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

/** Records by whose they are and the month they came, and the amounts of those that closed. */
function unitsIn(answer: Answer, stages: number): { units: UnitTally[]; amounts: AmountTally[] } {
  const { place, rep, team, source, a, n } = answer;
  const units: UnitTally[] = [];
  const amounts = new Map<string, Writable<AmountTally>>();
  const whole = wholePlace(stages);
  for (const index of places(answer, 'units')) {
    const whose = { team: team[index]!, rep: rep[index]!, source: source[index]!, month: a[index] as Month };
    const [records, advanced, lost, closed, gone] = n.map((counts) => counts[index]!) as [
      number,
      number,
      number,
      number,
      number,
    ];
    units.push({ transition: place[index]!, ...whose, records, advanced, lost });
    if (place[index] !== 0) continue;
    if (whole !== null) units.push({ transition: whole, ...whose, records, advanced: closed, lost: gone });
    addAmounts(amounts, answer, index);
  }
  units.sort(
    (x, y) =>
      x.transition - y.transition ||
      x.month - y.month ||
      compare(x.team, y.team) ||
      compare(x.rep, y.rep) ||
      compare(x.source, y.source),
  );
  const sizes = [...amounts.values()].sort(
    (x, y) => compare(x.team, y.team) || compare(x.rep, y.rep) || compare(x.source, y.source),
  );
  return { units, amounts: sizes };
}

function addAmounts(amounts: Map<string, Writable<AmountTally>>, answer: Answer, index: number): void {
  const [deals, sum, squares] = [answer.n[5]![index]!, answer.n[6]![index]!, answer.n[7]![index]!];
  if (!(deals > 0)) return;
  const [team, rep, source] = [answer.team[index]!, answer.rep[index]!, answer.source[index]!];
  const key = JSON.stringify([team, rep, source]);
  const tally = amounts.get(key) ?? { team, rep, source, deals: 0, sum: 0, squares: 0 };
  tally.deals += deals;
  tally.sum += sum;
  tally.squares += squares;
  amounts.set(key, tally);
}

function cohortsIn({ cohorts }: Spreads): CohortTally[] {
  const found = new Map<number, Writable<CohortTally>>();
  for (const { place: transition, key, count } of cohorts) {
    const tally = found.get(key) ?? {
      transition,
      month: Math.floor(key / AGES) as Month,
      age: key % AGES,
      advanced: 0,
    };
    tally.advanced += count;
    found.set(key, tally);
  }
  return [...found.values()].sort((x, y) => x.month - y.month || x.age - y.age);
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
