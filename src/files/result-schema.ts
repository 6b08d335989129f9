/** The schema of every JSON result: which kind one is, its `format` tells. */
import * as z from 'zod';
import { checkResult, explainResult } from './results/answer-results.ts';
import { coverageResult } from './results/coverage-result.ts';
import { backtestResult, ratesResult } from './results/history-results.ts';
import { planResult } from './results/plan-result.ts';
import { trackResult } from './results/track-result.ts';

/** A new kind of result is one line. */
export const resultSchema = z
  .discriminatedUnion('format', [
    planResult,
    coverageResult,
    trackResult,
    ratesResult,
    backtestResult,
    explainResult,
    checkResult,
  ])
  .meta({
    title: 'leadgoal result',
    description: 'What leadgoal writes with `--format json`; `format` tells which kind it is',
  });
