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
  share,
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

/** A row of the bridge. */
export const bridge = z.object({
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

/** What goals rest on. */
export const assumption = z.object({
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
  set: text.describe('What was changed of it for a what-if, as it was asked for: +10%; null: nothing'),
  shares: z
    .array(z.number())
    .nullable()
    .describe(
      'Of a lag: the share that waits 0, 1, 2 … months; null where all wait `value` months, and for all else',
    ),
  where: text,
});

/** What a plan states beside goals and assumptions. */
export const settings = z.object({
  quotas_include_ramp: z.boolean(),
  over_assigned: z.number(),
  size_on: z.enum(['reps', 'team']).nullable(),
  rates_for_reps: z.enum(['blended', 'raw']),
  late: z.enum(['spread', 'report']),
  lookahead: z.number(),
  confidence: exact,
  ramp: z.array(z.number()).describe('Productivity by month of tenure, then 1'),
  seasonality: z.array(z.number()).length(12).describe('Weight of each month of the fiscal year'),
  sources: z.array(z.object({ source: text, owner: text, share, starts_at: z.string() })),
  reps: z.array(
    z.object({ team: text, rep: z.string(), rep_id: text, start: day.nullable(), end: day.nullable() }),
  ),
  capacity: z.record(z.string(), z.number()),
});

const chance = z.object({
  level,
  team: text,
  period,
  chance: exact,
  confidence: z.number(),
  leads: z.int(),
  extra_leads: z
    .int()
    .nullable()
    .describe('More leads for `confidence`; null where three times as many are not enough'),
  expected_closes: z.number().describe('Closes still expected in the period'),
  variance: z
    .number()
    .describe('Of their number, each a chance of its own: p = 1 − variance ÷ expected_closes stands for all'),
  wanted_closes: exact.describe('What is still to close ÷ deal_size; null where no closes are expected'),
  deal_size: exact.describe('Mean size of these closes; null where quotas count deals, or none are expected'),
  deal_variation: z.number().describe('Standard deviation ÷ mean of their sizes; 0: alike, or not known'),
  yield: share.describe('Mean share of leads that close, over these closes; 0 where none come of leads'),
  doubt: z
    .number()
    .describe(
      'Standard deviation ÷ mean of all rates together, estimates that move between quarters: ' +
        'the chance is averaged over a beta distribution of mean `yield` that varies as much',
    ),
});

const assumed = z.object({
  what: z.enum(['carry_in', 'quota']),
  period: month,
  closes: z.number(),
  amount: exact,
});

const capacity = z.object({
  ...whose,
  stage: z.string(),
  period: month,
  goal: count,
  capacity: z.number().min(0).describe('Records that can be worked, 4 decimals; 0 where nobody is there'),
  unworked: z.int().min(1).describe('goal less what can be worked, the record begun counted as worked'),
});

const leadValue = z.object({
  source: text,
  owner: text,
  stage: z.string().describe('The first stage of the source: one record of it is what the row is about'),
  yield: share.describe('Share of them that ever close'),
  deal_size: exact,
  value: exact.describe('yield × deal size, in major units to the cent; null where no deal size is known'),
  low: exact.describe('80 % interval of the value, as far as rates are estimates; null where they are typed'),
  high: exact,
  spend: share.nullable().describe('--spend: the share of revenue that may be paid; else null'),
  may_cost: exact.describe('value × spend'),
  leads: count.describe('The whole goal of the plan'),
  budget: exact.describe('may_cost × leads'),
});

export const planResult = planDocument('leadgoal.plan', {
  settings: settings.describe(
    'What is neither a goal nor an assumption: with both, enough to make the plan again',
  ),
  goals: z.array(goal).describe('The finest rows: a sum over them is the truth'),
  totals: z.array(goal).describe('Every roll-up'),
  bridge: z.array(bridge),
  chances: z.array(chance),
  late: z.array(late),
  assumed: z.array(assumed),
  capacity: z.array(capacity).describe('What reps are asked for beyond what they can work, over all sources'),
  lead_values: z.array(leadValue).describe('What one lead of each source is worth'),
  assumptions: z.array(assumption),
  warnings,
}).describe('What `leadgoal plan --format json` writes');
