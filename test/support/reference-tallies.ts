/**
 * What is to be counted of a history, record by record and by its definition: the plain way, against which engines are
 * held. Slow on purpose; nothing of it is shared with them.
 */
import type { Dirt, DirtKind, HistoryTallies } from '../../src/history/tallies.ts';
import { addDays, type Day, dateOf, dayOf, daysInMonth } from '../../src/period/day.ts';
import type { Month } from '../../src/period/month.ts';

/** A row of a history: what it says, good or bad. */
export interface PlainRecord {
  readonly id: string | null;
  readonly rep: string | null;
  readonly team: string | null;
  readonly source: string | null;
  /** The day it entered each stage; null where it did not. */
  readonly stages: readonly (Day | null)[];
  readonly lost: Day | null;
  readonly amount: number | null;
}

export interface Counting {
  readonly stages: readonly string[];
  readonly asOf: Day;
  readonly logFrom?: Day | null;
  /** Whether the file has a column of ids. */
  readonly hasIds?: boolean;
}

export type Counts = Omit<HistoryTallies, 'dirt'> & {
  readonly dirt: readonly Pick<Dirt, 'kind' | 'count'>[];
};

const isDay = (day: Day | null): day is Day => day !== null;
const earliest = (days: readonly Day[]): Day | null =>
  days.length === 0 ? null : (Math.min(...days) as Day);
const latest = (days: readonly Day[]): Day | null => (days.length === 0 ? null : (Math.max(...days) as Day));

const NEVER = dayOf(2100, 1, 1)!;
const BEFORE_ALL = dayOf(1930, 1, 1)!;
const isPlaceholder = (day: Day): boolean => day >= NEVER || day < BEFORE_ALL || day === 0;

/** Rows of one id as one record; rows without an id stand for themselves. */
function putTogether(rows: readonly PlainRecord[], asOf: Day): { records: PlainRecord[]; twice: number } {
  const byId = new Map<string, PlainRecord[]>();
  for (const row of rows) if (row.id !== null) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
  const largest = <Value extends string | number>(values: readonly (Value | null)[]): Value | null =>
    values.reduce((most, value) => (most === null || (value !== null && value > most) ? value : most), null);
  const records = [...byId.values()].map((same): PlainRecord => {
    const isKnown = (day: Day | null): boolean => isDay(day) && day <= asOf && !isPlaceholder(day);
    // What came after the as-of day takes no part.
    const known = same.filter(({ stages, lost }) => [...stages, lost].some(isKnown));
    const isLost = known.length > 0 && known.every(({ lost }) => isKnown(lost));
    const losses = same.map(({ lost }) => lost).filter((lost) => isDay(lost) && isKnown(lost) === isLost);
    const { rep, team, source } = largestOf(same);
    return {
      id: same[0]!.id,
      ...{ rep, team, source },
      stages: same[0]!.stages.map((_, stage) => {
        const days = same.map(({ stages }) => stages[stage]!).filter(isDay);
        return earliest(days);
      }),
      // Where one of them is not lost, the record is not.
      lost: latest(losses.filter(isDay)),
      amount: largest(same.map(({ amount }) => amount)),
    };
  });
  const nameless = rows.filter(({ id }) => id === null);
  const twice = rows.length - nameless.length - records.length;
  return { records: twice === 0 ? [...rows] : [...records, ...nameless], twice };
}

/** Rep, team and source are those of one row; where it is silent, a team without a rep, and a source, of others. */
function largestOf(rows: readonly PlainRecord[]): Pick<PlainRecord, 'rep' | 'team' | 'source'> {
  const key = ({ rep, team, source }: PlainRecord): string[] => [rep ?? '', team ?? '', source ?? ''];
  const isBefore = (one: PlainRecord, other: PlainRecord): boolean => {
    const [a, b] = [key(one), key(other)];
    const first = a.findIndex((text, index) => text !== b[index]);
    return first >= 0 && a[first]! < b[first]!;
  };
  const { rep, team, source } = rows.reduce((most, row) => (isBefore(most, row) ? row : most));
  const last = (texts: readonly (string | null)[]): string | null =>
    texts
      .filter((text) => text !== null)
      .sort()
      .at(-1) ?? null;
  const others = rows.filter((row) => row.rep === null).map((row) => row.team);
  return { rep, team: team ?? last(others), source: source ?? last(rows.map((row) => row.source)) };
}

const KINDS: readonly DirtKind[] = [
  'after_as_of',
  'placeholder_date',
  'id_missing',
  'start_missing',
  'end_before_start',
  'amount_impossible',
];

const LEAVES_OUT: ReadonlySet<DirtKind> = new Set(['id_missing', 'start_missing', 'end_before_start']);

/** A record as it is known on the as-of day, and what is wrong with it. */
interface Known {
  readonly record: PlainRecord;
  readonly stages: readonly (Day | null)[];
  readonly lost: Day | null;
  readonly dirt: ReadonlySet<DirtKind>;
}

function knownOf(record: PlainRecord, { asOf, hasIds = true }: Counting): Known {
  const known = (day: Day | null): Day | null =>
    day === null || day > asOf || isPlaceholder(day) ? null : day;
  const days = [...record.stages, record.lost].filter(isDay);
  const stages = record.stages.map(known);
  const lost = known(record.lost);
  const dirt = new Set<DirtKind>();
  if (days.some((day) => day > asOf && day < NEVER)) dirt.add('after_as_of');
  if (days.some(isPlaceholder)) dirt.add('placeholder_date');
  if (hasIds && record.id === null) dirt.add('id_missing');
  if (!record.stages.some(isDay)) dirt.add('start_missing');
  const start = stages[0] ?? null;
  const after = earliest([...stages.slice(1), lost].filter(isDay));
  if (start !== null && after !== null && after < start) dirt.add('end_before_start');
  if (record.amount !== null && record.amount < 0) dirt.add('amount_impossible');
  return { record, stages, lost, dirt };
}

interface Passage {
  readonly transition: number;
  readonly record: PlainRecord;
  readonly start: Day;
  readonly exit: { readonly event: 'advanced' | 'lost'; readonly day: Day } | null;
}

function passagesOf({ record, stages, lost }: Known): Passage[] {
  const reached = stages.map((_, stage) => earliest(stages.slice(stage).filter(isDay)));
  const furthest = latest(reached.filter(isDay));
  const end = stages.length - 1;
  const isWon = reached[end] !== null;
  // Reopened: something came after the loss.
  const isGone = !isWon && lost !== null && furthest !== null && lost >= furthest;
  const steps = Array.from({ length: end }, (_, from) => ({ transition: from, from, to: from + 1 }));
  if (end > 1) steps.push({ transition: end, from: 0, to: end });
  return steps.flatMap(({ transition, from, to }): Passage[] => {
    const start = reached[from]!;
    if (start === null) return [];
    const next = reached[to]!;
    if (next !== null) return [{ transition, record, start, exit: { event: 'advanced', day: next } }];
    return [{ transition, record, start, exit: isGone ? { event: 'lost', day: lost } : null }];
  });
}

const monthOf = (day: Day): Month => {
  const { year, month } = dateOf(day);
  return (year * 12 + month - 1) as Month;
};

/** Six months up to and with the as-of day: from the day after the same one six months before. */
function recentFrom(asOf: Day): Day {
  const { year, month, dayOfMonth } = dateOf(asOf);
  const [before, number] = month > 6 ? [year, month - 6] : [year - 1, month + 6];
  return addDays(dayOf(before, number, Math.min(dayOfMonth, daysInMonth(before, number)))!, 1);
}

/** Rows under their keys, each with what was added up. */
class Sums<Row extends object> {
  readonly #rows = new Map<string, Row>();

  add<Key extends object>(key: Key, counts: Omit<Row, keyof Key>): void {
    const text = JSON.stringify(key);
    const before = this.#rows.get(text) as Record<string, number> | undefined;
    const sum = { ...key, ...counts } as Record<string, number>;
    for (const name of Object.keys(counts)) sum[name] = (before?.[name] ?? 0) + sum[name]!;
    this.#rows.set(text, sum as Row);
  }

  get rows(): Row[] {
    return [...this.#rows.values()];
  }
}

type Row<Of extends keyof HistoryTallies> = HistoryTallies[Of] extends readonly (infer One)[] ? One : never;

export function referenceTallies(rows: readonly PlainRecord[], counting: Counting): Counts {
  const { stages, asOf, logFrom = null } = counting;
  const { records, twice } = putTogether(rows, asOf);
  const all = records.map((record) => knownOf(record, counting));
  const good = all.filter(({ dirt }) => ![...dirt].some((kind) => LEAVES_OUT.has(kind)));
  const passages = good.flatMap(passagesOf);
  const counted = KINDS.map((kind) => ({ kind, count: all.filter(({ dirt }) => dirt.has(kind)).length }));
  const dirt = [...counted, { kind: 'twice' as const, count: twice }].filter(({ count }) => count > 0);
  const recent = recentFrom(asOf);
  return {
    asOf,
    recentFrom: recent,
    logFrom,
    stages,
    rows: rows.length,
    ...sumsOf(passages, { logFrom, recent }),
    amounts: amountsOf(good),
    firstExits: Array.from(
      { length: stages.length > 2 ? stages.length : stages.length - 1 },
      (_, transition) =>
        earliest(
          passages.flatMap((passage) =>
            passage.transition === transition && passage.exit ? [passage.exit.day] : [],
          ),
        ),
    ),
    closedOnlyReps: closedOnly(passages, stages.length),
    dirt,
  };
}

function sumsOf(
  passages: readonly Passage[],
  { logFrom, recent }: { logFrom: Day | null; recent: Day },
): Pick<HistoryTallies, 'entered' | 'exits' | 'units' | 'cohorts'> {
  const entered = new Sums<Row<'entered'>>();
  const exits = new Sums<Row<'exits'>>();
  const units = new Sums<Row<'units'>>();
  const cohorts = new Sums<Row<'cohorts'>>();
  for (const { transition, record, start, exit } of passages) {
    const { team, rep, source } = record;
    const since = (day: Day | null): number => (exit === null || day === null || exit.day >= day ? 1 : 0);
    entered.add(
      { transition, source, day: start },
      { count: 1, observed: since(logFrom), recent: since(recent), open: exit === null ? 1 : 0 },
    );
    units.add(
      { transition, team, rep, source, month: monthOf(start) },
      { records: 1, advanced: exit?.event === 'advanced' ? 1 : 0, lost: exit?.event === 'lost' ? 1 : 0 },
    );
    if (exit === null) continue;
    const age = exit.day - start;
    exits.add(
      { transition, source, event: exit.event, age },
      { count: since(logFrom), recent: since(recent) },
    );
    if (exit.event === 'advanced')
      cohorts.add({ transition, month: monthOf(start), age: Math.floor(age / 30.4375) }, { advanced: 1 });
  }
  const exited = exits.rows.filter(({ count, recent: late }) => count > 0 || late > 0);
  return { entered: entered.rows, exits: exited, units: units.rows, cohorts: cohorts.rows };
}

function amountsOf(known: readonly Known[]): HistoryTallies['amounts'] {
  const sums = new Sums<Row<'amounts'>>();
  for (const { record, stages } of known) {
    const { team, rep, source, amount } = record;
    if (stages.at(-1) === null || amount === null || amount <= 0) continue;
    sums.add({ team, rep, source }, { deals: 1, sum: amount, squares: amount * amount });
  }
  return sums.rows;
}

/** Reps all of whose records advanced, where there are records without a rep. */
function closedOnly(passages: readonly Passage[], stages: number): HistoryTallies['closedOnlyReps'] {
  const whole = passages.filter(({ transition }) => transition === (stages > 2 ? stages - 1 : 0));
  if (!whole.some(({ record }) => record.rep === null)) return [];
  const reps = new Sums<{ rep: string; team: string | null; records: number; open: number }>();
  for (const { record, exit } of whole) {
    const { rep, team } = record;
    if (rep !== null) reps.add({ rep, team }, { records: 1, open: exit?.event === 'advanced' ? 0 : 1 });
  }
  return reps.rows.filter(({ open }) => open === 0).map(({ rep, team, records }) => ({ rep, team, records }));
}

/**
 * Tallies as they can be compared: rows without an order, none that count nothing, dirt without its first rows. What is
 * recent is asked of all sources together, cohorts of the whole funnel alone.
 */
export function comparable(tallies: Counts): object {
  const { entered, exits, units, cohorts, amounts, closedOnlyReps, dirt, ...rest } = tallies;
  const whole = tallies.firstExits.length - 1;
  return {
    ...rest,
    dirt: dirt.map(({ kind, count }) => `${count} ${kind}`),
    entered: sorted(entered.filter(({ count }) => count > 0).map(({ recent: _, ...row }) => row)),
    enteredRecently: recentOnly(
      entered.map(({ transition, day, recent }) => [`${transition} ${day}`, recent]),
    ),
    exits: sorted(exits.filter(({ count }) => count > 0).map(({ recent: _, ...row }) => row)),
    leftRecently: recentOnly(
      exits.map(({ transition, event, age, recent }) => [`${transition} ${event} ${age}`, recent]),
    ),
    units: sorted(units),
    cohorts: sorted(cohorts.filter(({ transition }) => transition === whole)),
    amounts: sorted(amounts),
    closedOnlyReps: sorted(closedOnlyReps),
  };
}

function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
}

function recentOnly(rows: readonly [string, number][]): string[] {
  const sums = new Map<string, number>();
  for (const [key, count] of rows) sums.set(key, (sums.get(key) ?? 0) + count);
  return [...sums]
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${key}: ${count}`)
    .sort();
}
