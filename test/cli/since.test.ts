/** What a coverage can be compared with: `--since` of another day, of another plan, of a part. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, runCli } from '../support/run-cli.ts';

const CASE = resolve(FIXTURES, 'cases/coverage-since');
const LAST_WEEK = ['--pipeline', 'opportunities-2027-02-08.csv', '--as-of', '2027-02-08', '--quiet'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const coverage = (args: readonly string[]) => runCli(['coverage', ...args], { cwd: CASE });

/** The coverage of a week ago, saved with these options. */
async function saved(options: readonly string[]): Promise<string> {
  const file = join(folder, 'last.json');
  await coverage([...LAST_WEEK, ...options, '-o', file]);
  return file;
}

const movements = (out: string) =>
  (JSON.parse(out).changes as readonly Readonly<Record<string, unknown>>[]).map((row) => row.won);

describe('a coverage saved whole', () => {
  it('says what moved, whatever rows are asked for today', async () => {
    const file = await saved(['--deals']);
    for (const rows of [[], ['--level', 'team'], ['--rep', 'Ana'], ['--team', 'East']]) {
      const { code, out, err } = await coverage(['--since', file, ...rows, '-f', 'json']);
      expect([code, err]).toEqual([0, '']);
      expect(movements(out).some((won) => won === 40_000)).toBe(true);
    }
  });

  it('says nothing of moves where it was saved without its deals', async () => {
    const { code, out, err } = await coverage(['--since', await saved([]), '-f', 'json']);
    expect(code).toBe(0);
    expect(err).toContain('it was saved without its deals');
    expect(movements(out).every((won) => won === null)).toBe(true);
    expect(JSON.parse(out).moves).toEqual([]);
    // 99k now, 149k then
    expect(JSON.parse(out).changes[0]).toMatchObject({ level: 'company', open_change: 99_000 - 149_000 });
  });
});

describe('a coverage saved of a part', () => {
  it.each([
    ['--level', 'team'],
    ['--level', 'rep'],
    ['--rep', 'Ana'],
    ['--team', 'East'],
  ])('with %s %s is refused', async (...options) => {
    const { code, out, err } = await coverage(['--since', await saved(['--deals', ...options])]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('it holds a part of the company only');
  });

  it('of the company alone, with all its deals, says what moved of it', async () => {
    const file = await saved(['--deals', '--level', 'company']);
    const { code, out } = await coverage(['--since', file, '-f', 'json']);
    expect(code).toBe(0);
    expect(movements(out)[0]).toBe(40_000);
    const { moves } = JSON.parse(out) as { moves: readonly { what: string }[] };
    expect(moves.filter(({ what }) => what === 'reassigned')).toHaveLength(1);
  });

  it('with the deals of one stage alone is not compared deal by deal', async () => {
    const { code, out } = await coverage([
      '--since',
      await saved(['--deals', '--stage', 'conversation']),
      '-f',
      'json',
    ]);
    expect(code).toBe(0);
    expect(movements(out).every((won) => won === null)).toBe(true);
    expect(JSON.parse(out).moves).toEqual([]);
  });
});

describe('a coverage that cannot be compared', () => {
  it.each([
    ['of a later day', { as_of: '2027-02-16' }, 'later than the as-of day'],
    ['of other money', { currency: 'EUR' }, 'it counts in other money than this plan'],
    ['that counts deals', { quota_unit: 'deals' }, 'it counts in other money than this plan'],
  ])('%s is refused', async (_, head, words) => {
    const file = await saved(['--deals']);
    const last = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...last, plan: { ...last.plan, ...head } }));
    const { code, out, err } = await coverage(['--since', file]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});
