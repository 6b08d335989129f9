/** What results of every kind share: their values, whose a row is, and the head they begin with. */
import * as z from 'zod';

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const month = z.string().regex(/^\d{4}-\d{2}$/);
export const period = z.string().regex(/^(\d{4}-\d{2}|(FY)?\d{4}(-Q[1-4])?)$/);
export const text = z.string().nullable();
export const grain = z.enum(['month', 'quarter', 'year']);
export const level = z.enum(['company', 'team', 'rep']);
export const count = z.int().min(0);
/** A number, or null where there is none. */
export const exact = z.number().nullable();
/** 0 … 1. */
export const share = z.number().min(0).max(1);

/** Whose row it is. */
export const whose = { level, team: text, rep: text, rep_id: text, territory: text };

/** Whose row it is in results of a history, which knows no ids. */
export const whoseRecords = { level, team: text, rep: text, source: text };

const stages = z.array(z.string()).min(2);
const definitions = z.record(z.string(), z.string());

const plan = z.object({
  name: text,
  currency: text,
  quota_unit: z.enum(['money', 'deals']),
  from: month,
  to: month,
  fiscal_year_starts: z.int().min(1).max(12),
  fiscal_year_named_by: z.enum(['end', 'start']),
  as_of: day,
  stages,
  definitions,
});

/** A history is of no plan: what only plans have is null. */
const historyPlan = z.object({
  name: text,
  currency: text,
  quota_unit: z.null(),
  from: z.null(),
  to: z.null(),
  fiscal_year_starts: z.null(),
  fiscal_year_named_by: z.null(),
  as_of: day,
  stages,
  definitions,
});

export const inputs = z.array(z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }));

/** What was changed of the plan for a what-if. */
export const set = z
  .array(
    z.object({ key: z.string(), team: text, rep: text, source: text, value: z.string(), scenario: text }),
  )
  .describe('What was changed for a what-if, as it was asked for; empty: nothing');

export const warnings = z.array(
  z.object({ code: z.string(), message: z.string(), file: text, line: z.int().nullable() }),
);

/** How a history was read. */
const made = z.object({
  as_of: day,
  log_from: day.nullable(),
  half_life: exact,
  options: z.record(z.string(), z.unknown()),
  rows: count,
});

const head = <Format extends string>(format: Format) => ({
  format: z.literal(format),
  version: z.string().regex(/^1\.\d+$/),
});

/** A result of a plan: its head, then these keys. */
export function planDocument<Format extends string, Keys extends z.ZodRawShape>(format: Format, keys: Keys) {
  return z.object({ ...head(format), plan, inputs, set, ...keys });
}

/** A result of several plans: the head of the first, then these keys. */
export function plansDocument<Format extends string, Keys extends z.ZodRawShape>(format: Format, keys: Keys) {
  return z.object({ ...head(format), plan, ...keys });
}

/** A result of a history: its head, then these keys. */
export function historyDocument<Format extends string, Keys extends z.ZodRawShape>(
  format: Format,
  keys: Keys,
) {
  return z.object({ ...head(format), plan: historyPlan, inputs, made, ...keys, warnings });
}
