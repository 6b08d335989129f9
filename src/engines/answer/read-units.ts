/** What was counted by rep, team, source and month → tallies of units and amounts. */
import type { AmountTally, HistoryTallies, UnitTally } from '../../history/tallies.ts';
import type { Month } from '../../period/month.ts';
import { type Answer, compare, places, wholePlace } from './answer.ts';

/** Records by whose they are and the month they came; those of the first stage also as what became of them at the end. */
export function unitsIn(answer: Answer, stages: number): UnitTally[] {
  const { place, rep, team, source, a, n } = answer;
  const [records, advanced, lost, closed, gone] = n as Counts;
  const order = places(answer, 'units').sort(
    (x, y) =>
      place[x]! - place[y]! ||
      a[x]! - a[y]! ||
      compare(team[x]!, team[y]!) ||
      compare(rep[x]!, rep[y]!) ||
      compare(source[x]!, source[y]!),
  );
  const unitAt = (at: number, transition: number, [on, out]: readonly (readonly number[])[]): UnitTally => ({
    transition,
    team: team[at]!,
    rep: rep[at]!,
    source: source[at]!,
    month: a[at] as Month,
    records: records[at]!,
    advanced: on![at]!,
    lost: out![at]!,
  });
  const next = [advanced, lost];
  const end = [closed, gone];
  const units = order.map((at) => unitAt(at, place[at]!, next));
  const whole = wholePlace(stages);
  // The last of all transitions.
  if (whole !== null) for (const at of order) if (place[at] === 0) units.push(unitAt(at, whole, end));
  return units;
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
  const own = units.filter(({ transition }) => transition === whole);
  if (own.every(({ rep }) => rep !== null)) return [];
  const reps = new Map<string, { rep: string; team: string | null; records: number; advanced: number }>();
  for (const { rep, team, records, advanced } of own) {
    if (rep === null) continue;
    const key = JSON.stringify([team, rep]);
    const sum = reps.get(key) ?? { rep, team, records: 0, advanced: 0 };
    reps.set(key, { ...sum, records: sum.records + records, advanced: sum.advanced + advanced });
  }
  return [...reps.values()]
    .filter(({ records, advanced }) => records === advanced)
    .map(({ rep, team, records }) => ({ rep, team, records }));
}
