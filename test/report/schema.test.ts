/** The printed JSON Schemas hold for real plans and real results. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../support/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PLANS = ['fixtures/northwind/leadgoal.yaml', 'fixtures/init/leadgoal.yaml'];

async function schemaOf(which: string) {
  const { out } = await runCli(['schema', which], { cwd: ROOT });
  return new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(out));
}

describe('schema', () => {
  test.each(PLANS)('%s is a plan', async (path) => {
    const validate = await schemaOf('plan');
    validate(parse(readFileSync(resolve(ROOT, path), 'utf8')));
    expect(validate.errors).toBeNull();
  });

  test('a plan with an unknown key, or without a number where one belongs, is none', async () => {
    const validate = await schemaOf('plan');
    expect(validate({ quotas: 'q.csv', quota_units: 'money' })).toBe(false);
    expect(validate({ quotas: 'q.csv', fiscal_year_starts: 'February' })).toBe(false);
    expect(validate({ quotas: 'q.csv', fiscal_year_starts: 2 })).toBe(true);
  });

  test.each(PLANS)('the goals of %s are a result', async (path) => {
    const validate = await schemaOf('result');
    const { out, code } = await runCli(['plan', path, '-f', 'json', '--quiet'], { cwd: ROOT });
    expect(code).toBe(0);
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
  });

  test('a result with a key too few is none; later versions may add keys', async () => {
    const validate = await schemaOf('result');
    const { out } = await runCli(['plan', PLANS[0]!, '-f', 'json', '--quiet'], { cwd: ROOT });
    const { late: _, ...short } = JSON.parse(out);
    expect(validate(short)).toBe(false);
    const longer = JSON.parse(out);
    longer.goals[0].added_later = 1;
    expect(validate(longer)).toBe(true);
  });
});
