/** `leadgoal backtest`: how far goals made on earlier days would have been off. */
import { type Command, Option } from 'commander';
import { backtest, type Known } from '../history/backtest.ts';
import { ofSources } from '../history/of-sources.ts';
import { originsBetween } from '../history/origins.ts';
import { sourcesOf } from '../history/slice.ts';
import type { HistoryTallies } from '../history/tallies.ts';
import type { Grain } from '../period/fiscal.ts';
import { error, NOWHERE, type Parsed, type Problem } from '../problem.ts';
import { type BacktestFormat, renderBacktest } from '../report/backtest/backtest.ts';
import type { BacktestFile } from '../report/backtest/backtest-json.ts';
import type { Selection } from '../report/selection.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { deliver } from './deliver.ts';
import { firstDayOf } from './history/history-checks.ts';
import { dirtProblem } from './history/history-files.ts';
import { type NamesInHistory, selectionInHistory } from './history/history-names.ts';
import { addHistoryOptions, type HistoryOptions } from './history/history-options.ts';
import { type ReadHistory, withHistory } from './history/with-history.ts';
import type { Io } from './io.ts';
import { addOutputOptions, collect } from './options.ts';
import { type TextStyle, targetsAmong, targetsOf } from './output.ts';

const EXAMPLES = `Examples:
  leadgoal backtest history.csv                                     how far to trust the goals
  leadgoal backtest leads.csv --join opportunities.csv --as-of 2026-12-31
  leadgoal backtest history.csv --source inbound --by month
  leadgoal backtest history.csv -o backtest.csv
`;

const FORMULAS = `
How:
  At every quarter's end (--by: every month's or year's) the rate is estimated again from what was known on
  that day. The truth is what had become, by the last day of the history, of the records of the twelve months
  before that day.
  naive           converted ÷ records, as known on that day
  won ÷ closed    converted ÷ (converted + lost), as known on that day
  last year       the naive ratio of the year before
  Off by          the root mean square of log(estimate ÷ truth), as a percent
`;

export function backtestCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addHistoryOptions(command))
    .addOption(
      new Option('--by <grain>', 'made again at the end of every calendar month, quarter or year')
        .choices(['month', 'quarter', 'year'])
        .default(USUAL_GRAIN),
    )
    .option('--source <name>', 'only records of this source (repeatable)', collect)
    .option(
      '--owner <name>',
      'only of the sources that the plan gives to this department (repeatable)',
      collect,
    )
    .option('--stage <name>', 'only transitions from this stage (repeatable)', collect)
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (history: readonly string[], options: HistoryOptions) => {
      done(await runBacktest(history, options, io));
    });
  for (const name of PARTS) command.addOption(new Option(`--${name} <name>`).hideHelp());
}

/** Options of other commands that are refused: records are counted by rep and team, but not by the day they moved. */
const PARTS = ['team', 'rep', 'level'] as const;

async function runBacktest(names: readonly string[], options: HistoryOptions, io: Io): Promise<number> {
  const format = problemFormatOf(options);
  const { targets, problems: untargeted } = targetsOf<BacktestFormat>(options);
  const unfit = [...untargeted, ...partsAsked(options)];
  if (unfit.length > 0) return complain(unfit, io, format);
  const { value: code, problems } = await withHistory(names, { options, io }, async (history) => {
    const { selection, problems: unknown } = selectionInHistory(
      namesIn(history.tallies),
      history.plan,
      options,
    );
    const refused = [...unknown, ...targetsAmong(targets, history.inputs)];
    if (refused.length > 0) return complain(refused, io, format);
    const known = await knownOnEarlierDays(history, selection);
    if (known.value === null) return complain(known.problems, io, format);
    const file = fileOf(history, { known: known.value, selection, halfLife: options.halfLife ?? null });
    const render = (written: BacktestFormat, style: TextStyle) =>
      renderBacktest(written, file, { ...style, bom: options.bom ?? false });
    return deliver({ targets, render, warnings: file.warnings }, options, io);
  });
  return code ?? complain(problems, io, format);
}

/** Errors: `usage`. */
function partsAsked(options: HistoryOptions): Problem[] {
  return PARTS.filter((name) => options[name] !== undefined).map((name) =>
    error('usage', NOWHERE, {
      detail: `--${name}: a backtest is of the company or its sources`,
      hint: `leave --${name} out; --source NAME is a backtest of one source`,
    }),
  );
}

/** No transition starts from the last stage. */
const namesIn = (tallies: HistoryTallies): NamesInHistory => ({
  teams: [],
  reps: [],
  sources: sourcesOf(tallies),
  stages: tallies.stages.slice(0, -1),
});

/** Where a backtest is made when nothing else is asked for. */
const USUAL_GRAIN: Grain = 'quarter';

const among = (tallies: HistoryTallies, { sources }: Selection): HistoryTallies =>
  sources.length === 0 ? tallies : ofSources(tallies, sources);

/** The tallies of the end of every period within the history, each with only what was known then. */
async function knownOnEarlierDays(
  { tallies, asKnownOn }: ReadHistory,
  selection: Selection,
): Promise<Parsed<Known[]>> {
  const known: Known[] = [];
  const first = firstDayOf(among(tallies, selection));
  const origins = first === null ? [] : originsBetween(first, tallies.asOf, selection.by ?? USUAL_GRAIN);
  for (const origin of origins) {
    const then = await asKnownOn(origin);
    if (then.value === null) return { value: null, problems: then.problems };
    known.push({ origin, tallies: among(then.value, selection) });
  }
  return { value: known, problems: [] };
}

interface Made {
  readonly known: readonly Known[];
  readonly selection: Selection;
  readonly halfLife: number | null;
}

function fileOf(
  { tallies, plan, inputs, options, logFrom, problems }: ReadHistory,
  { known, selection, halfLife }: Made,
): BacktestFile {
  const { asOf, stages, rows } = tallies;
  const { sources, by } = selection;
  const whole = backtest(known, among(tallies, selection), { halfLife });
  const isPicked = selection.stages.length > 0;
  const isAsked = ({ from }: { readonly from: number }): boolean =>
    !isPicked || selection.stages.includes(stages[from]!);
  const asked = {
    ...(sources.length === 0 ? {} : { sources }),
    ...(by === null || by === USUAL_GRAIN ? {} : { by }),
  };
  return {
    ...{ plan, inputs, sources, isPicked },
    backtest: { ...whole, rows: whole.rows.filter(isAsked) },
    history: { asOf, stages, rows },
    warnings: [...problems, ...tallies.dirt.map((dirt) => dirtProblem(dirt, 'warning'))],
    made: { logFrom, halfLife, options: { ...options, ...asked } },
  };
}
