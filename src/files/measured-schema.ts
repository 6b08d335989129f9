/** The schema of the rates file that `leadgoal rates` writes, as far as a plan reads it. */
import * as z from 'zod';

/** Somebody or something by name; YAML takes a name of digits for a number. */
const named = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const name = named.nullable();
const records = z.number().min(0);
const share = z.number().min(0).max(1);
const scope = { level: z.enum(['company', 'team', 'rep']), team: name, rep: name, source: name };

const rate = z.object({
  ...scope,
  from: named,
  to: named,
  records,
  converted: records,
  rate: share.nullable(),
  low: share.nullable(),
  high: share.nullable(),
  maturity: z.number().min(0).nullable(),
  answered_by: z.enum(['company', 'team', 'rep', 'too little data']),
});

const curve = z.object({ from: named, to: named, source: name, by_month: z.array(share).min(1) });

const dealSize = z.object({
  ...scope,
  deals: records,
  mean: z.number().min(0),
  variation: z.number().min(0).nullable().default(null),
});

/** Minor versions only add keys: those not known here are passed over. */
export const measuredSchema = z.object({
  format: z.literal('leadgoal.rates'),
  version: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^1(\.\d+)?$/)),
  plan: z.object({ currency: z.string().nullable().default(null), stages: z.array(named).min(2) }),
  inputs: z.array(z.object({ path: z.string() })),
  made: z.object({ as_of: z.string(), rows: records }),
  rates: z.array(rate),
  curves: z.array(curve),
  deal_sizes: z.array(dealSize).default([]),
});

export type MeasuredDocument = z.infer<typeof measuredSchema>;
export type MeasuredRow = MeasuredDocument['rates'][number];
/** Whose row it is, by the names of the history. */
export type MeasuredScope = Pick<MeasuredRow, 'level' | 'team' | 'rep' | 'source'>;
