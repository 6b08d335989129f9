/** JSON results: one head for every kind, one row a line, written piece by piece so that size is no matter. */
import type { Input } from '../files/input.ts';
import { formatDay } from '../period/day.ts';
import { isCalendarYear } from '../period/fiscal.ts';
import { formatMonth } from '../period/month.ts';
import type { PlanModel } from '../plan/model.ts';
import type { Problem } from '../problem.ts';
import type { PlanHead } from '../scenario/compare/side.ts';
import { inputRows, writtenWhere } from './input.ts';
import { problemMessage } from './problems.ts';
import { setRows } from './what-if.ts';

export const VERSION = '1.0';

interface Document {
  /** Such as `leadgoal.plan`. */
  readonly format: string;
  /** Null where other rows stand under that key. */
  readonly inputs: readonly Input[] | null;
  /** Keys after the head, each with its rows as JSON texts, or with one value. */
  readonly parts: readonly (readonly [key: string, content: Iterable<string> | OneValue])[];
}

/** A key that holds no rows. */
interface OneValue {
  readonly value: object;
}

export interface JsonDocument extends Document {
  readonly model: PlanModel;
}

export interface HeadedDocument extends Document {
  /** What stands under `plan`. */
  readonly head: object;
}

/** Text of the document in pieces. */
export function jsonDocument({ model, parts, ...of }: JsonDocument): Iterable<string> {
  return headedDocument({
    ...of,
    head: headOf(model),
    parts: [['set', setRows(model.changes).map((row) => JSON.stringify(row))], ...parts],
  });
}

/** The same where there is no plan, only a head with the keys of one. */
export function* headedDocument({ format, head, inputs, parts }: HeadedDocument): Iterable<string> {
  yield `{\n  "format": ${JSON.stringify(format)},\n  "version": ${JSON.stringify(VERSION)},\n`;
  yield `  "plan": ${JSON.stringify(head)},\n`;
  const files =
    inputs === null ? [] : [['inputs', inputRows(inputs).map((row) => JSON.stringify(row))] as const];
  const all = [...files, ...parts];
  for (const [index, [key, content]] of all.entries()) {
    const end = index === all.length - 1 ? '\n}\n' : ',\n';
    if ('value' in content) yield `  ${JSON.stringify(key)}: ${JSON.stringify(content.value)}${end}`;
    else yield* rowsOf(key, content, end);
  }
}

/** Rows are joined into pieces of this many characters before they are handed on. */
const PIECE = 65_536;

function* rowsOf(key: string, texts: Iterable<string>, end: string): Iterable<string> {
  let piece = `  ${JSON.stringify(key)}: [`;
  let any = false;
  for (const text of texts) {
    piece += any ? ',\n    ' : '\n    ';
    piece += text;
    any = true;
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}${any ? '\n  ' : ''}]${end}`;
}

/** The head of every kind of result: which plan it is of. */
export function headOf(model: PlanHead): object {
  const { name, currency, quotaUnit, from, to, calendar, asOf, stages, definitions } = model;
  return {
    name,
    currency,
    quota_unit: quotaUnit,
    from: formatMonth(from),
    to: formatMonth(to),
    fiscal_year_starts: calendar.starts,
    fiscal_year_named_by: isCalendarYear(calendar) ? 'end' : calendar.namedBy,
    as_of: formatDay(asOf),
    stages,
    definitions,
  };
}

export function* warningRows(problems: readonly Problem[], inputs: readonly Input[]): Iterable<string> {
  for (const problem of problems) yield JSON.stringify(warningRow(problem, inputs));
}

export function warningRow(problem: Problem, inputs: readonly Input[]): object {
  const { file, line } = writtenWhere(problem.where, inputs);
  return { code: problem.code, message: problemMessage(problem), file, line };
}

/** Four decimals. */
export function decimals(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}

/**
 * Digits of measured shares: goals made from the file are those of the measurement itself, also over a funnel of many
 * stages. Rounding keeps their order, so a rate stays within its bounds.
 */
const SIGNIFICANT = 10;

export function significant(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT));
}

/** Minor units as an amount to the cent; null stays. */
export function majorUnits(value: number | null): number | null {
  return value === null ? null : Math.round(value) / 100 + 0;
}
