/** Histories as people hand them over to `rates` and `backtest`: two exports, other days, filters, dirt. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/io.ts';
import { runCli } from '../support/run-cli.ts';

const NORTHWIND = join(import.meta.dirname, '../../fixtures/northwind/history.csv');

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'leadgoal-history-'));
  const write = (name: string, rows: readonly string[]) =>
    writeFileSync(join(cwd, name), `${rows.join('\n')}\n`);
  write('leads.csv', ['id,lead', 'L1,2026-01-01', 'L2,2026-01-05', 'L3,2026-02-01', 'L4,2026-02-09']);
  const deals = 'created_date,close_date,stage';
  write('deals.csv', [`id,lead_id,${deals}`, 'D1,L1,2026-01-20,2026-02-20,Closed Won']);
  write('same.csv', [`id,${deals}`, 'L1,2026-01-20,2026-02-20,Closed Won']);
  write('apart.csv', [`id,${deals}`, 'X1,2026-01-20,2026-02-20,Closed Won']);
  write('whole.csv', ['id,lead,close', 'L1,2026-01-01,2026-02-20', 'L2,2026-01-05,', 'L3,2026-02-01,']);
  write('dirty.csv', ['id,team,lead,close', 'L1,A,2025-01-01,2025-02-20', 'L2,A,2025-05-05,2025-05-01']);
  const cohort = ['id,lead,close', 'L1,2026-01-01,2026-02-20', 'L2,2026-01-05,2026-06-20', 'L3,2026-01-09,'];
  write('cohort.csv', cohort);
  write('typo.csv', [...cohort, 'L4,2026-01-09,2062-02-01']);
  write('later.csv', ['id,created_date,close_date,stage', 'X1,2026-01-20,2026-02-20,Closed Won']);
  write('header.csv', ['id,lead,close']);
  write('log.csv', ['record id,to stage,date entered', 'X1,lead,2026-01-20', 'X1,close,2026-02-20']);
  write('100*.csv', ['id,lead,close', 'L1,2026-01-01,2026-02-20']);
  write('100 more.csv', ['id,lead,close', 'L2,2026-01-01,2026-02-20']);
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]) => runCli(args, { cwd });

/** Records and conversions of the whole funnel. */
async function wholeOf(...args: string[]): Promise<unknown> {
  const { out, err } = await run('rates', ...args, '--stages', 'lead,close', '-f', 'json');
  expect(err).not.toMatch(/^error/m);
  const { rates } = JSON.parse(out) as { rates: Record<string, unknown>[] };
  const [row] = rates.filter(({ level }) => level === 'company');
  return [row!.records, row!.converted];
}

describe('leads and deals', () => {
  it.each([
    ['a link', ['leads.csv', 'deals.csv']],
    ['the deals first', ['deals.csv', 'leads.csv']],
    ['the same ids', ['leads.csv', 'same.csv']],
    ['as with --join', ['leads.csv', '--join', 'deals.csv']],
  ])('%s', async (_, args) => {
    expect(await wholeOf(...args)).toEqual([4, 1]);
  });

  it('without an id in common they stand side by side', async () => {
    expect(await wholeOf('leads.csv', 'apart.csv')).toEqual([5, 1]);
  });
});

describe('what was asked for', () => {
  it('a column of one of the files is enough', async () => {
    const columns = ['--column', 'lead=Lead', '--column', 'link=lead_id'];
    expect(await wholeOf('leads.csv', 'deals.csv', ...columns)).toEqual([4, 1]);
  });

  it.each(['later.csv', 'log.csv', 'whole.csv'])('an as-of day before all of %s', async (name) => {
    const args = [name, '--stages', 'lead,close', '--as-of', '2025-12-31'];
    for (const command of ['rates', 'backtest']) {
      const { code, out, err } = await run(command, ...args);
      expect([code, out]).toEqual([EXIT.notDone, '']);
      expect(err).toMatch(/^no record came before 2025-12-31; the history begins on 2026-01-/);
    }
  });

  it('an export without a day asked for is as old as it says', async () => {
    const { err } = await run('rates', 'whole.csv', '--stages', 'lead,close');
    expect(err).not.toContain('the last day in this history');
    const asked = await run('backtest', 'whole.csv', '--stages', 'lead,close', '--as-of', '2026-12-31');
    expect(asked.err).toContain('the last day in this history is 20 Feb 2026, 314 days before');
  });

  it('a cohort that is followed is up to date without new records', async () => {
    const args = ['cohort.csv', '--stages', 'lead,close', '--as-of'];
    const heard = async (day: string) => (await run('rates', ...args, day)).err;
    expect(await heard('2026-07-01')).not.toContain('the last day in this history');
    expect(await heard('2026-08-01')).toContain('the last day in this history is 20 Jun 2026');
    const typo = ['typo.csv', ...args.slice(1)];
    expect((await run('rates', ...typo, '2026-07-01')).err).not.toContain('the last day in this history');
    expect((await run('rates', ...typo, '2026-12-01')).err).toContain('the last day in this history');
  });

  it.each([
    [['--team', 'A', '-o', 'x.yaml'], '--team'],
    [['--level', 'company', '-f', 'yaml'], '--level'],
    [['--stage', 'lead', '-o', 'x.csv', '-o', 'x.yml'], '--stage'],
  ])('a rates file has every row: %s', async (args, flag) => {
    const { code, err } = await run('rates', 'dirty.csv', '--stages', 'lead,close', ...args);
    expect(code).toBe(EXIT.notDone);
    expect(err).toContain(`leave ${flag} out, or write csv`);
  });

  it.each([
    ['month', 'Jan 2025', 12],
    ['quarter', '2025 Q1', 4],
    ['year', '2025', 1],
  ])('cohorts by %s', async (grain, first, inYear) => {
    const { out } = await run('rates', NORTHWIND, '--by', grain, '-f', 'plain');
    const [, triangle = ''] = out.replaceAll('\u00a0', ' ').split('% of leads that became deals');
    const names = triangle.split('\n').map((line) => line.split(/ {2,}|\t/)[0]!);
    const in2025 = names.filter((name) => /^(\w{3} )?2025( Q\d)?$/.test(name));
    expect([in2025[0], in2025.length]).toEqual([first, inYear]);
  });
});

describe('what if', () => {
  it('another key of the plan file, said with the result', async () => {
    const args = ['cohort.csv', '--set', 'funnel=[lead, close]', '--set', 'as_of=2026-03-01'];
    expect((await run('rates', ...args)).out).toContain('what if: funnel [lead, close], as_of 2026-03-01');
    const { out } = await run('rates', ...args, '-f', 'json');
    const { rates, made } = JSON.parse(out) as { rates: { converted: number }[]; made: { options: object } };
    expect(rates[0]!.converted).toBe(1);
    expect(made.options).toEqual({ set: ['funnel=[lead, close]', 'as_of=2026-03-01'] });
  });

  it('of what no history depends on it is refused', async () => {
    for (const command of ['rates', 'backtest']) {
      const { code, out, err } = await run(command, 'cohort.csv', '--set', 'quota=+10%');
      expect([code, out]).toEqual([EXIT.notDone, '']);
      expect(err).toContain('--set quota: no history depends on quota');
    }
  });
});

describe('dirty records are told of', () => {
  const DIRT = '1 record that ends before it starts';
  const args = ['dirty.csv', '--stages', 'lead,close'];

  it('beside files that do not show them', async () => {
    expect((await run('rates', ...args, '-f', 'csv')).err).toContain(DIRT);
    expect((await run('rates', ...args, '-f', 'csv', '--quiet')).err).toBe('');
    const { out, err } = await run('rates', ...args);
    expect(out).toContain('ends before it starts');
    expect(err).not.toContain(DIRT);
  });

  it('by backtest', async () => {
    expect((await run('backtest', ...args)).err).toContain(DIRT);
    const { warnings } = JSON.parse((await run('backtest', ...args, '-f', 'json')).out) as {
      warnings: { code: string }[];
    };
    expect(warnings.map(({ code }) => code)).toContain('history_dirt');
  });
});

it('a header alone is no history, beside others it does no harm', async () => {
  const args = ['header.csv', '--stages', 'lead,close', '--as-of', '2026-06-30'];
  expect((await run('rates', ...args)).err).toContain('there are no records in it');
  expect(await wholeOf('whole.csv', 'header.csv')).toEqual([3, 1]);
});

it('a file whose name has a star is that file', async () => {
  expect(await wholeOf('100*.csv')).toEqual([1, 1]);
});

describe('a backtest of a part', () => {
  interface Row {
    readonly as_of: string;
    readonly from: string;
    readonly records: number;
    readonly leadgoal: number;
    readonly naive: number;
  }
  const rowsOf = async (...args: string[]): Promise<Row[]> => {
    const { out, err } = await run('backtest', NORTHWIND, '--as-of', '2026-12-31', '-f', 'json', ...args);
    expect(err).not.toMatch(/^error/m);
    return (JSON.parse(out) as { backtest: Row[] }).backtest;
  };
  const daysOf = (rows: readonly Row[]) => [...new Set(rows.map((row) => row.as_of))];

  it('by quarter or year', async () => {
    const [quarters, years] = [await rowsOf(), await rowsOf('--by', 'year')].map(daysOf);
    expect(years).toEqual(['2025-12-31']);
    expect(quarters!.slice(-4)).toEqual(['2025-12-31', '2026-03-31', '2026-06-30', '2026-09-30']);
  });

  it('records of all sources are those of each', async () => {
    const records = async (...args: string[]) =>
      (await rowsOf('--by', 'year', ...args)).map((row) => [row.as_of, row.from, row.records].join());
    const whole = await rowsOf('--by', 'year');
    const parts = await Promise.all(
      ['inbound', 'outbound', 'partner'].map((source) => rowsOf('--by', 'year', '--source', source)),
    );
    const last = ({ as_of, from }: Row) => as_of === '2025-12-31' && from === 'lead';
    const sum = parts
      .flat()
      .filter(last)
      .map((row) => row.records);
    expect(sum.every((count) => count > 0)).toBe(true);
    const wanted = whole.filter(last).reduce((all, row) => all + row.records, 0);
    expect(sum.reduce((all, count) => all + count, 0)).toBe(wanted);
    expect(await records('--source', 'inbound', '--source', 'outbound', '--source', 'partner')).toEqual(
      await records(),
    );
  });

  it('with records that weigh less, other rates; the truth and the plain ratio stay', async () => {
    const alike = await rowsOf('--by', 'year');
    const weighed = await rowsOf('--by', 'year', '--half-life', '3');
    const without = (rows: readonly Row[]) =>
      rows.map(({ as_of, from, records, naive }) => [as_of, from, records, naive]);
    expect(without(weighed)).toEqual(without(alike));
    expect(weighed.map((row) => row.leadgoal)).not.toEqual(alike.map((row) => row.leadgoal));
  });

  it('one step of the funnel', async () => {
    const rows = await rowsOf('--stage', 'opportunity');
    expect(new Set(rows.map((row) => row.from))).toEqual(new Set(['opportunity']));
  });

  it.each(['--team', '--rep', '--level'])('%s is refused with a reason', async (flag) => {
    const { code, out, err } = await run('backtest', NORTHWIND, flag, 'West');
    expect([code, out]).toEqual([EXIT.notDone, '']);
    expect(err).toContain(`${flag}: a backtest is of the company or its sources`);
  });
});
