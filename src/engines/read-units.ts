/** What was counted by rep, team, source and month → tallies of units and amounts. */
import type { AmountTally, HistoryTallies, UnitTally } from '../history/tallies.ts';
import type { Month } from '../period/month.ts';
import { type Answer, compare, places, type Writable, wholePlace } from './answer.ts';

/** Records by whose they are and the month they came, and the amounts of those that closed. */
export function unitsIn(answer: Answer, stages: number): { units: UnitTally[]; amounts: AmountTally[] } {
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
  tally.sum += sum / 100;
  tally.squares += squares / 10_000;
  amounts.set(key, tally);
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
