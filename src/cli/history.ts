/** Histories, as `rates` and `backtest` read them: options → files → tallies, counted by an engine. */
import { type Command, Option } from 'commander';
import { countHistory, type HistoryRequest } from '../engines/count-history.ts';
import { openDuckDb } from '../engines/duckdb.ts';
import type { Engine } from '../engines/engine.ts';
import { knowsTimezone } from '../engines/read-files.ts';
import { findHistoryFiles } from '../files/history/find-files.ts';
import { type HistoryPlanRead, readHistoryPlan } from '../files/history/history-plan.ts';
import { haveNoRows, sharesIds } from '../files/history/shared-ids.ts';
import type { Input } from '../files/input.ts';
import type { TemporaryFile } from '../files/read.ts';
import { parseDate } from '../files/sheet/date-text.ts';
import type { HistoryFiles } from '../history/layout.ts';
import type { HistoryTallies } from '../history/tallies.ts';
import type { Day } from '../period/day.ts';
import { addMonths, firstDay, monthOfDay } from '../period/month.ts';
import { at, error, hasErrors, NOWHERE, type Parsed, type Problem } from '../problem.ts';
import { columnsNotThere, daysOutside, endsEarly } from './history-checks.ts';
import { dirtProblem, formsOf, joinOrder, orderOf } from './history-files.ts';
import type { Io } from './io.ts';
import { collect, type TypedOptions } from './options.ts';

export interface HistoryOptions extends TypedOptions {
  readonly plan?: string;
  readonly stages?: string;
  readonly column?: readonly string[];
  readonly join?: string;
  readonly logFrom?: string;
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
    .option('--strict', 'dirty records are errors');
}

export interface ReadHistory {
  readonly tallies: HistoryTallies;
  /** The tallies of an earlier day, from the same files. */
  readonly asKnownOn: (day: Day) => Promise<Parsed<HistoryTallies>>;
  readonly plan: HistoryPlanRead;
  readonly inputs: readonly Input[];
  /** What else was asked for, as the rates file tells it. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly logFrom: Day | null;
  /** Warnings of how it was read. */
  readonly problems: readonly Problem[];
}

interface Asked {
  readonly plan: HistoryPlanRead;
  readonly names: readonly string[];
  readonly join: string | null;
  /** Whether they are the plan's exports of the CRM, whose deals belong to its leads. */
  readonly isCrm: boolean;
  readonly asOf: Day | null;
  readonly logFrom: Day | null;
  /** Headers by our names, as `--column` says them. */
  readonly columns: Readonly<Record<string, string>>;
  readonly options: HistoryOptions;
}

/** Reads a history and hands it on while its files are open. */
export async function withHistory(
  names: readonly string[],
  { options, io }: { readonly options: HistoryOptions; readonly io: Io },
  use: (history: ReadHistory) => Promise<number>,
): Promise<{ code: number | null; problems: readonly Problem[] }> {
  const asked = askedFor(names, options, io);
  if (asked.value === null) return { code: null, problems: asked.problems };
  const engine = await openDuckDb();
  if (engine.value === null) return { code: null, problems: engine.problems };
  try {
    return await withFiles(asked.value, engine.value, use);
  } finally {
    engine.value.close();
  }
}

/** `lead,close`. */
const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function askedFor(names: readonly string[], options: HistoryOptions, io: Io): Parsed<Asked> {
  const isPlan = (name: string): boolean => /\.ya?ml$/i.test(name);
  const problems: Problem[] = [];
  const usage = (detail: string, hint: string): void =>
    void problems.push(error('usage', NOWHERE, { detail, hint }));
  const columns: Record<string, string> = {};
  for (const text of options.column ?? []) {
    const [, name, header] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || header === undefined)
      usage(`--column ${text} names no header`, 'write --column lead="Lead created"');
    else columns[name.trim()] = header.trim();
  }
  const dayOf = (flag: string, text: string | undefined): Day | null => {
    if (text === undefined) return null;
    const { value } = parseDate(text === 'today' && flag === '--as-of' ? io.today() : text, null);
    if (value === null) usage(`${flag} ${text} is no date`, 'write it as 2026-12-31');
    return value;
  };
  const asOf = dayOf('--as-of', options.asOf);
  const logFrom = dayOf('--log-from', options.logFrom);
  const plan = readHistoryPlan({
    plan: options.plan ?? names.find(isPlan) ?? null,
    stages: options.stages === undefined ? null : listOf(options.stages),
    columns,
  });
  problems.push(...plan.problems);
  if (plan.value === null || hasErrors(problems)) return { value: null, problems };
  const own = names.filter((name) => !isPlan(name));
  const isCrm = own.length === 0 && plan.value.crm.length > 0;
  if (own.length === 0 && !isCrm)
    return {
      value: null,
      problems: [
        ...problems,
        error('usage', NOWHERE, {
          detail: 'no history was named',
          hint: 'leadgoal rates history.csv, or name the CRM’s exports in the plan: crm: [leads.csv, opportunities.csv]',
        }),
      ],
    };
  return {
    value: {
      plan: plan.value,
      names: isCrm ? plan.value.crm : own,
      join: options.join ?? null,
      isCrm,
      asOf: asOf ?? plan.value.asOf,
      logFrom,
      columns,
      options,
    },
    problems,
  };
}

async function withFiles(
  asked: Asked,
  engine: Engine,
  use: (history: ReadHistory) => Promise<number>,
): Promise<{ code: number | null; problems: readonly Problem[] }> {
  const zone = asked.options.timezone ?? 'UTC';
  if (!(await knowsTimezone(engine, zone))) {
    const args = { detail: `--timezone ${zone} is not known`, hint: 'write a name such as America/New_York' };
    return { code: null, problems: [error('usage', NOWHERE, args)] };
  }
  const found = findHistoryFiles(asked.names);
  const joined = asked.join === null ? null : findHistoryFiles([asked.join]);
  const copies: TemporaryFile[] = [];
  try {
    const problems = [...found.problems, ...(joined?.problems ?? [])];
    if (found.value === null || joined?.value === null) return { code: null, problems };
    const of = { engine, plan: asked.plan, copies, decimal: asked.options.decimal ?? null };
    const files = await formsOf(found.value.files, of);
    const joinedFiles = joined === null ? null : await formsOf(joined.value.files, of);
    if (files.value === null || (joinedFiles !== null && joinedFiles.value === null))
      return { code: null, problems: [...files.problems, ...(joinedFiles?.problems ?? [])] };
    const inputs = [...asked.plan.inputs, ...found.value.inputs, ...(joined?.value.inputs ?? [])];
    const absent = columnsNotThere(asked.columns, [...files.value, ...(joinedFiles?.value ?? [])]);
    if (absent.length > 0) return { code: null, problems: absent };
    const read =
      joinedFiles === null
        ? inOrder(files.value, asked, copies)
        : { files: files.value, joined: joinedFiles.value ?? [] };
    return await counted(asked, { engine, ...read, inputs, copies }, use);
  } finally {
    found.value?.close();
    joined?.value?.close();
    for (const copy of copies) copy.remove();
  }
}

/** Leads and their deals, where it is clear that they belong together; else side by side. */
function inOrder(
  files: readonly HistoryFiles[],
  { isCrm, plan }: Asked,
  copies: TemporaryFile[],
): Pick<Opened, 'files' | 'joined'> {
  const order = joinOrder(files, plan.stages);
  const isJoined = order.joined.length > 0 && (isCrm || sharesIds(order.files, order.joined, copies));
  return isJoined ? order : { files, joined: [] };
}

interface Opened {
  readonly engine: Engine;
  readonly files: readonly HistoryFiles[];
  readonly joined: readonly HistoryFiles[];
  readonly inputs: readonly Input[];
  readonly copies: TemporaryFile[];
}

async function counted(
  { plan, asOf, logFrom, options }: Asked,
  { engine, files, joined, inputs, copies }: Opened,
  use: (history: ReadHistory) => Promise<number>,
): Promise<{ code: number | null; problems: readonly Problem[] }> {
  const shown = files[0]?.names[0] ?? null;
  const request: HistoryRequest = {
    files,
    joined,
    stages: plan.stages,
    asOf,
    logFrom,
    timezone: options.timezone ?? 'UTC',
    meaning: plan.meaning,
    orderOf: (texts) => orderOf(texts, options.dateOrder ?? null, shown),
  };
  const countOn = (day: Day | null) => countHistory(engine, { ...request, asOf: day });
  const tallies = await countOn(asOf);
  const isEmpty = (tallies.value?.rows ?? 0) === 0 && haveNoRows(files, copies);
  if (isEmpty) return { code: null, problems: [error('no_data_rows', at(shown), { kind: 'records' })] };
  if (tallies.value === null) return { code: null, problems: tallies.problems };
  const outside = await daysOutside(tallies.value, { asOf, logFrom }, countOn);
  if (outside.length > 0) return { code: null, problems: outside };
  const dirty = options.strict ? tallies.value.dirt.map((dirt) => dirtProblem(dirt, 'error')) : [];
  if (dirty.length > 0) return { code: null, problems: dirty };
  const ended = asOf === null ? [] : await endsEarly(tallies.value, countOn);
  const code = await use({
    tallies: tallies.value,
    asKnownOn: countOn,
    plan,
    inputs,
    options: optionsMade(options),
    logFrom,
    problems: [...tallies.problems, ...ended],
  });
  return { code, problems: [] };
}

/** As they were typed, for whoever makes the same again. */
function optionsMade(options: HistoryOptions): Record<string, unknown> {
  const { stages, column, join, timezone, dateOrder } = options;
  const made: Record<string, unknown> = {};
  if (stages !== undefined) made.stages = listOf(stages);
  if (column !== undefined) made.columns = [...column];
  if (join !== undefined) made.join = join;
  if (timezone !== undefined && timezone !== 'UTC') made.timezone = timezone;
  if (dateOrder !== undefined) made.date_order = dateOrder;
  return made;
}

/** Ends of the quarters that lie whole before the last day, the earliest first. */
export function quarterEnds(first: Day, last: Day): Day[] {
  const ends: Day[] = [];
  for (let month = addMonths(monthOfDay(first), 1); ; month = addMonths(month, 1)) {
    const end = (firstDay(month) - 1) as Day;
    if (end >= last) return ends;
    if (month % 3 === 0 && end > first) ends.push(end);
  }
}
