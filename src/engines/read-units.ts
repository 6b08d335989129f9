/** What was counted by rep, team, source and month → tallies of units and amounts. */
import type { AmountTally, HistoryTallies, UnitTally } from '../history/tallies.ts';
import type { Month } from '../period/month.ts';
import { type Answer, compare, places, wholePlace } from './answer.ts';

/** Records by whose they are and the month they came. */
export function unitsIn(answer: Answer, stages: number): UnitTally[] {
  const { place, rep, team, source, a, n } = answer;
  const [records, advanced, lost, closed, gone] = n as Counts;
  const units: UnitTally[] = [];
  const whole = wholePlace(stages);
  for (const index of places(answer, 'units')) {
    const whose = { team: team[index]!, rep: rep[index]!, source: source[index]!, month: a[index] as Month };
    const came = records[index]!;
    units.push({
      transition: place[index]!,
      ...whose,
      records: came,
      advanced: advanced[index]!,
      lost: lost[index]!,
    });
    if (place[index] === 0 && whole !== null)
      units.push({
        transition: whole,
        ...whose,
        records: came,
        advanced: closed[index]!,
        lost: gone[index]!,
      });
  }
  return units.sort(
    (x, y) =>
      x.transition - y.transition ||
      x.month - y.month ||
      compare(x.team, y.team) ||
      compare(x.rep, y.rep) ||
      compare(x.source, y.source),
  );
}

type Counts = readonly [
  records: readonly number[],
  advanced: readonly number[],
  lost: readonly number[],
  closed: readonly number[],
  gone: readonly number[],
];

/** Amounts of closed deals, out of the hundredths they are added up in. */
export function amountsIn(answer: Answer): AmountTally[] {
  const { rep, team, source, n } = answer;
  const amounts = places(answer, 'amounts').map((index) => ({
    team: team[index]!,
    rep: rep[index]!,
    source: source[index]!,
    deals: n[0]![index]!,
    sum: n[1]![index]! / 100,
    squares: n[2]![index]! / 10_000,
  }));
  return amounts.sort(
    (x, y) => compare(x.team, y.team) || compare(x.rep, y.rep) || compare(x.source, y.source),
  );
}

/** Reps all of whose records are won, where others have no rep: they were written there when a deal was signed. */
export function closedOnly(units: readonly UnitTally[], stages: number): HistoryTallies['closedOnlyReps'] {
  const whole = wholePlace(stages) ?? 0;
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
