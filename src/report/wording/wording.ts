/** The wording of every problem: one message and one remedy per code. No other room has such sentences. */
import type { ProblemArguments, ProblemCode } from '../../problem.ts';
import { ACTUALS } from './actuals.ts';
import { CELLS } from './cells.ts';
import { FILES } from './files.ts';
import { HISTORY } from './history.ts';
import { HISTORY_FILES } from './history-files.ts';
import { PIPELINE } from './pipeline.ts';
import { PLAN } from './plan.ts';
import { RATES } from './rates.ts';
import { REPS_AND_QUOTAS } from './reps-and-quotas.ts';
import type { Wording, Words } from './say.ts';
import { SHEETS } from './sheets.ts';
import { USAGE } from './usage.ts';
import { WHAT_IF } from './what-if.ts';

/** Every code has its wording; the compiler and a test see to it. */
export const WORDING: Readonly<Record<ProblemCode, Wording>> = {
  ...FILES,
  ...SHEETS,
  ...CELLS,
  ...PLAN,
  ...REPS_AND_QUOTAS,
  ...RATES,
  ...ACTUALS,
  ...PIPELINE,
  ...HISTORY,
  ...HISTORY_FILES,
  ...WHAT_IF,
  ...USAGE,
};

export function wordsOf(args: ProblemArguments): Words {
  return (name) => (Object.hasOwn(args, name) ? String(args[name]) : '');
}
