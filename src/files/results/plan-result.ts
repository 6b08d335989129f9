/** The schema of a plan's JSON result: every key always there, null where it does not apply. */
import * as z from 'zod';
import {
  count,
  day,
  exact,
  grain,
  level,
  month,
  period,
  planDocument,
  text,
  warnings,
  whose,
} from './result-values.ts';

const scope = { ...whose, source: text };

const goal = z.object({
  ...scope,
  owner: text,
  grain,
  period,
  period_start: day,
  period_end: day,
  quota: z.number().describe('As given, in major units to the cent (or deals)'),
  goals: z.record(z.string(), count.nullable()).describe('Stage → whole records that must reach it'),
  expected: z.record(z.string(), exact).describe('Stage → the exact number behind it, 4 decimals'),
});

const bridge = z.object({
  source: text,
  period,
  naive: z.number(),
  timing: z.number(),
  late: z.number(),
  carry_in: z.number(),
  confidence: z.number(),
  rounding: z.number(),
  goal: z.number(),
});

const late = z.object({
  ...scope,
  period: month,
  closes: z.number(),
  amount: exact,
  treated: z.enum(['spread', 'reported']),
});

const assumption = z.object({
  what: z.enum(['rate', 'lag', 'deal_size']),
  from: text,
  to: text,
  team: text,
  rep: text,
  source: text,
  value: z.number(),
  basis: z.enum(['typed', 'counted', 'measured']),
  records: exact,
  converted: exact,
  low: exact,
  high: exact,
  answered_by: text,
  where: text,
});

const chance = z.object({
  level,
  team: text,
  period,
  chance: exact,
  confidence: z.number(),
  leads: z.int(),
  extra_leads: z.int().nullable(),
});

const assumed = z.object({
  what: z.enum(['carry_in', 'quota']),
  period: month,
  closes: z.number(),
  amount: exact,
});

export const planResult = planDocument('leadgoal.plan', {
  goals: z.array(goal).describe('The finest rows: a sum over them is the truth'),
  totals: z.array(goal).describe('Every roll-up'),
  bridge: z.array(bridge),
  chances: z.array(chance),
  late: z.array(late),
  assumed: z.array(assumed),
  assumptions: z.array(assumption),
  warnings,
}).describe('What `leadgoal plan --format json` writes');
