/** Explaining a goal: the steps from quota to a whole number, every input with its value and its row. */
import { error, hasErrors, NOWHERE, type Parsed } from '../../problem.ts';
import { isWithin } from '../../quota/rep.ts';
import type { Context } from '../context.ts';
import { finestLines } from '../finest.ts';
import type { PlanModel } from '../model.ts';
import { type PlannedUnit, prepare } from '../prepare.ts';
import { type Cell, labelOf, nameOf, type Quantity, type Step } from './explain-step.ts';
import { cellSteps } from './explain-steps.ts';

/** Which goal: of whom, in which plan months, of which stage. Empty lists: of all. */
export interface Question {
  readonly reps: readonly string[];
  readonly teams: readonly string[];
  /** Null: of all. */
  readonly sources: readonly string[] | null;
  /** First and last plan month. */
  readonly first: number;
  readonly last: number;
  readonly stage: number;
}

export interface Explanation {
  readonly model: PlanModel;
  readonly question: Question;
  readonly steps: readonly Step[];
}

/**
 * Steps of a goal. One that has several parts (sources, months, reps) is a sum first; then its largest part is
 * explained to the end. Errors: those of planning, and `no_goal`.
 */
export function explainGoal(model: PlanModel, question: Question): Parsed<Explanation> {
  const prepared = prepare(model);
  if (prepared.value === null) return { value: null, problems: prepared.problems };
  const { context } = prepared.value;
  const cells: Cell[] = [];
  for (const planned of prepared.value.units()) {
    for (const cell of cellsOf(context, planned, question)) cells.push(cell);
  }
  if (cells.length === 0) {
    const who =
      [...question.reps, ...question.teams, ...(question.sources ?? [])].join(', ') || 'the company';
    const [first, last] = [labelOf(context, question.first), labelOf(context, question.last)];
    const period = first === last ? first : `${first} – ${last}`;
    return { value: null, problems: [error('no_goal', NOWHERE, { who, period })] };
  }
  const largest = cells.reduce((best, cell) => (cell.goal > best.goal ? cell : best));
  const sum = cells.length > 1 ? [sumStep(context, cells, question)] : [];
  const steps = [...sum, ...cellSteps(context, largest, question.stage)];
  return {
    value: { model, question, steps },
    problems: hasErrors(prepared.problems) ? prepared.problems : [],
  };
}

/** The months of a unit that the question is about, with the whole goals of the plan itself. */
function cellsOf(context: Context, planned: PlannedUnit, question: Question): Cell[] {
  const { reps, sources, teams, stage } = question;
  const { carrier, source, unit, past, quota } = planned;
  if (!unit.stages[stage]) return [];
  if (sources !== null && !sources.includes(source.name ?? '')) return [];
  if (teams.length > 0 && !teams.some((team) => isWithin(carrier.team, team))) return [];
  if (reps.length > 0 && !(carrier.rep !== null && reps.includes(carrier.rep.name))) return [];
  const { clock, back } = context;
  const cells: Cell[] = [];
  for (const line of finestLines({ carrier, source, unit, past, quota, clock, back })) {
    const part = line.rep === null && carrier.rep !== null ? 1 : 0;
    if (part === 1 && reps.length > 0) continue;
    for (let month = question.first; month <= question.last; month++) {
      const index = stage * clock.months + month;
      const goal = line.goals[index]!;
      const isThere = part === 0 || line.expected[index]! > 0 || goal > 0;
      if (!Number.isNaN(goal) && isThere)
        cells.push({ planned, month, part, goal, expected: line.expected[index]! });
    }
  }
  return cells;
}

/** The parts by whom and source, or by month where there is one of each; they add up to the result. */
function sumStep(context: Context, cells: readonly Cell[], question: Question): Step {
  const byPart = new Map<string, number>();
  const several = (pick: (cell: Cell) => string) => new Set(cells.map(pick)).size > 1;
  const who = several(nameOf);
  const source = several((cell) => cell.planned.source.name ?? '');
  for (const cell of cells) {
    const parts = [
      ...(who ? [nameOf(cell)] : []),
      ...(source ? [cell.planned.source.name ?? ''] : []),
      ...(!who && !source ? [labelOf(context, cell.month)] : []),
    ];
    const name = parts.join(', ');
    byPart.set(name, (byPart.get(name) ?? 0) + cell.goal);
  }
  const inputs = [...byPart].map(
    ([name, value]): Quantity => ({ name, value, unit: 'records', where: null }),
  );
  const total = inputs.reduce((sum, input) => sum + input.value, 0);
  return {
    step: 'sum',
    inputs,
    result: { name: 'goal', value: total, unit: 'records', where: null },
    details: { first: labelOf(context, question.first), last: labelOf(context, question.last) },
  };
}
