/** A coverage that was saved with `--deals -o last.json`: what is read of it, and what is no saved coverage. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSavedCoverage } from '../../src/files/saved-coverage.ts';
import { day } from '../support/small-model.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is read of a file with this text. */
function read(text: string) {
  const path = join(folder, 'last.json');
  writeFileSync(path, text);
  return readSavedCoverage(path);
}

const row = (of: object = {}) => ({
  level: 'rep',
  team: 'East',
  rep: 'Ana',
  rep_id: null,
  territory: null,
  period: '2027-Q1',
  quota: 90_000,
  to_go: 60_000.5,
  enough: null,
  status: 'short',
  ...of,
});

const deal = (of: object = {}) => ({
  id: '1',
  name: 'Alder',
  account: null,
  rep: 'Ana',
  territory: null,
  team: 'East',
  amount: 1234.56,
  close_date: '2027-03-15',
  ...of,
});

const HEAD = { name: 'P', quota_unit: 'money', currency: 'USD', as_of: '2027-02-08' };

const saved = (coverage: readonly object[], deals: readonly object[] | null = [], of: object = {}): string =>
  JSON.stringify({
    format: 'leadgoal.coverage',
    plan: HEAD,
    coverage,
    ...(deals === null ? {} : { deals }),
    ...of,
  });

describe('a saved coverage', () => {
  it('is its day, its measures and its deals', () => {
    const { value, problems } = read(saved([row()], [deal()]));
    expect(problems).toEqual([]);
    const { asOf, rows, deals, ...head } = value!.saved;
    expect(head).toEqual({ name: 'P', unit: 'money', currency: 'USD' });
    expect(asOf).toBe(day('2027-02-08'));
    expect(rows).toEqual([
      {
        level: 'rep',
        team: 'East',
        rep: 'Ana',
        territory: null,
        period: '2027-Q1',
        // null, and what is no measure, is left out
        measures: { quota: 90_000, to_go: 60_000.5 },
      },
    ]);
    expect(deals).toEqual([
      {
        id: '1',
        name: 'Alder',
        account: null,
        team: 'East',
        rep: 'Ana',
        territory: null,
        amount: 123_456,
        closeDate: day('2027-03-15'),
      },
    ]);
  });

  it.each([
    [0.29, 29],
    [1_234_567.89, 123_456_789],
    [20_000, 2_000_000],
    [null, 0],
  ])('an amount of %s is %s cents', (amount, cents) => {
    const { value } = read(saved([row()], [deal({ amount })]));
    expect(value!.saved.deals![0]!.amount).toBe(cents);
  });

  it('deals stand in the row they stood in: the territory’s, or their team’s where the rep had none', () => {
    const deals = [
      deal({ territory: 'open (was Ana)' }),
      deal({ rep: 'Dan' }),
      deal({ rep: null, team: null }),
      deal({ close_date: null }),
    ];
    const { value } = read(saved([row()], deals));
    expect(
      value!.saved.deals!.map(({ team, rep, territory, closeDate }) => [team, rep, territory, closeDate]),
    ).toEqual([
      ['East', null, 'open (was Ana)', day('2027-03-15')],
      ['East', null, null, day('2027-03-15')],
      [null, null, null, day('2027-03-15')],
      ['East', 'Ana', null, null],
    ]);
  });

  it('may have other keys, and a byte order mark', () => {
    const text = saved([row({ new_measure: 3 })], [deal({ crm_stage: 'Demo' })], { version: '9.0' });
    const { value, problems } = read(`\ufeff${text}`);
    expect(problems).toEqual([]);
    expect(value!.saved.rows[0]!.measures).toEqual({ quota: 90_000, to_go: 60_000.5 });
  });

  it('without its deals is a warning, and its rows are there', () => {
    const { value, problems } = read(saved([row()], null));
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['saved_without_deals', 'warning'],
    ]);
    expect(problems[0]!.where.file).toBe(join(folder, 'last.json'));
    expect(value!.saved.deals).toBeNull();
    expect(value!.saved.rows).toHaveLength(1);
  });

  it('with no deal open is not one without deals', () => {
    const { value, problems } = read(saved([row()], []));
    expect(problems).toEqual([]);
    expect(value!.saved.deals).toEqual([]);
  });

  it('stands among the inputs', () => {
    const path = join(folder, 'last.json');
    const { value } = read(saved([row()]));
    expect(value!.input).toMatchObject({ path, shown: path });
    expect(value!.input.sha256()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('what is no saved coverage', () => {
  it.each([
    ['no JSON', 'rep,open\nAna,20000\n'],
    ['nothing', ''],
    ['a JSON text that ends early', saved([row()]).slice(0, -2)],
    ['a JSON list', '[]'],
    ['a saved plan', saved([row()], [], { format: 'leadgoal.plan' })],
    ['no head', saved([row()], [], { plan: undefined })],
    ['no rows', saved([row()], [], { coverage: undefined })],
    ['a day that is none', saved([row()], [], { plan: { ...HEAD, as_of: 'last Monday' } })],
    ['an amount that is no number', saved([row()], [deal({ amount: '1,234' })])],
    ['a row without a period', saved([row({ period: undefined })])],
  ])('%s', (_, text) => {
    const { value, problems } = read(text);
    expect(value).toBeNull();
    expect(problems.map(({ code, severity, arguments: args }) => [code, severity, args.wanted])).toEqual([
      ['saved_unreadable', 'error', 'leadgoal coverage --deals -o last.json'],
    ]);
    expect(problems[0]!.where.file).toBe(join(folder, 'last.json'));
  });

  it('a file that is not there', () => {
    const { value, problems } = readSavedCoverage(join(folder, 'nowhere.json'));
    expect(value).toBeNull();
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['file_missing', 'error']]);
  });
});
