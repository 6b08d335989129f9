/** Holdings: who has which quota, what closed of it, which deals are open, and what is still to be created. */
import { filled } from '../funnel/series.ts';
import { quotaPerClose } from '../plan/assumptions.ts';
import type { Context } from '../plan/context.ts';
import { quotaParts } from '../plan/finest.ts';
import { compareText } from '../plan/line.ts';
import type { PipelineRecord } from '../plan/model.ts';
import { type PlannedUnit, quotaBySource } from '../plan/prepare.ts';
import { type CarrierFinder, carrierFinder } from '../plan/sharing.ts';
import type { Carrier, Level } from '../quota/quota.ts';
import { pathUp } from '../rates/rate-row.ts';
import { closedBy } from './closed.ts';
import type { CoverageKey } from './coverage.ts';
import { newCloses } from './new-deals.ts';
import type { Prospect } from './prospect.ts';

/** Series are by plan month; amounts in minor units. */
export interface Holding {
  readonly key: CoverageKey;
  /** Whether somebody's quota is carried here, rather than below. */
  isFinest: boolean;
  readonly quota: number[];
  readonly closed: number[];
  /** What is open, whatever its date. */
  readonly all: OpenTally;
  readonly overdue: OpenTally;
  readonly stale: OpenTally;
  readonly undated: OpenTally;
  /** By period asked for, in their order. */
  readonly within: PeriodTally[];
  /** Closes still to be created, by the size of the deals. */
  readonly fresh: Map<number, number[]>;
  /** What a new opportunity is worth, were it to close at once: sums over units, weighed by their quotas. */
  readonly worth: { amount: number; rate: number; weight: number };
}

interface OpenTally {
  count: number;
  amount: number;
}

/** Open deals seen from one period. */
export interface PeriodTally {
  /** Amount dated in it. */
  open: number;
  /** Expected within it: of the deals dated in it, and of all others. */
  dated: number;
  others: number;
  /** How many may close in it, and of what they bring variance and third cumulant. */
  count: number;
  variance: number;
  third: number;
  /** Amounts and chances of those, in the same order; the first so many. */
  readonly amounts: number[];
  readonly chances: number[];
}

/** Of more deals than this only their sum's cumulants matter. */
const KEPT = 1_001;

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
      for (const holding of up) addTo(holding.quota, part, 1);
      up[0]!.isFinest = true;
      return { share, up };
    });
    parts.set(carrier, own);
  }
  const partsOf = (carrier: Carrier) => parts.get(carrier) ?? [];
  addClosed(context, { book, carriers, find, partsOf, sources });
  const asOf = context.model.asOf;
  return {
    all: [...book.byKey.values()].sort(byKey),
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
    if (sources.has(model.sources[index]!.name)) addTo(sum, part, 1);
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
  if (holding === undefined) {
    const series = { quota: filled(months, 0), closed: filled(months, 0) };
    const worth = { amount: 0, rate: 0, weight: 0 };
    const none = () => ({ count: 0, amount: 0 });
    const tallies = { all: none(), overdue: none(), stale: none(), undated: none(), within: [] };
    known.set(text, (holding = { key, isFinest: false, ...series, ...tallies, fresh: new Map(), worth }));
  }
  return holding;
}

/** A key as one text. */
export function coverageKeyText({ level, team, rep, territory }: Omit<CoverageKey, 'repId'>): string {
  return [level, team, rep, territory].map((part) => part ?? '\u0001').join('\u0000');
}

const NOBODY = { rep: null, repId: null, territory: null } as const;

/** The holdings of a team, of those above it, and of the company. */
function above(book: Book, team: string | null): Upwards {
  const teams = pathUp(team).map((path) => holdingAt(book, { level: 'team', team: path, ...NOBODY }));
  return [...teams, holdingAt(book, { level: 'company', team: null, ...NOBODY })];
}

function upwards(book: Book, { level, team, rep, repId, territory }: CoverageKey): Upwards {
  if (level !== 'rep') return above(book, team);
  return [holdingAt(book, { level, team, rep, repId, territory }), ...above(book, team)];
}

function addTo(into: number[], from: readonly number[], factor: number): void {
  for (let month = 0; month < into.length; month++) into[month]! += from[month]! * factor;
}

/** Counts an open deal, whatever its date. */
export function addProspect(holding: Holding, prospect: Prospect): void {
  tally(holding.all, prospect);
  if (prospect.isOverdue) tally(holding.overdue, prospect);
  if (prospect.isStale) tally(holding.stale, prospect);
  if (prospect.isUndated) tally(holding.undated, prospect);
}

/** Adds an open deal as it is seen from a period. */
export function addWithin(
  holding: Holding,
  position: number,
  { amount, chance, isDated }: { amount: number; chance: number; isDated: boolean },
): void {
  const within = (holding.within[position] ??= nothingOpen());
  const expected = amount * chance;
  if (isDated) {
    within.open += amount;
    within.dated += expected;
  } else within.others += expected;
  if (!(chance > 0 && amount > 0)) return;
  const variance = expected * (1 - chance) * amount;
  within.count += 1;
  within.variance += variance;
  within.third += variance * (1 - 2 * chance) * amount;
  if (within.count > KEPT) return;
  within.amounts.push(amount);
  within.chances.push(chance);
}

export function nothingOpen(): PeriodTally {
  return { open: 0, dated: 0, others: 0, count: 0, variance: 0, third: 0, amounts: [], chances: [] };
}

function tally(into: OpenTally, { amount }: Prospect): void {
  into.count += 1;
  into.amount += amount;
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

/** Adds closes by month of deals of that size that have no name yet. */
export function addFresh({ fresh, quota }: Holding, size: number, closes: readonly number[]): void {
  let series = fresh.get(size);
  if (series === undefined) fresh.set(size, (series = filled(quota.length, 0)));
  addTo(series, closes, 1);
}

const LEVELS: readonly Level[] = ['company', 'team', 'rep'];

function byKey({ key: first }: Holding, { key: second }: Holding): number {
  return (
    LEVELS.indexOf(first.level) - LEVELS.indexOf(second.level) ||
    compareText(first.team, second.team) ||
    compareText(first.rep, second.rep) ||
    compareText(first.territory, second.territory)
  );
}
