/** What was counted by source and day or age → tallies of coming, leaving and staying. */
import type { CohortTally, EnteredTally, ExitTally } from '../../history/tallies.ts';
import type { Day } from '../../period/day.ts';
import type { Month } from '../../period/month.ts';
import { IS_LOST, stepsFrom } from '../tally/spread-sql.ts';
import { cutsOf, stagesOf, type TallyRequest } from '../tally/tally-request.ts';
import { type Answer, compare, places, type Writable, wholePlace } from './answer.ts';

/** Those that came by day, of each the open ones and those that left since a day. */
export function enteredIn(answer: Answer, tally: TallyRequest): EnteredTally[] {
  const { place, source, a, n } = answer;
  const width = 1 + cutsOf(tally).length;
  const steps = stagesOf(tally.stages).map((stage) => stepsFrom(stage, tally));
  const tallies: EnteredTally[] = [];
  for (const index of places(answer, 'entered')) {
    const count = n[0]![index]!;
    const day = a[index] as Day;
    let at = 1;
    for (const { place: transition } of steps[place[index]!]!) {
      const open = count - n[at]![index]!;
      const recent = open + n[at + 1]![index]!;
      const observed = tally.logFrom === null ? count : open + n[at + 2]![index]!;
      tallies.push({ transition, source: source[index]!, day, count, observed, recent, open });
      at += width;
    }
  }
  return tallies.sort((x, y) => x.transition - y.transition || compare(x.source, y.source) || x.day - y.day);
}

/** Transitions that a row of those that left is of: who was lost at the first stage was lost to the whole funnel. */
function transitionsOf({ place, b }: Answer, index: number, whole: number | null): number[] {
  const own = place[index]!;
  return whole !== null && own === 0 && b[index] === IS_LOST ? [own, whole] : [own];
}

/** Those that left, by age. */
export function exitsIn(answer: Answer, { stages, logFrom }: TallyRequest): ExitTally[] {
  const { source, a, b, n } = answer;
  const tallies: Writable<ExitTally>[] = [];
  for (const index of places(answer, 'exits'))
    for (const transition of transitionsOf(answer, index, wholePlace(stages)))
      tallies.push({
        transition,
        source: source[index]!,
        event: b[index] === IS_LOST ? 'lost' : 'advanced',
        age: a[index]!,
        count: n[logFrom === null ? 0 : 3]![index]!,
        recent: n[2]![index]!,
      });
  return together(tallies.sort(compareExits));
}

const compareExits = (x: ExitTally, y: ExitTally): number =>
  x.transition - y.transition || compare(x.source, y.source) || compare(x.event, y.event) || x.age - y.age;

/** Neighbours of the same keys as one. */
function together(sorted: readonly Writable<ExitTally>[]): ExitTally[] {
  const tallies: Writable<ExitTally>[] = [];
  for (const tally of sorted) {
    const last = tallies.at(-1);
    if (last === undefined || compareExits(last, tally) !== 0) {
      tallies.push(tally);
      continue;
    }
    last.count += tally.count;
    last.recent += tally.recent;
  }
  return tallies;
}

/** The first day that any record left, by transition; null where none did. */
export function firstExitsIn(answer: Answer, stages: number): (Day | null)[] {
  const whole = wholePlace(stages);
  const first = new Array<Day | null>(whole === null ? stages - 1 : stages).fill(null);
  for (const index of places(answer, 'exits')) {
    const day = answer.n[1]![index] as Day;
    for (const transition of transitionsOf(answer, index, whole)) {
      const known = first[transition] ?? null;
      first[transition] = known === null || day < known ? day : known;
    }
  }
  return first;
}

/** Those that came to the end, by month and age. */
export function cohortsIn(answer: Answer): CohortTally[] {
  const { place, a, b, n } = answer;
  const tallies = places(answer, 'cohorts').map((index) => ({
    transition: place[index]!,
    month: a[index] as Month,
    age: b[index]!,
    advanced: n[0]![index]!,
  }));
  return tallies.sort((x, y) => x.month - y.month || x.age - y.age);
}
