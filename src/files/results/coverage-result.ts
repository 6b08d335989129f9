/** The schema of coverage as JSON. */
import * as z from 'zod';
import { MEASURES, type MeasureName } from '../../coverage/measures.ts';
import { day, exact, level, period, planDocument, share, text, warnings, whose } from './result-values.ts';

const NAMES = Object.keys(MEASURES) as MeasureName[];

/** The same for every measure. */
function eachMeasure<Schema extends z.ZodType>(schema: Schema, ending = ''): Record<string, Schema> {
  return Object.fromEntries(NAMES.map((name) => [name + ending, schema]));
}

const row = z.object({
  ...whose,
  period,
  period_start: day,
  period_end: day,
  ...eachMeasure(exact),
  status: z.enum(['made', 'enough', 'short', 'no_quota']),
});

const check = z.object({
  ...whose,
  period,
  measure: z.enum(NAMES),
  actual: exact,
  operator: z.enum(['<', '<=', '>', '>=', 'drops']),
  limit: exact,
  limit_measure: text,
  limit_is_share: z.boolean(),
  status: z.enum(['pass', 'fail']),
});

const deal = z.object({
  id: text,
  level,
  name: text,
  account: text,
  rep: text,
  rep_id: text,
  crm_owner: text,
  territory: text,
  team: text,
  source: text,
  stage: z.string(),
  crm_stage: text,
  amount: exact,
  close_date: day.nullable(),
  age_days: z.int().nullable(),
  chance: share.nullable(),
  expected: exact,
  stale: z.boolean(),
  overdue: z.boolean(),
});

const change = z.object({
  ...whose,
  period,
  open_before: exact,
  new: exact,
  won: exact,
  lost: exact,
  slipped: exact,
  pulled_in: exact,
  reassigned: exact,
  removed: exact,
  amounts: exact,
  open: exact,
  ...eachMeasure(exact.optional(), '_change'),
});

const move = z.object({
  id: text,
  name: text,
  account: text,
  rep: text,
  team: text,
  what: z.enum(['new', 'won', 'lost', 'slipped', 'overdue', 'pulled_in', 'removed', 'amount', 'reassigned']),
  amount_before: exact,
  amount: exact,
  close_date: day.nullable(),
});

export const coverageResult = planDocument('leadgoal.coverage', {
  coverage: z.array(row).describe('The company, teams and reps, by period; amounts in major units'),
  checks: z.array(check).describe('What --fail-when asked for'),
  deals: z.array(deal).describe('With --deals: every open deal').optional(),
  changes: z.array(change).describe('With --since: how open moved, adding up to the cent').optional(),
  moves: z.array(move).describe('With --since: the deals that moved').optional(),
  warnings,
}).describe('What `leadgoal coverage --format json` writes');
