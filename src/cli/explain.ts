/** `leadgoal explain`: one goal step by step, from quota to leads, every number with its origin. */
import type { Command } from 'commander';
import type { Input } from '../files/input.ts';
import { type Explanation, explainGoal, type Question } from '../plan/explain/explain.ts';
import { planGoals } from '../plan/goals.ts';
import type { PlanModel } from '../plan/model.ts';
import type { PlanPeriod } from '../plan/row.ts';
import { explainJson } from '../report/explain.ts';
import { explainCsv, explainMarkdown, explainText } from '../report/explain-text.ts';
import { type Selection, selectedSources } from '../report/selection.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { loadRequested } from './crm.ts';
import { deliver } from './deliver.ts';
import type { Io } from './io.ts';
import {
  addOutputOptions,
  addPlanOptions,
  collect,
  type Format,
  planRequest,
  type TypedOptions,
} from './options.ts';
import { type TextStyle, targetsAmong, targetsOf } from './output.ts';
import { periodIn } from './period.ts';
import { knownNames, selectionOf } from './select.ts';

const EXAMPLES = `Examples:
  leadgoal explain --rep "Ana Ruiz" --period 2027-03
  leadgoal explain --rep R07 --source inbound --period 2027-08 --stage opportunity
  leadgoal explain --period FY2028-Q1                   the company's goal, its parts, and the chance
`;

export function explainCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES);
  addOutputOptions(addPlanOptions(command))
    .requiredOption('--period <period>', 'month, quarter or year')
    .option('--rep <name>', 'whose goal: name, id, email or alias', collect)
    .option('--team <name>', 'the goal of a team', collect)
    .option('--source <name>', 'of one source', collect)
    .option('--owner <name>', 'what this department owes', collect)
    .option('--stage <name>', 'of a later stage than the first', collect)
    .action(async (plan: string | undefined, options: TypedOptions & { period: string }) => {
      done(await runExplain(plan, options, io));
    });
}

async function runExplain(
  path: string | undefined,
  options: TypedOptions & { period: string },
  io: Io,
): Promise<number> {
  const format = problemFormatOf(options);
  const loaded = await loadRequested(planRequest(path, options, { io }));
  if (loaded.value === null) return complain(loaded.problems, io, format);
  const planned = planGoals(loaded.value.model);
  if (planned.value === null) return complain([...loaded.problems, ...planned.problems], io, format);
  const { selection, problems: unknown } = selectionOf(
    knownNames(planned.value.model, planned.value.allLines),
    options,
  );
  const period = periodIn(planned.value.model, options.period);
  const { targets, problems: untargeted } = targetsOf(options);
  const refused = [
    ...unknown,
    ...period.problems,
    ...untargeted,
    ...targetsAmong(targets, loaded.value.inputs),
  ];
  if (refused.length > 0 || period.value === null) return complain(refused, io, format);
  const { model, inputs } = loaded.value;
  const { value: explanation, problems } = explainGoal(model, questionOf(model, selection, period.value));
  if (explanation === null) return complain(problems, io, format);
  const render = (written: Format, style: TextStyle) => [RENDERERS[written]({ explanation, inputs, style })];
  const warnings = [...loaded.problems, ...planned.problems];
  return deliver({ targets, render, reports: loaded.reports, warnings }, options, io);
}

interface Rendering {
  readonly explanation: Explanation;
  readonly inputs: readonly Input[];
  readonly style: TextStyle;
}

const RENDERERS: Readonly<Record<Format, (of: Rendering) => string>> = {
  table: ({ explanation, style }) => explainText(explanation, style),
  plain: ({ explanation, style }) => explainText(explanation, style),
  json: ({ explanation, inputs }) => explainJson(explanation, inputs),
  csv: ({ explanation }) => explainCsv(explanation),
  markdown: ({ explanation }) => explainMarkdown(explanation),
};

/** Which goal the options ask for. */
function questionOf({ stages, sources }: PlanModel, selection: Selection, period: PlanPeriod): Question {
  const asked = selectedSources(selection, sources);
  const named = selection.stages[0];
  return {
    reps: selection.reps,
    teams: selection.teams,
    sources: asked === null ? null : asked.map(({ name }) => name ?? ''),
    first: period.first,
    last: period.last,
    stage: named === undefined ? firstStage(asked ?? sources) : stages.indexOf(named),
    chanceOf: hasChance(selection, period) ? period : null,
  };
}

/** Chances are of whole teams over all sources, of quarters and years. */
function hasChance({ reps, teams, sources, owners, stages }: Selection, { grain }: PlanPeriod): boolean {
  const isPart = [reps, sources, owners, stages].some((names) => names.length > 0);
  return !isPart && teams.length <= 1 && grain !== 'month';
}

/** The earliest stage that one of the sources has goals from. */
function firstStage(sources: PlanModel['sources']): number {
  return sources.length === 0 ? 0 : Math.min(...sources.map(({ startsAt }) => startsAt));
}
