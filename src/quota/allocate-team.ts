/** Quotas of teams and the company: spread over months, then shared among the reps listed, or carried by the team. */
import { addMonths, firstDay, type Month, monthsBetween } from '../period/month.ts';
import { error, type Problem, type Where } from '../problem.ts';
import { apportion } from './apportion.ts';
import { add, type Ledger, nameOf, type Page, pageOfRep, pageOfTeam, pagesBelow } from './ledger.ts';
import type { Quota, SpreadRules } from './quota.ts';
import { capacityOf, isWithin, presence, type Rep } from './rep.ts';
import { type MonthWeights, spreadKeepingTotal } from './spread.ts';

/** An allocation under way. */
export interface Work {
  readonly ledger: Ledger;
  readonly reps: readonly Rep[];
  readonly rules: SpreadRules;
  readonly problems: Problem[];
  readonly before: { amount: number; readonly months: Set<number>; where: Where | null };
}

export interface Entry {
  readonly index: number;
  readonly amount: number;
  readonly where: Where;
}

/** Months before the plan are left out and counted. */
export function withinPlan({ before }: Work, { index, amount, where }: Entry): boolean {
  if (index >= 0) return true;
  if (amount === 0) return false;
  before.amount += amount;
  before.months.add(index);
  before.where ??= where;
  return false;
}

/** Quotas of one team (or the company): spread, then handed to whoever carries them in each month. */
export function giveToTeam(work: Work, quotas: readonly Quota[]): void {
  const team = quotas[0]!.team;
  const below = pagesBelow(work.ledger, team);
  const given = new Map<number, Quota>();
  const conflict = { own: 0, below: 0, quota: null as Quota | null };
  for (const quota of quotas) {
    const there = repsFor(work, quota);
    for (const [offset, amount] of spreadForTeam(work, quota, there).entries()) {
      const index = quota.first + offset - work.rules.from;
      if (!withinPlan(work, { index, amount, where: quota.where })) continue;
      const earlier = given.get(index);
      if (earlier) {
        work.problems.push(
          error('duplicate_quota', quota.where, {
            who: nameOf({ team, rep: null }),
            line: earlier.where.line ?? 0,
            file: earlier.where.file ?? '',
          }),
        );
        break;
      }
      given.set(index, quota);
      const share = { team, index, amount, quota, there, below };
      const both = below.some((page) => page.given[index] === 1);
      if (!both) shareByCapacity(work, share);
      else if (work.rules.sizeOn === 'team') rescale(work, share);
      else if (work.rules.sizeOn === null) {
        conflict.own += amount;
        conflict.below += below.reduce((sum, page) => sum + page.quota[index]!, 0);
        conflict.quota ??= quota;
      }
    }
  }
  if (conflict.quota) {
    const args = { who: nameOf({ team, rep: null }), own: conflict.own, below: conflict.below };
    work.problems.push(error('quota_given_twice', conflict.quota.where, args));
  }
}

/** Reps listed for the team or below it; none for the company; without those who left before the period. */
function repsFor(work: Work, quota: Quota): Rep[] {
  if (quota.team === null) return [];
  const first = firstDay(quota.first);
  return work.reps.filter((rep) => isWithin(rep.team, quota.team) && (rep.end === null || rep.end >= first));
}

function spreadForTeam(work: Work, quota: Quota, there: readonly Rep[]): number[] {
  const { rules } = work;
  const months = monthsBetween(quota.first, quota.last);
  const season = months.map(rules.season);
  const sum = (of: (rep: Rep, month: Month) => number) =>
    months.map((month) => there.reduce((total, rep) => total + of(rep, month), 0));
  const present = sum((rep, month) => presence(rep.start, month));
  const weights: MonthWeights =
    there.length > 0 && present.some((value) => value > 0)
      ? { season, capacity: sum((rep, month) => capacityOf(rep, month, rules.ramp)), presence: present }
      : { season, capacity: season.map(() => 1), presence: season.map(() => 1) };
  return spreadKeepingTotal(quota.amount, weights) ?? [];
}

interface Share {
  readonly team: string | null;
  readonly index: number;
  readonly amount: number;
  readonly quota: Quota;
  readonly there: readonly Rep[];
  readonly below: readonly Page[];
}

/** One month of a team's quota among its reps: by capacity, by presence where all are new, else the team's. */
function shareByCapacity(work: Work, { team, index, amount, quota, there }: Share): void {
  const month = addMonths(work.rules.from, index);
  const where = quota.where;
  const capacity = there.map((rep) => capacityOf(rep, month, work.rules.ramp));
  const weights = capacity.some((value) => value > 0)
    ? capacity
    : there.map((rep) => presence(rep.start, month));
  if (!weights.some((value) => value > 0)) {
    add(pageOfTeam(work.ledger, team, where), { index, amount, where });
    return;
  }
  for (const [position, part] of apportion(amount, weights).entries()) {
    if (weights[position]! > 0)
      add(pageOfRep(work.ledger, there[position]!, where), { index, amount: part, where });
  }
}

/** `size_on: team`: the quotas below are scaled to the team's, in proportion to what they were. */
function rescale(work: Work, share: Share): void {
  const pages = share.below.filter((page) => page.given[share.index] === 1);
  const before = pages.map((page) => page.quota[share.index]!);
  if (!before.some((value) => value > 0)) {
    for (const page of pages) page.given[share.index] = 0;
    shareByCapacity(work, share);
    return;
  }
  for (const [position, part] of apportion(share.amount, before).entries()) {
    pages[position]!.quota[share.index] = part;
  }
}
