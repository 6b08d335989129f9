/** Checks the user asked for: a measure of some rows against a limit, or against how much it fell since last time. */
import type { Level } from '../quota/quota.ts';
import type { CoverageKey, CoverageRow } from './coverage.ts';
import { coverageKeyText } from './coverage-key.ts';
import { MEASURES, type MeasureName } from './measures.ts';
import type { SavedCoverage, SavedRow } from './saved-coverage.ts';

/** What must not be. */
export type Condition =
  | {
      readonly measure: MeasureName;
      readonly operator: '<' | '<=' | '>' | '>=';
      /** A number, in major units where it is an amount, or the row's own other measure. */
      readonly limit: number | MeasureName;
    }
  | {
      readonly measure: MeasureName;
      readonly operator: 'drops';
      readonly limit: number;
      /** Whether the limit is a share of what it was, or an amount. */
      readonly isShare: boolean;
    };

export interface Check {
  readonly key: CoverageKey;
  readonly period: string;
  readonly measure: MeasureName;
  /** The measure; for `drops` by how much it fell. Null where it does not apply: that passes. */
  readonly actual: number | null;
  readonly operator: Condition['operator'];
  readonly limit: number | null;
  /** Whether `drops` is a share of what it was. */
  readonly isShare: boolean;
  /** The measure that is the limit; null where it is a number. */
  readonly limitMeasure: MeasureName | null;
  readonly status: 'pass' | 'fail';
}

export interface Checking {
  readonly conditions: readonly Condition[];
  readonly level: Level;
  readonly since: SavedCoverage | null;
}

/** Every condition for every row of the level; the rows are those of the periods meant. */
export function checkRows(rows: readonly CoverageRow[], { conditions, level, since }: Checking): Check[] {
  const before = new Map((since?.rows ?? []).map((row) => [savedKey(row), row]));
  const checked = rows.filter((row) => row.level === level);
  return conditions.flatMap((condition) =>
    checked.map((row) =>
      checkRow(row, condition, before.get(savedKey({ ...row, period: row.period.label }))),
    ),
  );
}

/** Row and period as one text. */
export function savedKey(row: Omit<SavedRow, 'measures'>): string {
  return `${coverageKeyText(row)}\u0000${row.period}`;
}

function checkRow(row: CoverageRow, condition: Condition, before: SavedRow | undefined): Check {
  const { measure, operator } = condition;
  const now = MEASURES[measure](row);
  const isOwn = typeof condition.limit === 'string';
  const limit = isOwn ? MEASURES[condition.limit as MeasureName](row) : (condition.limit as number);
  const actual = operator === 'drops' ? fall(before?.measures[measure] ?? null, now, condition.isShare) : now;
  // nothing open is never enough, though there is nothing to divide by
  const isNever = condition.limit === 'enough' && limit === null && row.status === 'short';
  const fails = actual !== null && (limit === null ? isNever : HOLDS[operator](actual, limit));
  return {
    key: row,
    period: row.period.label,
    measure,
    actual,
    operator,
    limit,
    isShare: condition.operator === 'drops' && condition.isShare,
    limitMeasure: isOwn ? (condition.limit as MeasureName) : null,
    status: fails ? 'fail' : 'pass',
  };
}

/** By how much a measure fell, as an amount or a share of what it was; null where there is nothing to compare. */
function fall(before: number | null, now: number | null, isShare: boolean): number | null {
  if (before === null || now === null || (isShare && before === 0)) return null;
  const drop = isShare ? (before - now) / Math.abs(before) : before - now;
  return Math.round(drop * 10_000) / 10_000 + 0;
}

const HOLDS: Readonly<Record<Condition['operator'], (actual: number, limit: number) => boolean>> = {
  '<': (actual, limit) => actual < limit,
  '<=': (actual, limit) => actual <= limit,
  '>': (actual, limit) => actual > limit,
  '>=': (actual, limit) => actual >= limit,
  drops: (actual, limit) => actual >= limit && actual > 0,
};
