/** Checks that failed, a sentence each: who, when, what it is and what it should not be. */
import type { Check } from '../../coverage/checks.ts';
import { kindOf } from '../../coverage/measures.ts';
import type { AmountUnit } from '../format.ts';
import { amount, typedPercent } from '../format.ts';
import { nameOfRow } from './coverage-words.ts';

/** `check failed: West, 2027-Q1: to_go_coverage is 1.9, less than enough (7.6)`. */
export function checkLines(checks: readonly Check[], unit: AmountUnit): string[] {
  return checks
    .filter(({ status }) => status === 'fail')
    .map((check) => {
      const { key, period, measure, operator, limitMeasure } = check;
      const write = writerOf(check, unit);
      const actual = write(check.actual ?? 0);
      const limit = write(check.limit ?? 0);
      const start = `check failed: ${whose(key)}, ${period}: ${measure}`;
      if (operator === 'drops') return `${start} dropped by ${actual}, limit ${limit}`;
      const measured = check.limit === null ? limitMeasure : `${limitMeasure} (${limit})`;
      const than = limitMeasure === null ? limit : measured;
      return `${start} is ${actual}, ${WORDS[operator]} ${than}`;
    });
}

/** The whole team path, and a rep's team: names alone may be several. */
function whose(key: Check['key']): string {
  if (key.level !== 'rep') return key.team ?? 'Company';
  return key.team === null ? nameOfRow(key) : `${nameOfRow(key)} (${key.team})`;
}

const WORDS = { '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least' } as const;

function writerOf({ measure, isShare }: Check, unit: AmountUnit): (value: number) => string {
  if (isShare) return typedPercent;
  const kind = kindOf(measure);
  if (kind === 'share') return typedPercent;
  if (kind === 'money') return (value) => amount(value * 100, unit);
  return (value) => String(Math.round(value * 100) / 100);
}
