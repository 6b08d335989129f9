/** Sensitivity: laws of bars, which inputs have one, and how far their ends lie. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../src/chance/normal.ts';
import type { PipelineRecord, PlanModel } from '../../../src/plan/model.ts';
import { at } from '../../../src/problem.ts';
import { leadGoal } from '../../../src/scenario/lead-goal.ts';
import type { AskedInputs } from '../../../src/scenario/sensitivity/rate-scopes.ts';
import { type Bar, type Sensitivity, sensitivityOf } from '../../../src/scenario/sensitivity/sensitivity.ts';
import { type Allowed, randomPlan } from '../../support/random-plan.ts';
import { counted, day, REPS, rep, smallModel } from '../../support/small-model.ts';

const ALL: AskedInputs = { teams: [], sources: [], level: null };

function sensitivity(model: PlanModel, asked: Partial<AskedInputs> = {}): Sensitivity {
  const { value, problems } = sensitivityOf(model, { ...ALL, ...asked });
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

const keysOf = (model: PlanModel, asked: Partial<AskedInputs> = {}): string[] =>
  sensitivity(model, asked)
    .bars.map(({ key }) => key)
    .sort();

const barOf = (of: Sensitivity, key: string): Bar => of.bars.find((bar) => bar.key === key)!;

function forPlans(allowed: Allowed, check: (model: PlanModel) => void): void {
  fc.assert(
    fc.property(randomPlan({ most: 2, ...allowed }), ({ model }) => {
      if (leadGoal(model) !== null) check(model);
    }),
    { seed: 1, numRuns: 15 },
  );
}

/** Nothing is known that exists, and nothing waits: leads = quota ÷ deal size ÷ rates. */
const PLAIN: Allowed = { lags: false, counts: false, changes: false, asOf: ['day before'], grains: [1] };

/** Whole goals are less than one above the exact ones in each of these. */
const partsOf = ({ quotas, sources }: PlanModel): number => quotas.length * sources.length + 1;

describe('bars', () => {
  it('hold the goal as it is between their ends, where nothing is known that exists', () =>
    forPlans({ counts: false, asOf: ['day before'] }, (model) => {
      const { bars, leads } = sensitivity(model);
      for (const { what, leadsLow, leadsHigh, low, base, high } of bars) {
        expect([low, base, high]).toEqual([low, base, high].sort((first, second) => first - second));
        const [fewest, most] = what === 'quota' ? [leadsLow, leadsHigh] : [leadsHigh, leadsLow];
        if (what === 'lag' || what === 'share') continue;
        expect(fewest).toBeLessThanOrEqual(leads);
        expect(most).toBeGreaterThanOrEqual(leads);
      }
    }));

  it('without lags are in proportion to 1 ÷ rate, 1 ÷ deal size, and the quota', () =>
    forPlans(PLAIN, (model) => {
      const { bars, leads } = sensitivity(model);
      const slack = 2 * partsOf(model);
      for (const { what, team, source, leadsLow, leadsHigh, low, base, high } of bars) {
        const isOverall = team === null && source === null;
        if ((what === 'rate' && isOverall) || what === 'deal_size')
          expect(Math.abs(leadsLow! - (leads * base) / low)).toBeLessThanOrEqual(slack);
        // cents of amounts of a few dollars round by more than the goals do
        if (what === 'quota')
          expect(Math.abs(leadsHigh! - (leads * high) / base)).toBeLessThanOrEqual(slack + leads * 0.01);
      }
    }));

  it('of three times the quota are three times as long', () =>
    forPlans({ grains: [1], changes: false, counts: false }, (model) => {
      const larger = { ...model, quotas: model.quotas.map((of) => ({ ...of, amount: of.amount * 3 })) };
      const ofLarger = sensitivity(larger);
      const slack = 3 * partsOf(model) * (model.to - model.from + 1);
      for (const bar of sensitivity(model).bars) {
        const { low, high, leadsLow, leadsHigh } = barOf(ofLarger, bar.key);
        const times = bar.what === 'quota' ? 3 : 1;
        expect(low).toBeCloseTo(bar.low * times, 6);
        expect(high).toBeCloseTo(bar.high * times, 6);
        expect(Math.abs(leadsLow! - 3 * bar.leadsLow!)).toBeLessThanOrEqual(slack);
        expect(Math.abs(leadsHigh! - 3 * bar.leadsHigh!)).toBeLessThanOrEqual(slack);
      }
    }));

  it('stand by their width, ties by key', () =>
    forPlans({}, (model) => {
      const { bars } = sensitivity(model);
      const width = (bar: Bar) => Math.abs(bar.leadsHigh! - bar.leadsLow!);
      for (const [index, bar] of bars.slice(1).entries()) {
        const before = bars[index]!;
        expect(width(before)).toBeGreaterThanOrEqual(width(bar));
        if (width(before) === width(bar)) expect(before.key < bar.key).toBe(true);
      }
    }));

  it('cost a plan for each end that differs and for each point, and one for the plan as it is', () => {
    const { bars, replans } = sensitivity(smallModel());
    const ends = bars.flatMap(({ low, base, high }) => [low, high].filter((end) => end !== base));
    const points = bars.filter(({ perPoint }) => perPoint !== null);
    expect(replans).toBe(1 + ends.length + points.length);
  });
});

describe('one more point of a rate', () => {
  // 120 closes a year ÷ .25 ÷ .5 = 960 leads; ÷ .26 ÷ .5 = 923.08; ÷ .25 ÷ .51 = 941.18
  const one = rep('Ana Ruiz', null);
  const model = smallModel({
    reps: [one],
    quotas: [{ team: null, rep: one, first: 0 as never, last: 0 as never, amount: 0, where: at(null) }].map(
      (of) => ({ ...of, first: smallModel().from, last: smallModel().to, amount: 120 * 2_400_000 }),
    ),
    stages: ['lead', 'opportunity', 'close'],
    lags: [null, null],
    lagsWhere: [null, null],
    capacity: [null, null, null],
    rateChanges: [[], []],
    rates: [counted({}, [800, 400, 100], 2)],
    sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: at(null) }],
  });

  it('saves a quarter of what it saves in a year of four quarters', () => {
    const of = sensitivity(model);
    expect(of.leads).toBe(120 / 0.25 / 0.5);
    expect(barOf(of, 'rates.opportunity_to_close').perPoint).toBe((960 - Math.ceil(120 / 0.26 / 0.5)) / 4);
    expect(barOf(of, 'rates.lead_to_opportunity').perPoint).toBe((960 - Math.ceil(120 / 0.25 / 0.51)) / 4);
    expect(barOf(of, 'deal_size').perPoint).toBeNull();
  });

  it('of a year of which half is over saves in the two quarters to come', () => {
    const half = { ...model, asOf: day('2027-07-31'), actuals: [] };
    const of = sensitivity(half);
    const { perPoint } = barOf(of, 'rates.opportunity_to_close');
    const then = leadGoal({
      ...half,
      rates: [counted({}, [800, 400, 104], 2)],
    })!;
    expect(perPoint).toBe((of.leads - then.leads) / 2);
    expect(perPoint).toBeGreaterThan(0);
  });

  it('of a rate of 100 % saves nothing', () => {
    const of = sensitivity({ ...model, rates: [counted({}, [800, 800, 200], 2)] });
    expect(barOf(of, 'rates.lead_to_opportunity').perPoint).toBe(0);
  });

  it('a rate at its low end is that end for everybody', () => {
    const of = sensitivity(model);
    const { low, leadsLow } = barOf(of, 'rates.opportunity_to_close');
    expect(leadsLow).toBe(Math.ceil(120 / low / 0.5));
  });
});

describe('which inputs have a bar', () => {
  const transitions = ['lead_to_conversation', 'conversation_to_opportunity', 'opportunity_to_close'];
  const shares = ['expansion', 'inbound', 'outbound', 'partner'].map((name) => `sources.${name}.share`);
  const ofSources = ['inbound', 'outbound'].flatMap((name) =>
    transitions.map((key) => `rates.${key}[source=${name}]`),
  );
  const overall = [
    ...transitions.flatMap((key) => [`rates.${key}`, `lags.${key}`]),
    'deal_size',
    'quota',
    ...shares,
  ];

  it('rates of all and of the sources that differ, lags, deal size, quota and shares', () => {
    expect(keysOf(smallModel())).toEqual([...overall, ...ofSources].sort());
  });

  it('of the source asked for: its rates and its share', () => {
    const wanted = ofSources.filter((key) => key.endsWith('[source=inbound]'));
    expect(keysOf(smallModel(), { sources: ['inbound'] })).toEqual(
      [...wanted, 'sources.inbound.share'].sort(),
    );
  });

  it('of the team asked for: its rates, whether or not they differ', () => {
    expect(keysOf(smallModel(), { teams: ['EMEA'] })).toEqual(
      transitions.map((key) => `rates.${key}[team=EMEA]`).sort(),
    );
  });

  it('a rate of one team and source changes nothing for others', () => {
    const asked = { teams: ['East'], sources: ['inbound'] };
    const [bar] = sensitivity(smallModel(), asked).bars as [Bar];
    expect(bar.key).toMatch(/^rates\.\w+\[team=East,source=inbound\]$/);
    const alone = sensitivity(smallModel(), { sources: ['inbound'] });
    const whole = barOf(alone, bar.key.replace('team=East,', ''));
    expect(Math.abs(bar.leadsLow! - alone.leads)).toBeLessThan(Math.abs(whole.leadsLow! - alone.leads));
  });

  const byTeam = (names: readonly string[]) =>
    smallModel({
      sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: at(null) }],
      rates: names.map((team, index) => counted({ team }, [900, 450, 150 + index, 30 + index], index + 2)),
    });

  it('teams at the uppermost level that their rates differ at', () => {
    const scopes = keysOf(byTeam(['East', 'West', 'EMEA'])).flatMap(
      (key) => /\[team=(.*)\]/.exec(key)?.[1] ?? [],
    );
    expect([...new Set(scopes)].sort()).toEqual(['EMEA', 'East', 'West']);
  });

  it('no source that stands for no part of the quota, whose records say nothing either', () => {
    const [inbound, outbound, partner, expansion] = smallModel().sources as PlanModel['sources'] & {
      length: 4;
    };
    const sources = [{ ...inbound!, share: 0.45 + 0.25 }, { ...outbound!, share: 0 }, partner!, expansion!];
    const idle = smallModel({ sources });
    const without = smallModel({ sources: sources.filter(({ share }) => share > 0) });
    expect(keysOf(idle).filter((key) => key.includes('outbound'))).toEqual([]);
    expect(sensitivity(idle).bars).toEqual(sensitivity(without).bars);
    expect(keysOf(idle, { sources: ['outbound'] })).toEqual([]);
  });

  it('more than twelve teams only where they are asked for', () => {
    const teams = Array.from({ length: 13 }, (_, index) => `Team ${index}`);
    const reps = teams.map((team) => rep(`Rep of ${team}`, team));
    const model = {
      ...byTeam(teams),
      reps,
      quotas: reps.map((of) => ({ ...smallModel().quotas[0]!, team: of.team, rep: of })),
    };
    const { bars, teamsLeftOut } = sensitivity(model);
    expect(bars.every(({ team }) => team === null)).toBe(true);
    expect(teamsLeftOut).toBe(13);
    const asked = sensitivity(model, { level: 'team' });
    expect(new Set(asked.bars.map(({ team }) => team))).toEqual(new Set(teams));
    expect(asked.teamsLeftOut).toBe(0);
    expect(sensitivity(model, { level: 'company' }).teamsLeftOut).toBe(0);
  });

  it('no deal size where quotas are deals, no lags and shares where there are none', () => {
    const model = smallModel({
      quotaUnit: 'deals',
      dealSizes: [],
      lags: [null, null, null],
      sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: at(null) }],
      rates: [counted({}, [900, 450, 150, 30], 2)],
    });
    expect(keysOf(model)).toEqual([...transitions.map((key) => `rates.${key}`), 'quota'].sort());
  });
});

describe('ranges', () => {
  it('lags are a month shorter and a month longer, never below 0', () => {
    const of = sensitivity(smallModel());
    expect(barOf(of, 'lags.lead_to_conversation')).toMatchObject({ low: 0, high: 10 / 30.4375 + 1 });
    expect(barOf(of, 'lags.conversation_to_opportunity')).toMatchObject({ low: 0, base: 1, high: 2 });
    // who waits no month at all waits none still: .1 of all
    expect(barOf(of, 'lags.opportunity_to_close').low).toBeCloseTo(2.1 - 0.9, 12);
    expect(barOf(of, 'lags.opportunity_to_close').high).toBeCloseTo(2.1 + 1, 12);
  });

  it('a deal size nothing is known of, the quota and shares are taken a tenth to either side', () => {
    const of = sensitivity(smallModel());
    const taken = ({ low, base, high, basis }: Bar) => [low / base, high / base, basis];
    for (const key of ['deal_size', 'quota', 'sources.inbound.share'])
      expect(taken(barOf(of, key))).toEqual([0.9, expect.closeTo(1.1, 12), 'taken']);
    expect(barOf(of, 'deal_size').base).toBe(2_400_000);
  });

  it('a deal size of which twenty deals are known lies by their spread', () => {
    const won: PipelineRecord = {
      id: null,
      name: null,
      account: null,
      owner: null,
      rep: REPS[0]!,
      team: 'East',
      source: null,
      outcome: 'won',
      stage: 3,
      crmStage: 'Closed Won',
      amount: 0,
      since: null,
      closeDate: null,
      where: at('deals.csv', 2),
    };
    // ten of 1 and ten of 3: mean 2, variance 20 ÷ 19
    const records = Array.from({ length: 20 }, (_, index) => ({ ...won, amount: (index % 2) * 200 + 100 }));
    const pipeline = { records, knowsClosed: false, leftOut: { count: 0, amount: 0 } };
    const { low, high, base, basis } = barOf(sensitivity(smallModel({ pipeline })), 'deal_size');
    const part = (normalQuantile(0.9) * Math.sqrt(20 / 19)) / 2 / Math.sqrt(20);
    expect(basis).toBe('spread');
    expect(low / base).toBeCloseTo(1 - part, 12);
    expect(high / base).toBeCloseTo(1 + part, 12);
  });

  it('a rate that is 0 for the team but not for its reps lies where those of the reps lie', () => {
    const ana = REPS[0]!;
    const rates = [
      counted({}, [900, 450, 150, 30], 2),
      counted({ team: ana.team }, [100, 50, 20, 0], 3),
      counted({ team: ana.team, rep: ana.name }, [400, 200, 100, 20], 4),
    ];
    const model = smallModel({
      ...{ reps: [ana], quotas: smallModel().quotas.slice(0, 1), rates, blended: false },
      sources: [{ name: null, owner: null, share: 1, startsAt: 0, where: at(null) }],
    });
    const bar = barOf(sensitivity(model, { level: 'team' }), 'rates.opportunity_to_close[team=East]');
    expect(bar.base).toBe(20 / 100);
    expect(bar.low).toBeGreaterThan(0.1);
    expect(bar.leadsLow).toBeGreaterThan(bar.leadsHigh!);
  });

  it('measured of so many deals counts as much', () => {
    const measured = { files: [], asOf: smallModel().asOf, records: 0, lags: [], dealSpread: null };
    const known = { ...measured, dealSpread: { variation: 0.5, deals: 100 } };
    const { low, base } = barOf(sensitivity(smallModel({ measured: known })), 'deal_size');
    expect(low / base).toBeCloseTo(1 - (normalQuantile(0.9) * 0.5) / 10, 12);
    expect(barOf(sensitivity(smallModel({ measured })), 'deal_size').basis).toBe('taken');
  });

  it('deal sizes that differ are each counted by the deals they stand for', () => {
    const size = smallModel().dealSizes[0]!;
    const dealSizes = [size, { ...size, source: 'inbound', amount: 4_800_000 }];
    // 45 % of the quota in deals of 48,000, 55 % in deals of 24,000
    expect(barOf(sensitivity(smallModel({ dealSizes })), 'deal_size').base).toBeCloseTo(
      100 / (45 / 4_800_000 + 55 / 2_400_000),
      0,
    );
  });
});
