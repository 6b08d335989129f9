/** The schema of a comparison as JSON. */
import * as z from 'zod';
import { NOTES } from '../../scenario/compare/goals/pairs.ts';
import {
  day,
  exact,
  grain,
  inputs,
  period,
  plansDocument,
  set,
  text,
  warnings,
  whose,
} from './result-values.ts';

const compared = z.object({
  name: z.string().describe('As it was typed; `with` of other rows names it'),
  path: z.string(),
  scenario: text,
  format: z.enum(['plan_file', 'leadgoal.plan']),
  plan: text.describe('The name of the plan'),
  as_of: day,
  set,
  files: inputs,
});

const compares = { with: z.string().describe('The plan that is compared with the first') };

const input = z.object({
  ...compares,
  key: z.string().describe('Of the plan file, or the nearest to it, with whom it speaks of'),
  a: text.describe('In the words people write; null where that plan does not have it'),
  b: text,
});

const lone = z.object({
  ...compares,
  grain,
  period,
  period_start: day,
  period_end: day,
  only: z.enum(['a', 'b']),
});

const change = z.object({
  ...compares,
  ...whose,
  source: text,
  owner: text,
  grain,
  period,
  period_start: day,
  period_end: day,
  measure: z
    .enum(['goal', 'quota'])
    .describe(
      'What a, b and change count: records of a stage, or the quota in major units (deals where quotas are deals). Add up rows of one measure, stage, grain and level alone',
    ),
  stage: text.describe('Null of the quota'),
  a: exact.describe('Null where that plan has no such row'),
  b: exact,
  change: z.number().describe('b − a; of a row that one plan alone has, the whole of it'),
  percent: exact.describe('change ÷ a, 0.05 for 5 %; null where a is nothing or one plan alone has the row'),
  note: z
    .enum(NOTES)
    .nullable()
    .describe('Why one plan alone has the row, or that it has another name in the first'),
  was: text.describe('Of somebody renamed the name in the first plan; of who moved, the team in the other'),
});

const cause = z.object({
  ...compares,
  key: z.string().describe('An input, inputs that only go together, or a step from quota to lead goal'),
  change: z.number(),
});

export const compareResult = plansDocument('leadgoal.compare', {
  compared: z.array(compared).min(2),
  inputs: z.array(input).describe('Inputs that differ'),
  periods: z.array(lone).describe('Quarters and years that one plan alone has: they are in no other row'),
  changes: z.array(change).describe('Only rows that differ: goals, then quotas, the largest change first'),
  causes: z
    .array(cause)
    .describe("Parts of the change of the company's lead goal over the quarters of both; they add up to it"),
  warnings,
}).describe('What `leadgoal compare --format json` writes');
