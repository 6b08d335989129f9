/** Keys of the plan file whose values have a form of their own: lags, sources, seasonality, deal size, names of stages. */
import * as z from 'zod';
import type { Lag } from '../funnel/lag.ts';
import type { InlineRows } from './plan-schema.ts';
import { cell, rows, shareUpToOne, text, whole } from './schema-values.ts';
import { parseDuration } from './sheet/duration-text.ts';

export const lag = z
  .union([
    z.array(shareUpToOne('share of the records that wait so many months')).min(1),
    cell((written) => parseDuration(written), 'a duration: 10 days, 2 weeks, 1 month'),
  ])
  .transform((written, context): Lag => {
    if (typeof written === 'number') return { kind: 'duration', months: written };
    return whole(written, context, 'lag') ? { kind: 'shares', shares: written } : z.NEVER;
  })
  .register(z.globalRegistry, {
    description:
      'The wait between two stages: a duration, or shares by months waited (0, 1, 2 …) that sum to 100 %',
  });

const source = z.strictObject({
  share: shareUpToOne('Share of the quota; all sources sum to 100 %'),
  owner: text('The department that owes the leads').optional(),
  starts_at: text('First stage of this source; earlier stages have no goals').optional(),
  leads: z
    .enum(['none'])
    .optional()
    .register(z.globalRegistry, { description: 'none: a part of the quota that needs no leads' }),
});

export const sources = z
  .record(z.string().min(1), source)
  .check((context) => {
    whole(
      Object.values(context.value).map((entry) => entry.share),
      context,
      'sources',
    );
  })
  .register(z.globalRegistry, { description: 'Where leads come from' });

const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'] as const;

export const seasonality = z
  .union([
    z.strictObject({
      Q1: shareUpToOne('share of the year'),
      Q2: shareUpToOne('share of the year'),
      Q3: shareUpToOne('share of the year'),
      Q4: shareUpToOne('share of the year'),
    }),
    z.array(shareUpToOne('share of the year')).length(12),
  ])
  .transform((written, context): readonly number[] => {
    const shares = Array.isArray(written) ? written : QUARTERS.map((quarter) => written[quarter]);
    if (!whole(shares, context, 'seasonality')) return z.NEVER;
    return Array.isArray(written) ? shares : shares.flatMap((value) => [value / 3, value / 3, value / 3]);
  })
  .register(z.globalRegistry, {
    description: 'How a year is spread over its fiscal quarters, or its twelve fiscal months; sums to 100 %',
  });

export const dealSize = z
  .union([z.number(), z.string().min(1), rows])
  .transform((written, context): number | string | InlineRows => {
    if (typeof written === 'object') return written;
    if (typeof written === 'string' || Math.round(written * 100) > 0) return written;
    const params = { code: 'deal_size_not_positive', arguments: { text: String(written) } };
    context.issues.push({ code: 'custom', input: written, message: params.code, params });
    return z.NEVER;
  })
  .register(z.globalRegistry, {
    description: 'Average amount of a closed deal: a number, or a file or rows by team, rep or source',
  });

/** Some CRMs name their stages by numbers. */
const stageName = z.union([z.string().min(1), z.number()]);

export const stageNames = z
  .record(z.string().min(1), z.union([stageName, z.array(stageName).min(1)]))
  .transform((written): Readonly<Record<string, readonly string[]>> => {
    const lists = Object.entries(written).map(
      ([stage, names]) => [stage, [names].flat().map(String)] as const,
    );
    return Object.fromEntries(lists);
  })
  .register(z.globalRegistry, {
    description: 'Our stage (or lost) → what the CRM calls it: { opportunity: [Discovery, Negotiation] }',
  });
