/** Rates with their evidence: of the company, of teams and reps, of sources; curves, deal sizes, cohorts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEstimate, RateEstimate } from '../../src/history/estimate.ts';
import { estimateHistory } from '../../src/history/estimate-history.ts';
import { intervalOf } from '../../src/history/interval.ts';
import type { HistoryTallies } from '../../src/history/tallies.ts';
import { dayOf } from '../../src/period/day.ts';
import { type HistoryRecord, random, tallyRecords } from './tally-records.ts';

const AS_OF = dayOf(2026, 12, 31)!;
const STAGES = ['lead', 'opportunity', 'close'] as const;

interface Market {
  readonly seed: number;
  readonly days: number;
  readonly perDay: number;
  /** Share that converts, all within 150 days. */
  readonly share: number;
  /** Of the others, the share that is lost within 200 days. */
  readonly lost: number;
  /** What became of records is only known from so many days after the first came; those gone before are not there. */
  readonly logAfter?: number;
}

/** Leads that come evenly up to the as-of day. */
function market({ seed, days, perDay, share, lost, logAfter = 0 }: Market): HistoryRecord[] {
  const next = random(seed);
  const first = AS_OF - days + 1;
  const records: HistoryRecord[] = [];
  for (let day = first; day <= AS_OF; day++)
    for (let count = 0; count < perDay; count++) {
      const converts = next() < share;
      const wait = Math.floor(next() * (converts ? 150 : 200));
      const isLost = !converts && next() < lost;
      const gone = converts || isLost ? day + wait : null;
      if (gone !== null && gone < first + logAfter) continue;
      records.push({ stages: [day, converts ? day + wait : null], lost: isLost ? day + wait : null });
    }
  return records;
}

const company = ({ rates }: HistoryEstimate, source: string | null = null): RateEstimate =>
  rates.find((rate) => rate.level === 'company' && rate.source === source)!;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the rate is right where the plain ratio is too low', () => {
  const runs = (of: Omit<Market, 'seed'>): RateEstimate[] =>
    Array.from({ length: 40 }, (_, seed) =>
      company(estimateHistory(tallyRecords(market({ ...of, seed: seed + 1 }), { asOf: AS_OF }))),
    );

  it.each([
    ['young cohorts', { days: 300, perDay: 8, share: 0.1, lost: 0.8 }, 0.09],
    ['younger cohorts', { days: 200, perDay: 12, share: 0.1, lost: 0.8 }, 0.075],
    ['without losses', { days: 300, perDay: 8, share: 0.1, lost: 0 }, 0.09],
  ])('%s', (_, of, naive) => {
    const rates = runs(of);
    expect(mean(rates.map(({ rate }) => rate!))).toBeCloseTo(0.1, 2);
    expect(Math.abs(mean(rates.map(({ rate }) => rate!)) / 0.1 - 1)).toBeLessThan(0.025);
    expect(mean(rates.map((rate) => rate.naive!))).toBeLessThan(naive);
    const inside = rates.filter(({ low, high }) => low! <= 0.1 && 0.1 <= high!).length;
    expect(inside).toBeGreaterThanOrEqual(26);
  });

  it('a log that starts late, of which those gone before are not there', () => {
    const of = { days: 500, perDay: 8, share: 0.1, lost: 0.8, logAfter: 200 };
    const rates = runs(of);
    expect(Math.abs(mean(rates.map(({ rate }) => rate!)) / 0.1 - 1)).toBeLessThan(0.03);
    expect(mean(rates.map((rate) => rate.naive!))).toBeLessThan(0.09);
  });
});

describe('company', () => {
  const records = market({ seed: 7, days: 300, perDay: 8, share: 0.1, lost: 0.8 });
  const estimate = estimateHistory(tallyRecords(records, { asOf: AS_OF }));
  const rate = company(estimate);

  it('counts every record once', () => {
    const { records: count, converted, lost, open, naive } = rate;
    expect(count).toBe(2_400);
    expect(converted + lost + open).toBe(2_400);
    expect(naive).toBe(converted / 2_400);
  });

  it('its interval is that of the records that have had their time', () => {
    const effective = rate.maturity! * rate.records;
    expect(effective).toBeLessThan(rate.records);
    expect({ low: rate.low, high: rate.high }).toEqual(intervalOf(rate.rate!, effective));
    expect(Math.abs(rate.converted / effective / rate.rate! - 1)).toBeLessThan(0.02);
  });

  it('the curve ends in the rate, the lags are those of the table', () => {
    const { byMonth } = estimate.curves[0]!;
    expect(byMonth.at(-1)).toBe(rate.rate);
    expect(byMonth).toHaveLength(6);
    expect(rate.medianLagDays).toBeGreaterThan(60);
    expect(rate.medianLagDays).toBeLessThan(90);
    expect(rate.lag80Days).toBeGreaterThan(105);
    expect(rate.lag80Days).toBeLessThan(135);
  });
});

it('intervals: 10 of 100; none and all are given half a record', () => {
  const { low, high } = intervalOf(0.1, 100)!;
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0638', '0.1397']);
  expect(intervalOf(0.1, 0)).toBeNull();
  expect(intervalOf(0, 50)).toMatchObject({ low: 0 });
  expect(intervalOf(0, 50)!.high).toBeGreaterThan(0.01);
  expect(intervalOf(1, 50)).toMatchObject({ high: 1 });
});

/** When everything had been seen from the first day on. */
const LONG_AGO = AS_OF - 900;

/** So many records of a rep that came long ago, the first of which converted. */
function old(
  rep: Pick<HistoryRecord, 'team' | 'rep' | 'source'>,
  converted: number,
  entered: number,
): HistoryRecord[] {
  return Array.from({ length: entered }, (_, index) => ({
    ...rep,
    stages: [LONG_AGO + index, index < converted ? LONG_AGO + 10 + index : null],
    lost: index < converted ? null : LONG_AGO + 5 + index,
  }));
}

const rateOf = ({ rates }: HistoryEstimate, of: Partial<RateEstimate>): RateEstimate | undefined =>
  rates.find((rate) => Object.entries(of).every(([key, value]) => rate[key as keyof RateEstimate] === value));

describe('small samples', () => {
  const six = (value: number | null | undefined): string => value!.toFixed(6);

  it('teams of 10, 12, 8 and 30, 26, 34 of 200 each', () => {
    const records = [
      ...old({ team: 'A', rep: 'a' }, 10, 200),
      ...old({ team: 'A', rep: 'b' }, 12, 200),
      ...old({ team: 'A', rep: 'c' }, 8, 200),
      ...old({ team: 'B', rep: 'd' }, 30, 200),
      ...old({ team: 'B', rep: 'e' }, 26, 200),
      ...old({ team: 'B', rep: 'f' }, 34, 200),
    ];
    const estimate = estimateHistory(tallyRecords(records, { asOf: AS_OF, logFrom: LONG_AGO }));
    const reps = estimate.rates.filter(({ level }) => level === 'rep');
    expect(reps.map(({ rep }) => rep)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(reps.map(({ rate }) => six(rate))).toEqual([
      '0.052148',
      '0.053417',
      '0.050878',
      '0.147852',
      '0.145313',
      '0.150391',
    ]);
    expect(six(company(estimate).rate)).toBe('0.100000');
    expect(reps.every(({ answeredBy }) => answeredBy === 'rep')).toBe(true);
  });

  it('3, 0, 6 and 2 of 100, 0, 100 and 50; who has none has the team’s', () => {
    const counted = old({ team: 'A', rep: 'b' }, 1, 1).map(
      ({ stages, ...of }): HistoryRecord => ({ ...of, stages: [null, stages[0]!, null] }),
    );
    const leads = [
      ...old({ team: 'A', rep: 'a' }, 3, 100),
      ...old({ team: 'A', rep: 'c' }, 6, 100),
      ...old({ team: 'A', rep: 'd' }, 2, 50),
    ].map(({ stages: [lead, close], ...of }): HistoryRecord => ({ ...of, stages: [lead!, close!, close!] }));
    const later = leads.map(
      ({ stages, ...of }): HistoryRecord => ({ ...of, stages: [null, stages[0]!, stages[2]!] }),
    );
    const estimate = estimateHistory(
      tallyRecords([...leads, ...counted], { asOf: AS_OF, logFrom: LONG_AGO, stages: STAGES }),
    );
    expect(rateOf(estimate, { rep: 'b', from: 0, to: 2 })).toMatchObject({ records: 1 });
    const onlyLater = estimateHistory(
      tallyRecords([...later, { team: 'A', rep: 'b', stages: [AS_OF, null, null], lost: null }], {
        asOf: AS_OF,
        logFrom: LONG_AGO,
        stages: STAGES,
      }),
    );
    const reps = ['a', 'b', 'c', 'd'].map((rep) => rateOf(onlyLater, { rep, from: 1, to: 2 })!);
    expect(reps.map(({ rate }) => six(rate))).toEqual(['0.041252', '0.043917', '0.046997', '0.043502']);
    expect(reps[1]).toMatchObject({ records: 0, naive: null, maturity: null, answeredBy: 'team' });
    expect(reps[1]!.low).toBeLessThan(0.0439);
    expect(reps[1]!.high).toBeGreaterThan(0.0439);
    const width = ({ low, high }: RateEstimate) => high! - low!;
    expect(width(reps[1]!)).toBeGreaterThan(width(reps[0]!));
  });

  it('0 0 0 of 40 60 10: never 0, and too little data', () => {
    const records = [40, 60, 10].flatMap((entered, index) =>
      old({ team: 'A', rep: `r${index}` }, 0, entered),
    );
    const estimate = estimateHistory(tallyRecords(records, { asOf: AS_OF, logFrom: LONG_AGO }));
    const reps = estimate.rates.filter(({ level }) => level === 'rep');
    expect(reps.map(({ rate }) => six(rate))).toEqual(['0.004513', '0.004477', '0.004567']);
    expect(company(estimate)).toMatchObject({
      rate: 0.5 / 111,
      answeredBy: 'too little data',
      medianLagDays: null,
    });
    expect(estimate.rates.every(({ answeredBy }) => answeredBy === 'too little data')).toBe(true);
    expect(estimate.curves).toEqual([]);
  });

  it('without teams reps are drawn to the company: 3, 6 and 2 of 100, 100 and 50', () => {
    const records = [...old({ rep: 'a' }, 3, 100), ...old({ rep: 'b' }, 6, 100), ...old({ rep: 'c' }, 2, 50)];
    const estimate = estimateHistory(tallyRecords(records, { asOf: AS_OF, logFrom: LONG_AGO }));
    const reps = estimate.rates.filter(({ level }) => level === 'rep');
    expect(reps.map(({ rate }) => rate!.toFixed(9))).toEqual(['0.041318757', '0.047064277', '0.043576402']);
  });

  it('every level of a path has its row, drawn to those beside it', () => {
    const records = [
      ...old({ team: 'EMEA/UK', rep: 'a' }, 10, 200),
      ...old({ team: 'EMEA/DE', rep: 'b' }, 20, 200),
      ...old({ team: 'West', rep: 'c' }, 40, 200),
      ...old({ team: 'West', rep: null }, 2, 20),
    ];
    const estimate = estimateHistory(tallyRecords(records, { asOf: AS_OF, logFrom: LONG_AGO }));
    const teams = estimate.rates.filter(({ level }) => level === 'team');
    expect(teams.map(({ team }) => team)).toEqual(['EMEA', 'EMEA/DE', 'EMEA/UK', 'West']);
    expect(teams.map(({ records: count, converted }) => [count, converted])).toEqual([
      [400, 30],
      [200, 20],
      [200, 10],
      [220, 42],
    ]);
    for (const { rate, naive } of teams.filter(({ team }) => team !== 'EMEA/DE')) {
      const toCompany = company(estimate).rate! - naive!;
      expect((rate! - naive!) * Math.sign(toCompany)).toBeGreaterThan(0);
    }
  });
});

describe('effective records', () => {
  const records = market({ seed: 3, days: 300, perDay: 8, share: 0.1, lost: 0.8 });
  const halves = records.map(
    (of, index): HistoryRecord => ({ ...of, rep: index < records.length / 2 ? 'old' : 'new' }),
  );

  it('count a young record for what it can have shown: a rep of young ones is not worse', () => {
    const estimate = estimateHistory(tallyRecords(halves, { asOf: AS_OF }));
    const [young, seasoned] = ['new', 'old'].map((rep) => rateOf(estimate, { rep })!) as [
      RateEstimate,
      RateEstimate,
    ];
    expect(young.naive! / seasoned.naive!).toBeLessThan(0.75);
    expect(young.maturity).toBeLessThan(0.75);
    expect(seasoned.maturity).toBeGreaterThan(0.97);
    expect(young.rate! / seasoned.rate!).toBeGreaterThan(0.9);
  });

  it('are at least those converted', () => {
    const lucky: HistoryRecord = { stages: [AS_OF, AS_OF], lost: null, rep: 'lucky' };
    const estimate = estimateHistory(tallyRecords([...halves, lucky], { asOf: AS_OF }));
    expect(rateOf(estimate, { rep: 'lucky' })).toMatchObject({ records: 1, converted: 1, maturity: 1 });
  });
});

describe('sources', () => {
  const records = market({ seed: 5, days: 400, perDay: 8, share: 0.1, lost: 0.8 });
  const split = records.map(
    (of, index): HistoryRecord => ({
      ...of,
      rep: `r${index % 3}`,
      team: 'A',
      source: index % 4 === 0 ? null : 'web',
    }),
  );
  const estimate = estimateHistory(
    tallyRecords(
      [...split, { stages: [AS_OF - 50, AS_OF - 20], lost: null, rep: 'r1', team: 'A', source: 'fair' }],
      { asOf: AS_OF },
    ),
  );

  it('have rows of their own, in order, for whoever has records of them', () => {
    const keys = estimate.rates.map(({ level, team, rep, source }) => [level, team, rep, source].join(' '));
    expect(keys).toEqual([
      'company   ',
      'company   fair',
      'company   web',
      'team A  ',
      'team A  fair',
      'team A  web',
      'rep A r0 ',
      'rep A r0 web',
      'rep A r1 ',
      'rep A r1 fair',
      'rep A r1 web',
      'rep A r2 ',
      'rep A r2 web',
    ]);
  });

  it('are counted each by itself: all together have those without a source too', () => {
    expect(company(estimate).records).toBe(3_201);
    expect(company(estimate, 'web').records).toBe(2_400);
  });

  it('a single record is too little data; what it is worth by its age says the table of all', () => {
    const fair = company(estimate, 'fair');
    expect(fair).toMatchObject({ records: 1, converted: 1, answeredBy: 'too little data', rate: 1.5 / 2 });
    expect(estimate.curves.map(({ source }) => source)).toEqual([null, 'web']);
  });
});

describe('transitions', () => {
  const records = market({ seed: 2, days: 300, perDay: 4, share: 0.2, lost: 0.5 }).map(
    ({ stages: [lead, close], lost }): HistoryRecord => ({
      stages: [lead!, close === null ? lead! + 5 : null, close!],
      lost,
    }),
  );
  const estimate = estimateHistory(tallyRecords(records, { asOf: AS_OF, stages: STAGES }));

  it('neighbours in order, then first to last', () => {
    expect(estimate.rates.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [0, 2],
    ]);
    expect(estimate.logStarts.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [0, 2],
    ]);
  });

  it('who skips a stage has reached it', () => {
    const [first, , whole] = estimate.rates as [RateEstimate, RateEstimate, RateEstimate];
    expect(first.converted).toBeGreaterThan(whole.converted * 2);
    expect(first.rate).toBeGreaterThan(0.97);
  });
});

describe('nothing', () => {
  it('no records: no rates', () => {
    const estimate = estimateHistory(tallyRecords([], { asOf: AS_OF, stages: STAGES }));
    expect(estimate.rates).toHaveLength(3);
    for (const rate of estimate.rates)
      expect(rate).toMatchObject({
        records: 0,
        rate: null,
        low: null,
        naive: null,
        maturity: null,
        answeredBy: 'too little data',
      });
    expect(estimate).toMatchObject({ curves: [], dealSizes: [], logStarts: [] });
  });

  it('one stage: no transition', () => {
    expect(estimateHistory(tallyRecords([], { asOf: AS_OF, stages: ['lead'] })).rates).toEqual([]);
  });
});

describe('half-life', () => {
  /** Converts 5 % at first and 15 % in the last year. */
  const records = [
    ...market({ seed: 1, days: 1100, perDay: 4, share: 0.05, lost: 0.8 }).filter(
      ({ stages }) => stages[0]! <= AS_OF - 365,
    ),
    ...market({ seed: 2, days: 365, perDay: 4, share: 0.15, lost: 0.8 }),
  ];
  const tallies = tallyRecords(records, { asOf: AS_OF });
  const plain = estimateHistory(tallies);

  it('off unless asked for; a very long one is none', () => {
    expect(estimateHistory(tallies, { halfLife: null })).toEqual(plain);
    expect(company(estimateHistory(tallies, { halfLife: 1e9 })).rate).toBeCloseTo(company(plain).rate!, 9);
  });

  it('follows what is recent, with fewer records to go by', () => {
    const recent = estimateHistory(tallies, { halfLife: 4 });
    expect(company(plain).rate).toBeLessThan(0.1);
    expect(company(recent).rate).toBeGreaterThan(0.12);
    const width = ({ low, high, rate }: RateEstimate) => (high! - low!) / rate!;
    expect(width(company(recent))).toBeGreaterThan(width(company(plain)));
    expect(recent.curves[0]!.byMonth.at(-1)).toBeCloseTo(company(recent).rate!, 12);
    expect(company(recent)).toMatchObject({ records: records.length, maturity: company(plain).maturity });
  });
});

describe('deal sizes', () => {
  it('10, 20 and 30: 20, half of which is the spread', () => {
    const closed = (amount: number, of: Partial<HistoryRecord> = {}): HistoryRecord => ({
      stages: [AS_OF - 50, AS_OF - 10],
      lost: null,
      amount,
      team: 'EMEA/UK',
      rep: 'a',
      ...of,
    });
    const { dealSizes } = estimateHistory(
      tallyRecords(
        [closed(10), closed(20), closed(30), closed(100, { team: 'West', rep: 'b', source: 'web' })],
        {
          asOf: AS_OF,
        },
      ),
    );
    const row = (level: string, team: string | null, rep: string | null, source: string | null) =>
      dealSizes.find(
        (size) => [size.level, size.team, size.rep, size.source].join() === [level, team, rep, source].join(),
      );
    expect(row('team', 'EMEA', null, null)).toMatchObject({ deals: 3, mean: 20, variation: 0.5 });
    expect(row('company', null, null, null)).toMatchObject({ deals: 4, mean: 40 });
    expect(row('rep', 'West', 'b', 'web')).toMatchObject({ deals: 1, mean: 100, variation: null });
    expect(dealSizes.map(({ level, team, source }) => [level, team, source].join(' '))).toEqual([
      'company  ',
      'company  web',
      'team EMEA ',
      'team EMEA/UK ',
      'team West ',
      'team West web',
      'rep EMEA/UK ',
      'rep West ',
      'rep West web',
    ]);
  });
});

describe('cohorts', () => {
  it('have the shares converted by their age, as far as all of a month are old enough', () => {
    const entered = dayOf(2026, 9, 1)!;
    const records = Array.from({ length: 20 }, (_, index): HistoryRecord => {
      const wait = [5, 40, 45, 100][index] ?? null;
      return { stages: [entered, wait === null ? null : entered + wait], lost: null };
    });
    const late: HistoryRecord = { stages: [dayOf(2026, 12, 1)!, null], lost: null };
    const [triangle] = estimateHistory(tallyRecords([...records, late], { asOf: AS_OF })).triangles;
    expect(triangle).toMatchObject({ from: 0, to: 1 });
    expect(triangle!.rows).toEqual([
      // All 20 have been there for 92 days on the last of September's: three months of 30.4375 days, not four.
      { month: 2026 * 12 + 8, records: 20, shares: [0.05, 0.15, 0.15, null, null] },
      { month: 2026 * 12 + 11, records: 1, shares: [null, null, null, null, null] },
    ]);
  });
});

describe('the order of tallies', () => {
  const shuffled = (tallies: HistoryTallies, seed: number): HistoryTallies => {
    const next = random(seed);
    const mixed = <Row>(rows: readonly Row[]): Row[] =>
      rows
        .map((row) => ({ row, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row);
    return {
      ...tallies,
      entered: mixed(tallies.entered),
      exits: mixed(tallies.exits),
      units: mixed(tallies.units),
      cohorts: mixed(tallies.cohorts),
      amounts: mixed(tallies.amounts),
    };
  };

  it('makes no difference', () => {
    const records = market({ seed: 9, days: 400, perDay: 3, share: 0.1, lost: 0.5 }).map(
      (of, index): HistoryRecord => ({
        ...of,
        team: `T${index % 2}`,
        rep: `r${index % 5}`,
        source: ['web', null, 'fair'][index % 3]!,
        amount: 1_000 + index,
      }),
    );
    const tallies = tallyRecords(records, { asOf: AS_OF });
    const rounded = (estimate: HistoryEstimate): unknown =>
      JSON.parse(
        JSON.stringify(estimate, (_, value) =>
          typeof value === 'number' ? Number(value.toPrecision(12)) : value,
        ),
      );
    const wanted = rounded(estimateHistory(tallies));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        expect(rounded(estimateHistory(shuffled(tallies, seed)))).toEqual(wanted);
      }),
      { numRuns: 20 },
    );
  });
});
