/**
 * Random pairs of pipelines: the same CRM on two days. Deals appear, vanish, close, move their dates, amounts and
 * owners, become overdue; some have no owner with a quota, no date, no amount or no id.
 */
import fc from 'fast-check';
import { parsePlan } from '../../src/files/load-plan.ts';
import { addDays, type Day } from '../../src/period/day.ts';
import type { PipelineRecord, PlanModel } from '../../src/plan/model.ts';
import { NOWHERE } from '../../src/problem.ts';
import { day } from './small-model.ts';

/** Reps of teams two levels deep, one who leaves and one who joins, and a team that carries its quota itself. */
const PLAN = {
  from: '2027-01',
  to: '2027-06',
  as_of: '2027-02-08',
  quotas: [
    ...['Ana', 'Ben'].map((rep) => ({ team: 'East', rep, period: '2027-Q1', quota: 300_000 })),
    ...['Ana', 'Ben'].map((rep) => ({ team: 'East', rep, period: '2027-Q2', quota: 360_000 })),
    { team: 'EMEA/UK', rep: 'Cho', period: '2027-Q1', quota: 240_000 },
    { team: 'EMEA/UK', rep: 'Cho', period: '2027-Q2', quota: 240_000 },
    { team: 'EMEA/DACH', rep: 'Gil', period: '2027-Q1', quota: 150_000 },
    { team: 'EMEA/DACH', rep: 'Gil', period: '2027-Q2', quota: 150_000 },
    { team: 'Partners', period: '2027-Q1', quota: 90_000 },
    { team: 'Partners', period: '2027-Q2', quota: 90_000 },
  ],
  reps: [
    { rep: 'Ana', team: 'East' },
    { rep: 'Ben', team: 'East', start: '2027-02-15' },
    { rep: 'Cho', team: 'EMEA/UK' },
    { rep: 'Gil', team: 'EMEA/DACH', end: '2027-02-20' },
  ],
  deal_size: 20_000,
  rates: { lead_to_conversation: '50%', conversation_to_opportunity: '40%', opportunity_to_close: '25%' },
  lags: { opportunity_to_close: ['40%', '40%', '20%'] },
};

function modelOf(): PlanModel {
  const { value, problems } = parsePlan(PLAN);
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

const WITH_RATES = modelOf();
const MODELS = { withRates: WITH_RATES, without: { ...WITH_RATES, rates: [] } };

/** Whose a deal can be: a rep's, or a team's alone. */
const OWNERS = [
  { rep: 'Ana', team: 'East' },
  { rep: 'Ben', team: 'East' },
  { rep: 'Cho', team: 'EMEA/UK' },
  { rep: 'Gil', team: 'EMEA/DACH' },
  { rep: null, team: 'EMEA/DACH' },
  { rep: null, team: 'EMEA' },
  { rep: null, team: 'Partners' },
  { rep: null, team: null },
] as const;

interface Drawn {
  readonly owner: number;
  readonly outcome: 'open' | 'won' | 'lost';
  readonly stage: number;
  readonly cents: number | null;
  /** Days from the first Monday; null without a date. */
  readonly closes: number | null;
}

const rarely = <Value>(usual: fc.Arbitrary<Value>, rare: Value): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: fc.constant(rare) });

const drawn: fc.Arbitrary<Drawn> = fc.record({
  owner: fc.nat(OWNERS.length - 1),
  outcome: fc.constantFrom('open', 'open', 'open', 'open', 'won', 'lost'),
  stage: fc.constantFrom(2, 2, 2, 1, 0),
  cents: rarely<number | null>(fc.integer({ min: 0, max: 9_999_999 }), null),
  closes: rarely<number | null>(fc.integer({ min: -40, max: 160 }), null),
});

/** What becomes of one deal in between; null where it is not there. */
interface Story {
  readonly lastWeek: Drawn | null;
  readonly today: Drawn | null;
}

const changed = fc.record(
  {
    owner: fc.nat(OWNERS.length - 1),
    outcome: fc.constantFrom<Drawn['outcome']>('open', 'won', 'lost'),
    cents: fc.integer({ min: 0, max: 9_999_999 }),
    closes: rarely<number | null>(fc.integer({ min: -40, max: 160 }), null),
  },
  { requiredKeys: [] },
);

const story: fc.Arbitrary<Story> = fc.oneof(
  drawn.map((deal) => ({ lastWeek: deal, today: deal })),
  drawn.map((deal) => ({ lastWeek: deal, today: null })),
  drawn.map((deal) => ({ lastWeek: null, today: deal })),
  fc.tuple(drawn, changed).map(([deal, change]) => ({ lastWeek: deal, today: { ...deal, ...change } })),
  fc.tuple(drawn, changed).map(([deal, change]) => ({ lastWeek: deal, today: { ...deal, ...change } })),
  fc
    .tuple(drawn, fc.integer({ min: 0, max: 9_999_999 }))
    .map(([deal, cents]) => ({ lastWeek: deal, today: { ...deal, cents } })),
  fc.tuple(drawn, drawn).map(([deal, other]) => ({ lastWeek: deal, today: other })),
);

export interface PipelinePair {
  readonly lastWeek: PlanModel;
  readonly today: PlanModel;
}

/** Deals go by their ids, or by name and account where a deal has none. */
export const pipelinePair: fc.Arbitrary<PipelinePair> = fc
  .record({
    stories: fc.array(story, { maxLength: 12, size: 'max' }),
    ids: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    days: fc.constantFrom(0, 1, 7, 7, 7, 28, 60),
    rates: fc.boolean(),
  })
  .map(({ stories, ids, days, rates }) => {
    const model = rates ? MODELS.withRates : MODELS.without;
    const asOf = addDays(day('2027-02-08'), days);
    const record = (of: Drawn | null, index: number, closes: number | null): PipelineRecord[] =>
      of === null ? [] : [recordOf(model, { ...of, closes }, { index, hasId: ids[index]! })];
    const withRecords = (at: Day, records: readonly PipelineRecord[]): PlanModel => ({
      ...model,
      asOf: at,
      pipeline: { records, knowsClosed: true, leftOut: { count: 0, amount: 0 } },
    });
    return {
      lastWeek: withRecords(
        day('2027-02-08'),
        stories.flatMap(({ lastWeek }, index) => record(lastWeek, index, dateOf(lastWeek, null))),
      ),
      today: withRecords(
        asOf,
        stories.flatMap(({ today, lastWeek }, index) => record(today, index, dateOf(today, lastWeek, days))),
      ),
    };
  });

/** What is closed closed before it was exported: in between, where it was not closed before. */
function dateOf(deal: Drawn | null, before: Drawn | null, days = 0): number | null {
  if (deal === null || deal.outcome === 'open') return deal?.closes ?? null;
  const ago = Math.abs(deal.closes ?? 3) + 1;
  const isNew = before !== null && before.outcome === 'open' && days > 0;
  return isNew ? days - (ago % days) : -ago;
}

function recordOf(
  model: PlanModel,
  { owner, outcome, stage, cents, closes }: Drawn,
  { index, hasId }: { index: number; hasId: boolean },
): PipelineRecord {
  const { rep, team } = OWNERS[owner]!;
  const isOpen = outcome === 'open';
  // what is closed, or at the stage before the last, has an amount; closed records have a day
  const needsAmount = !isOpen || stage === 2 || closes !== null;
  return {
    id: hasId ? `D${index}` : null,
    name: `Deal ${index % 5}`,
    account: `Account ${index}`,
    rep: model.reps.find(({ name }) => name === rep) ?? null,
    owner: rep,
    team,
    source: null,
    outcome,
    stage: outcome === 'won' ? 3 : stage,
    crmStage: outcome,
    amount: cents ?? (needsAmount ? 0 : null),
    since: day('2027-01-05'),
    closeDate: closes === null ? null : addDays(day('2027-02-08'), closes),
    where: NOWHERE,
  };
}
