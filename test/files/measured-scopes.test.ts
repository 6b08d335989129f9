/** Whom the rows of a measured history are about, by the names of the plan; lags and deal sizes beside them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lagOf } from '../../src/files/measured-lags.ts';
import { meanWait } from '../../src/funnel/lag.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import type { Problem } from '../../src/problem.ts';
import type { AnsweredBy } from '../../src/rates/rate-row.ts';
import { rateFor } from '../../src/rates/rate-table.ts';
import { rateTable } from '../../src/rates/source-rates.ts';
import { problemMessage } from '../../src/report/problems.ts';
import { loadTexts } from '../support/load-texts.ts';
import { type MeasuredParts, measuredText } from '../support/measured-file.ts';

const REPS = `rep,team,id,email,aliases,start,end
Ana Ruiz,EMEA/UK,R1,ana@northwind.example,Anita,,
Ben Cho,West,R2,,,,2027-06-30
Ben Cho,East,R2,,,2027-07-01,
Cy,East,R3,,,,
Kim Lee,East,R4,,,,
Kim Lee,West,R5,,,,
`;

const PLAN = `currency: USD
from: 2027-01
to: 2027-12
funnel: [lead, close]
quotas:
  - { rep: Ana Ruiz, period: 2027, quota: 100000 }
  - { team: West, rep: Ben Cho, period: 2027-Q1, quota: 100000 }
  - { team: East, rep: Ben Cho, period: 2027-Q4, quota: 100000 }
  - { rep: Cy, period: 2027, quota: 100000 }
reps: reps.csv
rates: rates.json
sources: { inbound: { share: 60% }, Trade fairs: { share: 40% } }
`;

interface Loaded {
  readonly model: PlanModel | null;
  readonly problems: readonly Problem[];
}

function load(parts: MeasuredParts, plan = PLAN): Loaded {
  const texts = { 'leadgoal.yaml': plan, 'reps.csv': REPS, 'rates.json': measuredText(parts) };
  const { value, problems } = loadTexts(texts, { purpose: 'plan' });
  return { model: value?.model ?? null, problems };
}

const DEAL_SIZES = [{ mean: 24_000 }];

/** The model of a plan with these rows. */
function modelWith(rates: MeasuredParts['rates'], parts: Partial<MeasuredParts> = {}): PlanModel {
  const { model, problems } = load({ rates, dealSizes: DEAL_SIZES, ...parts });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return model!;
}

/** The rate of somebody in that plan, with the level that answers. */
function ask(model: PlanModel, team: string | null, rep: string | null, source: string | null = null) {
  const table = rateTable(model.rates, { transitions: 1, blended: model.blended, changes: [] });
  const answer = rateFor(table, { team, rep, source }, 0);
  return answer === null ? null : ([answer.value, answer.answeredBy] as const);
}

const ALL = { rate: 0.01 };

describe('reps of a history', () => {
  it('are those of the plan by name, id, email or alias, whatever the case', () => {
    for (const rep of ['Ana Ruiz', 'ANA  RUIZ', 'r1', 'Ana@Northwind.example', 'anita'])
      for (const team of ['EMEA/UK', 'emea / uk', 'Sales', null])
        expect(ask(modelWith([ALL, { rep, team, rate: 0.05 }]), 'EMEA/UK', 'Ana Ruiz')).toEqual([
          0.05,
          'rep',
        ]);
  });

  it('who were in two teams have a rate in each', () => {
    const model = modelWith([
      ALL,
      { rep: 'Ben Cho', team: 'West', rate: 0.02 },
      { rep: 'Ben Cho', team: 'East', rate: 0.03 },
    ]);
    expect(ask(model, 'West', 'Ben Cho')).toEqual([0.02, 'rep']);
    expect(ask(model, 'East', 'Ben Cho')).toEqual([0.03, 'rep']);
  });

  it('who were in a team that is gone have that rate in all of theirs', () => {
    const model = modelWith([ALL, { rep: 'Ben Cho', team: 'North', rate: 0.02 }]);
    expect(ask(model, 'West', 'Ben Cho')).toEqual([0.02, 'rep']);
    expect(ask(model, 'East', 'Ben Cho')).toEqual([0.02, 'rep']);
  });

  it('in several teams of which the plan has one have the rate of that, else that of most records', () => {
    const elsewhere = [
      { rep: 'Cy', team: 'North', rate: 0.04, records: 5000 },
      { rep: 'Cy', team: 'South', rate: 0.06, records: 9000 },
    ];
    expect(ask(modelWith([ALL, ...elsewhere]), 'East', 'Cy')).toEqual([0.06, 'rep']);
    const there = { rep: 'cy', team: 'East', rate: 0.08, records: 10 };
    for (const rows of [
      [there, ...elsewhere],
      [...elsewhere, there],
    ])
      expect(ask(modelWith([ALL, ...rows]), 'East', 'Cy')).toEqual([0.08, 'rep']);
  });

  it('whose name two people of the plan have are only known in a team', () => {
    const model = modelWith([
      ALL,
      { rep: 'Kim Lee', team: null, rate: 0.5 },
      { rep: 'Kim Lee', team: 'West', rate: 0.07 },
    ]);
    expect(ask(model, 'West', 'Kim Lee')).toEqual([0.07, 'rep']);
    expect(ask(model, 'East', 'Kim Lee')).toEqual([0.01, 'all']);
  });

  it('whom the plan does not know are passed over without a word', () => {
    const rates = [
      ALL,
      { rep: 'Gone', team: 'West', rate: 0.5 },
      { rep: 'Anna Ruiz', team: 'EMEA/UK', rate: 0.5 },
    ];
    const { model, problems } = load({ rates, dealSizes: DEAL_SIZES });
    expect(problems).toEqual([]);
    expect(model!.rates).toHaveLength(1);
  });

  it('with records too few to say anything have the rate of their team, and so do those without a row', () => {
    const rows = [ALL, { team: 'East', rate: 0.03 }, { rep: 'Cy', team: 'East', rate: null, records: 3 }];
    expect(ask(modelWith(rows), 'East', 'Cy')).toEqual([0.03, 'team']);
    expect(ask(modelWith(rows), 'East', 'Ben Cho')).toEqual([0.03, 'team']);
  });
});

describe('who answers', () => {
  const answers = (answered_by: string, source: string | null): AnsweredBy =>
    ask(modelWith([ALL, { rep: 'Cy', team: 'East', source, answered_by }]), 'East', 'Cy', source)![1];

  it('is what the file says, whosever row it is', () => {
    expect(['rep', 'team', 'company', 'too little data'].map((by) => answers(by, null))).toEqual([
      'rep',
      'team',
      'all',
      'rep',
    ]);
    expect(['rep', 'team', 'company'].map((by) => answers(by, 'inbound'))).toEqual([
      'rep and source',
      'team and source',
      'source',
    ]);
  });
});

describe('teams of a history', () => {
  it('are those of the plan whatever the case, also those that only have teams below them', () => {
    const model = modelWith([ALL, { team: 'emea', rate: 0.04 }, { team: ' WEST ', rate: 0.02 }]);
    expect(ask(model, 'EMEA/UK', 'Ana Ruiz')).toEqual([0.04, 'team']);
    expect(ask(model, 'West', 'Ben Cho')).toEqual([0.02, 'team']);
    expect(model.rates.map(({ team }) => team)).toEqual([null, 'EMEA', 'West']);
  });

  it('that the plan does not have answer for nobody', () => {
    const model = modelWith([ALL, { team: 'UK', rate: 0.4 }, { team: 'EMEA/UK/London', rate: 0.5 }]);
    expect(model.rates).toHaveLength(1);
    expect(ask(model, 'EMEA/UK', 'Ana Ruiz')).toEqual([0.01, 'all']);
  });
});

describe('sources of a history', () => {
  const warnings = (rates: MeasuredParts['rates']): string[] =>
    load({ rates, dealSizes: DEAL_SIZES }).problems.map((problem) => problemMessage(problem));

  it('are those of the plan whatever the case', () => {
    const rows = [ALL, { source: 'INBOUND', rate: 0.03 }, { source: 'trade  fairs', rate: 0.02 }];
    const model = modelWith(rows);
    expect(ask(model, null, null, 'inbound')).toEqual([0.03, 'source']);
    expect(ask(model, null, null, 'Trade fairs')).toEqual([0.02, 'source']);
    expect(warnings(rows)).toEqual([]);
  });

  it('that the plan has and the history has not are said once, where it has others', () => {
    expect(warnings([ALL, { source: 'Inbound' }, { source: 'Events' }, { source: 'Web' }])).toEqual([
      'nothing was measured for Trade fairs: the overall rate answers (measured sources: Inbound, Events, Web)',
    ]);
    expect(warnings([ALL])).toEqual([]);
    const many = Array.from({ length: 11 }, (_, index) => ({ source: `S${index}` }));
    expect(warnings([ALL, ...many])[0]).toMatch(
      /\(measured sources: S0, S1, S2, S3, S4, S5, S6, S7 and 3 more\)$/,
    );
  });

  it('that need no leads are not missed', () => {
    const plan = PLAN.replace('Trade fairs: { share: 40% }', 'expansion: { share: 40%, leads: none }');
    const { problems } = load({ rates: [ALL, { source: 'inbound' }], dealSizes: DEAL_SIZES }, plan);
    expect(problems).toEqual([]);
  });

  it('are passed over where the plan has none', () => {
    const plan = PLAN.replace(/sources:.*\n/, '');
    const { model, problems } = load(
      { rates: [ALL, { source: 'inbound', rate: 0.5 }], dealSizes: DEAL_SIZES },
      plan,
    );
    expect(problems).toEqual([]);
    expect(model!.rates.map(({ source }) => source)).toEqual([null]);
  });
});

describe('stages of a history', () => {
  const FOUR = PLAN.replace('[lead, close]', '[Lead, Meeting, Close]');
  const steps = (...stages: string[]) =>
    stages.slice(1).map((to, index) => ({ from: stages[index]!, to, rate: 0.1 * (index + 1) }));
  const codes = (stages: readonly string[], rates: MeasuredParts['rates'], plan = FOUR): string[] =>
    load({ stages, rates, dealSizes: DEAL_SIZES }, plan).problems.map(({ code }) => code);

  it('are those of the plan whatever the case and number, and by what they are also called', () => {
    for (const stages of [
      ['lead', 'meeting', 'close'],
      ['LEADS', 'meetings', 'Close'],
      ['Inquiries', 'Meeting', 'Closed Won'],
    ]) {
      const { model, problems } = load({ stages, rates: steps(...stages), dealSizes: DEAL_SIZES }, FOUR);
      expect(problems).toEqual([]);
      const values = model!.rates[0]!.measures.map(
        (measure) => measure?.kind === 'measured' && measure.value,
      );
      expect(values).toEqual([0.1, 0.2]);
    }
  });

  it('go by their own names before what they may be called', () => {
    const stages = ['inquiry', 'lead', 'meeting', 'close'];
    const { model } = load({ stages, rates: steps(...stages), dealSizes: DEAL_SIZES }, FOUR);
    expect(model!.rates[0]!.measures.map((measure) => measure?.where.line)).toEqual([8, 9]);
  });

  it('that are not those of the plan are an error that names the step nobody measured', () => {
    const other = ['lead', 'demo', 'close'];
    const { problems } = load({ stages: other, rates: steps(...other), dealSizes: DEAL_SIZES }, FOUR);
    expect(problems.map(problemMessage)).toEqual([
      "no rate here is from Lead to Meeting: they were measured between lead, demo, close; the plan's stages are Lead, Meeting, Close",
    ]);
    expect(problems[0]!.where.line).toBe(3);
    expect(codes(['meeting', 'lead', 'close'], steps('meeting', 'lead', 'close'))).toEqual([
      'rates_other_stages',
    ]);
    expect(codes(['lead', 'meeting', 'close'], steps('lead', 'meeting'))).toEqual(['rates_other_stages']);
    expect(codes(['lead', 'close'], [])).toEqual(['rates_other_stages']);
  });

  it('beyond those of the plan do no harm: from the first to the last is a step as well', () => {
    const stages = ['lead', 'meeting', 'close'];
    const rates = [...steps(...stages), { from: 'lead', to: 'close', rate: 0.03 }];
    expect(codes(stages, rates, PLAN)).toEqual([]);
    expect(ask(load({ stages, rates, dealSizes: DEAL_SIZES }).model!, null, null)).toEqual([0.03, 'all']);
  });

  it('before the first stage of every source are not missed', () => {
    const plan = FOUR.replace(/sources:.*/, 'sources: { partner: { share: 100%, starts_at: Meeting } }');
    expect(codes(['meeting', 'close'], steps('meeting', 'close'), plan)).toEqual([]);
  });
});

describe('lags of a history', () => {
  it('are the steps of the curve as shares of its end', () => {
    expect(lagOf([0.1, 0.3, 0.4, 0.4])).toEqual({
      kind: 'shares',
      shares: [0.1 / 0.4, (0.3 - 0.1) / 0.4, (0.4 - 0.3) / 0.4].map((share) => expect.closeTo(share, 12)),
    });
    expect(lagOf([0.2])).toEqual({ kind: 'shares', shares: [1] });
    expect(lagOf([0, 0])).toBeNull();
    expect(lagOf([])).toBeNull();
  });

  it('sum to 1 and are never negative, whatever the curve', () => {
    const curve = fc.array(fc.double({ min: 0, max: 0.05, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(curve, (steps) => {
        let sum = 0;
        const lag = lagOf(steps.map((step) => (sum += step)));
        if (lag?.kind !== 'shares') return expect(sum).toBe(0);
        expect(lag.shares.reduce((all, share) => all + share, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...lag.shares)).toBeGreaterThanOrEqual(0);
        expect(meanWait(lag)).toBeLessThanOrEqual(steps.length - 1 + 1e-9);
        return undefined;
      }),
    );
  });

  const stages = ['lead', 'meeting', 'close'];
  const rates = [
    { from: 'lead', to: 'meeting' },
    { from: 'meeting', to: 'close' },
  ];
  const curves = [
    { from: 'lead', to: 'meeting', source: null, by_month: [0.025, 0.05] },
    { from: 'meeting', to: 'close', source: null, by_month: [0, 0.05] },
    { from: 'lead', to: 'close', source: null, by_month: [0.01] },
    { from: 'lead', to: 'meeting', source: 'inbound', by_month: [0.05] },
  ];
  const plan = PLAN.replace('[lead, close]', '[lead, meeting, close]');
  const file = { stages, rates, curves, dealSizes: DEAL_SIZES };

  it('are those of all sources together, between neighbours', () => {
    const { model } = load(file, plan);
    expect(model!.lags).toEqual([
      { kind: 'shares', shares: [0.5, 0.5] },
      { kind: 'shares', shares: [0, 1] },
    ]);
    expect(model!.measured!.lags).toEqual([true, true]);
    expect(model!.lagsWhere.map((where) => where?.line)).toEqual([11, 12]);
  });

  it('give way to those of the plan, step by step', () => {
    const { model } = load(file, `${plan}lags: { meeting_to_close: 2 months }\n`);
    expect(model!.lags).toEqual([
      { kind: 'shares', shares: [0.5, 0.5] },
      { kind: 'duration', months: 2 },
    ]);
    expect(model!.measured!.lags).toEqual([true, false]);
    expect(model!.lagsWhere[1]!.file).toMatch(/leadgoal\.yaml$/);
  });
});

describe('deal sizes of a history', () => {
  const dealSizes = [
    { mean: 24_000.5, deals: 300, variation: 0.6 },
    { team: 'west', mean: 30_000, deals: 100 },
    { rep: 'anita', team: 'EMEA/UK', mean: 12_000, deals: 30 },
    { source: 'Inbound', mean: 20_000, deals: 200 },
    { team: 'North', mean: 1, deals: 9 },
    { rep: 'Cy', team: 'East', mean: 0, deals: 0 },
  ];

  it('are those of the teams, reps and sources the plan knows, in minor units', () => {
    const { dealSizes: sizes, measured } = modelWith([ALL], { dealSizes });
    const whose = sizes.map(({ team, rep, source, amount, deals }) => [team, rep, source, amount, deals]);
    expect(whose).toEqual([
      [null, null, null, 2_400_050, 300],
      ['West', null, null, 3_000_000, 100],
      ['EMEA/UK', 'Ana Ruiz', null, 1_200_000, 30],
      [null, null, 'inbound', 2_000_000, 200],
    ]);
    expect(measured!.dealSpread).toEqual({ variation: 0.6, deals: 300 });
  });

  it('give way to that of the plan', () => {
    const { model } = load({ rates: [ALL], dealSizes }, `${PLAN}deal_size: 5000\n`);
    expect(model!.dealSizes.map(({ amount, deals }) => [amount, deals])).toEqual([[500_000, null]]);
  });

  it('are not asked for where quotas are deals', () => {
    const { model, problems } = load(
      { rates: [ALL], currency: 'EUR', dealSizes },
      `${PLAN}quota_unit: deals\n`,
    );
    expect([problems, model!.dealSizes]).toEqual([[], []]);
  });

  it('bring their currency, which is that of the plan', () => {
    const parts = { rates: [ALL], currency: 'EUR', dealSizes };
    expect(load(parts, PLAN.replace('currency: USD\n', '')).model!.currency).toBe('EUR');
    expect(load(parts).problems.map(({ code }) => code)).toEqual(['second_currency']);
    expect(load(parts, `${PLAN}deal_size: 5000\n`).problems).toEqual([]);
  });
});

describe('what the plan knows of the history', () => {
  it('is its files, its last day and how many records it has', () => {
    expect(modelWith([ALL]).measured).toMatchObject({
      files: ['crm/leads.csv'],
      records: 1234,
      dealSpread: null,
    });
  });
});
