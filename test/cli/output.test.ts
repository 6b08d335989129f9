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
    [['-o', 'goals.json', '-o', 'missing/goals.csv'], 'missing/goals.csv'],
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
      const { code, out } = await runCli(['plan', '-o', `goals.${extension}`, '--quiet'], {
        cwd: folder,
        columns: 60,
      });
      expect([code, out]).toEqual([0, '']);
      expect(readFileSync(join(folder, `goals.${extension}`), 'utf8')).toBe(printed.out);
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
