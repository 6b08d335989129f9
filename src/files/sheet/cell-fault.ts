/** What reading one cell gives: a value, nothing (an empty cell is missing, never 0), or a fault. */
import type { ProblemArguments, ProblemCode } from '../../problem.ts';

/** Why a cell cannot be read: a problem without its place, which whoever holds the cell adds. */
export interface Fault {
  readonly code: ProblemCode;
  readonly arguments: ProblemArguments;
}

/** `value` is null where the cell is empty, and where `fault` says what is wrong with it. */
export interface Reading<Value> {
  readonly value: Value | null;
  readonly fault: Fault | null;
}

/** The reading of an empty cell. */
export const MISSING: Reading<never> = { value: null, fault: null };

export function reading<Value>(value: Value): Reading<Value> {
  return { value, fault: null };
}

export function faulty(code: ProblemCode, args: ProblemArguments): Reading<never> {
  return { value: null, fault: { code, arguments: args } };
}
