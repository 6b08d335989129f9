/** The file that `leadgoal rates` writes, behind `rates:` of a plan: what is read of it, and what is wrong in it. */
import { describe, expect, it } from 'vitest';
import { isMeasured, mayBeMeasured, parseMeasured } from '../../src/files/measured-rates.ts';
import { dayOf } from '../../src/period/day.ts';
import type { Problem } from '../../src/problem.ts';
import { problemHint, problemMessage } from '../../src/report/problems.ts';
import { loadTexts } from '../support/load-texts.ts';
import { type MeasuredParts, measuredText } from '../support/measured-file.ts';

const parse = (parts: MeasuredParts) => parseMeasured(measuredText(parts), 'rates.json');

/** `rates.json:7 rate cannot be 1.2`. */
const told = ({ where, ...problem }: Problem): string =>
  `${where.line} ${problemMessage({ where, ...problem })}`;

/** What is said of a text, with the lines. */
function faults(text: string): string[] {
  const { value, problems } = parseMeasured(text, 'rates.json');
  expect(value).toBeNull();
  return problems.map(told);
}

const ONE: MeasuredParts = { rates: [{ rate: 0.05 }] };

describe('measured rates', () => {
  it('are told from every other file by the key that says so, in YAML and JSON', () => {
    for (const text of [
      'format: leadgoal.rates\nversion: "1.0"\n',
      '# a comment\nversion: 1.0\nformat: "leadgoal.rates" # measured\n',
      "format: 'leadgoal.rates'",
      '{ "format": "leadgoal.rates", "version": "1.0" }',
      '{"version":"1.0","format":"leadgoal.rates"}',
      measuredText(ONE),
    ])
      expect(isMeasured(text), text).toBe(true);
    for (const text of [
      '{ "format": "leadgoal.plan" }',
      'format: leadgoal.ratesheet\n',
      'my_format: leadgoal.rates\n',
      'team,lead,close\nformat,100,5\n',
    ])
      expect(isMeasured(text), text).toBe(false);
    expect(['rates.yaml', 'a/b.YML', 'rates.json', '-', 'rates.csv', 'rates'].filter(mayBeMeasured)).toEqual([
      'rates.yaml',
      'a/b.YML',
      'rates.json',
      '-',
    ]);
  });

  it('say when they were measured, of what, and where each row stands', () => {
    const { value, problems } = parse({ rates: [{ rate: 0.05 }, { source: 'inbound', rate: 0.06 }] });
    expect(problems).toEqual([]);
    expect(value!.asOf).toBe(dayOf(2026, 12, 31));
    expect(value!.document.inputs).toEqual([{ path: 'crm/leads.csv' }]);
    expect(value!.document.made.rows).toBe(1234);
    expect(value!.document.rates.map(({ rate }) => rate)).toEqual([0.05, 0.06]);
    expect([0, 1].map((index) => value!.whereOf(['rates', index]).line)).toEqual([7, 8]);
  });

  it('are read of any version that only adds, and of no other', () => {
    for (const version of ['1.0', '1.9', '1.10', '1', 1, 1.1])
      expect(parse({ ...ONE, version }).problems).toEqual([]);
    const later = measuredText({ ...ONE, version: '1.3' })
      .replace('"dirt"', '"regions": [{ "name": "EMEA" }], "dirt"')
      .replace('"answered_by"', '"quality": 3, "answered_by"');
    expect(parseMeasured(later, 'rates.json').value!.document.rates).toHaveLength(1);
    for (const version of ['2.0', '2', '0.9', '1.x', '10.0', 2]) {
      // whatever else it may hold by then
      const text = measuredText({ ...ONE, version }).replace('"company"', '"firm"');
      expect(faults(text)).toEqual([`2 version cannot be ${version}`]);
    }
  });

  it('may have names of digits, which YAML takes for numbers', () => {
    const { value } = parse({ rates: [{ team: 'West', rep: 'Ana' }] });
    const text = measuredText({ rates: [{ team: 'West', rep: 'Ana' }] })
      .replace('"West"', '007')
      .replace('"Ana"', '42');
    expect(parseMeasured(text, 'rates.yaml').value!.document.rates[0]).toMatchObject({
      team: '7',
      rep: '42',
    });
    expect(value!.document.rates[0]).toMatchObject({ team: 'West', rep: 'Ana' });
  });
});

describe('faults in measured rates', () => {
  const row = (parts: MeasuredParts['rates'][number]): string[] =>
    faults(measuredText({ rates: [{ source: 'web' }, parts] }));

  it('are said with the line of the row', () => {
    expect(row({ rate: 1.2, low: 0.9, high: 1, converted: 1000 })).toEqual(['8 rate cannot be 1.2']);
    expect(row({ rate: -0.1, low: null, high: null, converted: 0 })).toEqual(['8 rate cannot be -0.1']);
    expect(row({ rate: 0.05, low: 0.06 })).toEqual(['8 rate cannot be 0.05']);
    expect(row({ rate: 0.05, high: 0.04 })).toEqual(['8 rate cannot be 0.05']);
    expect(row({ records: 10, converted: 11 })).toEqual(['8 converted cannot be 11']);
    expect(row({ records: -1, converted: 0 })).toEqual(['8 records cannot be -1']);
    expect(row({ answered_by: 'nobody' })).toEqual(['8 answered_by cannot be nobody']);
    expect(row({ source: 'web' })).toEqual([
      '8 line 7 gives rates for the same team, rep and source already',
    ]);
  });

  it('are also what is missing, and a level that is not that of the row', () => {
    const text = measuredText({ rates: [{ team: 'West' }] });
    expect(faults(text.replace('"level":"team"', '"level":"company"'))).toEqual([
      '7 level cannot be company',
    ]);
    expect(faults(text.replace('"level":"team"', '"level":"rep"'))).toEqual(['7 level cannot be rep']);
    expect(faults(text.replace('"maturity":1,', ''))).toEqual(['7 maturity is missing']);
    expect(faults(text.replace('"records":1000', '"records":null'))).toEqual([
      '7 records: nothing is written here',
    ]);
    expect(faults(text.replace(/"made": .*/, '"made": { "as_of": "soon", "rows": 1 },'))).toEqual([
      '5 as_of cannot be soon',
    ]);
    expect(faults(text.replace(/"made": .*/, ''))).toEqual(['1 made is missing']);
    expect(faults(text.replace('"curves": [\n\n]', '"curves": 7'))).toEqual(['9 curves cannot be 7']);
  });

  it('are curves that fall, or rise above all there are', () => {
    const curve = (by_month: unknown) => {
      const curves = [{ from: 'lead', to: 'close', source: null, by_month }];
      return measuredText({ ...ONE, curves });
    };
    expect(faults(curve([0.01, 0.03, 0.02]))).toEqual(['10 by_month cannot be 0.02']);
    expect(faults(curve([0.01, 1.03]))).toEqual(['10 by_month cannot be 1.03']);
    expect(faults(curve([]))).toEqual(['10 by_month cannot be []']);
    // the digits they are written with
    expect(parseMeasured(curve([0.03, 0.029999999]), 'rates.json').problems).toEqual([]);
  });

  it('are two deal sizes of the same', () => {
    const dealSizes = [{ mean: 20_000 }, { team: 'West', mean: 1 }, { mean: 21_000 }];
    const text = measuredText({ ...ONE, dealSizes });
    expect(faults(text)).toEqual(['15 line 13 gives a deal size for the same team, rep and source already']);
    expect(faults(text.replace('21000', '-21000').replace('"team":null', '"team":"East"'))).toEqual([
      '15 mean cannot be -21000',
    ]);
  });

  it('tell what to write, and that the file can be made again', () => {
    const [problem] = parse({ rates: [{ rate: 1.2, high: 1, converted: 1 }] }).problems;
    expect(problemHint(problem!)).toBe(
      'write a share from 0 to 1, or null, or make the file again with `leadgoal rates`',
    );
    const [twice] = parse({ rates: [{}, {}] }).problems;
    expect(problemHint(twice!)).toBe('keep one of the two, or make the file again with `leadgoal rates`');
  });

  it('are those of YAML too', () => {
    expect(faults('format: leadgoal.rates\nrates: [\n')[0]).toMatch(/^3 /);
    expect(faults('format: leadgoal.rates\nrates: []\nrates: []\n')).toHaveLength(1);
  });
});

describe('a plan whose rates cannot be read', () => {
  const PLAN = 'funnel: [lead, close]\nquotas: [{ period: 2027-01, quota: 100000 }]\n';
  const codes = (texts: Readonly<Record<string, string>>, rates = 'rates.yaml'): string[] =>
    loadTexts({ 'leadgoal.yaml': `${PLAN}rates: ${rates}\n`, ...texts }, { purpose: 'plan' }).problems.map(
      ({ code }) => code,
    );

  it('is not told that deal sizes are missing, which may stand there', () => {
    expect(
      codes({ 'rates.yaml': measuredText({ rates: [{ rate: 3, converted: 1, low: 0, high: 1 }] }) }),
    ).toEqual(['value_not_allowed']);
    expect(codes({})).toEqual(['file_missing']);
    expect(codes({}, 'rates.csv')).toEqual(['file_missing', 'deal_size_missing']);
    expect(codes({ 'rates.yaml': measuredText(ONE) })).toEqual(['deal_size_missing']);
  });

  it('is told of the CSV of the same command, which has no curves', () => {
    const csv = 'plan,as_of,level,team,rep,source,from,to,records,converted,rate,low,high,answered_by\n';
    const { problems } = loadTexts(
      {
        'leadgoal.yaml': `${PLAN}rates: rates.csv\ndeal_size: 1000\n`,
        'rates.csv': `${csv},2026-12-31,company,,,,lead,close,1000,50,0.05,0.04,0.06,company\n`,
      },
      { purpose: 'plan' },
    );
    expect(problems.map(problemHint)).toEqual([
      'this looks like the CSV of `leadgoal rates`: make it YAML, -o rates.yaml',
    ]);
  });
});
