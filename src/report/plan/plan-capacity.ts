/** Who is asked for more records than people can work: a block for each stage with a capacity where there are some. */
import { filled } from '../../funnel/series.ts';
import type { CapacityRow } from '../../plan/capacity.ts';
import { compareText, plus, sumOver } from '../../plan/line.ts';
import { type Row, row, type Section, type Table } from '../block.ts';
import { goalCount, NONE, wholePercent } from '../format.ts';
import { cellsOf, choicesOf, type Periods, spanCells } from './plan-periods.ts';
import { isSelected, personOf, type Scope, totalName } from './plan-scope.ts';
import { plural } from './plan-words.ts';

/** What is asked at one stage, of reps and open territories. */
export interface AskedAtStage {
  readonly stage: number;
  /** Records a full rep can work in a month. */
  readonly perRep: number;
  readonly rows: readonly CapacityRow[];
}

/** By stage; none where no capacity is given, and where sources or owners were picked: people work for all of them. */
export function askedByStage({ plan, selection }: Scope): AskedAtStage[] {
  const { model } = plan;
  if (selection.sources.length > 0 || selection.owners.length > 0) return [];
  return model.capacity.flatMap((perRep, stage) => {
    const isShown = selection.stages.length === 0 || selection.stages.includes(model.stages[stage]!);
    if (perRep === null || !isShown) return [];
    const rows = plan.capacity.filter((of) => of.stage === stage && isSelected(selection, of.key));
    return rows.length === 0 ? [] : [{ stage, perRep, rows }];
  });
}

export function capacityTables(scope: Scope, periods: Periods): Table[] {
  return askedByStage(scope).flatMap((asked) => {
    const over = asked.rows.filter(({ unworked }) => unworked > 0);
    if (over.length === 0) return [];
    return [
      {
        kind: 'table',
        sections: [
          unworkedSection(scope, periods, { ...asked, rows: over }),
          ...(over.some(isOfRep) ? [usedSection(scope, periods, asked)] : []),
        ],
        choices: choicesOf(periods, scope.selection.by),
        flush: 'periods',
      },
    ];
  });
}

/** Of a rep, not of an open territory. */
export function isOfRep({ key }: CapacityRow): boolean {
  return key.rep !== null;
}

/** What stays unworked, by rep and open territory (or as far as the level asked for goes), and in all. */
function unworkedSection(scope: Scope, periods: Periods, { stage, rows }: AskedAtStage): Section {
  const { level } = scope.selection;
  const groups = level === 'company' ? [] : groupsOf(rows, level === 'team');
  const cells = (of: readonly CapacityRow[]) =>
    cellsOf(
      periods,
      monthly(of, periods, ({ unworked }) => unworked),
      goalCount,
    );
  const shown = groups.map((group) => row([labelOf(group, groups)], cells(group.rows)));
  const total = row([totalName(scope)], cells(rows), { tone: 'strong' });
  const title = `${plural(scope.plan.model.stages[stage]!)}: more than they can work`;
  return { title, rows: shown.length === 1 ? shown : [...shown, total] };
}

/** A rep or territory by name, of several namesakes or a team's own territory with the team. */
function labelOf({ team, name }: Group, groups: readonly Group[]): string {
  if (name === null || team === null) return name ?? team ?? NONE;
  const isClear = name !== 'open' && groups.filter((other) => other.name === name).length === 1;
  return isClear ? name : `${name} (${team})`;
}

interface Group {
  readonly team: string | null;
  /** A rep or open territory; null for a whole team. */
  readonly name: string | null;
  readonly rows: CapacityRow[];
}

/** By team, rep and the territory that is left open; by team alone where no more is wanted. */
function groupsOf(rows: readonly CapacityRow[], teamsOnly: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const of of rows) {
    const { team, rep, territory } = of.key;
    const name = teamsOnly ? null : (rep ?? territory);
    const id = [team, name].map((part) => part ?? '').join('\u0000');
    const known = groups.get(id);
    if (known) known.rows.push(of);
    else groups.set(id, { team, name, rows: [of] });
  }
  const place = ({ rows: [first] }: Group): string => personOf(first!.key) ?? '\uffff';
  return [...groups.values()].sort(
    (one, other) =>
      compareText(one.team, other.team) ||
      compareText(place(one), place(other)) ||
      compareText(one.name, other.name),
  );
}

/** How much of what reps can work is asked for, by the highest teams and in all. */
function usedSection(scope: Scope, periods: Periods, { stage, rows }: AskedAtStage): Section {
  const ofReps = rows.filter(isOfRep);
  const { level, reps } = scope.selection;
  const teams = level === 'company' || reps.length > 0 ? [] : highestTeams(ofReps);
  const shown = teams.map(({ team, rows: own }) => row([team], usedCells(periods, own)));
  const total = row([totalName(scope)], usedCells(periods, ofReps), { tone: 'strong' });
  return {
    title: `${plural(scope.plan.model.stages[stage]!)} asked for, of what reps can work`,
    rows: shown.length === 1 && !scope.everybody ? shown : [...shown, total],
  };
}

/** `EMEA` of `EMEA/UK`, with the rows of everybody below it; in code-point order. */
export function highestTeams(rows: readonly CapacityRow[]): { team: string; rows: CapacityRow[] }[] {
  const teams = new Map<string, CapacityRow[]>();
  for (const of of rows) {
    if (of.key.team === null) continue;
    const team = of.key.team.split('/')[0]!;
    const known = teams.get(team);
    if (known) known.push(of);
    else teams.set(team, [of]);
  }
  return [...teams]
    .map(([team, own]) => ({ team, rows: own }))
    .sort((one, other) => compareText(one.team, other.team));
}

function usedCells(periods: Periods, rows: readonly CapacityRow[]): Row['cells'] {
  const goals = monthly(rows, periods, ({ goal }) => goal);
  const capacities = monthly(rows, periods, ({ capacity }) => capacity);
  return spanCells(periods, ({ first, last }) => {
    const capacity = sumOver(capacities, first, last);
    return capacity > 0 ? wholePercent(sumOver(goals, first, last) / capacity) : NONE;
  });
}

/** Sums by plan month; NaN where there is no row. */
function monthly(
  rows: readonly CapacityRow[],
  { months }: Periods,
  of: (row: CapacityRow) => number,
): number[] {
  const sums = filled(months.length, Number.NaN);
  for (const one of rows) sums[one.month] = plus(sums[one.month]!, of(one));
  return sums;
}
