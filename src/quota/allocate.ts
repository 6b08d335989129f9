/** From quotas as given to quotas by carrier and month: spread over months, teams shared among their reps. */
import { addMonths, firstDay, type Month, monthsBetween } from '../period/month.ts';
import { error, type Problem, type Where } from '../problem.ts';
import { apportion } from './apportion.ts';
import {
  add,
  emptyLedger,
  give,
  type Ledger,
  nameOf,
  type Page,
  pageOfRep,
  pageOfTeam,
  pagesBelow,
} from './ledger.ts';
import type { Carrier, Quota, SpreadRules } from './quota.ts';
import { capacityOf, isWithin, presence, type Rep } from './rep.ts';
import { type MonthWeights, spreadKeepingTotal, spreadReduced } from './spread.ts';

export interface Allocation {
  readonly carriers: readonly Carrier[];
  /** Minor units of quota in months before the plan, left out, how many months that were, and the first such row. */
  readonly before: { readonly amount: number; readonly months: number; readonly where: Where | null };
  readonly problems: readonly Problem[];
}

/**
 * Spreads every quota over its months and says who carries it. Reps' quotas first, then teams from the deepest up,
 * the company last: a team's quota is shared among the reps listed for it, else carried by the team.
 * Problems: a month given twice, a quota wholly before a start, a team and its reps both with a quota.
 */
export function allocate(quotas: readonly Quota[], reps: readonly Rep[], rules: SpreadRules): Allocation {
  const work: Work = {
    ledger: emptyLedger(rules.months),
    reps,
    rules,
    problems: [],
    before: { amount: 0, months: new Set(), where: null },
  };
  for (const quota of quotas) if (quota.rep !== null) giveToRep(work, quota, quota.rep);
  const depth = (team: string | null) => (team === null ? 0 : team.split('/').length);
  const shared = quotas.filter((quota) => quota.rep === null);
  for (const group of groupByTeam(shared).sort(
    (first, second) => depth(second[0]!.team) - depth(first[0]!.team),
  )) {
    giveToTeam(work, group);
  }
  const { amount, months, where } = work.before;
  return {
    carriers: carriersOf(work.ledger),
    before: { amount, months: months.size, where },
    problems: work.problems,
  };
}

interface Work {
  readonly ledger: Ledger;
  readonly reps: readonly Rep[];
  readonly rules: SpreadRules;
  readonly problems: Problem[];
  readonly before: { amount: number; readonly months: Set<number>; where: Where | null };
}

function groupByTeam(quotas: readonly Quota[]): Quota[][] {
  const groups = new Map<string | null, Quota[]>();
  for (const quota of quotas) {
    const group = groups.get(quota.team);
    if (group) group.push(quota);
    else groups.set(quota.team, [quota]);
  }
  return [...groups.values()];
}

function giveToRep(work: Work, quota: Quota, rep: Rep): void {
  const { rules, ledger, problems } = work;
  const page = pageOfRep(ledger, rep, quota.where);
  if (quota.first === quota.last && rules.includeRamp && presence(rep.start, quota.first) > 0) {
    giveMonth(work, page, { index: quota.first - rules.from, amount: quota.amount, where: quota.where });
    return;
  }
  const months = monthsBetween(quota.first, quota.last);
  const weights: MonthWeights = {
    season: months.map(rules.season),
    capacity: months.map((month) => capacityOf(rep, month, rules.ramp)),
    presence: months.map((month) => presence(rep.start, month)),
  };
  const spread = rules.includeRamp
    ? spreadKeepingTotal(quota.amount, weights)
    : spreadReduced(quota.amount, weights);
  if (spread === null) {
    problems.push(error('quota_before_start', quota.where, { who: nameOf({ team: rep.team, rep }) }));
    return;
  }
  for (const [offset, amount] of spread.entries()) {
    const index = quota.first + offset - rules.from;
    if (!giveMonth(work, page, { index, amount, where: quota.where })) return;
  }
}

/** One month of a rep's quota; false where it was given before. */
function giveMonth(work: Work, page: Page, entry: Entry): boolean {
  if (!withinPlan(work, entry)) return true;
  const problem = give(page, entry);
  if (problem) work.problems.push(problem);
  return problem === null;
}

/** One month of a quota. */
interface Entry {
  readonly index: number;
  readonly amount: number;
  readonly where: Where;
}

/** Months before the plan are left out and counted. */
function withinPlan({ before }: Work, { index, amount, where }: Entry): boolean {
  if (index >= 0) return true;
  if (amount === 0) return false;
  before.amount += amount;
  before.months.add(index);
  before.where ??= where;
  return false;
}

/** Quotas of one team (or the company): spread, then handed to whoever carries them in each month. */
function giveToTeam(work: Work, quotas: readonly Quota[]): void {
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

/** Teams that have reps or teams below them carry as open territory what fell to the team itself. */
function carriersOf(ledger: Ledger): Carrier[] {
  const pages: Page[] = [...ledger.teams.values(), ...ledger.reps.values()];
  return pages
    .filter((page) => page.given.some((given) => given === 1))
    .map(({ givenAt: _, ...carrier }) =>
      carrier.rep === null && pagesBelow(ledger, carrier.team).length > 0
        ? { ...carrier, open: true }
        : carrier,
    );
}
