/** The plan file's schema: strict, every key described; `leadgoal schema plan` prints it. */
import * as z from 'zod';
import type { Lag } from '../funnel/lag.ts';
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import { dealSize, lag, seasonality, sources, stageNames } from './plan-keys.ts';
import {
  confidence,
  day,
  fileOrRows,
  month,
  rows,
  share,
  shareAboveZero,
  shareUpToOne,
  text,
  yesNo,
} from './schema-values.ts';

/** Rows written in the plan file itself, as they stand. */
export type InlineRows = readonly Readonly<Record<string, unknown>>[];

export interface SourceEntry {
  readonly share: number;
  readonly owner?: string | undefined;
  readonly starts_at?: string | undefined;
  readonly leads?: 'none' | undefined;
}

/** What a plan file says, cell by cell; nothing is known yet of the files it names. */
export interface PlanFile {
  readonly name?: string | undefined;
  readonly currency?: string | undefined;
  readonly from?: Month | undefined;
  readonly to?: Month | undefined;
  readonly fiscal_year_starts: number;
  readonly fiscal_year_named_by: 'end' | 'start';
  readonly as_of?: Day | undefined;
  readonly funnel?: readonly string[] | Readonly<Record<string, string>> | undefined;
  readonly quotas?: string | InlineRows | undefined;
  readonly quota_unit: 'money' | 'deals';
  readonly quotas_include_ramp: boolean;
  readonly over_assigned: number;
  readonly deal_size?: number | string | InlineRows | undefined;
  readonly rates?: string | InlineRows | Readonly<Record<string, unknown>> | undefined;
  readonly rates_for_reps: 'blended' | 'raw';
  readonly lags: Readonly<Record<string, Lag>>;
  readonly sources?: Readonly<Record<string, SourceEntry>> | undefined;
  readonly reps?: string | InlineRows | undefined;
  readonly ramp: readonly number[];
  readonly seasonality?: readonly number[] | undefined;
  readonly size_on?: 'reps' | 'team' | undefined;
  readonly late: 'spread' | 'report';
  readonly lookahead: number;
  readonly actuals?: string | InlineRows | undefined;
  readonly pipeline?: string | InlineRows | undefined;
  readonly crm?: readonly string[] | undefined;
  readonly stages: Readonly<Record<string, readonly string[]>>;
  readonly confidence?: number | undefined;
  readonly capacity: Readonly<Record<string, number>>;
  readonly scenarios: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly agreed?: string | undefined;
  readonly columns: Readonly<Record<string, string>>;
}

/** Every key of a plan file. Defaults are those of the contract. */
export const planSchema = z
  .strictObject({
    name: text('What the plan is called').optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .register(z.globalRegistry, { description: 'ISO code of the currency' }),
    from: month('First month of the plan').optional(),
    to: month('Last month of the plan').optional(),
    fiscal_year_starts: z
      .int()
      .min(1)
      .max(12)
      .default(1)
      .register(z.globalRegistry, { description: 'Number of the month in which the fiscal year starts' }),
    fiscal_year_named_by: z.enum(['end', 'start']).default('end').register(z.globalRegistry, {
      description: 'A fiscal year carries the number of the calendar year in which it ends, or starts',
    }),
    as_of: day('Last day whose facts are known; the day before `from` unless said').optional(),
    funnel: z
      .union([z.array(z.string().min(1)).min(2), z.record(z.string().min(1), z.string())])
      .optional()
      .register(z.globalRegistry, {
        description: 'Stages in order, two or more: a list, or stage → definition',
      }),
    quotas: fileOrRows('Quotas: a file, or rows with team, rep, period, quota').optional(),
    quota_unit: z
      .enum(['money', 'deals'])
      .default('money')
      .register(z.globalRegistry, { description: 'What quotas count' }),
    quotas_include_ramp: yesNo(
      'Whether quotas already allow for ramp; no: ramp and tenure reduce them',
    ).default(true),
    over_assigned: share('Goals are sized on quota ÷ (1 + this)').default(0),
    deal_size: dealSize.optional(),
    rates: z
      .union([z.string().min(1), rows, z.record(z.string(), z.unknown())])
      .optional()
      .register(z.globalRegistry, {
        description:
          'Conversion rates: a file (also the one `leadgoal rates` writes), rows, or one set of lead_to_conversation: 25% …',
      }),
    rates_for_reps: z.enum(['blended', 'raw']).default('blended').register(z.globalRegistry, {
      description: 'Counts of few records are blended with the team, or stand as they are',
    }),
    lags: z
      .record(z.string(), lag)
      .default({})
      .register(z.globalRegistry, { description: 'Waits by transition: lead_to_conversation: 10 days' }),
    sources: sources.optional(),
    reps: fileOrRows('Reps: a file, or rows with rep, team, start, end, id, email, aliases').optional(),
    ramp: z
      .array(shareUpToOne('productivity'))
      .default([])
      .register(z.globalRegistry, { description: 'Productivity by month of tenure, then 100 %' }),
    seasonality: seasonality.optional(),
    size_on: z.enum(['reps', 'team']).optional().register(z.globalRegistry, {
      description: 'Which quota counts where a team and its reps both have one',
    }),
    late: z.enum(['spread', 'report']).default('spread').register(z.globalRegistry, {
      description: 'What has no source in time is caught up, or only reported',
    }),
    lookahead: shareAboveZero('Share of the closes of a month’s leads that its pace looks ahead for').default(
      0.8,
    ),
    actuals: fileOrRows(
      'What reached each stage in past months: team, rep, source, month, stages, amount',
    ).optional(),
    pipeline: fileOrRows(
      'Open and closed records of the CRM: id, name, rep, team, source, stage, amount, stage_since, close_date',
    ).optional(),
    crm: z
      .union([
        z
          .string()
          .min(1)
          .transform((path) => [path]),
        z.array(z.string().min(1)).min(1),
      ])
      .optional()
      .register(z.globalRegistry, {
        description:
          'Exports of the CRM, leads before deals: rates, lags, deal sizes, actuals and pipeline, where no file of their own is named',
      }),
    stages: stageNames.default({}),
    confidence: confidence('The chance of reaching the quota that goals are sized for').optional(),
    capacity: z.record(z.string().min(1), z.number().positive()).default({}).register(z.globalRegistry, {
      description: 'Records of a stage that a full rep can work in a month: { lead: 60, conversation: 40 }',
    }),
    scenarios: z
      .record(z.string().min(1), z.record(z.string().min(1), z.unknown()))
      .default({})
      .register(z.globalRegistry, {
        description: 'Named what-ifs: name → changes, as with --set: { stretch: { quotas: +10% } }',
      }),
    agreed: text('A saved plan (JSON): the goals that `track` holds people to').optional(),
    columns: z
      .record(z.string(), z.string().min(1))
      .default({})
      .register(z.globalRegistry, { description: 'Our column → header, where synonyms do not reach' }),
  })
  .register(z.globalRegistry, {
    title: 'leadgoal plan',
    description: 'A plan of lead goals',
  }) satisfies z.ZodType<PlanFile, unknown>;

/** Names of the keys. */
export const PLAN_KEYS: readonly string[] = Object.keys(planSchema.shape);
