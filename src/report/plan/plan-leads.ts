/** The goals themselves: who owes how many leads when, and for which team and rep. */
import type { Line } from '../../plan/line.ts';
import type { Source } from '../../plan/model.ts';
import type { Row, Section, Table } from '../block.ts';
import { NONE } from '../format.ts';
import { neededStages } from './plan-head.ts';
import { choicesOf, type Periods } from './plan-periods.ts';
import { goalRow } from './plan-row.ts';
import { goalsOf, type Scope, shownStages, totalName } from './plan-scope.ts';
import { teamSection } from './plan-teams.ts';
import { listed, plural } from './plan-words.ts';

/** One table for each stage shown: by owner and source, then by team and rep. */
export function leadTables(scope: Scope, periods: Periods): Table[] {
  return shownStages(scope).map((stage) => ({
    kind: 'table',
    sections: [
      ownerSection(scope, periods, stage),
      ...laterSections(scope, periods, stage),
      ...teamSection(scope, periods, stage),
    ],
    choices: choicesOf(periods, scope.selection.by),
    flush: 'periods',
  }));
}

function ownerSection(scope: Scope, periods: Periods, stage: number): Section {
  const rows = sourceRows(scope, periods, { stage, lines: scope.lines });
  const { sources, owners } = scope.selection;
  const isTotal = rows.length === 1 && (sources.length > 0 || owners.length > 0);
  const total = goalRow(scope, periods, {
    label: [totalName(scope)],
    lines: scope.lines,
    stage,
    tone: 'strong',
  });
  return { title: ownerTitle(scope, stage, rows), rows: isTotal ? rows : [...rows, total] };
}

function ownerTitle({ plan: { model } }: Scope, stage: number, rows: readonly Row[]): string {
  const leads = plural(model.stages[stage]!);
  if (rows.length === 0) return leads;
  return hasOwners(model.sources) ? `${leads} by owner` : `${leads} by source`;
}

const hasOwners = (sources: readonly Source[]): boolean => sources.some(({ owner }) => owner !== null);

/** A row per source that has goals at the stage, sources of one owner together; none where there are no sources. */
function sourceRows(scope: Scope, periods: Periods, of: { stage: number; lines: readonly Line[] }): Row[] {
  const { sources } = scope.plan.model;
  return byOwner(sources).flatMap((one) => {
    const lines = of.lines.filter(({ source }) => source === one.name);
    const none = goalsOf(scope, lines, of.stage).every(Number.isNaN);
    if (one.name === null || none) return [];
    return [goalRow(scope, periods, { label: sourceLabel(one, sources), lines, stage: of.stage })];
  });
}

/** In the plan's order, sources of one owner together. */
export function byOwner(sources: readonly Source[]): Source[] {
  const owners = [...new Set(sources.map(({ owner }) => owner))];
  return owners.flatMap((owner) => sources.filter((source) => source.owner === owner));
}

/** `marketing`, `inbound`; without owners the source alone. */
export function sourceLabel({ name, owner }: Source, sources: readonly Source[]): string[] {
  return hasOwners(sources) ? [owner ?? NONE, name ?? NONE] : [name ?? NONE];
}

/** Sources that begin at a later stage owe records of that stage: `opportunities, where partner begins`. */
function laterSections(scope: Scope, periods: Periods, stage: number): Section[] {
  if (scope.selection.stages.length > 0) return [];
  return neededStages(scope)
    .filter((needed) => needed.stage > stage)
    .map((needed) => {
      const rows = sourceRows(scope, periods, needed);
      const names = rows.map(({ label }) => label.at(-1)!);
      const records = plural(scope.plan.model.stages[needed.stage]!);
      return {
        title: `${records}, where ${listed(names)} ${names.length === 1 ? 'begins' : 'begin'}`,
        rows,
      };
    });
}
