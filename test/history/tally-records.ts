/** A history record by record, and its tallies counted the plain way: what engines are to count. */

import { transitionsOf } from '../../src/history/slice.ts';
import type { HistoryTallies } from '../../src/history/tallies.ts';
import { addDays, type Day } from '../../src/period/day.ts';
import { DAYS_PER_MONTH, monthOfDay } from '../../src/period/month.ts';

export interface HistoryRecord {
  /** Day it entered each stage; null where it did not. */
  readonly stages: readonly (number | null)[];
  readonly lost: number | null;
  readonly team?: string | null;
  readonly rep?: string | null;
  readonly source?: string | null;
  readonly amount?: number;
}

export interface Counted {
  readonly asOf: number;
  readonly stages?: readonly string[];
  readonly logFrom?: number | null;
  readonly closedOnlyReps?: HistoryTallies['closedOnlyReps'];
}

/** One record on its way through one transition. */
interface Passage {
  readonly transition: number;
  readonly record: HistoryRecord;
  readonly entered: number;
  readonly exit: { readonly event: 'advanced' | 'lost'; readonly day: number } | null;
}

function passagesOf(
  record: HistoryRecord,
  { asOf, stages }: { asOf: number; stages: readonly string[] },
): Passage[] {
  const known = (day: number | null | undefined): number | null =>
    day === null || day === undefined || day > asOf ? null : day;
  const reached = (stage: number): number | null => {
    const days = record.stages.slice(stage).flatMap((day) => known(day) ?? []);
    return days.length === 0 ? null : Math.min(...days);
  };
  return transitionsOf(stages).flatMap(({ place, from, to }): Passage[] => {
    const entered = reached(from);
    if (entered === null) return [];
    const advanced = reached(to);
    const lost = known(record.lost);
    const exit =
      advanced !== null
        ? ({ event: 'advanced', day: advanced } as const)
        : lost !== null
          ? ({ event: 'lost', day: lost } as const)
          : null;
    return [{ transition: place, record, entered, exit }];
  });
}

type Writable<Of> = { -readonly [Key in keyof Of]: Of[Key] };

/** Adds up under a key. */
class Sums<Of extends object> {
  readonly #rows = new Map<string, Writable<Of>>();

  at(key: readonly unknown[], empty: Of): Writable<Of> {
    const text = JSON.stringify(key);
    const row = this.#rows.get(text) ?? { ...empty };
    this.#rows.set(text, row);
    return row;
  }

  get all(): Of[] {
    return [...this.#rows.values()];
  }
}

type Kind = 'entered' | 'exits' | 'units' | 'cohorts' | 'amounts';
type Tally<Of extends Kind> = HistoryTallies[Of][number];

/** The last six months are 182 days here. */
const RECENT = 182;

export function tallyRecords(
  records: readonly HistoryRecord[],
  { asOf, stages = ['lead', 'close'], logFrom = null, closedOnlyReps = [] }: Counted,
): HistoryTallies {
  const recentFrom = addDays(asOf as Day, -RECENT);
  const sums = {
    entered: new Sums<Tally<'entered'>>(),
    exits: new Sums<Tally<'exits'>>(),
    units: new Sums<Tally<'units'>>(),
    cohorts: new Sums<Tally<'cohorts'>>(),
    amounts: new Sums<Tally<'amounts'>>(),
  };
  const firstExits: (Day | null)[] = transitionsOf(stages).map(() => null);
  for (const passage of records.flatMap((record) => passagesOf(record, { asOf, stages }))) {
    const { transition, exit } = passage;
    const first = firstExits[transition];
    if (exit !== null && (first === null || first === undefined || exit.day < first))
      firstExits[transition] = exit.day as Day;
    count(passage, { sums, logFrom, recentFrom });
  }
  for (const { stages: days, team = null, rep = null, source = null, amount } of records) {
    const closed = days.at(-1) ?? null;
    if (amount === undefined || closed === null || closed > asOf) continue;
    const sum = sums.amounts.at([team, rep, source], { team, rep, source, deals: 0, sum: 0, squares: 0 });
    sum.deals += 1;
    sum.sum += amount;
    sum.squares += amount * amount;
  }
  return {
    asOf: asOf as Day,
    recentFrom,
    logFrom: logFrom as Day | null,
    stages,
    rows: records.length,
    entered: sums.entered.all,
    exits: sums.exits.all,
    units: sums.units.all,
    cohorts: sums.cohorts.all,
    amounts: sums.amounts.all,
    firstExits,
    closedOnlyReps,
    dirt: [],
  };
}

interface Counting {
  readonly sums: { readonly [Of in Exclude<Kind, 'amounts'>]: Sums<Tally<Of>> };
  readonly logFrom: number | null;
  readonly recentFrom: number;
}

function count(
  { transition, record, entered, exit }: Passage,
  { sums, logFrom, recentFrom }: Counting,
): void {
  const { team = null, rep = null, source = null } = record;
  const isObserved = exit === null || logFrom === null || exit.day >= logFrom;
  const isRecent = exit === null || exit.day >= recentFrom;
  const month = monthOfDay(entered as Day);
  const start = sums.entered.at([transition, source, entered], {
    transition,
    source,
    day: entered as Day,
    count: 0,
    observed: 0,
    recent: 0,
    open: 0,
  });
  start.count += 1;
  start.observed += isObserved ? 1 : 0;
  start.recent += isRecent ? 1 : 0;
  start.open += exit === null ? 1 : 0;
  const unit = sums.units.at([transition, team, rep, source, month], {
    transition,
    team,
    rep,
    source,
    month,
    records: 0,
    advanced: 0,
    lost: 0,
  });
  unit.records += 1;
  unit.advanced += exit?.event === 'advanced' ? 1 : 0;
  unit.lost += exit?.event === 'lost' ? 1 : 0;
  if (exit === null) return;
  const { event } = exit;
  const age = exit.day - entered;
  if (isObserved) {
    const left = sums.exits.at([transition, source, event, age], {
      transition,
      source,
      event,
      age,
      count: 0,
      recent: 0,
    });
    left.count += 1;
    left.recent += isRecent ? 1 : 0;
  }
  if (event !== 'advanced') return;
  const inMonths = Math.floor(age / DAYS_PER_MONTH);
  sums.cohorts.at([transition, month, inMonths], {
    transition,
    month,
    age: inMonths,
    advanced: 0,
  }).advanced += 1;
}

/** Numbers from 0 to 1, the same ones for a seed each time (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
