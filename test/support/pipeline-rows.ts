/** Pipelines from rows: a plan of two reps, a deal in order, and what becomes of rows that differ from it. */
import { expect } from 'vitest';
import { parsePlan } from '../../src/files/load-plan.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { problemMessage } from '../../src/report/problems.ts';

export type Keys = Readonly<Record<string, unknown>>;

export const PLAN = {
  currency: 'USD',
  as_of: '2027-03-15',
  quotas: [
    { team: 'EMEA/UK', rep: 'Ana Ruiz', period: '2027', quota: 1_000_000 },
    { team: 'East', rep: 'Ben Cho', period: '2027', quota: 1_000_000 },
  ],
  rates: {
    lead_to_conversation: '50%',
    conversation_to_opportunity: '30%',
    opportunity_to_close: '25%',
  },
  deal_size: 24_000,
} satisfies Keys;

/** A deal in order, but for what is said of it. */
export const deal = (of: Keys = {}): Keys => ({
  rep: 'Ana Ruiz',
  stage: 'opportunity',
  amount: 1000,
  close_date: '2027-04-30',
  created: '2027-01-10',
  ...of,
});

/** The pipeline of a plan with these rows, and what is said of it. */
export function readRecords(rows: readonly Keys[], keys: Keys = {}) {
  const { value, problems } = parsePlan({ ...PLAN, pipeline: rows, ...keys });
  const errors = problems.filter(({ severity }) => severity === 'error').map(problemMessage);
  expect(errors).toEqual([]);
  const model = value as PlanModel;
  const pipeline = model.pipeline!;
  return {
    model,
    ...pipeline,
    problems: problems.map(({ code, arguments: args }) => ({ code, ...args })),
    codes: problems.map(({ code }) => code),
    messages: problems.map(problemMessage),
    outcomes: pipeline.records.map(({ outcome, stage }) => `${outcome} ${model.stages[stage]}`),
  };
}
