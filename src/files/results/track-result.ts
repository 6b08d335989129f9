/** The schema of tracking as JSON. */
import * as z from 'zod';
import { count, day, exact, grain, period, planDocument, text, warnings, whose } from './result-values.ts';

const row = z.object({
  ...whose,
  source: text,
  owner: text,
  stage: z.string(),
  grain,
  period,
  period_start: day,
  period_end: day,
  agreed: exact.describe('The goal people were given'),
  due: exact.describe('Of it, what was due by the as-of day'),
  actual: exact,
  attainment: exact,
  ahead: exact,
  ahead_days: z.int().nullable(),
  goal_left: count.nullable(),
  estimate: exact,
});

export const trackResult = planDocument('leadgoal.track', { track: z.array(row), warnings }).describe(
  'What `leadgoal track --format json` writes',
);
