/** README and help say what the program really prints. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../src/files/plan-schema.ts';
import { runCli } from './support/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '..');
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8');

const COMMANDS = [
  'coverage',
  'track',
  'rates',
  'plan',
  'compare',
  'explain',
  'sensitivity',
  'backtest',
  'init',
  'check',
  'schema',
  'completion',
] as const;

/** Blocks of a console session: `$ leadgoal …` and the output that follows. */
function sessions(): { command: string; output: string }[] {
  return [...README.matchAll(/```console\n\$ (leadgoal [^\n]*)\n([\s\S]*?)```/g)].map((found) => ({
    command: found[1]!,
    output: found[2]!,
  }));
}

/** Splits a command line as a shell would, quotes included; `cd` of the session is in the folder named by a comment. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2]!).slice(1);
}

describe('README', () => {
  test('has sessions to check', () => {
    expect(sessions().length).toBeGreaterThanOrEqual(4);
  });

  test.each(sessions().map((session) => [session.command, session.output] as const))(
    '%s',
    async (command, output) => {
      const inExample = /--quotas quotas\.csv/.test(command) ? 'fixtures/quickstart' : 'fixtures/northwind';
      const { out, err } = await runCli([...words(command)], { cwd: resolve(ROOT, inExample) });
      const shown = output.trimEnd().split('\n');
      const real = `${err}${out}`.trimEnd().split('\n');
      const cut = shown.indexOf('…');
      if (cut < 0) expect(shown).toEqual(real);
      else expect(shown.slice(0, cut)).toEqual(real.slice(0, cut));
    },
  );

  test('every option and key it names exists', async () => {
    const help = (await Promise.all(COMMANDS.map((name) => runCli([name, '--help'], { cwd: ROOT }))))
      .map(({ out }) => out)
      .join('\n');
    const options = new Set(
      [...README.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map((found) => `--${found[1]}`),
    );
    for (const option of options) {
      if (['--version'].includes(option)) continue;
      expect(help, option).toContain(option);
    }
  });

  test('every key of the plan file stands in its table, and no other', () => {
    const table = /\| key \| what it says[\s\S]*?\n\n/.exec(README)![0];
    const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((row) => [...row[1]!.matchAll(/`(\w+)`/g)]);
    expect(named.map((found) => found[1]).sort()).toEqual(Object.keys(planSchema.shape).sort());
  });

  test('names nothing outside the project', () => {
    expect(README).not.toMatch(/\/work\/|\.\.\/shared|registry\./);
  });
});

describe('help', () => {
  test.each(['', ...COMMANDS])('leadgoal %s --help', async (name) => {
    const { out, code } = await runCli([...(name === '' ? [] : [name]), '--help'], { cwd: ROOT });
    expect(code).toBe(0);
    const golden = resolve(ROOT, `fixtures/help/${name || 'leadgoal'}.txt`);
    expect(out).toBe(readFileSync(golden, 'utf8'));
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });

  test('without arguments the help is printed', async () => {
    const { out, code } = await runCli([], { cwd: ROOT });
    expect(code).toBe(0);
    expect(out).toContain('leadgoal init');
  });

  test.each(['bash', 'zsh', 'fish'])(
    'completion for %s names every command and its choices',
    async (shell) => {
      const { out } = await runCli(['completion', shell], { cwd: ROOT });
      for (const word of [...COMMANDS, 'quarter', 'markdown', 'yaml']) expect(out).toContain(word);
    },
  );
});
