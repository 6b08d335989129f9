/** Which history is asked for: the plan beside it, its files, columns and days. */
import { type HistoryPlanRead, readHistoryPlan } from '../../files/history/history-plan.ts';
import { parseDate } from '../../files/sheet/date-text.ts';
import type { Day } from '../../period/day.ts';
import { error, hasErrors, NOWHERE, type Parsed, type Problem } from '../../problem.ts';
import type { Io } from '../io.ts';
import { type HistoryOptions, listOf } from './history-options.ts';

export interface HistoryAsked {
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

const isPlan = (name: string): boolean => /\.ya?ml$/i.test(name);

/**
 * From the names and options typed. The clock is asked only where the user says `today`. Errors: `usage`, and those of
 * the plan file.
 */
export function historyAsked(
  names: readonly string[],
  options: HistoryOptions,
  io: Io,
): Parsed<HistoryAsked> {
  const { columns, problems: ofColumns } = columnsAsked(options.column ?? []);
  const asOf = dayAsked('--as-of', options.asOf === 'today' ? io.today() : options.asOf);
  const logFrom = dayAsked('--log-from', options.logFrom);
  const plan = readHistoryPlan({
    plan: options.plan ?? names.find(isPlan) ?? null,
    stages: options.stages === undefined ? null : listOf(options.stages),
    columns,
    set: options.set ?? [],
    decimal: options.decimal ?? null,
  });
  const problems = [...ofColumns, ...asOf.problems, ...logFrom.problems, ...plan.problems];
  if (plan.value === null || hasErrors(problems)) return { value: null, problems };
  const own = names.filter((name) => !isPlan(name));
  const isCrm = own.length === 0 && plan.value.crm.length > 0;
  if (own.length === 0 && !isCrm) return { value: null, problems: [...problems, noHistory()] };
  return {
    value: {
      plan: plan.value,
      names: isCrm ? plan.value.crm : own,
      join: options.join ?? null,
      isCrm,
      asOf: asOf.value ?? plan.value.asOf,
      logFrom: logFrom.value,
      columns,
      options,
    },
    problems,
  };
}

/** `lead=Lead created`: a header by our name for it. */
function columnsAsked(typed: readonly string[]): { columns: Record<string, string>; problems: Problem[] } {
  const columns: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const text of typed) {
    const [, name, header] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name !== undefined && header !== undefined) columns[name.trim()] = header.trim();
    else problems.push(usage(`--column ${text} names no header`, 'write --column lead="Lead created"'));
  }
  return { columns, problems };
}

/** Null without a problem where none was asked for. */
function dayAsked(flag: string, text: string | undefined): Parsed<Day> {
  if (text === undefined) return { value: null, problems: [] };
  const { value } = parseDate(text, null);
  return {
    value,
    problems: value === null ? [usage(`${flag} ${text} is no date`, 'write it as 2026-12-31')] : [],
  };
}

const usage = (detail: string, hint: string): Problem => error('usage', NOWHERE, { detail, hint });

function noHistory(): Problem {
  return usage(
    'no history was named',
    'leadgoal rates history.csv, or name the CRM’s exports in the plan: crm: [leads.csv, opportunities.csv]',
  );
}
