/** What a job sees of `coverage --fail-when`: which rows are checked, the exit code, and where a failure is said. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURES, runCli } from '../support/run-cli.ts';

/** East has 95k open ÷ 60k to go; West 18k ÷ 60k; the company 113k ÷ 120k, less than enough. */
const CASE = resolve(FIXTURES, 'cases/coverage-fail-when');
const SINCE = resolve(FIXTURES, 'cases/coverage-since');

const coverage = (args: readonly string[], cwd = CASE) => runCli(['coverage', ...args], { cwd });

const checksIn = (out: string): readonly Readonly<Record<string, unknown>>[] => JSON.parse(out).checks;

describe('rows that are checked', () => {
  it.each([
    [[], ['company']],
    [
      ['--level', 'team'],
      ['team East', 'team West'],
    ],
    [
      ['--level', 'rep'],
      ['rep Ana', 'rep Cho'],
    ],
    [['--team', 'West'], ['team West']],
    [['--rep', 'Cho'], ['rep Cho']],
    [['--team', 'West', '--level', 'rep'], ['rep Cho']],
  ])('%j: %j', async (args, rows) => {
    const { out } = await coverage([...args, '--fail-when', 'open<0', '-f', 'json']);
    const named = checksIn(out).map(({ level, team, rep }) => [level, rep ?? team ?? ''].join(' ').trim());
    expect(named).toEqual(rows);
  });

  it('are of the current quarter, or of every period named', async () => {
    const cwd = resolve(FIXTURES, 'cases/coverage-team-quota');
    const periods = async (args: readonly string[]) =>
      checksIn((await coverage(['--fail-when', 'open<0', '-f', 'json', ...args], cwd)).out).map(
        ({ period }) => period,
      );
    expect(await periods([])).toEqual(['2027-Q1']);
    expect(await periods(['--period', 'Q2'])).toEqual(['2027-Q2']);
    expect(await periods(['--period', 'Q2', '--period', '2027-03'])).toEqual(['2027-Q2', '2027-03']);
  });
});

describe('the exit code', () => {
  it.each([
    [['open<100k'], 0],
    [['open<200k'], 1],
    [['open<100k', 'open<200k'], 1],
    [['to_go_coverage<enough'], 1],
    [['to_go_coverage<enough', '--team', 'East'], 0],
    [['to_go_coverage<enough', '--team', 'West'], 1],
    [['stale_count>0'], 0],
  ])('of %j is %s', async ([condition, ...more], code) => {
    const conditions = more[0]?.startsWith('--') ? [condition!] : [condition!, ...more];
    const rows = more[0]?.startsWith('--') ? more : [];
    const asked = conditions.flatMap((one) => ['--fail-when', one]);
    for (const format of ['table', 'plain', 'json', 'csv', 'markdown'])
      expect((await coverage([...asked, ...rows, '-f', format])).code).toBe(code);
  });

  it('passes where a measure does not apply: the quota is made', async () => {
    const cwd = resolve(FIXTURES, 'cases/coverage-without-rates');
    const files = ['--quotas', 'quotas.csv', '--pipeline', 'opportunities.csv', '--as-of', '2027-02-15'];
    const { code, out } = await coverage(
      [...files, '--rep', 'Cho', '--fail-when', 'to_go_coverage<3', '-f', 'json'],
      cwd,
    );
    expect(checksIn(out)).toMatchObject([{ actual: null, limit: 3, status: 'pass' }]);
    expect(code).toBe(0);
  });

  it('is that of bad usage where a condition cannot be read; then nothing is written', async () => {
    const { code, out, err } = await coverage(['--fail-when', 'opn<3', '--fail-when', 'chance<50%']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^--fail-when: there is no measure opn\n {2}hint: did you mean open\?\n/);
  });

  it('is that of bad usage where there is nothing to drop from', async () => {
    const { code, out, err } = await coverage(['--fail-when', 'open drops 10%']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--fail-when with drops needs --since');
  });

  it('of a drop is told by what was saved', async () => {
    const drops = (limit: string) =>
      coverage(['--since', 'coverage-2027-02-08.json', '--fail-when', `open drops ${limit}`], SINCE);
    // from 149k to 99k
    expect((await drops('30%')).code).toBe(1);
    expect((await drops('35%')).code).toBe(0);
    expect((await drops('50k')).code).toBe(1);
    expect((await drops('51k')).code).toBe(0);
    expect((await drops('30%')).out).toMatch(
      /check failed: Company, 2027-Q1: open dropped by 33\.56%, limit 30%\n$/,
    );
  });
});

describe('a failure', () => {
  const failing = ['--level', 'team', '--fail-when', 'open<20k'];
  const said = /check failed: West, 2027-Q1: open is \$18,000, less than \$20,000\n/;

  it.each(['table', 'plain', 'markdown'])('is said once, at the end of the report: %s', async (format) => {
    const { out, err } = await coverage([...failing, '-f', format]);
    const plain = out.replaceAll('\\', '').replaceAll('&lt;', '<');
    expect(plain).toMatch(said);
    expect(err).toBe('');
  });

  it.each(['json', 'csv'])('is said on standard error where rows are written: %s', async (format) => {
    const { out, err } = await coverage([...failing, '-f', format]);
    expect(out).not.toContain('check failed');
    expect(err).toMatch(said);
  });

  it('is said on standard error where all goes to files, which are written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
    try {
      const file = join(folder, 'coverage.json');
      const { code, out, err } = await coverage([...failing, '-o', file]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(said);
      expect(checksIn(readFileSync(file, 'utf8')).map(({ status }) => status)).toEqual(['pass', 'fail']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has no word of what passed', async () => {
    const { out } = await coverage(failing);
    expect(out).not.toContain('check failed: East');
  });
});
