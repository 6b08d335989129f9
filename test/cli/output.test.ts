/** Results and where they go: never over an input, each file once, no rows that hold more than was asked for. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

const NORTHWIND = resolve(import.meta.dirname, '../../fixtures/northwind');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-output-'));
  cpSync(NORTHWIND, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const contents = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

describe('--output', () => {
  test.each([
    [['-o', 'quotas.csv'], 'is an input of this plan'],
    [['-o', './rates.csv', '-o', 'goals.json'], 'is an input of this plan'],
    [['-o', 'goals.json', '-o', 'goals.json'], 'named twice'],
    [['-o', 'goals.xlsx'], 'no format for the file goals.xlsx'],
    [['-o', 'goals.constructor'], 'no format for the file goals.constructor'],
    [['-o', 'goals.md', '-o', 'missing/goals.csv'], 'missing/goals.csv'],
    [['-o', 'goals.json'], 'goals.json holds the goals that were agreed'],
    [['--level', 'company', '--rep', 'Ana Ruiz'], '--level company holds more than what --rep asks for'],
    [['--level', 'team', '--rep', 'Ana Ruiz', '-f', 'csv'], '--level team holds more'],
  ])('%j is refused and nothing is written', async (args, words) => {
    const before = contents();
    const { code, out, err } = await runCli(['plan', ...args], { cwd: folder });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
    expect(contents()).toEqual(before);
  });

  test.each(['json', 'csv', 'md', 'txt'])(
    'a .%s file holds what standard output would',
    async (extension) => {
      const format = { json: 'json', csv: 'csv', md: 'markdown', txt: 'plain' }[extension] as string;
      const printed = await runCli(['plan', '-f', format, '--quiet'], { cwd: folder });
      const { code, out } = await runCli(['plan', '-o', `result.${extension}`, '--quiet'], {
        cwd: folder,
        columns: 60,
      });
      expect([code, out]).toEqual([0, '']);
      expect(readFileSync(join(folder, `result.${extension}`), 'utf8')).toBe(printed.out);
    },
  );

  test.each(['table', 'plain', 'markdown', 'csv', 'json'])('explain writes %s', async (format) => {
    const { code, out } = await runCli(['explain', '--period', 'Q1', '-f', format, '--ascii'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(out).toContain('quotas.csv:');
  });
});

describe('--owner and --source', () => {
  const json = async (...args: string[]) =>
    JSON.parse((await runCli(['plan', '-f', 'json', ...args], { cwd: folder })).out);

  test('an owner is the sources it owes, in the bridge and the assumptions too', async () => {
    const [owner, source] = [await json('--owner', 'marketing'), await json('--source', 'inbound')];
    expect(source.bridge.length).toBeGreaterThan(0);
    expect(owner.bridge).toEqual(source.bridge);
    expect(owner.assumptions).toEqual(source.assumptions);
    expect(owner.assumptions.length).toBeLessThan((await json()).assumptions.length);
  });

  test('explain begins at the first stage that the source has', async () => {
    const explain = ['explain', '--period', '2027-03', '--owner', 'partners', '-f', 'json'];
    const [bare, named] = [
      await runCli(explain, { cwd: folder }),
      await runCli([...explain, '--stage', 'opportunity'], { cwd: folder }),
    ];
    expect([bare.code, bare.out]).toEqual([0, named.out]);
  });

  test('a source that somebody else owes has no goal', async () => {
    const { code, out, err } = await runCli(
      ['explain', '--period', '2027-03', '--owner', 'partners', '--source', 'inbound'],
      { cwd: folder },
    );
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('no goal in 2027-03\n');
  });

  test.each([50, 60, 80])('explain fits %i columns', async (width) => {
    const { out } = await runCli(
      ['explain', '--period', '2027-07', '--rep', 'R02', '--width', String(width), '--quiet'],
      { cwd: folder },
    );
    expect(out.split('\n').filter((line) => [...line].length > width)).toEqual([]);
  });
});
