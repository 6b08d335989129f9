/** The schema of a plan's JSON result: every key always there, null where it does not apply. */
import * as z from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const month = z.string().regex(/^\d{4}-\d{2}$/);
const period = z.string().regex(/^(\d{4}-\d{2}|(FY)?\d{4}(-Q[1-4])?)$/);
const text = z.string().nullable();
const grain = z.enum(['month', 'quarter', 'year']);
const level = z.enum(['company', 'team', 'rep']);
const count = z.int().min(0).nullable();
const exact = z.number().nullable();

/** Whose row it is. */
const scope = { level, team: text, rep: text, rep_id: text, territory: text, source: text };

const goal = z.object({
  ...scope,
  owner: text,
  grain,
  period,
  period_start: day,
  period_end: day,
  quota: z
    .number()
    .register(z.globalRegistry, { description: 'As given, in major units to the cent (or deals)' }),
  goals: z
    .record(z.string(), count)
    .register(z.globalRegistry, { description: 'Stage → whole records that must reach it' }),
  expected: z
    .record(z.string(), exact)
    .register(z.globalRegistry, { description: 'Stage → the exact number behind it, 4 decimals' }),
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
  amount: z.number().nullable(),
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
  records: z.number().nullable(),
  converted: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  answered_by: text,
  where: text,
});

const chance = z.object({
  level,
  team: text,
  period,
  chance: z.number().nullable(),
  confidence: z.number(),
  leads: z.int(),
  extra_leads: z.int().nullable(),
});

export const resultSchema = z
  .object({
    format: z.literal('leadgoal.plan'),
    version: z.string().regex(/^1\.\d+$/),
    plan: z.object({
      name: text,
      currency: text,
      quota_unit: z.enum(['money', 'deals']),
      from: month,
      to: month,
      fiscal_year_starts: z.int().min(1).max(12),
      fiscal_year_named_by: z.enum(['end', 'start']),
      as_of: day,
      stages: z.array(z.string()).min(2),
      definitions: z.record(z.string(), z.string()),
    }),
    inputs: z.array(z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
    goals: z
      .array(goal)
      .register(z.globalRegistry, { description: 'The finest rows: a sum over them is the truth' }),
    totals: z.array(goal).register(z.globalRegistry, { description: 'Every roll-up' }),
    bridge: z.array(bridge),
    chances: z.array(chance),
    late: z.array(late),
    assumed: z.array(
      z.object({
        what: z.enum(['carry_in', 'quota']),
        period: month,
        closes: z.number(),
        amount: z.number().nullable(),
      }),
    ),
    assumptions: z.array(assumption),
    warnings: z.array(
      z.object({ code: z.string(), message: z.string(), file: text, line: z.int().nullable() }),
    ),
  })
  .register(z.globalRegistry, {
    title: 'leadgoal result',
    description: 'What `leadgoal plan --format json` writes',
  });
