/** The range of a conversion rate, from the records behind it. */
import { betaQuantiles } from '../../chance/beta.ts';
import { pooledRate } from '../../rates/blend.ts';
import type { RateAnswer } from '../../rates/rate-table.ts';
import type { Range } from './range.ts';

/** A rate with its evidence: so many of so many records, and where it lies with 80 % probability. */
interface Known {
  readonly value: number;
  readonly records: number;
  readonly converted: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The range of what several rates together say; of one it is its own. Measured: the 80 % interval. Counted: the 10 % and
 * 90 % points of Beta(x + ½, n − x + ½) with the counts of all of them: 373 of 1,498 are 24.9 % (23.5–26.4). Where some
 * are measured they are weighed by their records, and their doubts add up in squares. Null where there is one that no
 * records stand behind.
 */
export function rateRange(answers: readonly RateAnswer[]): Range | null {
  const known = answers.map(knownOf);
  const records = known.reduce((sum, of) => sum + (of?.records ?? 0), 0);
  if (!(records > 0) || known.some((of) => of === null)) return null;
  const all = known as Known[];
  const base = all.length === 1 ? all[0]!.value : weighed(all, ({ value }) => value) / records;
  if (answers.every(({ basis }) => basis === 'counted')) {
    const converted = all.reduce((sum, of) => sum + of.converted, 0);
    return { ...around(base, { converted, records }), basis: 'counted' };
  }
  const basis = answers.every((answer) => answer.basis === 'measured') ? 'measured' : 'counted';
  const below = together(all, ({ value, low }) => value - low) / records;
  const above = together(all, ({ value, high }) => high - value) / records;
  return { low: Math.max(0, base - below), base, high: Math.min(1, base + above), basis };
}

const weighed = (all: readonly Known[], of: (known: Known) => number): number =>
  all.reduce((sum, known) => sum + known.records * of(known), 0);

const together = (all: readonly Known[], of: (known: Known) => number): number =>
  Math.sqrt(all.reduce((sum, known) => sum + (known.records * of(known)) ** 2, 0));

/** Null where nothing but somebody's word stands behind it. */
function knownOf(answer: RateAnswer): Known | null {
  const { value, records, measured, basis } = answer;
  if (basis === 'typed' || records === null) return null;
  const entered = measured?.effective ?? records;
  if (!(entered > 0)) return null;
  const converted = convertedOf(answer, entered);
  if (measured !== null && measured.low !== null && measured.high !== null)
    return { value, records: entered, converted, low: measured.low, high: measured.high };
  const { low, high } = around(value, { converted, records: entered });
  return { value, records: entered, converted, low, high };
}

/** The converted ones as they were counted; of a rate that was drawn to others or changed, as many as make it. */
function convertedOf({ value, records, converted }: RateAnswer, entered: number): number {
  if (converted === null || entered !== records) return value * entered;
  const isCounted = value === converted / entered || value === pooledRate([{ converted, entered }]);
  return isCounted ? converted : Math.min(1, value) * entered;
}

/** It always holds the rate itself, also one of 0 or 1. */
function around(
  base: number,
  { converted, records }: { converted: number; records: number },
): Omit<Range, 'basis'> {
  const shape = { first: converted + 0.5, second: records - converted + 0.5 };
  const [low, high] = betaQuantiles([0.1, 0.9], shape) as [number, number];
  return { low: Math.min(low, base), base, high: Math.max(high, base) };
}
