/** `leadgoal backtest`: how far goals made on earlier days would have been off. */
import type { Command } from 'commander';
import { backtest, type Known } from '../history/backtest.ts';
import { hasErrors, type Parsed } from '../problem.ts';
import { type BacktestFormat, renderBacktest } from '../report/backtest/backtest.ts';
import type { CommandContext } from './command.ts';
import { complain } from './complain.ts';
import {
  addHistoryOptions,
  type HistoryOptions,
  quarterEnds,
  type ReadHistory,
  withHistory,
} from './history.ts';
import { firstDayOf } from './history-checks.ts';
import { dirtProblem } from './history-files.ts';
import { EXIT, type Io } from './io.ts';
import { addOutputOptions } from './options.ts';
import {
  fileStyle,
  print,
  type Result,
  targetsAmong,
  targetsOf,
  terminalStyle,
  writeFiles,
} from './output.ts';
import { remark } from './remark.ts';

const EXAMPLES = `Examples:
  leadgoal backtest history.csv                                     how far to trust the goals
  leadgoal backtest leads.csv --join opportunities.csv --as-of 2026-12-31
  leadgoal backtest history.csv -o backtest.csv
`;

const FORMULAS = `
How:
  At every quarter's end the rate is estimated again from what was known on that day. The truth is what
  had become, by the last day of the history, of the records of the twelve months before that quarter's end.
  naive           converted ÷ records, as known on that day
  won ÷ closed    converted ÷ (converted + lost), as known on that day
  last year       the naive ratio of the year before
  Off by          the root mean square of log(estimate ÷ truth), as a percent
`;

export function backtestCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addHistoryOptions(command))
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (history: readonly string[], options: HistoryOptions) => {
      done(await runBacktest(history, options, io));
    });
}

async function runBacktest(names: readonly string[], options: HistoryOptions, io: Io): Promise<number> {
  const format = options.format === 'json' ? 'json' : 'text';
  const { targets, problems: untargeted } = targetsOf<BacktestFormat>(options);
  if (untargeted.length > 0) return complain(untargeted, io, format);
  const { code, problems } = await withHistory(names, { options, io }, async (history) => {
    const refused = targetsAmong(targets, history.inputs);
    if (refused.length > 0) return complain(refused, io, format);
    const known = await knownOnEarlierDays(history);
    if (known.value === null) return complain(known.problems, io, format);
    const file = fileOf(history, known.value);
    const results: Result<BacktestFormat>[] = targets.map((target) => ({
      target,
      pieces: renderBacktest(target.format, file, {
        ...(target.format === 'table' ? terminalStyle(options, io) : fileStyle(options)),
        bom: options.bom ?? false,
      }),
    }));
    const unwritten = writeFiles(results);
    if (hasErrors(unwritten)) return complain(unwritten, io, format);
    if (!options.quiet) remark([], file.warnings, io);
    print(results, io);
    return EXIT.done;
  });
  return code ?? complain(problems, io, format);
}

/** The tallies of every quarter's end within the history, each with only what was known then. */
async function knownOnEarlierDays({ tallies, asKnownOn }: ReadHistory): Promise<Parsed<Known[]>> {
  const known: Known[] = [];
  const first = firstDayOf(tallies);
  for (const origin of first === null ? [] : quarterEnds(first, tallies.asOf)) {
    const then = await asKnownOn(origin);
    if (then.value === null) return { value: null, problems: then.problems };
    known.push({ origin, tallies: then.value });
  }
  return { value: known, problems: [] };
}

function fileOf({ tallies, plan, inputs, options, logFrom, problems }: ReadHistory, known: readonly Known[]) {
  const { asOf, stages, rows } = tallies;
  return {
    backtest: backtest(known, tallies),
    history: { asOf, stages, rows },
    plan,
    inputs,
    warnings: [...problems, ...tallies.dirt.map((dirt) => dirtProblem(dirt, 'warning'))],
    made: { logFrom, halfLife: null, options },
  };
}
