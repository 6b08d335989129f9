/** Goals by team and rep: each level of the team path a row, reps and open territories below their team. */
import { firstDay, lastDay, monthOfDay } from '../../period/month.ts';
import { compareText, type Line } from '../../plan/line.ts';
import type { Rep } from '../../quota/rep.ts';
import { pathUp } from '../../rates/rate-row.ts';
import type { Row, Section } from '../block.ts';
import { monthAndYear, monthName } from '../format.ts';
import type { Periods } from './plan-periods.ts';
import { goalRow } from './plan-row.ts';
import { personOf, pickedTeams, type Scope } from './plan-scope.ts';
import { plural } from './plan-words.ts';

/** Lines of one rep, territory or team that carries its own quota. */
interface Carried {
  readonly team: string | null;
  readonly rep: string | null;
  readonly territory: string | null;
  readonly lines: Line[];
}

/** No section where it would only repeat the total: without teams and reps, and for a single rep asked for. */
export function teamSection(scope: Scope, periods: Periods, stage: number): Section[] {
  const { level, reps } = scope.selection;
  const carried = carriedOf(scope.lines);
  const hasTeams = carried.some(({ team }) => team !== null) && reps.length === 0;
  if (level === 'company' || (!hasTeams && (level === 'team' || carried.length < 2))) return [];
  const listed = new Map(scope.plan.model.reps.map((rep) => [repKey(rep.team, rep.name), rep]));
  const tree: Tree = { scope, periods, stage, carried, listed, reps: level !== 'team' };
  const rows = hasTeams ? teamRows(tree) : carried.map((one) => carriedRow(tree, one, 0));
  const hasReps = tree.reps && carried.some(({ rep, territory }) => rep !== null || territory !== null);
  const by = [...(hasTeams ? ['team'] : []), ...(hasReps ? ['rep'] : [])].join(' and ');
  return [{ title: `${plural(scope.plan.model.stages[stage]!)} by ${by}`, rows }];
}

interface Tree {
  readonly scope: Scope;
  readonly periods: Periods;
  readonly stage: number;
  readonly carried: readonly Carried[];
  /** Reps of the plan by team and name. */
  readonly listed: ReadonlyMap<string, Rep>;
  /** Whether rows of reps are shown. */
  readonly reps: boolean;
}

const repKey = (team: string | null, name: string): string => `${team ?? ''}\u0000${name}`;

/** Reps in order, what a rep who left leaves open right after the rep, what nobody had at the end. */
function carriedOf(lines: readonly Line[]): Carried[] {
  const found = new Map<string, Carried>();
  for (const line of lines) {
    const { team, rep, territory } = line;
    const id = [team, rep, territory].map((part) => part ?? '').join('\u0000');
    const known = found.get(id);
    if (known) known.lines.push(line);
    else found.set(id, { team, rep, territory, lines: [line] });
  }
  const place = (one: Carried): string => personOf(one) ?? '\uffff';
  return [...found.values()].sort(
    (first, second) =>
      compareText(first.team, second.team) ||
      compareText(place(first), place(second)) ||
      compareText(first.territory, second.territory),
  );
}

function teamRows(tree: Tree): Row[] {
  const picked = pickedTeams(tree.scope);
  const paths = new Set(tree.carried.flatMap(({ team }) => pathUp(team)));
  const tops = picked.length > 0 ? picked : [...paths].filter((path) => !path.includes('/'));
  const nobodys = tree.carried.filter(({ team }) => team === null);
  return [
    ...tops.sort(compareText).flatMap((path) => rowsOfTeam(tree, { path, paths, depth: 0 })),
    ...nobodys.map((one) => carriedRow(tree, one, 0)),
  ];
}

/** The team's own row, its reps, then the teams below it. */
function rowsOfTeam(tree: Tree, of: { path: string; paths: ReadonlySet<string>; depth: number }): Row[] {
  const { path, paths, depth } = of;
  const lines = tree.carried
    .filter(({ team }) => team === path || team?.startsWith(`${path}/`))
    .flatMap((one) => one.lines);
  const name = depth === 0 ? path : path.slice(path.lastIndexOf('/') + 1);
  const own = tree.carried.filter((one) => one.team === path && (one.rep ?? one.territory) !== null);
  const below = [...paths].filter((other) => other.slice(0, Math.max(0, other.lastIndexOf('/'))) === path);
  return [
    goalRow(tree.scope, tree.periods, { label: [name], lines, stage: tree.stage, depth }),
    ...(tree.reps ? own.map((one) => carriedRow(tree, one, depth + 1)) : []),
    ...below.sort(compareText).flatMap((other) => rowsOfTeam(tree, { path: other, paths, depth: depth + 1 })),
  ];
}

function carriedRow(tree: Tree, one: Carried, depth: number): Row {
  const { scope, periods, stage } = tree;
  const isNamesake = ({ rep }: Carried) => rep !== null && rep === one.rep;
  const isShared = scope.selection.reps.length > 0 && tree.carried.filter(isNamesake).length > 1;
  const ofTeam = isShared ? ` (${one.team})` : '';
  const label = [`${one.rep ?? one.territory ?? one.team ?? 'Company'}${ofTeam}`];
  return goalRow(scope, periods, { label, lines: one.lines, stage, depth, hint: hintOf(tree, one) });
}

/** `, from May`, `, to Aug`, `, May to Aug`: what lies inside the plan; the year where the plan is longer. */
function hintOf({ scope, listed }: Tree, one: Carried): string {
  const { model } = scope.plan;
  const rep = one.rep === null ? undefined : listed.get(repKey(one.team, one.rep));
  if (rep === undefined) return '';
  const write = model.to - model.from < 12 ? monthName : monthAndYear;
  const start = startInside(rep, model) ? write(monthOfDay(rep.start!)) : null;
  const end = endInside(rep, model) ? write(monthOfDay(rep.end!)) : null;
  if (start !== null && end !== null) return start === end ? `, only ${start}` : `, ${start} to ${end}`;
  if (start !== null) return `, from ${start}`;
  return end === null ? '' : `, to ${end}`;
}

type PlanMonths = Scope['plan']['model'];

function startInside({ start }: Rep, { from, to }: PlanMonths): boolean {
  return start !== null && start > firstDay(from) && start <= lastDay(to);
}

function endInside({ end }: Rep, { from, to }: PlanMonths): boolean {
  return end !== null && end >= firstDay(from) && end < lastDay(to);
}
