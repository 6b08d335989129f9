/** Options that commands share: what was typed → a typed request. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlanRequest, Purpose } from '../files/plan-request.ts';
import type { DateOrder } from '../files/sheet/date-text.ts';
import type { Decimal } from '../files/sheet/decimal.ts';
import type { Grain } from '../period/fiscal.ts';
import type { Level } from '../quota/quota.ts';
import type { Io } from './io.ts';

/** Options that stand for a key of the plan file, by the key. */
const PLAN_KEYS = {
  quotas: ['--quotas <file>', 'quotas, in place of those of the plan file'],
  rates: ['--rates <file>', 'conversion rates: stage counts or shares'],
  deal_size: ['--deal-size <amount|file>', 'average amount of a closed deal'],
  reps: ['--reps <file>', 'reps with team, start and end'],
  actuals: ['--actuals <file>', 'what reached each stage in past months'],
  pipeline: ['--pipeline <file>', 'open and closed records of the CRM'],
  crm: ['--crm <file>', 'exports of the CRM: rates, lags, deal sizes, actuals and pipeline (repeatable)'],
  agreed: ['--agreed <file>', 'the saved plan that people were given'],
  confidence: ['--confidence <chance>', 'size goals for this chance of reaching the quota, such as 80%'],
  from: ['--from <month>', 'first month of the plan'],
  to: ['--to <month>', 'last month of the plan'],
  quota_unit: ['--quota-unit <unit>', 'money or deals'],
  size_on: ['--size-on <which>', 'reps or team, where both have a quota'],
  late: ['--late <how>', 'spread or report what has no source in time'],
  currency: ['--currency <code>', 'such as USD'],
} as const;

type PlanKey = keyof typeof PLAN_KEYS;

/** Those that may be given several times: a list in the plan file. */
const LISTS: ReadonlySet<string> = new Set<PlanKey>(['crm']);

/** Adds the options that say which plan, as of when, and how its files are read. */
export function addPlanOptions(command: Command): Command {
  command.argument('[plan]', 'plan file, or - for standard input; without one leadgoal.yaml here or above');
  return addPlanKeyOptions(command);
}

/** The same without the plan file, for commands that name theirs in another way. */
export function addPlanKeyOptions(command: Command): Command {
  for (const [key, [flags, text]] of Object.entries(PLAN_KEYS))
    LISTS.has(key) ? command.option(flags, text, collect) : command.option(flags, text);
  command
    .option('--fiscal-year <year>', 'the fiscal year to plan, in place of from and to', fiscalYearNumber)
    .option('--as-of <date>', 'last day whose facts are known: a date, or today')
    .addOption(new Option('--decimal <sign>', 'decimal sign of the files').choices(['comma', 'point']))
    .addOption(
      new Option('--date-order <order>', 'order of numeric dates in the files').choices([
        'dmy',
        'mdy',
        'ymd',
      ]),
    )
    .option('--strict', 'faults in rows of actuals, pipeline and CRM are errors')
    .option('--scenario <name>', 'with the changes of this scenario of the plan file', once)
    .option(
      '--set <key=value>',
      'what if: deal_size=30000, quota=+10%, lags.lead_to_close=+1 month (repeatable)',
      collect,
    );
  return command;
}

/** Adds the options that say which rows are wanted. */
export function addSelectionOptions(command: Command): Command {
  return addRowOptions(command)
    .option('--source <name>', 'only this source (repeatable)', collect)
    .option('--owner <name>', 'only what this department owes (repeatable)', collect)
    .option('--stage <name>', 'only this stage (repeatable)', collect);
}

/** Adds the options that say whose rows of which length are wanted. */
export function addRowOptions(command: Command): Command {
  return command
    .option('--team <name>', 'only this team and those below it (repeatable)', collect)
    .option('--rep <name>', 'only this rep: name, id, email or alias (repeatable)', collect)
    .addOption(new Option('--level <level>', 'rows of this level').choices(['company', 'team', 'rep']))
    .addOption(new Option('--by <grain>', 'rows of this length').choices(['month', 'quarter', 'year']));
}

export const FORMATS = ['table', 'plain', 'json', 'csv', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** Adds the options that say how and where results are written. */
export function addOutputOptions(command: Command, formats: readonly string[] = FORMATS): Command {
  return command
    .addOption(
      new Option('-f, --format <format>', 'how results are written').choices(formats).default('table'),
    )
    .option('-o, --output <file>', 'write to a file, its extension picks the format (repeatable)', collect)
    .option('--width <columns>', 'columns of the table, in place of those of the terminal', widthNumber)
    .option('--ascii', 'no box characters')
    .option('--no-color', 'no colour')
    .option('--quiet', 'no notes and no warnings on standard error');
}

/** Values of all shared options, as commander hands them over. */
export interface TypedOptions {
  readonly fiscalYear?: number;
  readonly asOf?: string;
  readonly decimal?: Decimal;
  readonly dateOrder?: DateOrder;
  readonly strict?: boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly team?: readonly string[];
  readonly rep?: readonly string[];
  readonly source?: readonly string[];
  readonly owner?: readonly string[];
  readonly stage?: readonly string[];
  readonly level?: Level;
  readonly by?: Grain;
  readonly format: Format;
  readonly output?: readonly string[];
  readonly width?: number;
  readonly ascii?: boolean;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly wide?: boolean;
  readonly bom?: boolean;
  readonly [key: string]: unknown;
}

/** Of the options that say which plan and how it is read, those that were given: `--deal-size`. */
export function planFlagsIn(options: TypedOptions): string[] {
  const others = ['fiscal_year', 'as_of', 'decimal', 'date_order', 'strict', 'scenario', 'set'];
  return [...Object.keys(PLAN_KEYS), ...others]
    .filter((key) => options[camelCase(key)] !== undefined)
    .map((key) => `--${key.replaceAll('_', '-')}`);
}

/** Which plan to load, from the options given. The clock is asked only where the user says `today`. */
export function planRequest(
  plan: string | undefined,
  options: TypedOptions,
  { io, purpose = 'plan' }: { readonly io: Io; readonly purpose?: Purpose },
): PlanRequest {
  const keys: Record<string, string | readonly string[]> = {};
  for (const key of Object.keys(PLAN_KEYS) as PlanKey[]) {
    const value = options[camelCase(key)];
    if (typeof value === 'string' || isTexts(value)) keys[key] = value;
  }
  if (options.asOf !== undefined) keys.as_of = options.asOf === 'today' ? io.today() : options.asOf;
  return {
    plan: plan ?? null,
    keys,
    fiscalYear: options.fiscalYear ?? null,
    decimal: options.decimal ?? null,
    dateOrder: options.dateOrder ?? null,
    purpose,
    strict: options.strict ?? false,
    scenario: options.scenario ?? null,
    set: options.set ?? [],
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Of two scenarios nobody could say which is meant where they change the same. */
function once(value: string, before?: string): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError('name one; a scenario of both can stand in the plan file.');
}

function fiscalYearNumber(text: string): number {
  const digits = /^(?:fy)?\s*(\d{4}|\d\d)$/i.exec(text)?.[1];
  if (digits === undefined) throw new InvalidArgumentError('write a year such as 2027.');
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

const NARROWEST = 40;

function widthNumber(text: string): number {
  const width = Number(text);
  if (!Number.isInteger(width) || width < NARROWEST) {
    throw new InvalidArgumentError(`write a whole number of columns, at least ${NARROWEST}.`);
  }
  return width;
}
