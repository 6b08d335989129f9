/** From quotas as given to quotas by carrier and month: spread over months, teams shared among their reps. */
import { monthsBetween } from '../period/month.ts';
import { error, type Problem, type Where } from '../problem.ts';
import { type Entry, giveToTeam, type Work, withinPlan } from './allocate-team.ts';
import { emptyLedger, give, type Ledger, nameOf, type Page, pageOfRep, pagesBelow } from './ledger.ts';
import type { Carrier, Quota, SpreadRules } from './quota.ts';
import { capacityOf, presence, type Rep } from './rep.ts';
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
