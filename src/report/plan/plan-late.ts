/** What has no source in time: how much, how much of it later leads catch up, and on whom the rest is. */
import { firstDay } from '../../period/month.ts';
import type { LineKey } from '../../plan/line.ts';
import type { LateRow } from '../../plan/plan.ts';
import { type Prose, prose } from '../block.ts';
import { shortParts, signed } from '../format.ts';
import type { Periods } from './plan-periods.ts';
import { isSelected, personOf, type Scope } from './plan-scope.ts';
import { plural } from './plan-words.ts';

/** `leadsForIt`: what catching up adds to the lead goal; null where that is not known for the scope. */
export function lateLine(scope: Scope, periods: Periods, leadsForIt: number | null): Prose | null {
  const rows = scope.plan.late.filter(({ key }) => isSelected(scope.selection, key));
  const reported = rows.filter(({ treated }) => treated === 'reported');
  const spread = total(rows) - total(reported);
  const { total: all, parts } = shortParts([spread, total(reported)], scope.unit);
  const [caughtUp, onNobody] = parts as [string | null, string | null];
  if (caughtUp === null && onNobody === null) return null;
  const many = scope.unit.kind === 'deals';
  const is = many ? 'are' : 'is';
  const added = leadsForIt !== null && leadsForIt > 0 ? ` (${signed(leadsForIt)})` : '';
  const byLeads = `caught up by later ${plural(scope.plan.model.stages[0]!)}${added}`;
  const start = `! ${all} of ${whatIsPlanned(scope, periods)} ${many ? 'have' : 'has'} no source in time`;
  if (onNobody === null) return prose(`${start}; all of it is ${byLeads}.`, 'warning');
  const whom = onWhom(scope, reported);
  if (caughtUp === null) return prose(`${start} and ${is} on nobody: ${whom}.`, 'warning');
  return prose(`${start}. ${caughtUp} ${is} ${byLeads}. ${onNobody} ${is} on nobody: ${whom}.`, 'warning');
}

/** Hundredths of the currency or of deals. */
function total(rows: readonly LateRow[]): number {
  return rows.reduce((sum, { amount, closes }) => sum + (amount ?? closes * 100), 0);
}

/** `the year`, `the plan`; of those picked `East's year`. */
export function whatIsPlanned({ everybody, name }: Scope, { months, years }: Periods): string {
  const span = months.length === 12 && years.length === 1 ? 'year' : 'plan';
  return everybody ? `the ${span}` : `${name}'s ${span}`;
}

/** Joiners' first months, which nobody is asked to catch up, and what is more than a doubled pace can bring. */
function onWhom({ plan: { model } }: Scope, rows: readonly LateRow[]): string {
  if (model.late === 'report') return 'the plan says late: report';
  const idOf = (team: string | null, name: string | null): string => [team, name].join('\u0000');
  const starters = model.reps.filter(({ start }) => start !== null && start >= firstDay(model.from));
  const ids = new Set(starters.map(({ team, name }) => idOf(team, name)));
  const joined = (key: LineKey): boolean => ids.has(idOf(key.team, personOf(key)));
  const joiners = bySize(rows.filter(({ key }) => joined(key)));
  const others = bySize(rows.filter(({ key }) => !joined(key)));
  const texts: string[] = [];
  if (joiners.length === 1) texts.push(`${joiners[0]}'s first months`);
  if (joiners.length > 1) texts.push(`the first months of ${joiners.length} reps, above all ${joiners[0]}'s`);
  if (others.length === 1) texts.push(`more than ${others[0]} can catch up`);
  if (others.length > 1)
    texts.push(`more than ${others.length} reps or teams can catch up, above all ${others[0]}`);
  return texts.join('; ');
}

/** Names of those the rows are about, the biggest first. */
function bySize(rows: readonly LateRow[]): string[] {
  const sums = new Map<string, { name: string; sum: number }>();
  for (const row of rows) {
    const { team, territory } = row.key;
    const name = personOf(row.key) ?? team ?? (territory === null ? 'the company' : territory);
    const id = [team, name].join('\u0000');
    sums.set(id, { name, sum: (sums.get(id)?.sum ?? 0) + total([row]) });
  }
  return [...sums.values()].sort((first, second) => second.sum - first.sum).map(({ name }) => name);
}
