/** Measured rates for other programs: JSON, YAML and CSV hold the same, whatever names the history has. */
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseMeasured } from '../../../src/files/measured-rates.ts';
import type { HistoryEstimate } from '../../../src/history/estimate.ts';
import { type RatesFormat, renderRates } from '../../../src/report/rates/rates.ts';
import type { RatesFile } from '../../../src/report/rates/rates-rows.ts';
import { flowText } from '../../../src/report/rates/yaml-flow.ts';
import { EMPTY, ESTIMATE, PLAN, ratesFile, withNames } from '../../support/history-estimate.ts';

const STYLE = { width: 100, ascii: false, colour: false, bom: false };

type Row = Readonly<Record<string, unknown>>;

const render = (format: RatesFormat, file: RatesFile = ratesFile(ESTIMATE), bom = false): string =>
  [...renderRates(format, file, { ...STYLE, bom })].join('');

const json = (file?: RatesFile) => JSON.parse(render('json', file)) as Readonly<Record<string, Row[]>>;

/** The keys that PRODUCT.md promises, in its order. */
const PROMISED =
  'level team rep source from to records converted lost open naive rate low high maturity median_lag_days lag_80_days answered_by'.split(
    ' ',
  );

describe('JSON', () => {
  it('has the head of every result, how it was made, then its rows', () => {
    const all = json();
    expect(Object.keys(all)).toEqual([
      'format',
      'version',
      'plan',
      'inputs',
      'made',
      'rates',
      'curves',
      'deal_sizes',
      'dirt',
      'log_starts',
      'warnings',
    ]);
    expect(all.format).toBe('leadgoal.rates');
    expect(all.plan).toMatchObject({ name: 'Northwind', as_of: '2026-12-31', from: null, quota_unit: null });
    expect(all.inputs).toEqual([{ path: 'crm/leads.csv', sha256: 'ab'.repeat(32) }]);
    expect(all.made).toEqual({
      as_of: '2026-12-31',
      log_from: '2025-03-01',
      half_life: null,
      options: { stages: ['lead', 'close'], columns: { lead: 'Created: on' }, time_zone: null },
      rows: 12_000,
    });
  });

  it('has a row a rate, with the keys of the contract and null where there is nothing', () => {
    const { rates } = json();
    expect(rates).toHaveLength(ESTIMATE.rates.length);
    for (const row of rates!) expect(Object.keys(row)).toEqual(PROMISED);
    expect(rates![0]).toMatchObject({ level: 'company', from: 'lead', to: 'conversation', records: 12_000 });
    expect(rates!.at(-1)).toMatchObject({ rep: 'Cy', naive: null, rate: null, low: null, lag_80_days: null });
    expect(rates!.at(-1)!.answered_by).toBe('too little data');
  });

  it('has curves, deal sizes, dirt and where the log starts', () => {
    const { curves, deal_sizes, dirt, log_starts, warnings } = json();
    expect(curves!.at(-1)).toEqual({ from: 'lead', to: 'close', source: 'inbound', by_month: [0.001, 0.05] });
    expect(deal_sizes![0]).toEqual({
      level: 'company',
      team: null,
      rep: null,
      source: null,
      deals: 310,
      mean: 24_312.56,
      variation: 0.7123,
    });
    expect(dirt![0]).toMatchObject({ kind: 'end_before_start', count: 3 });
    expect((dirt![0]!.rows as Row[])[0]).toEqual({
      row: 12,
      file: 'leads.csv',
      id: 'A-17',
      text: '2018-12-07',
    });
    expect(log_starts![0]).toEqual({ from: 'lead', to: 'conversation', day: '2025-03-01', late: true });
    expect(warnings![0]).toMatchObject({ code: 'rates_window_backwards', file: 'crm/leads.csv', line: 3 });
  });

  it('has rates to ten digits, within their bounds, and curves that never fall', () => {
    const share = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { minLength: 3, maxLength: 9 }), (shares) => {
        const byMonth = [...shares].sort((first, second) => first - second);
        const [low, rate, high] = byMonth as [number, number, number];
        const [first] = ESTIMATE.rates as [HistoryEstimate['rates'][number]];
        const estimate = {
          ...ESTIMATE,
          rates: [{ ...first, low, rate, high }],
          curves: [{ from: 0, to: 1, source: null, byMonth }],
        };
        const { rates, curves } = json(ratesFile(estimate));
        const [row] = rates as [Record<'low' | 'rate' | 'high', number>];
        expect(row.low <= row.rate && row.rate <= row.high).toBe(true);
        expect(Math.abs(row.rate / rate - 1)).toBeLessThan(1e-9);
        const written = curves![0]!.by_month as number[];
        expect([...written].sort((one, other) => one - other)).toEqual(written);
      }),
    );
  });

  it('of a team, a source or a stage has only its rows', () => {
    const of = (selection: Parameters<typeof ratesFile>[1]) => json(ratesFile(ESTIMATE, selection));
    expect(new Set(of({ teams: ['EMEA'] }).rates!.map(({ team }) => team))).toEqual(
      new Set(['EMEA', 'EMEA/UK']),
    );
    expect(of({ sources: ['inbound'] }).curves!.map(({ source }) => source)).toEqual(['inbound']);
    expect(of({ level: 'rep' }).deal_sizes).toHaveLength(1);
    const steps = of({ stages: ['opportunity'] }).rates!.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(steps)).toEqual(new Set(['conversation opportunity', 'opportunity close']));
  });
});

const HOSTILE = [
  '"quoted"',
  "it's",
  'a: b',
  'a #b',
  '# x',
  '- x',
  '=SUM(A1:B2)',
  '+1',
  '-1',
  '@x',
  'line\nbreak',
  'tab\tand\r\nreturn',
  'null',
  'Null',
  '~',
  'yes',
  'NO',
  'true',
  '1.0',
  '1e5',
  '0x1F',
  '2026-12-31',
  '12:30',
  '.inf',
  '.nan',
  '',
  ' padded ',
  '{a}',
  '[a]',
  'a, b',
  '*a',
  '&a',
  '!a',
  '%a',
  '|',
  '>',
  '?',
  '\\n',
  '<<',
  '🦊 Fox',
  '李雷',
  'e\u0301',
  '\u0085\u2028\ufeff\u007f\u0000',
  '\ud800',
];

describe('YAML', () => {
  it('holds what the JSON does', () => {
    for (const estimate of [ESTIMATE, EMPTY, withNames(HOSTILE)]) {
      const file = ratesFile(estimate);
      expect(parseYaml(render('yaml', file))).toEqual(json(file));
    }
  });

  it('says in its first lines what it is, and has a line a row', () => {
    const lines = render('yaml').split('\n');
    expect(lines[0]).toMatch(
      /^# Conversion rates .* from 12,000 records of crm\/leads\.csv, as known on 2026-12-31/,
    );
    expect(lines).toContain('format: leadgoal.rates');
    expect(lines).toContain('version: "1.0"');
    expect(lines.filter((line) => line.includes('answered_by:'))).toHaveLength(ESTIMATE.rates.length);
    expect(render('yaml', ratesFile(EMPTY))).toContain('\ncurves: []\n');
  });

  it('keeps to its first lines what a file is called', () => {
    const [input] = ratesFile(ESTIMATE).inputs;
    const file = { ...ratesFile(ESTIMATE), inputs: [{ ...input!, path: 'a\nformat: x\u2028y: z.csv' }] };
    expect(parseYaml(render('yaml', file))).toEqual(json(file));
  });

  it.each(HOSTILE)('keeps the name %j', (name) => {
    expect(parseYaml(`- { a: ${flowText(name)}, b: 1 }\n`)).toEqual([{ a: name, b: 1 }]);
    if (name !== '<<') expect(parseYaml(flowText({ [name]: [name] }))).toEqual({ [name]: [name] });
  });

  it('keeps every text, number, list and map', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...HOSTILE));
    const key = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((name) => name !== '__proto__');
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.oneof(
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constant(null),
        fc.boolean(),
      ),
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(parseYaml(`- ${flowText(value)}\n`)).toEqual([JSON.parse(JSON.stringify(value))]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a rates file that a plan reads, and so is the JSON', () => {
    for (const format of ['yaml', 'json'] as const) {
      const { value, problems } = parseMeasured(render(format), `rates.${format}`);
      expect(problems).toEqual([]);
      expect(value!.asOf).toBe(ESTIMATE.asOf);
      expect(value!.document.made.rows).toBe(12_000);
      expect(value!.document.rates).toHaveLength(ESTIMATE.rates.length);
      expect(value!.document.rates.map(({ rep }) => rep)).toEqual(ESTIMATE.rates.map(({ rep }) => rep));
    }
  });
});

describe('CSV', () => {
  it('has a line a rate with bare numbers, after whose and of when they are', () => {
    const lines = render('csv').split('\n');
    expect(lines[0]).toBe(['plan', 'as_of', ...PROMISED].join(','));
    expect(lines[1]).toBe(
      'Northwind,2026-12-31,company,,,,lead,conversation,12000,5900,4067,2033,0.4916666667,0.5012345678,0.4661481481,0.5313086419,0.9809113302,38,81.5,company',
    );
    expect(lines).toHaveLength(ESTIMATE.rates.length + 2);
    expect(lines.at(-1)).toBe('');
  });

  it('holds what the JSON does, whatever the names', () => {
    // Half a letter has no bytes of its own.
    const file = ratesFile(withNames(HOSTILE.filter((name) => name !== '\ud800')));
    const rows = parseCsv(render('csv', file), { columns: true }) as Row[];
    const written = json(file).rates!.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, value === null ? '' : String(value)]),
      ),
    );
    expect(rows.map(({ plan: _, as_of: __, ...row }) => row)).toEqual(written);
  });

  it('begins with a byte order mark only where one was asked for', () => {
    expect(render('csv', ratesFile(ESTIMATE), true)).toBe(`\ufeff${render('csv')}`);
  });

  it('has no plan where there is none', () => {
    const file = { ...ratesFile(EMPTY), plan: { ...PLAN, name: null } };
    expect(render('csv', file).split('\n')[1]).toBe(
      ',2026-12-31,company,,,,lead,close,0,0,0,0,,,,,,,,too little data',
    );
  });
});

it.each(['table', 'plain', 'json', 'csv', 'yaml', 'markdown'] as const)(
  '%s: the same input makes the same bytes',
  (format) => {
    expect(render(format)).toBe(render(format));
    expect(render(format).endsWith('\n')).toBe(true);
  },
);
