/** `leadgoal compare`: plans or saved results side by side: what changed and what it does to the goals. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Input } from '../files/input.ts';
import { parseShare } from '../files/sheet/number-text.ts';
import { error, hasErrors, NOWHERE, type Problem } from '../problem.ts';
import { brokenLine, goalsDiffer } from '../report/compare/broken-goals.ts';
import { wholeLine } from '../report/compare/compare-head.ts';
import { compareCsv, compareJson } from '../report/compare/compare-json.ts';
import { compareMarkdown } from '../report/compare/compare-markdown.ts';
import type { CompareShown } from '../report/compare/compare-shown.ts';
import { compareView } from '../report/compare/compare-view.ts';
import { GLUE } from '../report/format.ts';
import { renderBlocks } from '../report/table.ts';
import { compare } from '../scenario/compare/comparison.ts';
import type { Side } from '../scenario/compare/side.ts';
import type { CommandContext } from './command.ts';
import { loadSides } from './compare/compare-sides.ts';
import { complain, problemFormatOf } from './complain.ts';
import { deliver } from './deliver.ts';
import { EXIT, type Io } from './io.ts';
import {
  addOutputOptions,
  addPlanKeyOptions,
  addSelectionOptions,
  type Format,
  planFlagsIn,
  type TypedOptions,
} from './options.ts';
import { type TextStyle, targetsAmong, targetsOf } from './output.ts';
import { type KnownNames, knownNames, selectionOf } from './select.ts';

const EXAMPLES = `Examples:
  leadgoal compare leadgoal.yaml new.yaml                   two plan files
  leadgoal compare leadgoal.yaml @stretch                   the plan here beside its scenario stretch
  leadgoal compare goals.json leadgoal.yaml                 the goals that were saved beside today's
  leadgoal compare @careful @likely @stretch -f csv         each later one with the first
  leadgoal compare goals.json leadgoal.yaml -f markdown     for a comment on a change
  leadgoal compare goals.json leadgoal.yaml --exit-code --tolerance 2%
`;

const FORMULAS = `
Formulas:
  change          B − A; percent is of A. Who joined or left has no A or no B: the change is the whole goal
  why             inputs of A give way to those of B, one group after the other, and the plan is made again:
                  months, reps, ramp, quotas_include_ramp, size_on, quotas, seasonality, over_assigned,
                  sources, deal size, rates_for_reps, each rate,
                  each lag, late, lookahead, confidence, as-of day with actuals and pipeline. What the lead goal
                  changes by is that group's part; the parts add up to the whole
  of saved goals  the steps from quota ÷ deal size ÷ rates to the lead goal take the place of inputs
  --exit-code     1 where a goal of the company, a team or a rep differs in a quarter by more than the tolerance
`;

interface CompareOptions extends TypedOptions {
  readonly exitCode?: boolean;
  readonly tolerance?: number;
}

export function compareCommand(command: Command, { io, done }: CommandContext): void {
  command
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', FORMULAS)
    .argument(
      '<plans...>',
      'two or more: a plan file, plan.yaml@scenario, @scenario of the leadgoal.yaml here, or goals saved with plan -o',
    );
  addOutputOptions(addSelectionOptions(addPlanKeyOptions(command)))
    .option('--exit-code', 'exit with 1 when goals differ')
    .option(
      '--tolerance <share>',
      'with --exit-code: goals that differ by no more than this are the same',
      share,
    )
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (plans: readonly string[], options: CompareOptions) => {
      done(await runCompare(plans, options, io));
    });
}

function share(text: string): number {
  const value = parseShare(text.trim(), 'point').value;
  if (value === null || value < 0 || value > 1)
    throw new InvalidArgumentError('write a share between 0% and 100%, such as 2%.');
  return value;
}

async function runCompare(plans: readonly string[], options: CompareOptions, io: Io): Promise<number> {
  const format = problemFormatOf(options);
  const usage = misused(plans, options);
  if (usage.length > 0) return complain(usage, io, format);
  const { sides, inputs, reports, problems: warnings } = await loadSides(plans, options, io);
  if (sides.length < plans.length || hasErrors(warnings)) return complain(warnings, io, format);
  const { selection, problems: unknown } = selectionOf(namesOf(sides), options);
  const { targets, problems: untargeted } = targetsOf(options);
  const refused = [
    ...unchangeable(sides, options),
    ...unknown,
    ...untargeted,
    ...targetsAmong(targets, inputs),
  ];
  if (refused.length > 0) return complain(refused, io, format);
  const [first, ...others] = sides as [Side, ...Side[]];
  const { by } = selection;
  const grains = by === null ? (['quarter', 'year'] as const) : [by];
  const comparisons = others.map((other) => compare(first, other, grains));
  const tolerance = options.exitCode ? (options.tolerance ?? 0) : null;
  const shown: CompareShown = { sides, comparisons, selection, tolerance, warnings };
  const render = (written: Format, style: TextStyle) => RENDERERS[written]({ shown, inputs, options, style });
  const code = deliver({ targets, render, reports, warnings }, options, io);
  if (code !== EXIT.done || !options.exitCode) return code;
  return sayDifferent(shown, targets.some(isText), io);
}

const isText = ({ path, format }: { readonly path: string | null; readonly format: Format }): boolean =>
  path === null && format !== 'json' && format !== 'csv';

/** The exit code; what differs is said on standard error too where no text on standard output says it. */
function sayDifferent(shown: CompareShown, isSaid: boolean, io: Io): number {
  const different = shown.comparisons.filter((of) => goalsDiffer(of, shown));
  if (different.length === 0) return EXIT.done;
  for (const comparison of isSaid ? [] : different) {
    const lines = [wholeLine(comparison, shown.selection), ...brokenLine(comparison, shown)];
    const text = lines.map((line) => line.text).join(' ');
    io.err(`goals differ from ${comparison.b.called.name}: ${text.replaceAll(GLUE, ' ')}\n`);
  }
  return EXIT.checkFailed;
}

function misused(plans: readonly string[], { exitCode, tolerance }: CompareOptions): Problem[] {
  const problems: Problem[] = [];
  if (plans.length < 2) {
    const hint = 'name another one: leadgoal compare leadgoal.yaml @stretch';
    problems.push(error('usage', NOWHERE, { detail: 'compare needs at least two plans', hint }));
  }
  if (tolerance !== undefined && !exitCode) {
    const hint = 'add --exit-code, or leave it out';
    problems.push(error('usage', NOWHERE, { detail: '--tolerance is for --exit-code', hint }));
  }
  return problems;
}

/** What only plan files take, of saved goals alone: it would change nothing. */
function unchangeable(sides: readonly Side[], options: CompareOptions): Problem[] {
  const asked = planFlagsIn(options);
  if (asked.length === 0 || sides.some(({ model }) => model !== null)) return [];
  const hint = 'name the plan file they were saved from';
  const does = asked.length === 1 ? 'does' : 'do';
  return [error('usage', NOWHERE, { detail: `${asked.join(' and ')} ${does} not change saved goals`, hint })];
}

/** Names that any of the plans knows. */
function namesOf(sides: readonly Side[]): KnownNames {
  const each = sides.map(({ model, head, lines }) => {
    const ofLines = [...new Map(lines.map(({ source, owner }) => [source, owner]))];
    const sources = model?.sources ?? ofLines.map(([name, owner]) => ({ name, owner }));
    return knownNames({ reps: model?.reps ?? [], stages: head.stages, sources }, lines);
  });
  const merged = (what: keyof KnownNames) => new Map(each.flatMap((names) => [...names[what]]));
  return {
    team: merged('team'),
    rep: merged('rep'),
    source: merged('source'),
    owner: merged('owner'),
    stage: merged('stage'),
  };
}

interface Rendering {
  readonly shown: CompareShown;
  readonly inputs: readonly Input[];
  readonly options: CompareOptions;
  readonly style: TextStyle;
}

const text = ({ shown, style }: Rendering, line: string): string[] => [
  renderBlocks(compareView(shown), { ...style, line }),
];

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<Format, (of: Rendering) => Iterable<string>>> = {
  table: (of) => text(of, of.style.ascii ? '|' : '│'),
  plain: (of) => text(of, ' '),
  json: ({ shown, inputs }) => compareJson(shown, inputs),
  csv: ({ shown, options }) => compareCsv(shown, options.bom ?? false),
  markdown: ({ shown }) => [compareMarkdown(shown)],
};
