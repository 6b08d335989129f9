/** The schemas of what is made from a CRM history: measured rates, and backtests. */
import * as z from 'zod';
import { count, day, exact, historyDocument, share, text, whoseRecords } from './result-values.ts';

const rate = z.object({
  ...whoseRecords,
  from: z.string(),
  to: z.string(),
  records: count,
  converted: count,
  lost: count,
  open: count,
  naive: share.nullable().describe('converted ÷ records'),
  rate: share.nullable().describe('Share that ever converts'),
  low: share.nullable(),
  high: share.nullable(),
  maturity: exact,
  median_lag_days: exact,
  lag_80_days: exact,
  answered_by: z.enum(['company', 'team', 'rep', 'too little data']),
});

const curve = z.object({
  from: z.string(),
  to: z.string(),
  source: text,
  by_month: z
    .array(share)
    .min(1)
    .describe('Share that has converted by the end of the month it came, the month after, …'),
});

const dealSize = z.object({ ...whoseRecords, deals: count, mean: z.number(), variation: exact });

const dirt = z.object({
  kind: z.string(),
  count,
  rows: z
    .array(z.object({ row: z.int().nullable(), file: text, id: text, text }))
    .describe('The first of them'),
});

const logStart = z.object({ from: z.string(), to: z.string(), day, late: z.boolean() });

export const ratesResult = historyDocument('leadgoal.rates', {
  rates: z.array(rate),
  curves: z.array(curve),
  deal_sizes: z.array(dealSize),
  dirt: z.array(dirt).describe('What was left out, by kind'),
  log_starts: z.array(logStart),
}).describe('What `leadgoal rates` writes as JSON and as YAML');

const backtest = z.object({
  as_of: day.describe('Only what was known on this day was used'),
  from: z.string(),
  to: z.string(),
  records: count.describe('Records that had entered in the twelve months before'),
  truth: share.nullable().describe('Share of them that did convert; null where not known yet'),
  leadgoal: share.nullable(),
  naive: share.nullable(),
  won_of_closed: share.nullable(),
  last_year: share.nullable(),
  low: share.nullable(),
  high: share.nullable(),
  inside: z.boolean().nullable(),
});

const method = z.enum(['leadgoal', 'naive', 'won_of_closed', 'last_year']);

const summary = z.object({
  rows: count,
  inside: count,
  inside_low: share,
  inside_high: share,
  errors: z.array(
    z.object({
      method,
      rms: exact.describe('Root of the mean square of log(estimate ÷ truth)'),
      bias: exact.describe('Mean of log(estimate ÷ truth): below 0 where goals came out too high'),
    }),
  ),
  pinball: exact,
  brier: exact,
});

export const backtestResult = historyDocument('leadgoal.backtest', {
  backtest: z.array(backtest),
  summary: summary.describe('Of the whole funnel: goals are made with it'),
}).describe('What `leadgoal backtest --format json` writes');
