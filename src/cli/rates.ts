/** `leadgoal rates`: conversion rates and lags from CRM history, with evidence, as a rates file. */
import { type Command, Option } from 'commander';
import type { HistoryEstimate } from '../history/estimate.ts';
import { estimateHistory } from '../history/estimate-history.ts';
import { error, NOWHERE, type Problem } from '../problem.ts';
import { type RatesFormat, renderRates } from '../report/rates/rates.ts';
import type { RatesFile } from '../report/rates/rates-rows.ts';
import type { Selection } from '../report/selection.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { deliver } from './deliver.ts';
import { dirtProblem } from './history/history-files.ts';
import { type NamesInHistory, selectionInHistory } from './history/history-names.ts';
import { addHistoryOptions, type HistoryOptions } from './history/history-options.ts';
import { type ReadHistory, withHistory } from './history/with-history.ts';
import type { Io } from './io.ts';
import { addOutputOptions, collect, FORMATS } from './options.ts';
import { type Target, type TextStyle, targetsAmong, targetsOf } from './output.ts';

const EXAMPLES = `Examples:
  leadgoal rates history.csv                                        rates, intervals, lags: what they rest on
  leadgoal rates history.csv -o rates.yaml                          the file that plan reads: rates: rates.yaml
  leadgoal rates leads.csv --join opportunities.csv --as-of today
  leadgoal rates opportunities.csv --stages Prospecting,Proposal,close --level company
  leadgoal rates exports/ --column conversation="First Call"
`;

const FORMULAS = `
Formulas:
  naive           converted ÷ records: too low while records are young
  rate            what a life table by day says of records that had their time: of those still open
                  at each age, the share that advances or is lost; 80% interval beside it
  maturity        how much of what will convert has had the time to
  of few records  a rep's or team's rate is drawn to that of the level above, the more the fewer records
  answered by     the level whose records carry the rate
`;

export function ratesCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addHistoryOptions(command), [...FORMATS, 'yaml'])
    .option('--team <name>', 'only this team and those below it (repeatable)', collect)
    .option('--rep <name>', 'only this rep (repeatable)', collect)
    .addOption(new Option('--level <level>', 'rows of this level').choices(['company', 'team', 'rep']))
    .addOption(
      new Option('--by <grain>', 'cohorts of this length in the table; else as few as fit').choices([
        'month',
        'quarter',
        'year',
      ]),
    )
    .option('--source <name>', 'only this source (repeatable)', collect)
    .option('--owner <name>', 'only the sources that the plan gives to this department (repeatable)', collect)
    .option('--stage <name>', 'only transitions from this stage (repeatable)', collect)
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (history: readonly string[], options: HistoryOptions) => {
      done(await runRates(history, options, io));
    });
}

async function runRates(names: readonly string[], options: HistoryOptions, io: Io): Promise<number> {
  const format = problemFormatOf(options);
  const { targets, problems: untargeted } = targetsOf<RatesFormat>(options, YAML);
  const unfit = [...untargeted, ...filtersOfPlans(targets, options)];
  if (unfit.length > 0) return complain(unfit, io, format);
  const { value: code, problems } = await withHistory(names, { options, io }, async (history) => {
    const estimate = estimateHistory(history.tallies, { halfLife: options.halfLife ?? null });
    const { selection, problems: unknown } = selectionInHistory(namesIn(estimate), history.plan, options);
    const refused = [...unknown, ...targetsAmong(targets, history.inputs)];
    if (refused.length > 0) return complain(refused, io, format);
    const file = fileOf(history, { estimate, selection, options });
    const render = (written: RatesFormat, style: TextStyle) =>
      renderRates(written, file, { ...style, bom: options.bom ?? false });
    const warnings = [...file.warnings, ...dirtUnsaid(targets, history)];
    return deliver({ targets, render, warnings }, options, io);
  });
  return code ?? complain(problems, io, format);
}

/** A rates file is what plans read, and they need every row. Errors: `usage`. */
function filtersOfPlans(targets: readonly Target<RatesFormat>[], options: HistoryOptions): Problem[] {
  const filters = (['team', 'rep', 'source', 'owner', 'stage', 'level'] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (filters.length === 0 || !targets.some(({ format }) => format === 'yaml')) return [];
  const named = filters.map((name) => `--${name}`).join(' and ');
  const detail = `a rates file is for plans, which need all rows, and ${named} would cut it`;
  return [error('usage', NOWHERE, { detail, hint: `leave ${named} out, or write csv` })];
}

const TEXT_REPORTS: ReadonlySet<string> = new Set(['table', 'plain', 'markdown']);

/** Dirty records, where no report that people read tells of them. */
function dirtUnsaid(targets: readonly Target<RatesFormat>[], { tallies }: ReadHistory): Problem[] {
  if (targets.some(({ format }) => TEXT_REPORTS.has(format))) return [];
  return tallies.dirt.map((dirt) => dirtProblem(dirt, 'warning'));
}

const YAML = { yaml: 'yaml', yml: 'yaml' } as const;

interface Made {
  readonly estimate: HistoryEstimate;
  readonly selection: Selection;
  readonly options: HistoryOptions;
}

function fileOf(
  { plan, inputs, options: made, logFrom, problems }: ReadHistory,
  { estimate, selection, options }: Made,
): RatesFile {
  return {
    estimate,
    plan,
    selection,
    inputs,
    warnings: [...problems, ...estimate.problems],
    made: { logFrom, halfLife: options.halfLife ?? null, options: made },
  };
}

const namesIn = ({ rates, stages }: HistoryEstimate): NamesInHistory => ({
  teams: rates.map(({ team }) => team),
  reps: rates.map(({ rep }) => rep),
  sources: rates.map(({ source }) => source),
  stages,
});
