/** Who holds what: each carrier's quota, and what closed of it, at the rep, the teams above and the company. */
import { filled } from '../funnel/series.ts';
import { quotaPerClose } from '../plan/answers.ts';
import type { Context } from '../plan/context.ts';
import { quotaParts } from '../plan/finest.ts';
import type { PipelineRecord } from '../plan/model.ts';
import { type PlannedUnit, quotaBySource } from '../plan/prepare.ts';
import { type CarrierFinder, carrierFinder } from '../plan/sharing.ts';
import type { Carrier } from '../quota/quota.ts';
import { closedBy } from './closed.ts';
import type { CoverageKey } from './coverage.ts';
import { compareKeys, coverageKeyText, keysUp } from './coverage-key.ts';
import { addFresh, addTo, emptyHolding, type Holding } from './holding.ts';
import { newCloses } from './new-deals.ts';

/** A holding and all those above it: what is added to one is added to all. */
export type Upwards = readonly Holding[];

interface Part {
  /** Share of each month. */
  readonly share: readonly number[];
  readonly up: Upwards;
}

export interface Holdings {
  /** Company, teams, reps and territories, in order. */
  readonly all: readonly Holding[];
  /** The rep's and, where the rep leaves, the territory's; or the team's or the company's. */
  readonly partsOf: (carrier: Carrier) => readonly Part[];
  readonly holdersOf: (record: PipelineRecord) => Upwards;
}

/** Holdings with quotas and what closed of them; deals are added by whoever knows their odds. */
export function holdingsOf(
  context: Context,
  carriers: readonly Carrier[],
  sources: ReadonlySet<string | null> | null = null,
): Holdings {
  const { months } = context.clock;
  const book: Book = { months, byKey: new Map() };
  const find = carrierFinder(carriers);
  const parts = new Map<Carrier, readonly Part[]>();
  for (const carrier of carriers) {
    const quota = quotaOf(context, carrier, sources);
    const own = quotaParts({ ...carrier, quota }, context.clock).map(({ key, share, quota: part }) => {
      const up = upwards(book, key);
      for (const holding of up) addTo(holding.quota, part);
      up[0]!.isFinest = true;
      return { share, up };
    });
    parts.set(carrier, own);
  }
  const partsOf = (carrier: Carrier) => parts.get(carrier) ?? [];
  addClosed(context, { book, carriers, find, partsOf, sources });
  const asOf = context.model.asOf;
  return {
    all: [...book.byKey.values()].sort((first, second) => compareKeys(first.key, second.key)),
    partsOf,
    holdersOf: (record) => {
      const [index] = find.ofRep(record.rep);
      if (index === undefined) return above(book, record.team);
      const carrier = carriers[index]!;
      const own = partsOf(carrier);
      const end = carrier.rep?.end ?? null;
      const isOver = end !== null && Math.max(asOf, record.closeDate ?? asOf) > end;
      return (isOver ? own.at(-1) : own[0])?.up ?? above(book, record.team);
    },
  };
}

interface Book {
  readonly months: number;
  readonly byKey: Map<string, Holding>;
}

interface Placing {
  readonly book: Book;
  readonly carriers: readonly Carrier[];
  readonly find: CarrierFinder;
  readonly partsOf: Holdings['partsOf'];
  readonly sources: ReadonlySet<string | null> | null;
}

/** By plan month; of some sources their part of it, to the cent. */
function quotaOf(
  { model, clock }: Context,
  carrier: Carrier,
  sources: ReadonlySet<string | null> | null,
): number[] {
  if (sources === null) return carrier.quota;
  const shares = model.sources.map(({ share }) => share);
  const sum = filled(clock.months, 0);
  for (const [index, part] of quotaBySource(carrier, shares, clock.months).entries())
    if (sources.has(model.sources[index]!.name)) addTo(sum, part);
  return sum;
}

function addClosed(context: Context, { book, carriers, find, partsOf, sources }: Placing): void {
  const { byCarrier, besides } = closedBy(context, { carriers, find, sources });
  for (const [index, closed] of byCarrier.entries()) {
    const parts = partsOf(carriers[index]!);
    for (const [month, amount] of closed.entries()) {
      if (amount === 0) continue;
      // in the leaving month what closed is the rep's
      const part = parts.find(({ share }) => share[month]! > 0) ?? parts[0];
      for (const holding of part?.up ?? []) holding.closed[month]! += amount;
    }
  }
  for (const { team, month, amount } of besides)
    for (const holding of above(book, team)) holding.closed[month]! += amount;
}

function holdingAt({ byKey: known, months }: Book, key: CoverageKey): Holding {
  const text = coverageKeyText(key);
  let holding = known.get(text);
  if (holding === undefined) known.set(text, (holding = emptyHolding(key, months)));
  return holding;
}

/** The holdings of a team, of those above it, and of the company. */
function above(book: Book, team: string | null): Upwards {
  return keysUp(team).map((key) => holdingAt(book, key));
}

function upwards(book: Book, { level, team, rep, repId, territory }: CoverageKey): Upwards {
  if (level !== 'rep') return above(book, team);
  return [holdingAt(book, { level, team, rep, repId, territory }), ...above(book, team)];
}

/** Adds to its holdings what a unit's goals, and records without a name, still bring. */
export function addUnit(holdings: Holdings, planned: PlannedUnit, { clock }: Context): void {
  const { carrier, path, source } = planned;
  const closes = newCloses(planned, clock);
  const size = quotaPerClose(planned.answers);
  const rate = source.startsAt < path.last ? path.yield(path.last - 1, path.last) : null;
  for (const { share, up } of holdings.partsOf(carrier)) {
    const own = closes.map((value, month) => value * share[month]!);
    const weight = planned.quota.reduce((sum, amount, month) => sum + amount * share[month]!, 0);
    for (const holding of up) {
      addFresh(holding, size, own);
      if (rate === null) continue;
      holding.worth.amount += weight * rate * size;
      holding.worth.rate += weight * rate;
      holding.worth.weight += weight;
    }
  }
}
