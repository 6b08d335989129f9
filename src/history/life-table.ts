/**
 * What becomes of records by their age: the share that has converted, and that is still open, after 0, 1, 2 … days.
 *
 * Aalen and Johansen's estimator with losses as a second way out, and records that come under observation late
 * (delayed entry): one that entered before the log starts counts from the age it had on that day, since it could not
 * have been seen leaving earlier. Without losses it is Kaplan and Meier's.
 */
import type { Slice } from './slice.ts';

/** A rate ends where fewer records than this are at risk: one of them leaving would move it by a tenth of those open. */
export const LEAST_AT_RISK = 10;

/** Records that entered together. Ages in days, or in whatever unit the exits have. */
export interface EntryGroup {
  /** Age at which they come under observation: 0, or the age they had when the log started. */
  readonly firstAge: number;
  /** Age on the as-of day; those open then leave observation after it. */
  readonly lastAge: number;
  /** Under observation. */
  readonly count: number;
  /** Those neither advanced nor lost. */
  readonly open: number;
}

export interface ExitGroup {
  readonly age: number;
  readonly event: 'advanced' | 'lost';
  readonly count: number;
}

/** By age 0, 1, 2 …, to the oldest there is. */
export interface LifeTable {
  /** Records under observation at this age and not gone before it. */
  readonly atRisk: readonly number[];
  /** F: share of records that have converted by the end of this age. */
  readonly converted: readonly number[];
  /** S: share neither converted nor lost by the end of this age. */
  readonly open: readonly number[];
  /**
   * Last age with at least ten at risk, where the rate is read; null where there never were ten. Where records come
   * under observation late there may be few at the first ages: what some of those few did says nothing of later ones,
   * so an age counts only if everybody who left before it left from among ten. On simulated late logs of 3 to 8 records
   * a month a rate read without that is off by a factor of four where the two differ (RMS of its log 1.3 to 1.6).
   */
  readonly last: number | null;
  /** Conversions seen. */
  readonly conversions: number;
}

/**
 * hazard = gone at this age ÷ at risk, of each way out; F grows by S·hazard, S shrinks by both. Ages at which nobody
 * is at risk change nothing; without entries the table is empty. 100 120 110 130 records of ages 3 2 1 0 months, of
 * which 2+3+2+3 convert in month 0 and 10+12+11+13 are lost: F[0] = 10 ÷ 460, S[0] = 404 ÷ 460.
 */
export function lifeTable(entries: readonly EntryGroup[], exits: readonly ExitGroup[]): LifeTable {
  let ages = 0;
  for (const { lastAge } of entries) if (lastAge >= ages) ages = lastAge + 1;
  const advanced = countByAge(exits, 'advanced', ages);
  const lost = countByAge(exits, 'lost', ages);
  const joining = joiningByAge(entries, ages);
  const atRisk: number[] = [];
  const converted: number[] = [];
  const open: number[] = [];
  let last: number | null = null;
  let isThin = false;
  let risk = 0;
  let share = 0;
  let still = 1;
  for (let age = 0; age < ages; age++) {
    risk += joining[age]!;
    atRisk.push(risk);
    const gone = advanced[age]! + lost[age]!;
    isThin ||= gone > 0 && risk < LEAST_AT_RISK;
    if (risk >= LEAST_AT_RISK && !isThin) last = age;
    if (risk > 0) {
      share = Math.min(1, share + still * (advanced[age]! / risk));
      still *= (risk - gone) / risk;
    }
    converted.push(share);
    open.push(still);
    risk -= gone;
  }
  return { atRisk, converted, open, last, conversions: advanced.reduce((sum, count) => sum + count, 0) };
}

/** Those that come under observation at each age, less those that were open at the age before and are not older. */
function joiningByAge(entries: readonly EntryGroup[], ages: number): number[] {
  const joining = new Array<number>(ages + 1).fill(0);
  for (const { firstAge, lastAge, count, open } of entries) {
    if (firstAge > lastAge) continue;
    joining[firstAge]! += count;
    joining[lastAge + 1]! -= open;
  }
  return joining;
}

function countByAge(exits: readonly ExitGroup[], event: ExitGroup['event'], ages: number): number[] {
  const counts = new Array<number>(ages).fill(0);
  for (const exit of exits) if (exit.event === event && exit.age < ages) counts[exit.age]! += exit.count;
  return counts;
}

/** Age on the day the log starts, at least 0. */
export function firstAgeOf(slice: Slice, day: number): number {
  return slice.logStart === null ? 0 : Math.max(0, slice.logStart - day);
}

/** The table of a transition by day, over the whole history. */
export function tableOf(slice: Slice): LifeTable {
  const entries = slice.entered.map(({ day, observed, open }) => ({
    firstAge: firstAgeOf(slice, day),
    lastAge: slice.asOf - day,
    count: observed,
    open,
  }));
  return lifeTable(entries, slice.exits);
}

/**
 * The table of what was seen in the last six months: every record from the age it had when they began. Null where the
 * log starts within them, since it is the whole table then.
 */
export function recentTableOf(slice: Slice): LifeTable | null {
  const { logStart, recentFrom, asOf } = slice;
  if (logStart === null || logStart > recentFrom) return null;
  const entries = slice.entered.map(({ day, recent, open }) => ({
    firstAge: Math.max(0, recentFrom - day),
    lastAge: asOf - day,
    count: recent,
    open,
  }));
  const exits = slice.exits.map(({ age, event, recent }) => ({ age, event, count: recent }));
  return lifeTable(entries, exits);
}

/** F at an age; from the last age with ten at risk on it is the rate. 0 before the first age, and without a rate. */
export function convertedBy(table: LifeTable, age: number): number {
  if (table.last === null || age < 0) return 0;
  return table.converted[Math.min(age, table.last)]!;
}

/** S at an age, up to the last age with ten at risk; 1 before the first age. */
export function openAfter(table: LifeTable, age: number): number {
  if (table.last === null || age < 0) return 1;
  return table.open[Math.min(age, table.last)]!;
}

/** Share that ever converts: F at the last age with ten at risk; null where there never were ten. */
export function rateOf(table: LifeTable): number | null {
  return table.last === null ? null : table.converted[table.last]!;
}

/** Whether the table says when records convert: ten at risk, and a conversion among them. */
export function saysWhen(table: LifeTable): boolean {
  return (rateOf(table) ?? 0) > 0;
}

/** Of those that convert, a share has done so within so many days; null where none is known to convert. */
export function lagOf(table: LifeTable, share: number): number | null {
  if (table.last === null || !saysWhen(table)) return null;
  const wanted = share * convertedBy(table, table.last) - 1e-12;
  return table.converted.findIndex((converted) => converted >= wanted);
}

/**
 * Chance that a record open after an age still converts: (rate − F) ÷ S. 0 from the last age on, and where nobody is
 * left open.
 */
export function chanceAfter(table: LifeTable, age: number): number {
  const still = openAfter(table, age);
  return still > 0 ? ((rateOf(table) ?? 0) - convertedBy(table, age)) / still : 0;
}
