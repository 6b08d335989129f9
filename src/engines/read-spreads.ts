/** What was counted by source and day or age → tallies of coming, leaving and staying. */
import type { CohortTally, EnteredTally, ExitTally } from '../history/tallies.ts';
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import { type Answer, compare, places, type Writable, wholePlace } from './answer.ts';
import { AGES, spreadsOf } from './spread-sql.ts';
import type { TallyRequest } from './tally-request.ts';

/** What was counted by source, by what it is of. */
interface Counted {
  readonly place: number;
  readonly b: number;
  readonly source: string | null;
  readonly key: number;
  readonly count: number;
}

type Spreads = Readonly<Record<ReturnType<typeof spreadsOf>[number]['part'], readonly Counted[]>>;

export function spreadsIn(answer: Answer, tally: TallyRequest): Spreads {
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

interface Forms {
  readonly stages: number;
  readonly isLogNamed: boolean;
}

/** Those that came by day, of each the open ones and those that left since a day. */
export function enteredIn(spreads: Spreads, { stages, isLogNamed }: Forms): EnteredTally[] {
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
export function exitsIn(spreads: Spreads, { stages, isLogNamed }: Forms): ExitTally[] {
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

export function cohortsIn({ cohorts }: Spreads): CohortTally[] {
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
