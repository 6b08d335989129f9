/** What the life tables say against themselves: a history too short for its lags, and rates that are moving. */
import { worthOf } from './effective.ts';
import { type Interval, intervalOf } from './interval.ts';
import { convertedBy, type LifeTable, openAfter, rateOf, recentTableOf, saysWhen } from './life-table.ts';
import type { Measure } from './measure.ts';
import type { Slice } from './slice.ts';
import { evidenceOf } from './units.ts';

/** More than this in the last tenth of the ages, and more is to come. */
export const TAIL = 0.03;

/**
 * Share of the conversions that fall into the last tenth of the ages, where a history is too short for its lags: where
 * more than 3 % do, and of those still open then as many could convert. Null where it is long enough.
 */
export function tailOf(table: LifeTable): number | null {
  const tail = partBetween(table, 0.9, 1);
  return tail > TAIL && mostToCome(table) > TAIL ? tail : null;
}

/** All that are still open at the last age, as a share of the conversions seen. */
function mostToCome(table: LifeTable): number {
  return openAfter(table, table.last ?? 0) / (rateOf(table) ?? 0);
}

/** Share of the conversions between two parts of the ages. */
function partBetween(table: LifeTable, from: number, to: number): number {
  if (table.last === null || !saysWhen(table)) return 0;
  const by = (part: number): number => convertedBy(table, Math.floor(part * table.last!));
  return (by(to) - by(from)) / rateOf(table)!;
}

/** Where conversions fall off from third to third by less than this, nobody can say where they end. */
const FALLS_OFF = 0.8;

/**
 * Conversions still to come after the last age, as a share of those seen, if they go on falling off as from the
 * middle third of the ages to the last: .1 then .05 seen, .025, .0125 … to come, .05 in all; at most all that are
 * open. Null where they hardly fall off.
 */
export function stillToCome(table: LifeTable): number | null {
  const before = partBetween(table, 1 / 3, 2 / 3);
  const late = partBetween(table, 2 / 3, 1);
  if (!(late < FALLS_OFF * before)) return null;
  const ratio = late / before;
  return Math.min(mostToCome(table), (late * ratio) / (1 - ratio));
}

export interface Moved {
  /** Share converted by the last age both know, in the last six months and over the whole history. */
  readonly recent: number;
  readonly whole: number;
  /** 80 % interval of `recent`. */
  readonly interval: Interval;
}

/**
 * What the last six months say, where it differs from the whole history by more than the intervals of both: those do
 * not overlap. Null where they do, and where either knows too little. Both are read at the last age that both know.
 */
export function movedRate({ slice, table, total }: Measure): Moved | null {
  const recentTable = recentTableOf(slice);
  if (recentTable === null || recentTable.last === null || table.last === null || !saysWhen(table))
    return null;
  const age = Math.min(recentTable.last, table.last);
  const recent = convertedBy(recentTable, age);
  const whole = convertedBy(table, age);
  const interval = intervalOf(recent, recentWorth(slice, table));
  const wholeInterval = intervalOf(whole, evidenceOf(total).entered);
  if (interval === null || wholeInterval === null || !(whole > 0)) return null;
  const isApart = interval.low > wholeInterval.high || interval.high < wholeInterval.low;
  return isApart ? { recent, whole, interval } : null;
}

/** Records' worth of outcome that the last six months showed: the chance to convert within them, ÷ the rate. */
function recentWorth({ entered, recentFrom, asOf }: Slice, table: LifeTable): number {
  return entered.reduce(
    (sum, { day, recent }) => sum + recent * worthOf(table, Math.max(0, recentFrom - day), asOf - day),
    0,
  );
}
