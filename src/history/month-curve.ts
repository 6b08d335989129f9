/** The curve of a life table by whole months, as goals are paced with it. */
import { DAYS_PER_MONTH } from '../period/month.ts';
import { convertedBy, type LifeTable, rateOf } from './life-table.ts';

/**
 * K[a]: share of records converted by the end of the a-th month after the one they came in. Records arrive evenly over
 * a month, so it is the mean of F over ages a·M … (a + 1)·M with M = 30.4375 days; F is a step at each whole day, and
 * its mean that of the steps, each by its length. It ends with the first month that lies wholly where F has reached the
 * rate, and so ends in the rate. Everybody converting on the day they come: [rate]. [0] where none converts.
 */
export function monthCurve(table: LifeTable): number[] {
  const rate = rateOf(table) ?? 0;
  const settled = table.converted.findIndex((converted) => converted >= rate);
  const curve: number[] = [];
  for (let month = 0; month * DAYS_PER_MONTH < settled; month++)
    curve.push(meanBetween(table, month * DAYS_PER_MONTH, (month + 1) * DAYS_PER_MONTH));
  return [...curve, rate];
}

/** Mean of F over ages from … to in days, exact for a step function. */
function meanBetween(table: LifeTable, from: number, to: number): number {
  let area = 0;
  for (let day = Math.floor(from); day < to; day++)
    area += convertedBy(table, day) * (Math.min(to, day + 1) - Math.max(from, day));
  return Math.min(area / (to - from), rateOf(table) ?? 0);
}
