/** The printed JSON Schemas hold for real plans and real results. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../support/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NORTHWIND = resolve(ROOT, 'fixtures/northwind');
const PLANS = [
  'fixtures/northwind/leadgoal.yaml',
  'fixtures/init/leadgoal.yaml',
  'fixtures/cases/plan-measured/leadgoal.yaml',
  'fixtures/cases/crm-plan/leadgoal.yaml',
  'fixtures/cases/plan-capacity/leadgoal.yaml',
];

const MONDAY = '--pipeline opportunities-2027-03-22.csv --as-of 2027-03-22';

const RESULTS = (
  [
    ['leadgoal.coverage', `coverage ${MONDAY} -f json`],
    [
      'leadgoal.coverage',
      `coverage ${MONDAY} --deals --since coverage-2027-03-15.json --fail-when chance<50% -f json`,
    ],
    ['leadgoal.track', `track --actuals actuals-2027-03-22.csv ${MONDAY} -f json`],
    ['leadgoal.rates', 'rates history.csv -f json'],
    ['leadgoal.rates', 'rates history.csv --log-from 2024-06-01 --half-life 12 -f yaml'],
    ['leadgoal.backtest', 'backtest history.csv --as-of 2025-03-31 -f json'],
    ['leadgoal.explain', 'explain --rep R01 --period 2027-03 -f json'],
    ['leadgoal.sensitivity', 'sensitivity -f json'],
    ['leadgoal.compare', 'compare goals.json leadgoal.yaml --deal-size 26000 --by quarter -f json'],
    ['leadgoal.check', 'check -f json'],
  ] as const
).map(([format, line]) => [format, line.split(' ')] as const);

const compiled = new Map<string, Promise<ValidateFunction>>();

/** Compiled once. */
function schemaOf(which: 'plan' | 'result'): Promise<ValidateFunction> {
  const schema = compiled.get(which) ?? compiledSchema(which);
  compiled.set(which, schema);
  return schema;
}

async function compiledSchema(which: 'plan' | 'result'): Promise<ValidateFunction> {
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

  test('so are those with what may be paid for leads', async () => {
    const validate = await schemaOf('result');
    const { out } = await runCli(['plan', PLANS[0]!, '-f', 'json', '--spend', '10%', '--quiet'], {
      cwd: ROOT,
    });
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
  });

  test.each(RESULTS)('%s: what it writes is a result of its kind', async (format, args) => {
    const validate = await schemaOf('result');
    const { out, code } = await runCli([...args, '--quiet'], { cwd: NORTHWIND });
    expect(code).toBeLessThanOrEqual(1);
    const result = args.includes('yaml') ? parse(out) : JSON.parse(out);
    expect(result.format).toBe(format);
    validate(result);
    expect(validate.errors).toBeNull();
  });

  test('has every kind of result once', async () => {
    const { out } = await runCli(['schema', 'result'], { cwd: ROOT });
    const kinds = JSON.parse(out).oneOf.map(
      (kind: { properties: { format: { const: string } } }) => kind.properties.format.const,
    );
    expect(kinds.sort()).toEqual([...new Set(RESULTS.map(([format]) => format)), 'leadgoal.plan'].sort());
  });

  test('a result of one kind that claims to be another is none', async () => {
    const validate = await schemaOf('result');
    const { out } = await runCli(['check', '-f', 'json', '--quiet'], { cwd: NORTHWIND });
    expect(validate({ ...JSON.parse(out), format: 'leadgoal.track' })).toBe(false);
    expect(validate({ ...JSON.parse(out), format: 'leadgoal.else' })).toBe(false);
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
