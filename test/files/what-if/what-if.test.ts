/** What-ifs on a whole plan: the same as a plan that says so itself, and the forms in which they are written. */
import { describe, expect, it } from 'vitest';
import type { PlanRequest } from '../../../src/files/plan-request.ts';
import { planGoals } from '../../../src/plan/goals.ts';
import { loadTexts } from '../../support/load-texts.ts';

const PLAN = {
  from: '2027-01',
  to: '2027-06',
  quotas: 'quotas.csv',
  rates: 'rates.csv',
  deal_size: '20000',
  lags: '{ lead_to_conversation: 10 days, conversation_to_opportunity: 1 month, opportunity_to_close: [10%, 60%, 30%] }',
  sources: '{ inbound: { share: 60%, owner: marketing }, outbound: { share: 40%, owner: sales } }',
};
const QUOTAS = `team,rep,period,quota
East,Ana,2027-Q1,300000
East,Ben,2027-Q1,300000
West,Cy,2027-Q1,450000
East,Ana,2027-Q2,330000
East,Ben,2027-Q2,330000
West,Cy,2027-Q2,480000
`;
const RATES = `source,lead,conversation,opportunity,close
inbound,4000,1800,700,180
outbound,3000,900,300,75
`;
const SHARES = `source,lead_to_conversation,conversation_to_opportunity,opportunity_to_close
inbound,50%,40%,25%
outbound,30%,30%,20%
`;

type Keys = Readonly<Record<string, string>>;

const yaml = (keys: Keys) =>
  Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

function load(keys: Keys, files: Keys, request: Partial<PlanRequest>) {
  const texts = {
    'leadgoal.yaml': yaml({ ...PLAN, ...keys }),
    'quotas.csv': QUOTAS,
    'rates.csv': RATES,
    ...files,
  };
  return loadTexts(texts, { purpose: 'plan', ...request });
}

/** Exact goals of every finest row, by whom, source, stage and month. */
function goals(keys: Keys, files: Keys = {}, request: Partial<PlanRequest> = {}): number[][] {
  const { value, problems } = load(keys, files, request);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const plan = planGoals(value!.model).value!;
  return plan.lines.map(({ expected }) => expected.map((number) => Math.round(number * 1e6) / 1e6));
}

const set = (...changes: string[]): Partial<PlanRequest> => ({ set: changes });

describe('the same as a plan that says so itself', () => {
  const scaled = (by: number) => QUOTAS.replace(/\d+$/gm, (quota) => String(Math.round(Number(quota) * by)));
  const ofRates = { 'rates.csv': SHARES };

  it.each([
    ['deal_size=+10%', { deal_size: '22000' }, {}, {}],
    ['deal_size=30000', { deal_size: '30000' }, {}, {}],
    ['deal_size=-2000', { deal_size: '18000' }, {}, {}],
    ['quota=+10%', {}, { 'quotas.csv': scaled(1.1) }, {}],
    ['quotas=-50%', {}, { 'quotas.csv': scaled(0.5) }, {}],
    ['quota=4.38M', {}, { 'quotas.csv': scaled(2) }, {}],
    [
      'quota[rep=ana]=+10%',
      {},
      {
        'quotas.csv': QUOTAS.replace('300000', '330000').replace(
          '330000\nEast,Ben,2027-Q2',
          '363000\nEast,Ben,2027-Q2',
        ),
      },
      {},
    ],
    ['lags.lead_to_conversation=+10 days', { lags: PLAN.lags.replace('10 days', '20 days') }, {}, {}],
    ['lags.lead_to_conversation=20 days', { lags: PLAN.lags.replace('10 days', '20 days') }, {}, {}],
    ['lags.opportunity_to_close=+1 month', { lags: PLAN.lags.replace('[10%', '[0%, 10%') }, {}, {}],
    ['confidence=90%', { confidence: '90%' }, {}, {}],
    [
      'sources.inbound.share=70%',
      { sources: PLAN.sources.replace('60%', '70%').replace('40%', '30%') },
      {},
      {},
    ],
    [
      'sources.inbound.share=+10 points',
      { sources: PLAN.sources.replace('60%', '70%').replace('40%', '30%') },
      {},
      {},
    ],
    ['from=+1 month', { from: '2027-02' }, {}, {}],
    ['over_assigned=20%', { over_assigned: '20%' }, {}, {}],
    [
      'seasonality=[10%,5%,10%,5%,10%,10%,5%,10%,10%,5%,10%,10%]',
      { seasonality: '[10%,5%,10%,5%,10%,10%,5%,10%,10%,5%,10%,10%]' },
      {},
      {},
    ],
    [
      'rates.opportunity_to_close=+20%',
      {},
      { 'rates.csv': SHARES.replace('25%', '30%').replace('20%\n', '24%\n') },
      ofRates,
    ],
    [
      'rates.opportunity_to_close[source=inbound]=30%',
      {},
      { 'rates.csv': SHARES.replace('25%', '30%') },
      ofRates,
    ],
    [
      'rates.lead_to_conversation[source=Inbound]=+2 points',
      {},
      { 'rates.csv': SHARES.replace('50%', '52%') },
      ofRates,
    ],
  ])('%s', (change, keys, files, base) => {
    expect(goals({}, base, set(change))).toEqual(goals(keys, files));
    expect(goals({}, base)).not.toEqual(goals(keys, files));
  });

  it('a rate of one team leaves the others alone', () => {
    const before = goals({});
    const after = goals({}, {}, set('rates.opportunity_to_close[team=West]=+10%'));
    const { model } = load({}, {}, {}).value!;
    const isWest = planGoals(model).value!.lines.map(({ team }) => team === 'West');
    expect(after.filter((_, row) => !isWest[row])).toEqual(before.filter((_, row) => !isWest[row]));
    for (const [row, west] of isWest.entries()) {
      if (!west) continue;
      const leads = before[row]!.slice(0, 6);
      expect(after[row]!.slice(0, 6).map((goal) => Math.round(goal * 1.1 * 1e4))).toEqual(
        leads.map((goal) => Math.round(goal * 1e4)),
      );
    }
  });

  it('all rates at once', () => {
    const times = (text: string) => `${Math.round(Number.parseFloat(text) * 0.9 * 1e6) / 1e6}%`;
    const less = SHARES.replace(/[\d.]+%/g, times);
    expect(goals({}, ofRates, set('rates.*=-10%'))).toEqual(goals({}, { 'rates.csv': less }));
  });
});

describe('scenarios', () => {
  const scenarios = `
  stretch: { quotas: +10%, deal_size: 30000 }
  slow:
    lags: { opportunity_to_close: +1 month }
    "rates.opportunity_to_close[team=West]": -10%
    sources: { inbound: { share: 70% } }`;

  it('are changes under a name', () => {
    expect(goals({ scenarios }, {}, { scenario: 'stretch' })).toEqual(
      goals({}, {}, set('quotas=+10%', 'deal_size=30000')),
    );
    expect(goals({ scenarios }, {}, { scenario: 'Slow' })).toEqual(
      goals(
        {},
        {},
        set(
          'lags.opportunity_to_close=+1 month',
          'rates.opportunity_to_close[team=West]=-10%',
          'sources.inbound.share=70%',
        ),
      ),
    );
  });

  it('what is typed comes on top, or in its place', () => {
    const both = goals({ scenarios }, {}, { scenario: 'stretch', set: ['quota=+10%'] });
    expect(both).toEqual(goals({}, {}, set('quota=+21%', 'deal_size=30000')));
    const instead = goals({ scenarios }, {}, { scenario: 'stretch', set: ['deal_size=20000'] });
    expect(instead).toEqual(goals({}, {}, set('quota=+10%')));
  });

  it('without being asked for change nothing', () => {
    expect(goals({ scenarios })).toEqual(goals({}));
  });

  it('are read even where they are not asked for', () => {
    const { problems } = load({ scenarios: '{ odd: { "quota[": 3 } }' }, {}, {});
    expect(problems).toMatchObject([{ code: 'set_scope_unreadable', where: { line: 8 } }]);
  });

  it('a + keeps its meaning without quotes', () => {
    const more = goals({ scenarios: '{ more: { deal_size: +5000 } }' }, {}, { scenario: 'more' });
    expect(more).toEqual(goals({ deal_size: '25000' }));
  });
});

describe('what cannot be changed by a part of it', () => {
  it.each([
    ['ramp=+10%', { ramp: '[50%]' }, 'set_change_unfit'],
    ['deal_size=-20000', {}, 'set_leaves_nothing'],
    ['deal_size[team=West]=-30000', {}, 'set_leaves_nothing'],
    ['rates.opportunity_to_close=-90 points', {}, 'set_leaves_nothing'],
  ])('%s', (change, keys: Keys, code) => {
    const { value, problems } = load(keys, {}, set(change));
    const planned = value === null ? [] : planGoals(value.model).problems;
    expect([...new Set([...problems, ...planned].map((problem) => problem.code))]).toEqual([code]);
  });
});

describe('what was changed', () => {
  it('is kept, by the plan’s own names', () => {
    const scenarios = '{ stretch: { quotas: +10% } }';
    const { value } = load(
      { scenarios },
      {},
      { scenario: 'stretch', set: ['rates.Opportunity_To_Close[team=west]=-5%', 'late=report'] },
    );
    expect(value!.model.changes).toEqual([
      { key: 'quota', team: null, rep: null, source: null, value: '+10%', scenario: 'stretch' },
      {
        key: 'rates.opportunity_to_close',
        team: 'West',
        rep: null,
        source: null,
        value: '-5%',
        scenario: null,
      },
      { key: 'late', team: null, rep: null, source: null, value: 'report', scenario: null },
    ]);
  });

  it.each([
    ['deal_size=30.000', 'comma', '30000'],
    ['deal_size=30.000,00', null, '30000'],
    ['deal_size=30,5', null, '30.5'],
    ['deal_size=30.5', null, '30.5'],
    ['deal_size=30k', null, '30000'],
    ['deal_size=+1.000', 'comma', '21000'],
    ['deal_size=+2,5%', null, '20500'],
  ] as const)('%s, decimal %s', (typed, decimal, size) => {
    expect(goals({}, {}, { ...set(typed), decimal })).toEqual(goals({ deal_size: size }));
  });

  it('a number that may be two is asked about', () => {
    const { problems } = load({}, {}, set('deal_size=30.000'));
    expect(problems).toMatchObject([
      { code: 'decimal_ambiguous', arguments: { as_point: '30.000', as_comma: '30000' } },
    ]);
  });

  it.each([
    ['sources.inbound.owner=brand', 'sources.inbound.owner'],
    ['deal_size = 25000', 'deal_size'],
    ['quota [rep=Ana, team=East]= +3%', 'quota'],
    ['deal_size=\u22125%', 'deal_size'],
  ])('%s', (typed, key) => {
    const { value, problems } = load({}, {}, set(typed));
    expect(problems).toEqual([]);
    expect(value!.model.changes[0]!.key).toBe(key);
  });
});
