/** The schema of sensitivity as JSON. */
import * as z from 'zod';
import { count, exact, planDocument, text, warnings } from './result-values.ts';

const bar = z.object({
  key: z.string().describe('As `--set` names it'),
  team: text,
  source: text,
  unit: z.string().describe('share, months, deals, or the currency'),
  basis: z
    .enum(['measured', 'counted', 'spread', 'taken'])
    .describe('What the range rests on; taken: on nothing, 10 % (of a lag a month) to either side'),
  low: z.number(),
  base: z.number().describe('What the plan uses'),
  high: z.number(),
  leads_low: count
    .nullable()
    .describe('The lead goal with the input at its low end; null where there is no plan'),
  leads: count.describe('The lead goal as it is'),
  leads_high: count.nullable(),
  per_point: exact.describe('Leads a quarter that one more percentage point saves; null for all but rates'),
});

export const sensitivityResult = planDocument('leadgoal.sensitivity', {
  bars: z.array(bar).describe('The widest first'),
  summary: z.object({
    stage: z.string().describe('What the goal counts'),
    leads: count,
    replans: count.describe('Plans that were made for it'),
    teams_left_out: count.describe('Teams whose rates differ and that --level team shows'),
  }),
  warnings,
}).describe('What `leadgoal sensitivity --format json` writes');
