/** Sums over the units of a team or the company for one period, from which its chance is taken. */
import type { Moments } from '../../chance/closes.ts';
import { quotaPerClose } from '../answers.ts';
import type { PlannedUnit } from '../prepare.ts';
import type { PlanPeriod } from '../row.ts';
import type { Prospects, UnitPart } from './prospects.ts';

export interface ChanceSum {
  /** Quota that goals are sized on, in minor units. */
  wanted: number;
  /** Closed already, in minor units: certain. */
  closed: number;
  /** By source: what new leads and what existing records bring. */
  readonly bySource: Map<string | null, Writable<Prospects>>;
  /** Leads of the period, those reached included; and leads still to come that matter to it. */
  leads: number;
  leadsToCome: number;
}

export function emptySum(): ChanceSum {
  return { wanted: 0, closed: 0, bySource: new Map(), leads: 0, leadsToCome: 0 };
}

/** Adds what a unit wants and brings within the period. */
export function addUnit(
  sum: ChanceSum,
  { source, closes, answers }: PlannedUnit,
  { part, period }: { part: UnitPart; period: PlanPeriod },
): void {
  const perClose = quotaPerClose(answers);
  for (let month = period.first; month <= period.last; month++) sum.wanted += closes[month]! * perClose;
  sum.closed += part.closed * perClose;
  sum.leads += part.leads;
  sum.leadsToCome += part.leadsToCome;
  let known = sum.bySource.get(source.name);
  if (known === undefined) sum.bySource.set(source.name, (known = noProspects()));
  known.fresh += part.prospects.fresh;
  known.freshSquares += part.prospects.freshSquares;
  known.existing += part.prospects.existing;
  known.existingSquares += part.prospects.existingSquares;
  known.rated += part.prospects.rated;
  known.amount += part.prospects.amount;
  known.amountSquares += part.prospects.amountSquares;
}

function noProspects(): Writable<Prospects> {
  return {
    fresh: 0,
    freshSquares: 0,
    existing: 0,
    existingSquares: 0,
    rated: 0,
    amount: 0,
    amountSquares: 0,
  };
}

type Writable<Of> = { -readonly [Key in keyof Of]: Of[Key] };

/** Deals of a sum: how large, and how much they differ. */
export interface Sizes {
  /** Mean amount of a deal, in minor units. */
  readonly size: number;
  /** Coefficient of variation of the amounts. */
  readonly variation: number;
  /** The part of it that deal sizes of reps and sources have. */
  readonly between: number;
  /** What `size` is the quotient of: the closes expected, and what they bring in minor units. */
  readonly closes: number;
  readonly amount: number;
}

/**
 * Mean size of the deals and how much they differ: because deals of one kind do (`spread`), and because deal sizes of
 * reps and sources do. E[m²] ÷ E[m]² − 1.
 */
export function sizesOf({ bySource }: ChanceSum, spread: number): Sizes {
  let closes = 0;
  let amount = 0;
  let squares = 0;
  for (const part of bySource.values()) {
    closes += part.fresh + part.existing;
    amount += part.amount;
    squares += part.amountSquares;
  }
  if (!(closes > 0)) return { size: 1, variation: 0, between: 0, closes, amount };
  const ratio = (closes * squares) / amount ** 2;
  const deviation = (square: number) => (square > ALIKE ? Math.sqrt(square) : 0);
  const variation = deviation(ratio * (1 + spread * spread) - 1);
  return { size: amount / closes, variation, between: deviation(ratio - 1), closes, amount };
}

/** Less than this is the rounding of floats. */
const ALIKE = 1e-9;

/** Moments of the number of closes, were there so many times the leads to come. */
export function momentsOf({ bySource }: ChanceSum, times: number): Moments {
  let mean = 0;
  let squares = 0;
  for (const { fresh, freshSquares, existing, existingSquares } of bySource.values()) {
    mean += times * fresh + existing;
    squares += times * freshSquares + existingSquares;
  }
  return { mean, squares };
}
