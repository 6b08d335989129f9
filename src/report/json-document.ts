/** JSON results: one head for every kind, one row a line, written piece by piece so that size is no matter. */
import type { Input } from '../files/input.ts';
import { formatDay } from '../period/day.ts';
import { isCalendarYear } from '../period/fiscal.ts';
import { formatMonth } from '../period/month.ts';
import type { PlanModel } from '../plan/model.ts';
import type { Problem } from '../problem.ts';
import { inputRows, writtenWhere } from './input.ts';
import { problemMessage } from './problems.ts';

const VERSION = '1.0';

export interface JsonDocument {
  /** Such as `leadgoal.plan`. */
  readonly format: string;
  readonly model: PlanModel;
  readonly inputs: readonly Input[];
  /** Keys after the head, each with its rows as JSON texts. */
  readonly parts: readonly (readonly [key: string, rows: Iterable<string>])[];
}

/** Text of the document in pieces. */
export function* jsonDocument({ format, model, inputs, parts }: JsonDocument): Iterable<string> {
  yield `{\n  "format": ${JSON.stringify(format)},\n  "version": ${JSON.stringify(VERSION)},\n`;
  yield `  "plan": ${JSON.stringify(headOf(model))},\n`;
  const all = [['inputs', inputRows(inputs).map((row) => JSON.stringify(row))] as const, ...parts];
  for (const [index, [key, rows]] of all.entries())
    yield* rowsOf(key, rows, index === all.length - 1 ? '\n}\n' : ',\n');
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
export function headOf(model: PlanModel): object {
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
  for (const problem of problems) {
    const { file, line } = writtenWhere(problem.where, inputs);
    yield JSON.stringify({ code: problem.code, message: problemMessage(problem), file, line });
  }
}

/** Four decimals. */
export function decimals(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}

/** Minor units as an amount to the cent; null stays. */
export function majorUnits(value: number | null): number | null {
  return value === null ? null : Math.round(value) / 100 + 0;
}
