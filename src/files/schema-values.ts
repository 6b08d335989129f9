/** Values of the plan file, read as people write them: shares, months, days, yes and no, files or rows. */
import * as z from 'zod';
import type { Day } from '../period/day.ts';
import { CALENDAR_YEAR } from '../period/fiscal.ts';
import type { Month } from '../period/month.ts';
import { faulty, type Reading, reading } from './sheet/cell-fault.ts';
import { parseDate } from './sheet/date-text.ts';
import { parseShare } from './sheet/number-text.ts';
import { parsePeriod } from './sheet/period-text.ts';

/** A scalar read as people write cells; a fault becomes an issue with our code. */
export function cell<Value>(read: (text: string) => Reading<Value>, description: string) {
  return z
    .union([z.string(), z.number()])
    .transform((written, context): Value => {
      const { value, fault } = read(String(written).trim());
      if (value !== null) return value;
      const { code, arguments: args } = fault ?? { code: 'value_empty', arguments: {} };
      context.issues.push({
        code: 'custom',
        input: written,
        message: code,
        params: { code, arguments: args },
      });
      return z.NEVER;
    })
    .register(z.globalRegistry, { description });
}

export const share = (description: string) =>
  cell((text) => {
    const read = parseShare(text, 'point');
    if (read.value !== null && read.value < 0) return faulty('share_negative', { text });
    return read;
  }, description);

export const shareUpToOne = (description: string) =>
  cell((text) => {
    const read = parseShare(text, 'point');
    if (read.value === null) return read;
    if (read.value < 0) return faulty('share_negative', { text });
    return read.value > 1 ? faulty('share_above_one', { text }) : read;
  }, description);

export const shareAboveZero = (description: string) =>
  cell((text) => {
    const read = parseShare(text, 'point');
    if (read.value === null) return read;
    if (read.value > 1) return faulty('share_above_one', { text });
    return read.value > 0
      ? read
      : faulty('value_not_allowed', { value: text, expected: 'a share above 0%, such as 80%' });
  }, description);

/** A chance to be sure of: above 0 and below 1, such as 80 %. */
export const confidence = (description: string) =>
  cell((text) => {
    const read = parseShare(text, 'point');
    if (read.value === null) return read;
    return read.value > 0 && read.value < 1
      ? read
      : faulty('value_not_allowed', { value: text, expected: 'a chance between 0% and 100%, such as 80%' });
  }, description);

export const month = (description: string) =>
  cell((text): Reading<Month> => {
    const read = parsePeriod(text, { calendar: CALENDAR_YEAR, fiscalYear: null, dateOrder: null });
    if (read.value === null) return { value: null, fault: read.fault };
    return read.value.grain === 'month' ? reading(read.value.first) : faulty('month_expected', { text });
  }, description);

export const day = (description: string) =>
  cell(
    (text): Reading<Day> => (text === 'today' ? faulty('today_in_plan', {}) : parseDate(text, null)),
    description,
  );

export const yesNo = (description: string) =>
  z
    .union([z.boolean(), z.enum(['yes', 'no', 'true', 'false'])])
    .transform((written) => written === true || written === 'yes' || written === 'true')
    .register(z.globalRegistry, { description });

export const text = (description: string) => z.string().min(1).register(z.globalRegistry, { description });

export const rows = z.array(z.record(z.string(), z.unknown()));

export const fileOrRows = (description: string) =>
  z.union([z.string().min(1), rows]).register(z.globalRegistry, { description });

const SUM_TOLERANCE = 1e-6;

function sumsToOne(values: readonly number[]): boolean {
  return Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) <= SUM_TOLERANCE;
}

function percentOf(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 1e6) / 1e4;
}

interface Issues {
  readonly issues: { push(issue: z.core.$ZodRawIssue): unknown };
}

/** Shares that must be the whole; the issue says what they sum to. */
export function whole(values: readonly number[], context: Issues, what: string): boolean {
  if (sumsToOne(values)) return true;
  const args = { what, percent: percentOf(values) };
  context.issues.push({
    code: 'custom',
    input: values,
    message: 'shares_not_whole',
    params: { code: 'shares_not_whole', arguments: args },
  });
  return false;
}
