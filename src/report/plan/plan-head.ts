/** The first lines of a plan's report: what is planned, and what the quarter to come needs from whom. */
import { addMonths } from '../../period/month.ts';
import { sumOver } from '../../plan/line.ts';
import type { Plan } from '../../plan/plan.ts';
import { type Prose, prose } from '../block.ts';
import { amount, count, dayName, monthSpan, shortAmount, typedPercent } from '../format.ts';
import { type Periods, quarterTitle } from './plan-periods.ts';
import { goalsOf, type Scope, shownStages } from './plan-scope.ts';
import { assumptionsFor, setText } from './plan-subjects.ts';
import { counted, tied } from './plan-words.ts';

/** `Northwind FY2028 · Feb 2027 – Jan 2028 · quota $12.4M · deal size $24,000 · data to 31 Jan 2027`. */
export function headLine(scope: Scope): Prose {
  const { model } = scope.plan;
  const parts = [
    ...(model.name === null || model.name === '' ? [] : [model.name]),
    ...(scope.everything ? [] : [nameOfPicked(scope)]),
    monthSpan(model.from, model.to),
    tied(quotaText(scope)),
    ...(model.quotaUnit === 'deals' ? [] : [tied(dealSizeText(scope))]),
    tied(`data to ${dayName(model.asOf)}`),
  ];
  return prose(parts.join(' · '), 'strong');
}

function nameOfPicked({ everybody, name, selection }: Scope): string {
  return [...(everybody ? [] : [name]), ...selection.sources, ...selection.owners].join(', ');
}

function quotaText({ plan, lines, unit }: Scope): string {
  const total = lines.reduce((sum, line) => sum + line.quota.reduce((part, value) => part + value, 0), 0);
  const over = plan.model.overAssigned;
  const text = unit.kind === 'deals' ? amount(total, unit) : shortAmount(total, unit);
  return `quota ${text}${over > 0 ? ` (over-assigned by ${typedPercent(over)})` : ''}`;
}

/** One number where there is one, else by what it differs. */
function dealSizeText(scope: Scope): string {
  const sizes = assumptionsFor(scope, 'deal_size');
  const values = new Set(sizes.map(({ value }) => value));
  if (values.size <= 1)
    return `deal size ${[...values].map((value) => amount(value * 100, scope.unit))}${setText(sizes)}`;
  if (sizes.some(({ rep }) => rep !== null)) return 'deal size by rep';
  return sizes.some(({ team }) => team !== null) ? 'deal size by team' : 'deal size by source';
}

/** `Q1 needs 4,138 leads: marketing 2,010, sales 1,955, partners 173.` */
export function needsLine(scope: Scope, periods: Periods): Prose {
  const span = periods.quarters[periods.next]!;
  const name = quarterTitle(periods, span);
  const needs = neededStages(scope)
    .map(({ stage, lines }) => needOf(scope, { stage, lines, first: span.first, last: span.last }))
    .filter((need) => need.total > 0);
  const { stages } = scope.plan.model;
  const texts = needs.map((need) => `${counted(need.total, stages[need.stage]!)}${fromWhom(need.owners)}`);
  const text = texts.length > 0 ? texts.join('; and ') : counted(0, stages[shownStages(scope)[0]!]!);
  const when = needs.some(({ partly }) => partly) ? `the rest of ${name}` : name;
  const verb = scope.several ? 'need' : 'needs';
  if (!scope.everybody) return prose(`${scope.name} ${verb} ${withTime(text, when)}.`);
  return prose(`${when.replace(/^t/, 'T')} needs ${text}.`);
}

/** `1,133 leads in Q1: marketing 600`. */
function withTime(text: string, when: string): string {
  const end = text.search(/:| from |;/);
  return end < 0 ? `${text} in ${when}` : `${text.slice(0, end)} in ${when}${text.slice(end)}`;
}

interface NeededStage {
  readonly stage: number;
  readonly lines: Plan['lines'];
}

/** The stages shown; unless they were asked for, also the first stages of sources that begin later. */
export function neededStages(scope: Scope): NeededStage[] {
  const shown = shownStages(scope).map((stage) => ({ stage, lines: scope.lines }));
  if (scope.selection.stages.length > 0) return shown;
  const { sources, stages } = scope.plan.model;
  const later = [...stages.keys()].filter((stage) => stage > shown[0]!.stage && stage < stages.length - 1);
  return [
    ...shown,
    ...later.flatMap((stage) => {
      const names = sources.filter(({ startsAt }) => startsAt === stage).map(({ name }) => name);
      const lines = scope.lines.filter(({ source }) => names.includes(source));
      return lines.length > 0 ? [{ stage, lines }] : [];
    }),
  ];
}

interface Need {
  readonly stage: number;
  readonly total: number;
  readonly owners: readonly (readonly [string | null, number])[];
  /** Whether a part of the quarter is over and was not counted. */
  readonly partly: boolean;
}

function needOf(scope: Scope, of: NeededStage & { first: number; last: number }): Need {
  const { clock, model } = scope.plan;
  const owners = new Map<string | null, number>();
  for (const owner of new Set(of.lines.map((line) => line.owner))) {
    const series = goalsOf(
      scope,
      of.lines.filter((line) => line.owner === owner),
      of.stage,
    );
    const sum = sumOver(series, of.first, of.last);
    if (sum > 0) owners.set(owner, sum);
  }
  const all = goalsOf(scope, of.lines, of.stage);
  const bySize = [...owners].sort((first, second) => second[1] - first[1]);
  return {
    stage: of.stage,
    total: bySize.reduce((sum, [, part]) => sum + part, 0),
    owners: bySize,
    partly: of.first <= clock.asOfMonth && (model.actuals === null || Number.isNaN(all[of.first]!)),
  };
}

/** `: marketing 2,010, sales 1,955`; ` from marketing` where it is the only one; nothing without owners. */
function fromWhom(owners: Need['owners']): string {
  if (owners.every(([owner]) => owner === null)) return '';
  if (owners.length === 1) return ` from ${owners[0]![0]}`;
  const parts = owners.map(([owner, sum]) => tied(`${owner ?? 'no owner'} ${count(sum)}`));
  return `: ${parts.join(', ')}`;
}

/** Months that are over and were not counted are in no sum: said where there are any. */
export function uncountedLine(scope: Scope): Prose | null {
  const { clock, model } = scope.plan;
  const all = goalsOf(scope, scope.lines, shownStages(scope)[0]!);
  const counted = all.findIndex((value) => !Number.isNaN(value));
  if (counted <= 0 || clock.asOfMonth < counted) return null;
  const span = monthSpan(model.from, addMonths(model.from, counted - 1));
  const are =
    counted === 1 ? 'is over and was not counted: it is' : 'are over and were not counted: they are';
  return prose(`${span} ${are} in no sum`, 'dim');
}
