/** How likely quotas are reached with these goals, and how many leads would make it surer. */
import type { ChanceRow } from '../../plan/plan.ts';
import { isWithin } from '../../quota/rep.ts';
import { type Block, type Prose, prose, type Row, row, type Table } from '../block.ts';
import { chance, count, factor, NONE, wholePercent } from '../format.ts';
import { bridgeChoicesOf, cellKey, type Periods, quarterTitle } from './plan-periods.ts';
import type { Scope } from './plan-scope.ts';
import { counted, plural } from './plan-words.ts';

/** Chances are of whole teams over all sources: null where a rep, source, owner or several teams were picked. */
function subjectOf({ selection }: Scope): { team: string | null } | null {
  const { reps, sources, owners, teams } = selection;
  if (reps.length > 0 || sources.length > 0 || owners.length > 0 || teams.length > 1) return null;
  return { team: teams[0] ?? null };
}

/** `The chance of reaching the quota is 57% in Q1, 39% in the year; 80% of the year would take 1,661 more leads.` */
export function chanceLine(scope: Scope, periods: Periods): Prose[] {
  const subject = subjectOf(scope);
  if (subject === null) return [];
  const own = scope.plan.chances.filter(({ team }) => team === subject.team);
  const next = periods.quarters[periods.next]!;
  const quarter = own.find(({ period }) => period.grain === 'quarter' && period.first === next.first);
  const year = own.find(
    ({ period }) => period.grain === 'year' && period.first <= next.first && period.last >= next.last,
  );
  if (quarter?.chance == null || year?.chance == null) return [];
  const isOne = periods.quarters.length === 1;
  const inYear = isOne ? '' : `, ${chance(year.chance)} in the year`;
  const start = `The chance of reaching ${quotaOf(scope)} is ${chance(quarter.chance)} in ${quarterTitle(periods, next)}${inYear}`;
  return [prose(`${start}; ${morePart(scope, year, isOne ? '' : ' of the year')}.`)];
}

/** What goals are sized on: of over-assigned quotas the part that is meant. */
function quotaOf({ plan: { model } }: Scope): string {
  return model.overAssigned > 0 ? `the quota ÷ ${factor(1 + model.overAssigned)}` : 'the quota';
}

function morePart(scope: Scope, { extraLeads: extra, confidence }: ChanceRow, ofWhat: string): string {
  const extraLeads = extra();
  const sure = wholePercent(confidence);
  const [lead = 'lead'] = scope.plan.model.stages;
  if (extraLeads === 0) return `these goals are enough for ${sure}${ofWhat}`;
  if (extraLeads === null) return `no number of ${plural(lead)} makes it ${sure}${ofWhat}`;
  return `${sure}${ofWhat} would take ${counted(extraLeads, `more ${lead}`)}`;
}

/** The chances of the company and each team by quarter and year; of the company also the leads it would take. */
export function chanceTable(scope: Scope, periods: Periods): Block[] {
  const subject = subjectOf(scope);
  if (subject === null || scope.selection.stages.length > 0) return [];
  const { level } = scope.selection;
  const shown = scope.plan.chances.filter(
    ({ team }) => team === subject.team || (level !== 'company' && isWithin(team, subject.team)),
  );
  const teams = [...new Set(shown.map(({ team }) => team))];
  const rows = teams.flatMap((team) => {
    const own = shown.filter((one) => one.team === team);
    return team === subject.team ? [chancesOf(team, own), moreLeads(scope, own)] : [chancesOf(team, own)];
  });
  const table: Table = {
    kind: 'table',
    sections: [{ title: `chance of reaching ${quotaOf(scope)}`, rows }],
    choices: bridgeChoicesOf(periods, scope.selection.by),
    flush: 'periods',
  };
  return [table];
}

function chancesOf(team: string | null, own: readonly ChanceRow[]): Row {
  const cells = own.map(({ period, chance: value }) => [keyOf(period), chance(value)] as const);
  const depth = team === null ? 0 : team.split('/').length - 1;
  const label = team === null ? 'Company' : team.slice(team.lastIndexOf('/') + 1);
  return row([label], Object.fromEntries(cells), { depth });
}

function moreLeads(scope: Scope, own: readonly ChanceRow[]): Row {
  const cells = own.map(({ period, extraLeads: extra }) => {
    const extraLeads = extra();
    const text = extraLeads === null ? NONE : count(extraLeads);
    return [keyOf(period), text] as const;
  });
  const confidence = wholePercent(own[0]?.confidence ?? 0);
  return row([`more ${plural(scope.plan.model.stages[0]!)} for ${confidence}`], Object.fromEntries(cells), {
    depth: 1,
    tone: 'dim',
  });
}

function keyOf({ grain, first, last }: ChanceRow['period']): string {
  return cellKey(grain, { first, last });
}
