/** Reps: who carries quota, from when to when, and how productive they are while new. */
import type { Day } from '../period/day.ts';
import { daysIn, firstDay, type Month, monthOfDay } from '../period/month.ts';
import type { Where } from '../problem.ts';

/** A rep in a team. Somebody who moved stands twice, with dates that do not meet. */
export interface Rep {
  readonly name: string;
  /** Team path such as `EMEA/UK`; null where no teams are used. */
  readonly team: string | null;
  readonly start: Day | null;
  readonly end: Day | null;
  /** First start over all teams: tenure counts from here. */
  readonly firstStart: Day | null;
  readonly id: string | null;
  readonly email: string | null;
  readonly aliases: readonly string[];
  readonly where: Where;
}

/** Whether `team` is the given team or lies below it: `EMEA/UK` is within `EMEA`; everything is within null. */
export function isWithin(team: string | null, above: string | null): boolean {
  return above === null || (team !== null && (team === above || team.startsWith(`${above}/`)));
}

/** Share of the month's days from the start day on: 1 where no start is known. */
export function presence(start: Day | null, month: Month): number {
  if (start === null) return 1;
  const days = daysIn(month);
  return Math.min(days, Math.max(0, firstDay(month) + days - start)) / days;
}

/** Share of the month's days up to and with the end day: 1 where no end is known. */
export function presenceUntil(end: Day | null, month: Month): number {
  if (end === null) return 1;
  const days = daysIn(month);
  return Math.min(days, Math.max(0, end - firstDay(month) + 1)) / days;
}

/** Productivity by tenure: `ramp[0]` in the calendar month of the first start, then month by month, then 1. */
export function productivity(rep: Pick<Rep, 'firstStart'>, month: Month, ramp: readonly number[]): number {
  if (rep.firstStart === null) return 1;
  const tenure = month - monthOfDay(rep.firstStart);
  return tenure < 0 ? 0 : (ramp[tenure] ?? 1);
}

/** How much of a full rep works in a month: ramp × days there, from the start until the end. */
export function workingPart(rep: Rep, month: Month, ramp: readonly number[]): number {
  const days = Math.max(0, presence(rep.start, month) + presenceUntil(rep.end, month) - 1);
  return productivity(rep, month, ramp) * days;
}

/** Full-time equivalents a rep brings in a month, leaving aside when the rep leaves: ramp × days there. */
export function capacityOf(rep: Rep, month: Month, ramp: readonly number[]): number {
  return productivity(rep, month, ramp) * presence(rep.start, month);
}
