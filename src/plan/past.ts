/** The past of each unit: what its stages counted up to the as-of day, shared out where rows name no rep or source. */
import { filled } from '../funnel/series.ts';
import { apportion } from '../quota/apportion.ts';
import type { Carrier } from '../quota/quota.ts';
import type { Clock } from './clock.ts';
import type { Actual, PlanModel, Source } from './model.ts';
import { type CarrierFinder, carrierFinder, quotaWeights, sourceShares } from './sharing.ts';

/** Counts of one carrier's one source, months −back … as-of month; entry `back + u` is month u. */
export interface Past {
  /** Per stage; null where the stage is not counted at all. Exact shares. */
  readonly counts: (number[] | null)[];
  /** The same, months before the counts begin filled with the mean: what the curves need. */
  readonly filled: (number[] | null)[];
  /** Per stage: the same in whole records. */
  readonly reached: (number[] | null)[];
  /** What closed: records of rows without an amount, and minor units of those with one. Null where nothing is known. */
  closed: { readonly records: number[]; readonly amount: number[] } | null;
}

/**
 * What closed by month in closes of the unit's deal size: amounts ÷ deal size where they are known (a deal twice as
 * large leaves as much less to bring), else the number of records.
 */
export function closedOf(past: Past | null, perClose: number): number[] | null {
  const closed = past?.closed ?? null;
  if (closed === null) return null;
  return closed.records.map((records, index) => records + closed.amount[index]! / perClose);
}

/** The pasts of carrier × source; null where nothing was counted for a source up to the as-of day. */
export interface Pasts {
  readonly of: (carrier: number, source: number) => Past | null;
  /** Carriers that no row speaks of, though rows speak of others: they count 0. */
  readonly unnamed: readonly number[];
}

export function pastOf(
  model: PlanModel,
  carriers: readonly Carrier[],
  at: { clock: Clock; back: number },
): Pasts {
  const { clock, back } = at;
  const rows = (model.actuals ?? []).filter((row) => row.month - clock.from <= clock.asOfMonth);
  const knowsClosed = model.pipeline?.knowsClosed ?? false;
  if (rows.length === 0 && !knowsClosed) return { of: () => null, unnamed: [] };
  const sharing: Sharing = {
    ...at,
    carriers,
    sources: model.sources,
    stages: model.stages.length,
    length: back + Math.max(0, clock.asOfMonth + 1),
    pasts: carriers.map(() => model.sources.map(() => null)),
    find: carrierFinder(carriers),
    named: new Set(),
    knowsClosed,
    inMoney: model.quotaUnit === 'money',
  };
  for (const row of rows) shareRow(sharing, row);
  countNothing(sharing, rows);
  const since = model.stages.map((_, stage) =>
    rows.reduce(
      (first, row) => (row.counts[stage] === null ? first : Math.min(first, row.month - clock.from)),
      Number.POSITIVE_INFINITY,
    ),
  );
  for (const bySource of sharing.pasts) for (const past of bySource) fillOlder(past, { since, clock, back });
  return {
    of: (carrier, source) => sharing.pasts[carrier]![source]!,
    unnamed: rows.every((row) => row.isRecord)
      ? []
      : [...carriers.keys()].filter((carrier) => !sharing.named.has(carrier)),
  };
}

interface Sharing {
  readonly clock: Clock;
  readonly back: number;
  readonly carriers: readonly Carrier[];
  readonly sources: readonly Source[];
  readonly stages: number;
  readonly length: number;
  readonly pasts: (Past | null)[][];
  readonly find: CarrierFinder;
  /** Whether closed records are known, so that nothing closed means 0. */
  readonly knowsClosed: boolean;
  /** Whether amounts say what closed. */
  readonly inMoney: boolean;
  /** Carriers that some row speaks of. */
  readonly named: Set<number>;
}

/** One row of counts to the carriers and sources it speaks of. */
function shareRow(sharing: Sharing, row: Actual): void {
  const { sources } = sharing;
  const month = row.month - sharing.clock.from;
  const carriers = sharing.find.of(row);
  if (!row.isRecord) for (const carrier of carriers) sharing.named.add(carrier);
  const weights = quotaWeights(sharing.carriers, carriers, month);
  shareClosed(sharing, row, { carriers, weights });
  for (const [stage, count] of row.counts.entries()) {
    if (count === null) continue;
    const shares = sourceShares(sources, row.source, stage);
    const cells = weights.flatMap((weight) => shares.map((share) => weight * share));
    const whole = apportion(count, cells);
    const total = cells.reduce((sum, value) => sum + value, 0);
    for (const [cell, part] of cells.entries()) {
      if (!(part > 0)) continue;
      const carrier = carriers[Math.floor(cell / sources.length)]!;
      const unit = { carrier, source: cell % sources.length };
      addCount(sharing, unit, { stage, month, exact: (count * part) / total, whole: whole[cell]! });
    }
  }
}

/** What closed, by amount where the row has one. */
function shareClosed(
  sharing: Sharing,
  row: Actual,
  { carriers, weights }: { carriers: readonly number[]; weights: readonly number[] },
): void {
  const last = sharing.stages - 1;
  const count = row.counts[last] ?? null;
  const isAmount = sharing.inMoney && row.amount !== null;
  if (count === null && !isAmount) return;
  const shares = sourceShares(sharing.sources, row.source, last);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const all = shares.reduce((sum, share) => sum + share, 0);
  const index = sharing.back + row.month - sharing.clock.from;
  for (const [position, carrier] of carriers.entries()) {
    for (const [source, share] of shares.entries()) {
      const part = (weights[position]! / whole) * (share / all);
      if (!(part > 0)) continue;
      const closed = closedIn(sharing, { carrier, source });
      if (index < 0) continue;
      if (isAmount) closed.amount[index]! += part * row.amount!;
      else closed.records[index]! += part * count!;
    }
  }
}

function closedIn(sharing: Sharing, unit: { carrier: number; source: number }): NonNullable<Past['closed']> {
  const past = pastIn(sharing, unit);
  past.closed ??= { records: filled(sharing.length, 0), amount: filled(sharing.length, 0) };
  return past.closed;
}

function pastIn({ pasts, stages }: Sharing, unit: { carrier: number; source: number }): Past {
  const nothing = () => new Array<number[] | null>(stages).fill(null);
  const bySource = pasts[unit.carrier]!;
  return (bySource[unit.source] ??= {
    counts: nothing(),
    filled: nothing(),
    reached: nothing(),
    closed: null,
  });
}

/** Stages that rows count for a source count 0 for whoever no row gave a number: no row is nothing reached. */
function countNothing(sharing: Sharing, rows: readonly Actual[]): void {
  for (const [source, { name, startsAt }] of sharing.sources.entries()) {
    for (let stage = startsAt; stage < sharing.stages; stage++) {
      const isKnown = sharing.knowsClosed && stage === sharing.stages - 1;
      const isCounted =
        isKnown ||
        rows.some((row) => row.counts[stage] !== null && (row.source === null || row.source === name));
      if (!isCounted) continue;
      for (const carrier of sharing.carriers.keys()) {
        addCount(sharing, { carrier, source }, { stage, month: -sharing.back, exact: 0, whole: 0 });
        if (stage === sharing.stages - 1) closedIn(sharing, { carrier, source });
      }
    }
  }
}

interface Count {
  readonly stage: number;
  readonly month: number;
  readonly exact: number;
  readonly whole: number;
}

function addCount(sharing: Sharing, unit: { carrier: number; source: number }, count: Count): void {
  const { length, back } = sharing;
  const past = pastIn(sharing, unit);
  const counts = (past.counts[count.stage] ??= filled(length, 0));
  const reached = (past.reached[count.stage] ??= filled(length, 0));
  const index = back + count.month;
  if (index < 0) return;
  counts[index]! += count.exact;
  reached[index]! += count.whole;
}

/**
 * Months before a stage's counts begin (`since`) are taken to have been like those counted: their mean, complete
 * months only.
 */
function fillOlder(past: Past | null, at: { since: readonly number[]; clock: Clock; back: number }): void {
  const { since, clock, back } = at;
  const lastComplete = clock.gone === 1 ? clock.asOfMonth : clock.asOfMonth - 1;
  for (const [stage, counts] of (past?.counts ?? []).entries()) {
    if (counts === null) continue;
    const older = (past!.filled[stage] = counts.slice());
    const first = since[stage]!;
    if (back + first <= 0) continue;
    const complete = counts.slice(back + first, back + lastComplete + 1);
    const mean =
      complete.length > 0
        ? complete.reduce((sum, count) => sum + count, 0) / complete.length
        : counts[back + first]! / clock.gone;
    older.fill(mean, 0, back + first);
  }
}
