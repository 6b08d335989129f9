/** What can be wrong in a file of measured rates: made by a program, edited by people. */
import type * as z from 'zod';
import { error, type Problem, type Where } from '../problem.ts';
import type { MeasuredDocument, MeasuredScope } from './measured-schema.ts';

type Path = readonly PropertyKey[];
type WhereOf = (path: Path) => Where;

/** Where a value stands in the file, and what it is; `undefined` where there is none. */
interface Found {
  readonly path: Path;
  readonly value: unknown;
  /** What it takes instead; else by the name of the key. */
  readonly expected?: string;
}

/** What the schema refuses. Of a version that is not known only the version is said: all else may mean other things. */
export function issueProblems(
  issues: readonly z.core.$ZodIssue[],
  { value, whereOf }: { readonly value: unknown; readonly whereOf: WhereOf },
): Problem[] {
  const isVersion = ({ path }: z.core.$ZodIssue) => path[0] === 'version';
  const told = issues.some(isVersion) ? issues.filter(isVersion) : issues;
  return told.map(({ path }) => {
    const found = path.reduce<unknown>(
      (inner, key) => (inner as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
      value,
    );
    const where = whereOf(found === undefined ? path.slice(0, -1) : path);
    return found === null
      ? error('value_empty', where, { key: keyOf(path) })
      : valueProblem(where, { path, value: found });
  });
}

/** The last name on the way to a value: its place says which of many it is. */
function keyOf(path: Path): string {
  return path.findLast((key): key is string => typeof key === 'string') ?? '';
}

/** What the keys take. */
const TAKES: Readonly<Record<string, string>> = {
  version: '1.0, the version known here',
  plan: 'the head with the stages',
  currency: 'three capital letters, such as USD',
  stages: 'the names of two or more stages',
  path: 'the name of a file',
  made: 'the as-of day and the number of records',
  as_of: 'a date such as 2026-12-31',
  rows: 'a number of records',
  level: 'company, team or rep',
  team: 'a name, or null',
  rep: 'a name, or null',
  source: 'a name, or null',
  from: 'the name of a stage',
  to: 'the name of a stage',
  records: 'a number of records',
  converted: 'a number of records',
  deals: 'a number of deals',
  mean: 'an amount',
  variation: 'a number from 0, or null',
  rate: 'a share from 0 to 1, or null',
  low: 'a share from 0 to 1, or null',
  high: 'a share from 0 to 1, or null',
  maturity: 'a share, or null',
  answered_by: 'company, team, rep or too little data',
  by_month: 'a list of shares from 0 to 1',
};

/** `value_not_allowed`, with what to write instead. */
export function valueProblem(where: Where, { path, value, expected }: Found): Problem {
  const key = keyOf(path);
  const shown = value === undefined ? 'missing' : typeof value === 'string' ? value : JSON.stringify(value);
  return error('value_not_allowed', where, {
    key,
    value: shown.length > 60 ? `${shown.slice(0, 57)}...` : shown,
    expected: `${expected ?? TAKES[key] ?? 'a list of rows'}, or make the file again with \`leadgoal rates\``,
  });
}

/** What no value shows by itself: rows that contradict themselves or each other. */
export function rowProblems(
  { rates, curves, deal_sizes: sizes }: MeasuredDocument,
  whereOf: WhereOf,
): Problem[] {
  return [
    ...rates.flatMap((row, index) => rateProblems(row, (key) => ['rates', index, key], whereOf)),
    ...twice('rates', rates, whereOf),
    ...sizes.flatMap((row, index) => scopeProblems(row, ['deal_sizes', index, 'level'], whereOf)),
    ...twice('deal_sizes', sizes, whereOf),
    ...curves.flatMap(({ by_month: shares }, index) => curveProblems(shares, index, whereOf)),
  ];
}

function rateProblems(
  row: MeasuredDocument['rates'][number],
  pathOf: (key: string) => Path,
  whereOf: WhereOf,
): Problem[] {
  const { records, converted, rate, low, high } = row;
  const fault = (key: string, value: number, expected: string) =>
    valueProblem(whereOf(pathOf(key)), { path: pathOf(key), value, expected });
  const isOutside = rate !== null && low !== null && high !== null && (low > rate || high < rate);
  return [
    ...scopeProblems(row, pathOf('level'), whereOf),
    ...(converted > records ? [fault('converted', converted, `at most the records, ${records}`)] : []),
    ...(isOutside ? [fault('rate', rate, `a rate from low (${low}) to high (${high})`)] : []),
  ];
}

/** A team has a name, a rep has one, and the company has neither. */
function scopeProblems({ level, team, rep }: MeasuredScope, path: Path, whereOf: WhereOf): Problem[] {
  const isWhole = level === 'rep' ? rep !== null : rep === null && (level === 'team') === (team !== null);
  if (isWhole) return [];
  const expected = 'the level of whom the row names: company, team or rep';
  return [valueProblem(whereOf(path), { path, value: level, expected })];
}

const TWICE = { rates: 'rate_twice', deal_sizes: 'deal_size_twice' } as const;

/** Rows of the same team, rep and source, of rates also between the same stages. */
function twice(
  part: keyof typeof TWICE,
  rows: readonly (MeasuredScope & { readonly from?: string; readonly to?: string })[],
  whereOf: WhereOf,
): Problem[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const key = JSON.stringify([row.level, row.team, row.rep, row.source, row.from, row.to]);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, index);
      return [];
    }
    const line = whereOf([part, before]).line ?? 0;
    return [error(TWICE[part], whereOf([part, index]), { line, measured: 'yes' })];
  });
}

/** Shares are written with so many digits. */
const ROUNDING = 1e-6;

function curveProblems(shares: readonly number[], index: number, whereOf: WhereOf): Problem[] {
  const falls = shares.findIndex((value, month) => month > 0 && value < shares[month - 1]! - ROUNDING);
  if (falls < 0) return [];
  const path = ['curves', index, 'by_month', falls];
  const expected = 'no less than of the month before: a share is of all who came so far';
  return [valueProblem(whereOf(path), { path, value: shares[falls], expected })];
}
