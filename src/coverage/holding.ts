/** One holding: somebody's quota, what closed of it, which deals are open, and what is still to be created. */
import { filled } from '../funnel/series.ts';
import type { CoverageKey } from './coverage.ts';
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

/** A holding of nothing yet, over so many plan months. */
export function emptyHolding(key: CoverageKey, months: number): Holding {
  const series = { quota: filled(months, 0), closed: filled(months, 0) };
  const worth = { amount: 0, rate: 0, weight: 0 };
  const none = () => ({ count: 0, amount: 0 });
  const tallies = { all: none(), overdue: none(), stale: none(), undated: none(), within: [] };
  return { key, isFinest: false, ...series, ...tallies, fresh: new Map(), worth };
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

/** Adds closes by month of deals of that size that have no name yet. */
export function addFresh({ fresh, quota }: Holding, size: number, closes: readonly number[]): void {
  let series = fresh.get(size);
  if (series === undefined) fresh.set(size, (series = filled(quota.length, 0)));
  addTo(series, closes);
}

/** Adds one series to another, month by month. */
export function addTo(into: number[], from: readonly number[]): void {
  for (let month = 0; month < into.length; month++) into[month]! += from[month]!;
}
