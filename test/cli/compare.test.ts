/** `leadgoal compare`: which plans are meant, when it exits with 1, and that every format says the same. */
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, runCli } from '../support/run-cli.ts';

const HARBOUR = resolve(FIXTURES, 'cases/compare-scenario');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
  cpSync(HARBOUR, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (line: string, cwd = HARBOUR) => runCli(['compare', ...line.split(' ')], { cwd });

async function json(line: string, cwd = HARBOUR) {
  const { out } = await run(`${line} -f json`, cwd);
  return JSON.parse(out) as Record<'compared' | 'inputs' | 'changes' | 'causes', Record<string, unknown>[]>;
}

describe('which plans are meant', () => {
  it('a plan file, a scenario of it, a scenario of the plan here', async () => {
    const { compared } = await json('leadgoal.yaml leadgoal.yaml@stretch @stretch');
    expect(compared.map(({ name, path, scenario }) => [name, path, scenario])).toEqual([
      ['leadgoal.yaml', 'leadgoal.yaml', null],
      ['leadgoal.yaml@stretch', 'leadgoal.yaml', 'stretch'],
      ['@stretch', '', 'stretch'],
    ]);
  });

  it('a file that really has such a name wins', async () => {
    copyFileSync(join(HARBOUR, 'leadgoal.yaml'), join(folder, 'leadgoal.yaml@stretch'));
    const { compared, changes } = await json('leadgoal.yaml leadgoal.yaml@stretch', folder);
    expect([compared[1]!.scenario, changes]).toEqual([null, []]);
  });

  it('each later one is compared with the first', async () => {
    const { inputs, causes } = await json('leadgoal.yaml @stretch leadgoal.yaml');
    expect(new Set([...inputs, ...causes].map((row) => row.with))).toEqual(new Set(['@stretch']));
  });

  it('what-ifs of saved goals are told as those of plans', async () => {
    const { out } = await runCli(['plan', '--scenario', 'stretch', '-f', 'json'], { cwd: HARBOUR });
    writeFileSync(join(folder, 'stretch.json'), out);
    const { compared } = await json('stretch.json @stretch', folder);
    expect(compared.map(({ format }) => format)).toEqual(['leadgoal.plan', 'plan_file']);
    expect(compared[0]!.set).toEqual(compared[1]!.set);
    const { out: text } = await run('leadgoal.yaml stretch.json', folder);
    expect(text).toMatch(/\nB what if \(stretch\): /);
  });

  it('a scenario of saved goals is one error', async () => {
    const { code, err, out } = await run(
      'goals.json@stretch leadgoal.yaml',
      resolve(FIXTURES, 'cases/compare-saved'),
    );
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'saved goals have no scenarios: goals.json@stretch\n  hint: name the plan file they were saved from: leadgoal.yaml@stretch\n',
    );
  });

  it('options of the plan apply to every plan file', async () => {
    const { inputs } = await json('leadgoal.yaml @stretch --deal-size 20000');
    expect(inputs.some(({ key }) => key === 'deal_size')).toBe(false);
  });

  it('one is too few, and standard input can be read once', async () => {
    const one = await run('leadgoal.yaml');
    expect([one.code, one.out]).toEqual([2, '']);
    expect(one.err).toContain('compare needs at least two plans');
    const twice = await run('- -');
    expect([twice.code, twice.err.includes('standard input (-) can be read only once')]).toEqual([2, true]);
  });
});

describe('what-ifs', () => {
  it('change plan files, and are refused where there are only saved goals', async () => {
    const plan = resolve(FIXTURES, 'cases/compare-saved');
    const one = await run('goals.json leadgoal.yaml --set quota=+10%', plan);
    expect([one.code, one.out.includes('quota +10%')]).toEqual([0, true]);
    for (const flag of [
      '--set quota=+10%',
      '--deal-size 10000',
      '--as-of 2027-03-31',
      '--quotas nosuch.csv',
    ]) {
      const none = await run(`goals.json goals.json ${flag}`, plan);
      expect([none.code, none.out]).toEqual([2, '']);
      expect(none.err).toContain(`${flag.split(' ')[0]} does not change saved goals`);
    }
  });
});

describe('--exit-code', () => {
  it.each([
    ['leadgoal.yaml @stretch', 0],
    ['leadgoal.yaml leadgoal.yaml --exit-code', 0],
    ['leadgoal.yaml @stretch --exit-code', 1],
    // 3 % of the leads, but from 9 to 10 deals of a rep and quarter
    ['leadgoal.yaml @stretch --exit-code --tolerance 2%', 1],
    ['leadgoal.yaml @stretch --exit-code --tolerance 50%', 0],
    ['leadgoal.yaml @stretch --exit-code --tolerance 5% --stage lead', 0],
    ['leadgoal.yaml @stretch --exit-code --tolerance 5% --stage lead --source inbound', 1],
    ['leadgoal.yaml @stretch --tolerance 5%', 2],
    ['leadgoal.yaml @stretch --exit-code --tolerance 5', 2],
  ])('%s: %i', async (line, code) => {
    expect((await run(line)).code).toBe(code);
  });

  it('who joined or left differs, however much is let pass', async () => {
    const people = resolve(FIXTURES, 'cases/compare-people');
    const { code, err } = await run('leadgoal.yaml new.yaml --exit-code --tolerance 100% -f json', people);
    expect([code, err.startsWith('goals differ from new.yaml: Lead goal of the year 3,600 → ')]).toEqual([
      1,
      true,
    ]);
  });
});

describe('rows', () => {
  it('csv has the rows of json', async () => {
    const line = 'leadgoal.yaml @stretch --team North --by year';
    const { changes } = await json(line);
    const { out } = await run(`${line} -f csv`);
    const rows = parse(out, { columns: true }) as Record<string, string>[];
    expect(rows).toEqual(
      changes.map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value ?? '')])),
      ),
    );
    expect(new Set(rows.map(({ team }) => team))).toEqual(new Set(['North']));
  });

  it('causes add up to the change of the lead goal of the year', async () => {
    const { changes, causes } = await json('leadgoal.yaml @stretch');
    const whole = changes.find(
      ({ level, source, grain, stage }) =>
        level === 'company' && source === null && grain === 'year' && stage === 'lead',
    );
    expect(causes.reduce((sum, { change }) => sum + Number(change), 0)).toBe(whole!.change);
  });
});
