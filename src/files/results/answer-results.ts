/** The schemas of what is asked in between: an explanation, and how files were read. */
import * as z from 'zod';
import { count, planDocument, text, warnings } from './result-values.ts';

const quantity = { name: z.string(), value: z.number(), unit: z.string() };

const step = z.object({
  step: z.string(),
  text: z.string(),
  inputs: z.array(z.object({ ...quantity, where: text.describe('The cell it comes from') })),
  result: z.object(quantity),
});

export const explainResult = planDocument('leadgoal.explain', { steps: z.array(step) }).describe(
  'What `leadgoal explain --format json` writes',
);

const file = z.object({
  path: z.string(),
  kind: z.string(),
  encoding: z.string(),
  delimiter: text,
  decimal: z.enum(['point', 'comma']).nullable(),
  date_order: z.enum(['dmy', 'mdy', 'ymd']).nullable(),
  rows: count,
  skipped: count,
  columns: z.record(z.string(), text).describe('Header → ours; null where it is not used'),
  totals_agree: z.boolean().nullable(),
});

export const checkResult = planDocument('leadgoal.check', {
  files: z.array(file),
  scenarios: z.array(z.string()),
  warnings,
}).describe('What `leadgoal check --format json` writes');
