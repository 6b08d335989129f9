/** Checks that failed, a sentence each: who, when, what it is and what it should not be. */
import type { Check } from '../../coverage/checks.ts';
import type { AmountUnit } from '../format.ts';
import { amount, typedPercent } from '../format.ts';
import { nameOfRow } from './coverage-words.ts';

const SHARES = new Set(['chance', 'fresh_chance']);
const AMOUNTS =
  /^(quota|closed|to_go|open|expected_open|expected_new|lands|versus_quota|overdue_amount|stale_amount|undated_amount)$/;

/** `check failed: West, 2027-Q1: to_go_coverage is 1.9, less than enough (7.6)`. */
export function checkLines(checks: readonly Check[], unit: AmountUnit): string[] {
  return checks
    .filter(({ status }) => status === 'fail')
    .map((check) => {
      const { key, period, measure, operator, limitMeasure } = check;
      const write = writerOf(check, unit);
      const actual = write(check.actual ?? 0);
      const limit = write(check.limit ?? 0);
      const start = `check failed: ${nameOfRow(key)}, ${period}: ${measure}`;
      if (operator === 'drops') return `${start} dropped by ${actual}, limit ${limit}`;
      const than = limitMeasure === null ? limit : `${limitMeasure} (${limit})`;
      return `${start} is ${actual}, ${WORDS[operator]} ${than}`;
    });
}

const WORDS = { '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least' } as const;

function writerOf({ measure, operator, limit }: Check, unit: AmountUnit): (value: number) => string {
  if (operator === 'drops' && limit !== null && limit <= 1) return typedPercent;
  if (SHARES.has(measure)) return typedPercent;
  if (AMOUNTS.test(measure)) return (value) => amount(value * 100, unit);
  return (value) => String(Math.round(value * 100) / 100);
}
