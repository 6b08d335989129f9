/** `leadgoal track`: actuals against the agreed goals: attainment, pace, goals for what is left. */
import type { Command } from 'commander';
import type { Input } from '../files/input.ts';
import type { Problem } from '../problem.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderBlocks } from '../report/table.ts';
import { trackCsv, trackJson } from '../report/track/track-json.ts';
import type { TrackShown } from '../report/track/track-rows.ts';
import { trackView } from '../report/track/track-view.ts';
import { trackPlan } from '../track/track-plan.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { loadRequested } from './crm.ts';
import { deliver } from './deliver.ts';
import type { Io } from './io.ts';
import {
  addOutputOptions,
  addPlanOptions,
  addSelectionOptions,
  collect,
  type Format,
  planRequest,
  type TypedOptions,
} from './options.ts';
import { type TextStyle, targetsAmong, targetsOf } from './output.ts';
import { periodIn } from './period.ts';
import { knownNames, selectionOf } from './select.ts';

const EXAMPLES = `Examples:
  leadgoal plan -o goals.json                           the goals people are given: agreed: goals.json
  leadgoal track --as-of today                          this quarter against them
  leadgoal track --owner marketing --period Q1
  leadgoal track -f csv --level team --by month
`;

const FORMULAS = `
Formulas:
  due             agreed goals of the months that are over, of this month by its days
  ahead           actual less due; in days: how much sooner or later the agreed goals come to the actual
  to go           goals of the plan made again as of the day: what is left of this month, and later months
  estimate        actual + what is still to come: leads at the pace so far (reached ÷ due), later stages
                  from records that exist and those leads, by the plan's rates and lags
`;

interface TrackOptions extends TypedOptions {
  readonly period?: readonly string[];
}

export function trackCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addSelectionOptions(addPlanOptions(command)))
    .option(
      '--period <period>',
      'month, quarter or year of the plan, in place of the current quarter (repeatable)',
      collect,
    )
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (plan: string | undefined, options: TrackOptions) => {
      done(await runTrack(plan, options, io));
    });
}

async function runTrack(path: string | undefined, options: TrackOptions, io: Io): Promise<number> {
  const format = problemFormatOf(options);
  const loaded = await loadRequested(planRequest(path, options, { io, purpose: 'track' }));
  if (loaded.value === null) return complain(loaded.problems, io, format);
  const { model, inputs, agreed } = loaded.value;
  const named = (options.period ?? []).map((text) => periodIn(model, text));
  const unnamed = named.flatMap(({ problems }) => problems);
  const tracked = trackPlan(model, agreed);
  const warnings = [...loaded.problems, ...tracked.problems];
  if (tracked.value === null) return complain([...warnings, ...unnamed], io, format);
  const track = tracked.value;
  const { selection, problems: unknown } = selectionOf(knownNames(model, track.lines), options);
  const { targets, problems: untargeted } = targetsOf(options);
  const refused = [...unnamed, ...unknown, ...untargeted, ...targetsAmong(targets, inputs)];
  if (refused.length > 0) return complain(refused, io, format);
  const shown = { track, selection, periods: named.flatMap(({ value }) => value ?? []) };
  const render = (written: Format, style: TextStyle) =>
    RENDERERS[written]({ shown, inputs, warnings, options, style });
  return deliver(
    { targets, render, reports: loaded.reports, warnings, changes: loaded.value.model.changes },
    options,
    io,
  );
}

interface Rendering {
  readonly shown: TrackShown;
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
  readonly options: TrackOptions;
  readonly style: TextStyle;
}

const text = ({ shown, style }: Rendering, line: string): string[] => [
  renderBlocks(trackView(shown), { ...style, line }),
];

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<Format, (of: Rendering) => Iterable<string>>> = {
  table: (of) => text(of, of.style.ascii ? '|' : '│'),
  plain: (of) => text(of, ' '),
  json: ({ shown, inputs, warnings }) => trackJson({ ...shown, inputs, warnings }),
  csv: ({ shown, options }) => trackCsv(shown, options.bom ?? false),
  markdown: ({ shown }) => [renderMarkdown(trackView(shown))],
};
