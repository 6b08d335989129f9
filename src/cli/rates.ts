/** `leadgoal rates`: conversion rates and lags from CRM history, with evidence, as a rates file. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { HistoryEstimate } from '../history/estimate.ts';
import { estimateHistory } from '../history/estimate-history.ts';
import { error, hasErrors, NOWHERE, type Problem } from '../problem.ts';
import { type RatesFormat, renderRates } from '../report/rates/rates.ts';
import type { RatesFile } from '../report/rates/rates-rows.ts';
import type { Selection } from '../report/selection.ts';
import type { CommandContext } from './command.ts';
import { complain } from './complain.ts';
import { addHistoryOptions, type HistoryOptions, type ReadHistory, withHistory } from './history.ts';
import { dirtProblem } from './history-files.ts';
import { EXIT, type Io } from './io.ts';
import { addOutputOptions, collect, FORMATS } from './options.ts';
import {
  fileStyle,
  print,
  type Result,
  type Target,
  targetsAmong,
  targetsOf,
  terminalStyle,
  writeFiles,
} from './output.ts';
import { remark } from './remark.ts';
import { type KnownNames, selectionOf } from './select.ts';

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
    .option('--source <name>', 'only this source (repeatable)', collect)
    .option('--stage <name>', 'only transitions from this stage (repeatable)', collect)
    .option('--half-life <months>', 'records weigh half after so many months', monthsNumber)
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (history: readonly string[], options: HistoryOptions) => {
      done(await runRates(history, options, io));
    });
}

function monthsNumber(text: string): number {
  const months = Number(text);
  if (!(months > 0 && Number.isFinite(months)))
    throw new InvalidArgumentError('write a number of months above 0.');
  return months;
}

async function runRates(names: readonly string[], options: HistoryOptions, io: Io): Promise<number> {
  const format = options.format === 'json' ? 'json' : 'text';
  const { targets, problems: untargeted } = targetsOf<RatesFormat>(options, YAML);
  const unfit = [...untargeted, ...filtersOfPlans(targets, options)];
  if (unfit.length > 0) return complain(unfit, io, format);
  const { code, problems } = await withHistory(names, { options, io }, async (history) => {
    const estimate = estimateHistory(history.tallies, { halfLife: options.halfLife ?? null });
    const { selection, problems: unknown } = selectionOf(namesIn(estimate), options);
    const refused = [...unknown, ...targetsAmong(targets, history.inputs)];
    if (refused.length > 0) return complain(refused, io, format);
    const file = fileOf(history, { estimate, selection, options });
    const results: Result<RatesFormat>[] = targets.map((target) => ({
      target,
      pieces: renderRates(target.format, file, {
        ...(target.format === 'table' ? terminalStyle(options, io) : fileStyle(options)),
        bom: options.bom ?? false,
      }),
    }));
    const unwritten = writeFiles(results);
    if (hasErrors(unwritten)) return complain(unwritten, io, format);
    if (!options.quiet) remark([], [...file.warnings, ...dirtUnsaid(targets, history)], io);
    print(results, io);
    return EXIT.done;
  });
  return code ?? complain(problems, io, format);
}

/** A rates file is what plans read, and they need every row. Errors: `usage`. */
function filtersOfPlans(targets: readonly Target<RatesFormat>[], options: HistoryOptions): Problem[] {
  const filters = (['team', 'rep', 'source', 'stage', 'level'] as const).filter(
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

/** Names that filters may mean, as the history has them. */
export function namesIn({ rates, stages }: HistoryEstimate): KnownNames {
  const lower = (names: readonly (string | null)[]) =>
    new Map(names.flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  return {
    team: lower(rates.map(({ team }) => team)),
    rep: lower(rates.map(({ rep }) => rep)),
    source: lower(rates.map(({ source }) => source)),
    owner: new Map(),
    stage: lower(stages),
  };
}
