/** Whole runs: every folder in `fixtures/cases` is an input, its arguments and what must come out, exit code and all. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { argsIn, FIXTURES, readIfThere, runCli } from './support/run-cli.ts';

const CASES = resolve(FIXTURES, 'cases');

const cases = readdirSync(CASES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('cases', () => {
  it.each(cases.map((entry) => entry.name))('%s', async (name) => {
    const folder = resolve(CASES, name);
    const { code, out, err } = await runCli(argsIn(folder, 'plan -f csv'), { cwd: folder });
    expect(err).toBe(readIfThere(resolve(folder, 'expected.err')) ?? '');
    expect(out).toBe(readIfThere(resolve(folder, 'expected.out')));
    expect(code).toBe(Number(readIfThere(resolve(folder, 'expected.code')) ?? 0));
  });
});
