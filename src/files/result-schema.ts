/** The schema of every JSON result: which kind one is, its `format` tells. */
import * as z from 'zod';
import { checkResult, explainResult } from './results/answer-results.ts';
import { compareResult } from './results/compare-result.ts';
import { coverageResult } from './results/coverage-result.ts';
import { backtestResult, ratesResult } from './results/history-results.ts';
import { planResult } from './results/plan-result.ts';
import { sensitivityResult } from './results/sensitivity-result.ts';
import { trackResult } from './results/track-result.ts';

/** A new kind of result is one line. */
export const resultSchema = z
  .discriminatedUnion('format', [
    planResult,
    coverageResult,
    trackResult,
    compareResult,
    ratesResult,
    backtestResult,
    explainResult,
    sensitivityResult,
    checkResult,
  ])
  .meta({
    title: 'leadgoal result',
    description: 'What leadgoal writes with `--format json`; `format` tells which kind it is',
  });
