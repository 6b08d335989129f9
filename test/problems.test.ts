/** Every problem there is: each has a folder in `fixtures/problems` with the smallest input that causes it. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/cli/io.ts';
import { run } from '../src/cli/run.ts';
import { error, NOWHERE, PROBLEM_CODES } from '../src/problem.ts';
import { problemLines } from '../src/report/problems.ts';
import { argsIn, FIXTURES, readIfThere, runCli } from './support/run-cli.ts';

const PROBLEMS = resolve(FIXTURES, 'problems');

const folders = readdirSync(PROBLEMS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** `key_unknown-nested` is one more case of `key_unknown`. */
const codeOf = (folder: string): string => folder.split('-')[0]!;

/** Folders about more than one problem. */
const MANY: Readonly<Record<string, readonly string[]>> = {
  several: ['key_unknown', 'value_not_allowed', 'quota_empty', 'quota_negative', 'rate_above_one'],
  repeats: ['quota_empty'],
};

/** Codes without a folder, and why; tested below where anything can be tested. */
const WITHOUT_FOLDER: Readonly<Record<string, string>> = {
  engine_missing: 'no file takes an installed package away',
  yaml_too_long: 'a file of 5 MB is no small fixture',
};

/** `init` has no --format. */
const ONLY_TEXT = new Set(['file_exists']);

interface Told {
  readonly format: string;
  readonly problems: readonly Readonly<Record<string, unknown>>[];
}

const KEYS = ['code', 'severity', 'file', 'line', 'column', 'message', 'hint'];

describe('every code has a folder, every folder is a code', () => {
  it('codes', () => {
    const told = new Set(folders.map(codeOf));
    const missing = PROBLEM_CODES.filter((code) => !told.has(code));
    expect(missing.toSorted()).toEqual(Object.keys(WITHOUT_FOLDER).toSorted());
  });

  it('folders', () => {
    const known = new Set<string>([...PROBLEM_CODES, ...Object.keys(MANY)]);
    expect(folders.filter((folder) => !known.has(codeOf(folder)))).toEqual([]);
  });
});

describe('in words', () => {
  it.each(folders)('%s', async (folder) => {
    const cwd = resolve(PROBLEMS, folder);
    const { code, out, err } = await runCli(argsIn(cwd, 'plan'), { cwd });
    expect(err).toBe(readIfThere(resolve(cwd, 'expected.txt')));
    if (/^(.*: )?warning: /.test(err)) {
      expect(code).toBe(EXIT.done);
      expect(out).not.toBe('');
    } else {
      expect(code).toBe(EXIT.notDone);
      expect(out).toBe('');
    }
  });
});

describe('as JSON', () => {
  it.each(folders.filter((folder) => !ONLY_TEXT.has(folder)))('%s', async (folder) => {
    const cwd = resolve(PROBLEMS, folder);
    const [command = '', ...rest] = argsIn(cwd, 'plan');
    const { code, out, err } = await runCli([command, '-f', 'json', ...rest], { cwd });
    const codes = MANY[folder] ?? [codeOf(folder)];
    if (code === EXIT.done) {
      const { warnings } = JSON.parse(out) as { warnings: readonly { code: string }[] };
      expect(warnings.map((warning) => warning.code)).toEqual(expect.arrayContaining([...codes]));
      return;
    }
    expect(out).toBe('');
    const told = JSON.parse(err) as Told;
    expect(told.format).toBe('leadgoal.problems');
    expect(told.problems.map((problem) => problem.code)).toEqual(expect.arrayContaining([...codes]));
    for (const problem of told.problems) {
      expect(Object.keys(problem)).toEqual(KEYS);
      expect(['error', 'warning']).toContain(problem.severity);
      expect(problem.message).not.toBe('');
      expect(problem.message).not.toMatch(/undefined|NaN,|\[object/);
    }
  });
});

describe('what no small file can cause', () => {
  it('a plan file of many megabytes is refused at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
    try {
      writeFileSync(join(folder, 'leadgoal.yaml'), `name: ${'x'.repeat(5_000_001)}\n`);
      const { code, out, err } = await runCli(['plan'], { cwd: folder });
      expect(err).toBe(
        'leadgoal.yaml: this file is far longer than a plan\n' +
          '  hint: keep rows in CSV files and name them in the plan\n',
      );
      expect([code, out]).toEqual([EXIT.notDone, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a missing engine is named, with how to install it', () => {
    const problem = error('engine_missing', NOWHERE, { package: '@duckdb/node-api' });
    expect(problemLines([problem])).toEqual([
      'histories are read with DuckDB, which is not installed (@duckdb/node-api)',
      '  hint: install it beside leadgoal: npm install @duckdb/node-api (with -g where leadgoal is installed so)',
    ]);
  });

  it('a fault of our own is said to be ours', async () => {
    let err = '';
    const io = {
      out: () => {
        throw new Error('no such thing');
      },
      err: (text: string) => {
        err += text;
        return true;
      },
      columns: null,
      isTerminal: false,
      environment: {},
      today: () => '2026-12-15',
    };
    expect(await run(['schema', 'plan'], io)).toBe(EXIT.ourFault);
    expect(err).toMatch(/^leadgoal: this is our own fault, not yours\..*\nError: no such thing\n/);
  });
});
