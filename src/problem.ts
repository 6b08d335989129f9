/**
 * A problem is what went wrong, where, and with which values: a code and arguments, no wording.
 * The sentences stand in `report/problems.ts`, one per code.
 */

export type Severity = 'error' | 'warning';

/** Where a fault stands. `line` and `column` count from 1; in a table `column` is the number of the field. */
export interface Where {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export const NOWHERE: Where = { file: null, line: null, column: null };

/** What the wording of a code is filled in with. */
export type ProblemArguments = Readonly<Record<string, string | number>>;

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly where: Where;
  readonly arguments: ProblemArguments;
}

/** A value together with what is wrong with its input; `value` is null where it could not be made. */
export interface Parsed<Value> {
  readonly value: Value | null;
  readonly problems: readonly Problem[];
}

export function error(code: ProblemCode, where: Where, args: ProblemArguments = {}): Problem {
  return { code, severity: 'error', where, arguments: args };
}

export function warning(code: ProblemCode, where: Where, args: ProblemArguments = {}): Problem {
  return { code, severity: 'warning', where, arguments: args };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** `{ file }`, or `{ file, line }`, or `{ file, line, column }`. */
export function at(file: string | null, line: number | null = null, column: number | null = null): Where {
  return { file, line, column };
}

export type ProblemCode = string;
