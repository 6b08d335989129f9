/** Plan file text (or options in its place) → what it says, with the place of every key. */
import type * as z from 'zod';
import {
  error,
  type Parsed,
  type Problem,
  type ProblemArguments,
  type ProblemCode,
  type Where,
} from '../problem.ts';
import { PLAN_KEYS, type PlanFile, planSchema } from './plan-schema.ts';
import { nearestWord } from './sheet/nearest.ts';

/** The raw keys of a plan, and where each was said. */
export interface RawPlan {
  readonly value: Readonly<Record<string, unknown>>;
  readonly whereOf: (path: readonly PropertyKey[]) => Where;
  readonly whereOfKey: (path: readonly PropertyKey[], key: string) => Where;
}

export interface PlanFileRead {
  /** Everything that could be read; keys with faults are left out. */
  readonly file: PlanFile;
  /** Keys left out because of their faults. */
  readonly faulty: ReadonlySet<string>;
}

/** One plan is read: compiling a parser for its shape would take longer than parsing it. */
const ONCE = { jitless: true } as const;

const NESTED_KEYS: Readonly<Record<string, readonly string[]>> = {
  sources: ['share', 'owner', 'starts_at', 'leads'],
  seasonality: ['Q1', 'Q2', 'Q3', 'Q4'],
};

/**
 * Reads the keys strictly. All faults of all keys are problems, each at its place; the value is there beside them,
 * without the faulty keys, so that the files it names can be checked in the same run.
 * Errors: `plan_not_map`, `key_unknown`, `value_not_allowed`, and the faults of cells.
 */
export function parsePlanFile(raw: RawPlan): Parsed<PlanFileRead> {
  const problems: Problem[] = [];
  const faulty = new Set<string>();
  const first = planSchema.safeParse(raw.value, ONCE);
  if (first.success) return { value: { file: first.data, faulty }, problems };
  for (const issue of first.error.issues) {
    problems.push(...problemsOf(issue, raw));
    if (issue.path.length > 0) faulty.add(String(issue.path[0]));
  }
  const sound = Object.fromEntries(
    Object.entries(raw.value).filter(([key]) => PLAN_KEYS.includes(key) && !faulty.has(key)),
  );
  const second = planSchema.safeParse(sound, ONCE);
  return { value: second.success ? { file: second.data, faulty } : null, problems };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, raw: RawPlan): Problem[] {
  const where = raw.whereOf(issue.path);
  const name = isNamed(where, issue.path) ? '' : pathText(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = issue.path.length === 0 ? PLAN_KEYS : (NESTED_KEYS[String(issue.path[0])] ?? []);
        const nearest = nearestWord(key, known) ?? '';
        return error('key_unknown', raw.whereOfKey(issue.path, key), {
          key,
          nearest,
          in: name,
          known: known.join(', '),
        });
      });
    case 'custom': {
      const { code, arguments: args } = issue.params as { code: ProblemCode; arguments: ProblemArguments };
      return [error(code, where, { key: name, ...args })];
    }
    case 'invalid_union':
      return fromUnion(issue, raw) ?? [notAllowed(issue, raw)];
    default:
      return [notAllowed(issue, raw)];
  }
}

/** Of the alternatives, the one that got furthest: the one whose faults lie deepest or carry our own code. */
function fromUnion(issue: Issue & { code: 'invalid_union' }, raw: RawPlan): Problem[] | null {
  const faults = issue.errors.flat();
  const own = faults.filter(
    (fault) => fault.code === 'custom' || fault.code === 'unrecognized_keys' || fault.path.length > 0,
  );
  if (own.length === 0) return null;
  return own.flatMap((fault) => problemsOf({ ...fault, path: [...issue.path, ...fault.path] } as Issue, raw));
}

function notAllowed(issue: Issue, raw: RawPlan): Problem {
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    raw.value,
  );
  const path = issue.path;
  const where = value === undefined ? raw.whereOf(path.slice(0, -1)) : raw.whereOf(path);
  const key = isNamed(where, path) ? '' : pathText(path);
  if (value === null) return error('value_empty', where, { key });
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return error('number_not_finite', where, { key, text: String(value) });
  }
  return error('value_not_allowed', where, {
    key,
    value: shown(value),
    expected: takes(path) ?? expected(issue),
  });
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const ROWS = 'the name of a file, or a list of rows';
const SHARE = 'a share such as 45%';

/** What the keys take whose schema does not say it well; `*` is any key or position. */
const TAKES: Readonly<Record<string, string>> = {
  name: 'a text',
  from: 'a month such as 2027-01',
  to: 'a month such as 2027-12',
  fiscal_year_starts: 'the number of a month, 1 to 12',
  as_of: 'a date such as 2026-12-31',
  funnel: 'two or more stages in order, such as [lead, close]',
  'funnel.*': 'the name of a stage',
  quotas: ROWS,
  'quotas.*': 'a row such as { rep: Ana, period: 2027-01, quota: 100000 }',
  quotas_include_ramp: 'yes or no',
  over_assigned: SHARE,
  deal_size: 'an amount such as 24000, the name of a file, or a list of rows',
  rates: 'the name of a file, rates such as { lead_to_close: 2% }, or a list of rows',
  lags: 'waits such as { lead_to_close: 10 days }',
  'lags.*': '10 days, 2 weeks or 1 month, or shares by months waited: [10%, 60%, 30%]',
  'lags.*.*': SHARE,
  sources: 'sources such as { inbound: { share: 45%, owner: marketing } }',
  'sources.*': 'a share and an owner, such as { share: 45%, owner: marketing }',
  'sources.*.share': SHARE,
  'sources.*.owner': 'the name of a department',
  'sources.*.starts_at': 'the name of a stage',
  reps: ROWS,
  'reps.*': 'a row such as { rep: Ana, team: West }',
  ramp: 'a list of shares such as [0%, 50%]',
  'ramp.*': SHARE,
  seasonality: 'four quarters, { Q1: 20%, Q2: 25%, Q3: 25%, Q4: 30% }, or a list of twelve months',
  'seasonality.*': SHARE,
  lookahead: 'a share such as 80%',
  actuals: ROWS,
  'actuals.*': 'a row such as { month: 2027-01, lead: 500 }',
  pipeline: ROWS,
  'pipeline.*':
    'a row such as { id: D1, rep: Ana, stage: opportunity, amount: 24000, close_date: 2027-03-31 }',
  crm: 'the name of a file, or a list of them',
  'crm.*': 'the name of a file',
  stages: 'our stages with the names the CRM has for them, such as { opportunity: [Discovery, Proposal] }',
  'stages.*': 'a name, or a list of names',
  capacity: 'records of a stage a month, such as { lead: 60 }',
  'capacity.*': 'a number of records above 0',
  scenarios: 'named what-ifs, such as { stretch: { quotas: +10% } }',
  'scenarios.*': 'changes, such as { quotas: +10% }',
  agreed: 'the name of a file',
  columns: 'our column and its header, such as { rep: Deal owner }',
  'columns.*': 'the header of a column',
};

function takes(path: readonly PropertyKey[]): string | null {
  const pattern = path
    .map((key, depth) => (depth === 1 || typeof key === 'number' ? '*' : String(key)))
    .join('.');
  return Object.hasOwn(TAKES, pattern) ? TAKES[pattern]! : null;
}

/** What may stand there, in words. */
function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? String(issue.expected);
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
      return 'three capital letters, such as USD';
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(expected))].join(' or ');
    default:
      return 'something else';
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

/** Whether the place says which key it is: that of an option does, that of a what-if where it is of this very key. */
function isNamed({ file }: Where, path: readonly PropertyKey[]): boolean {
  if (!file?.startsWith('--')) return false;
  return !file.startsWith('--set ') || file === `--set ${pathText(path)}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
