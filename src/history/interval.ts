/** How sure a rate is. */
import { betaQuantiles } from '../chance/beta.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where a rate lies with 80 % probability: the tenth and ninetieth percentile of the beta with as many records,
 * `rate` of them converted. .1 of 100 records: .0638 to .1397. A rate of 0 or 1 is given half a record of the
 * other kind; the interval always holds the rate itself. Null without records.
 */
export function intervalOf(rate: number, records: number): Interval | null {
  if (!(records > 0)) return null;
  const inner = rate <= 0 || rate >= 1 ? (rate * records + 0.5) / (records + 1) : rate;
  const shape = { first: inner * records, second: (1 - inner) * records };
  const [low, high] = betaQuantiles([0.1, 0.9], shape) as [number, number];
  return { low: Math.min(low, rate), high: Math.max(high, rate) };
}
