/** Explaining a goal: the steps from quota to a whole number, every input with its value and its row. */
import { error, hasErrors, NOWHERE, type Parsed, type Problem } from '../../problem.ts';
import { isWithin } from '../../quota/rep.ts';
import { chanceRowOf } from '../chances/chance-working.ts';
import { type ChanceBook, chanceBook } from '../chances/chances.ts';
import { timesForConfidence } from '../confidence.ts';
import type { Context } from '../context.ts';
import { finestLines } from '../finest.ts';
import type { Line } from '../line.ts';
import type { PlanModel } from '../model.ts';
import { type PlannedUnit, prepare } from '../prepare.ts';
import { type PlanPeriod, planPeriods } from '../row.ts';
import { chanceSteps } from './explain-chance.ts';
import { whatIfSteps } from './explain-changes.ts';
import { type Cell, labelOf, nameOf, type Quantity, type Sizing, type Step } from './explain-step.ts';
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
  /** The quarter or year whose chance is asked for too: of the company or of the only team; null: none. */
  readonly chanceOf: PlanPeriod | null;
}

export interface Explanation {
  readonly model: PlanModel;
  readonly question: Question;
  readonly steps: readonly Step[];
}

/**
 * Steps of a goal. One that has several parts (sources, months, reps) is a sum first; then its largest part is
 * explained to the end; then the chance, where it is asked for. Errors: those of planning, and `no_goal`.
 */
export function explainGoal(model: PlanModel, question: Question): Parsed<Explanation> {
  const prepared = prepare(model);
  if (prepared.value === null) return { value: null, problems: prepared.problems };
  const { context } = prepared.value;
  const { times } = timesForConfidence(prepared.value);
  const isBookWanted = question.chanceOf !== null || model.confidence !== null;
  const book = isBookWanted ? chanceBook(context, { teams: question.teams.length > 0 }) : null;
  const cells: Cell[] = [];
  for (const planned of prepared.value.units({ times })) {
    const lines = book !== null || isAskedFor(planned, question) ? linesOf(context, planned) : [];
    book?.add(planned, lines);
    if (isAskedFor(planned, question)) cells.push(...cellsOf(context, { planned, lines }, question));
  }
  if (cells.length === 0) return { value: null, problems: [noGoal(context, question)] };
  const sizing =
    model.confidence === null
      ? null
      : { times, confidence: model.confidence, years: yearsIn(context, book!) };
  const largest = cells.reduce((best, cell) => (cell.goal > best.goal ? cell : best));
  const steps = [
    ...whatIfSteps(model),
    ...(cells.length > 1 ? [sumStep(context, cells, question)] : []),
    ...cellSteps(context, { ...largest, sizing }, question.stage),
    ...chanceStepsOf(model, question, book),
  ];
  return {
    value: { model, question, steps },
    problems: hasErrors(prepared.problems) ? prepared.problems : [],
  };
}

function noGoal(context: Context, question: Question): Problem {
  const who = [...question.reps, ...question.teams, ...(question.sources ?? [])].join(', ') || 'the company';
  const [first, last] = [labelOf(context, question.first), labelOf(context, question.last)];
  const period = first === last ? first : `${first} – ${last}`;
  return error('no_goal', NOWHERE, { who, period });
}

function chanceStepsOf(model: PlanModel, { chanceOf, teams }: Question, book: ChanceBook | null): Step[] {
  if (chanceOf === null || book === null) return [];
  const working = book.workingOf({ team: teams[0] ?? null, period: chanceOf });
  return working === null ? [] : chanceSteps(model, working);
}

/** The company's chances by year. */
function yearsIn({ clock }: Context, book: ChanceBook): Sizing['years'] {
  return planPeriods(clock, 'year').flatMap((period) => {
    const working = book.workingOf({ team: null, period });
    return working === null ? [] : [chanceRowOf(working)];
  });
}

function linesOf({ clock, back }: Context, planned: PlannedUnit): Line[] {
  const { carrier, source, unit, past, quota } = planned;
  return finestLines({ carrier, source, unit, past, quota, clock, back });
}

function isAskedFor({ carrier, source, unit }: PlannedUnit, question: Question): boolean {
  const { reps, sources, teams, stage } = question;
  if (!unit.stages[stage]) return false;
  if (sources !== null && !sources.includes(source.name ?? '')) return false;
  if (teams.length > 0 && !teams.some((team) => isWithin(carrier.team, team))) return false;
  return reps.length === 0 || (carrier.rep !== null && reps.includes(carrier.rep.name));
}

/** The months of a unit that the question is about, with the whole goals of the plan itself. */
function cellsOf(
  { clock }: Context,
  { planned, lines }: { readonly planned: PlannedUnit; readonly lines: readonly Line[] },
  { reps, stage, first, last }: Question,
): Cell[] {
  const cells: Cell[] = [];
  for (const line of lines) {
    const part = line.rep === null && planned.carrier.rep !== null ? 1 : 0;
    if (part === 1 && reps.length > 0) continue;
    for (let month = first; month <= last; month++) {
      const index = stage * clock.months + month;
      const goal = line.goals[index]!;
      const expected = line.expected[index]!;
      const isThere = part === 0 || expected > 0 || goal > 0;
      if (!Number.isNaN(goal) && isThere) cells.push({ planned, month, part, goal, expected, sizing: null });
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
