/** Options of the commands that read a history. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collect, type TypedOptions } from '../options.ts';

export interface HistoryOptions extends TypedOptions {
  readonly plan?: string;
  readonly stages?: string;
  readonly column?: readonly string[];
  readonly join?: string;
  readonly logFrom?: string;
  /** Months. */
  readonly halfLife?: number;
  readonly timezone?: string;
}

/** Adds the options that say which history, and how it is read. */
export function addHistoryOptions(command: Command): Command {
  return command
    .argument(
      '[history...]',
      'CSV, JSON lines or Parquet files (also .gz), folders, patterns, or - for standard input',
    )
    .option(
      '--plan <file>',
      'plan file with stages, columns and crm; without one leadgoal.yaml here or above',
    )
    .option('--stages <names>', 'the stages in order: lead,close')
    .option(
      '--column <stage=header>',
      'the column of a stage, or of rep, team, source … (repeatable)',
      collect,
    )
    .option('--join <file>', 'a second file, such as won deals, joined by id')
    .option('--log-from <date>', 'first day whose exits were recorded, in place of the first one seen')
    .option('--half-life <months>', 'records weigh half after so many months', monthsNumber)
    .option('--timezone <zone>', 'whose midnight ends a day, where times name their zone', 'UTC')
    .option(
      '--as-of <date>',
      'last day whose facts are known: a date, or today; else the last day in the history',
    )
    .addOption(
      new Option('--date-order <order>', 'order of numeric dates in the files').choices([
        'dmy',
        'mdy',
        'ymd',
      ]),
    )
    .addOption(new Option('--decimal <sign>', 'decimal sign of amounts').choices(['comma', 'point']))
    .option('--set <key=value>', 'what if: another value for a key of the plan file (repeatable)', collect)
    .option('--strict', 'dirty records are errors');
}

function monthsNumber(text: string): number {
  const months = Number(text);
  if (!(months > 0 && Number.isFinite(months)))
    throw new InvalidArgumentError('write a number of months above 0.');
  return months;
}

/** `lead,close`. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** As they were typed, for whoever makes the same again. */
export function optionsMade(options: HistoryOptions): Record<string, unknown> {
  const { stages, column, join, timezone, dateOrder, set } = options;
  const made: Record<string, unknown> = {};
  if (stages !== undefined) made.stages = listOf(stages);
  if (column !== undefined) made.columns = [...column];
  if (join !== undefined) made.join = join;
  if (timezone !== undefined && timezone !== 'UTC') made.timezone = timezone;
  if (dateOrder !== undefined) made.date_order = dateOrder;
  if (set !== undefined) made.set = [...set];
  return made;
}
