/** Whose a deal is and where it comes from, by the names the CRM has for people, teams and sources. */
import { describe, expect, it } from 'vitest';
import { deal, readRecords } from '../support/pipeline-rows.ts';

describe('whose a deal is', () => {
  const REPS = [
    {
      rep: 'Ana Ruiz',
      team: 'EMEA/UK',
      id: 'R01',
      email: 'ana@northwind.example',
      aliases: 'Ana R.; A. Ruiz',
    },
    { rep: 'Ben Cho', team: 'East', id: 'R02' },
  ];

  it('by name, id, email or alias, without regard to case', () => {
    const texts = ['ana ruiz', 'ANA RUIZ', 'r01', 'Ana@Northwind.example', 'a. ruiz', 'Ana R.'];
    const { records, codes } = readRecords(
      texts.map((rep) => deal({ rep })),
      { reps: REPS },
    );
    expect(records.map(({ rep, team }) => [rep?.name, team])).toEqual(
      texts.map(() => ['Ana Ruiz', 'EMEA/UK']),
    );
    expect(codes).toEqual([]);
  });

  it('by the id where the name is unknown, and the other way round', () => {
    const { records } = readRecords(
      [
        deal({ rep: 'Ana from London', rep_id: 'R01' }),
        deal({ rep: 'Ben Cho', rep_id: '0055x00000A1b2C' }),
        deal({ rep: '', rep_id: 'R02' }),
      ],
      { reps: REPS },
    );
    expect(records.map(({ rep }) => rep?.name)).toEqual(['Ana Ruiz', 'Ben Cho', 'Ben Cho']);
  });

  it('the plan says which team somebody is in, not the CRM', () => {
    const { records, codes } = readRecords([deal({ team: 'East' }), deal({ team: 'Inside sales' })]);
    expect(records.map(({ rep, team }) => [rep?.name, rep?.team, team])).toEqual([
      ['Ana Ruiz', 'EMEA/UK', 'EMEA/UK'],
      ['Ana Ruiz', 'EMEA/UK', 'EMEA/UK'],
    ]);
    expect(codes).toEqual([]);
  });

  it('a team’s where the plan knows the team but not the owner', () => {
    const { records, problems, leftOut } = readRecords([
      deal({ rep: 'Zed', team: 'east' }),
      deal({ rep: 'Zed', team: 'east', amount: 500 }),
      deal({ rep: '', team: 'EMEA' }),
    ]);
    expect(records.map(({ rep, team }) => [rep, team])).toEqual([
      [null, 'East'],
      [null, 'East'],
      [null, 'EMEA'],
    ]);
    expect(problems).toMatchObject([
      { code: 'pipeline_rep_without_quota', text: 'Zed', team: 'East', count: 2, amount: 150_000 },
    ]);
    expect(leftOut).toEqual({ count: 0, amount: 0 });
  });

  it('nobody’s where it knows neither: left out, each name said once', () => {
    const { records, problems, messages, leftOut } = readRecords([
      deal({ rep: 'Zed', amount: 50_000 }),
      deal(),
      deal({ rep: 'Zed', team: 'North', amount: 35_500 }),
      deal({ rep: '', team: 'North', amount: 8_000 }),
      deal({ rep: '', amount: 100 }),
    ]);
    expect(records).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: 'pipeline_rep_unknown', what: 'rep', text: 'Zed', count: 2, amount: 8_550_000 },
      { code: 'pipeline_rep_unknown', what: 'team', text: 'North', count: 1, amount: 800_000 },
      { code: 'pipeline_rep_unknown', what: 'team', text: '', count: 1, amount: 10_000 },
    ]);
    expect(messages).toEqual([
      'there is no rep called Zed; not in plan: 2 deals, $85.5k',
      'there is no team called North; not in plan: 1 deal, $8k',
      'no rep and no team; not in plan: 1 deal, $100',
    ]);
    expect(leftOut).toEqual({ count: 4, amount: 9_360_000 });
  });

  it('the company’s where the plan knows nobody', () => {
    const { records, codes } = readRecords([deal({ rep: 'Zed', team: 'North' }), deal({ rep: '' })], {
      quotas: [{ period: '2027', quota: 1_000_000 }],
    });
    expect(records.map(({ rep, team }) => [rep, team])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(codes).toEqual([]);
  });

  it('but not where it knows teams', () => {
    const { records, leftOut } = readRecords([deal({ rep: 'Zed', team: 'East' }), deal({ rep: 'Zed' })], {
      quotas: [{ team: 'East', period: '2027', quota: 1_000_000 }],
    });
    expect(records.map(({ rep, team }) => [rep, team])).toEqual([[null, 'East']]);
    expect(leftOut.count).toBe(1);
  });

  it('lost deals of strangers are in no number and need no telling', () => {
    const { codes, leftOut } = readRecords(
      [deal({ rep: 'Zed', stage: 'Closed Lost' }), deal({ stage: 'lost', source: 'Webinar' }), deal()],
      { sources: { inbound: { share: '100%', owner: 'marketing' } } },
    );
    expect(codes).toEqual([]);
    expect(leftOut).toEqual({ count: 0, amount: 0 });
  });

  it('somebody who moved: open deals are where they are now, won ones where they were then', () => {
    const { records } = readRecords(
      [
        deal(),
        deal({ stage: 'close', close_date: '2027-01-20' }),
        deal({ stage: 'close', close_date: '2027-02-20' }),
      ],
      {
        reps: [
          { rep: 'Ana Ruiz', team: 'East', end: '2027-01-31' },
          { rep: 'Ana Ruiz', team: 'EMEA/UK', start: '2027-02-01' },
        ],
        quotas: [
          { team: 'East', rep: 'Ana Ruiz', period: '2027-01', quota: 100_000 },
          { team: 'EMEA/UK', rep: 'Ana Ruiz', period: '2027-02', quota: 100_000 },
          { team: 'EMEA/UK', rep: 'Ana Ruiz', period: '2027-03', quota: 100_000 },
        ],
      },
    );
    expect(records.map(({ team }) => team)).toEqual(['EMEA/UK', 'East', 'EMEA/UK']);
  });

  it('a name that may be two people is said, and left out', () => {
    const { records, codes, leftOut } = readRecords([deal({ rep: 'Sam Li' })], {
      reps: [
        { rep: 'Sam Li', team: 'East', id: 'R1' },
        { rep: 'Sam Li', team: 'West', id: 'R2' },
      ],
    });
    expect([records, codes]).toEqual([[], ['rep_ambiguous']]);
    expect(leftOut).toEqual({ count: 1, amount: 100_000 });
  });
});

describe('sources', () => {
  const SOURCES = {
    sources: { Inbound: { share: '60%', owner: 'marketing' }, outbound: { share: '40%', owner: 'sales' } },
  };

  it('in the plan’s spelling; unknown ones are counted without, and said once', () => {
    const { records, problems, leftOut } = readRecords(
      ['inbound', 'OUTBOUND', '', 'Webinar', 'Webinar'].map((source) => deal({ source })),
      SOURCES,
    );
    expect(records.map(({ source }) => source)).toEqual(['Inbound', 'outbound', null, null, null]);
    expect(problems).toMatchObject([
      { code: 'pipeline_source_unknown', text: 'Webinar', count: 2, amount: 200_000 },
    ]);
    expect(leftOut.count).toBe(0);
  });

  it('a deal that is left out anyway is not counted without a source', () => {
    const { problems } = readRecords(
      [deal({ source: 'Webinar', amount: -5 }), deal({ source: 'Webinar' })],
      SOURCES,
    );
    expect(problems).toMatchObject([
      { code: 'pipeline_amount_negative' },
      { code: 'pipeline_source_unknown', count: 1, amount: 100_000 },
    ]);
  });

  it('of a plan without sources nothing is asked', () => {
    const { records, codes } = readRecords([deal({ source: 'Webinar' })]);
    expect([records[0]!.source, codes]).toEqual([null, []]);
  });
});
