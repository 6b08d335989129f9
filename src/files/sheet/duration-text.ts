/** Durations as people write them → months. */
import { DAYS_PER_MONTH } from '../../period/month.ts';
import { faulty, type Reading, reading } from './cell-fault.ts';
import { parseAmount } from './number-text.ts';

const MONTHS_PER: Readonly<Record<string, number>> = {
  day: 1 / DAYS_PER_MONTH,
  d: 1 / DAYS_PER_MONTH,
  week: 7 / DAYS_PER_MONTH,
  w: 7 / DAYS_PER_MONTH,
  month: 1,
  quarter: 3,
  year: 12,
};

/** A wait beyond this is a typing error. */
const LONGEST_MONTHS = 120;

/** `10 days`, `2 weeks`, `1.5 months`, `1 quarter` in months of 30.4375 days. Faults: `duration_unreadable`, `duration_too_long`. */
export function parseDuration(text: string): Reading<number> {
  const [, number = '', unit = ''] = /^([\d.,]+)\s*([a-z]+?)s?$/i.exec(text) ?? [];
  const months = MONTHS_PER[unit.toLowerCase()];
  const amount = parseAmount(number, 'point').value;
  if (months === undefined || amount === null) return faulty('duration_unreadable', { text });
  const value = amount.value * months;
  return value > LONGEST_MONTHS ? faulty('duration_too_long', { text }) : reading(value);
}
