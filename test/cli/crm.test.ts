/** Plans with `crm:`: one export says what rates, lags, deal sizes, actuals and pipeline say in files of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDay } from '../../src/period/day.ts';
import {
  actualsCsv,
  CRM_AS_OF,
  changesCsv,
  crmRecords,
  historyCsv,
  leadsCsv,
  opportunitiesCsv,
  pipelineCsv,
  recordLines,
} from '../support/crm-company.ts';
import { FIXTURES, readIfThere, runCli } from '../support/run-cli.ts';

const QUOTAS = `team,rep,period,quota
East,Ana Ruiz,2027,180000
East,Ben Cho,2027,180000
West,Cy Dale,2027,240000
`;

const PLAN = `as_of: ${CRM_AS_OF}\nquotas: quotas.csv\n`;

const RECORDS = crmRecords(360);

let folder = '';

const files: Readonly<Record<string, string>> = {
  'quotas.csv': QUOTAS,
  'history.csv': historyCsv(RECORDS),
  'leads.csv': leadsCsv(RECORDS),
  'opportunities.csv': opportunitiesCsv(RECORDS),
  'pipeline.csv': pipelineCsv(RECORDS),
  'actuals.csv': actualsCsv(RECORDS),
  'crm.yaml': `${PLAN}crm: history.csv\n`,
  'pair.yaml': `${PLAN}crm: [leads.csv, opportunities.csv]\n`,
  'turned.yaml': `${PLAN}crm: [opportunities.csv, leads.csv]\n`,
  'apart.yaml': `${PLAN}rates: rates.yaml\npipeline: pipeline.csv\nactuals: actuals.csv\n`,
  'typed.yaml': `${PLAN}rates: { lead_to_conversation: 50%, conversation_to_opportunity: 50%, opportunity_to_close: 25% }
deal_size: 20000
lags: { lead_to_conversation: 10 days, conversation_to_opportunity: 1 month, opportunity_to_close: 1 month }
actuals: actuals.csv
pipeline: pipeline.csv
`,
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { code } = await runCli(
    ['rates', 'history.csv', '--plan', 'crm.yaml', '--as-of', CRM_AS_OF, '-o', 'rates.yaml'],
    { cwd: folder },
  );
  expect(code).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly code: number;
  readonly err: string;
  readonly json: Readonly<Record<string, unknown>>;
}

async function told(args: readonly string[]): Promise<Told> {
  const { code, out, err } = await runCli([...args, '-f', 'json'], { cwd: folder, today: CRM_AS_OF });
  return { code, err, json: out === '' ? {} : JSON.parse(out) };
}

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('a plan of one export', () => {
  it.each([
    ['plan', 'goals', 'totals', 'bridge', 'chances', 'late', 'assumed'],
    ['coverage', 'coverage'],
    ['track', 'track'],
  ])('%s: is that of its rates, its actuals and its pipeline as files', async (command, ...parts) => {
    const whole = await told([command, 'crm.yaml']);
    const apart = await told([command, 'apart.yaml']);
    expect([whole.code, apart.code]).toEqual([0, 0]);
    for (const part of parts) expect(whole.json[part]).toEqual(apart.json[part]);
  });

  it('is that of leads and their deals, in whatever order they are named', async () => {
    const whole = await told(['plan', 'crm.yaml']);
    const pair = await told(['plan', 'pair.yaml']);
    const turned = await told(['plan', 'turned.yaml']);
    expect(pair.json.goals).toEqual(whole.json.goals);
    expect(turned.json.goals).toEqual(whole.json.goals);
  });

  it.each([
    ['history.csv.gz', () => gzipSync(historyCsv(RECORDS))],
    ['history.jsonl', () => recordLines(RECORDS)],
    ['changes.csv', () => changesCsv(RECORDS)],
  ])('is that of the same records in %s', async (name, made) => {
    writeFileSync(join(folder, name), made());
    write('one.yaml', `${PLAN}crm: ${name}\n`);
    for (const [command, part] of [
      ['plan', 'goals'],
      ['track', 'track'],
      ['coverage', 'coverage'],
    ] as const) {
      const whole = await told([command, 'crm.yaml']);
      const other = await told([command, 'one.yaml']);
      expect(other.json[part]).toEqual(whole.json[part]);
    }
  });

  it('two exports of the same header are one history', async () => {
    const [header, ...rows] = historyCsv(RECORDS).trimEnd().split('\n');
    write('first.csv', `${[header, ...rows.slice(0, 200)].join('\n')}\n`);
    write('second.csv', `${[header, ...rows.slice(200)].join('\n')}\n`);
    write('one.yaml', `${PLAN}crm: [first.csv, second.csv]\n`);
    const whole = await told(['plan', 'crm.yaml']);
    const both = await told(['plan', 'one.yaml']);
    expect(both.json.goals).toEqual(whole.json.goals);
  });

  it('is the same from options alone', async () => {
    const pair = await told(['coverage', 'pair.yaml']);
    const options = await told([
      'coverage',
      '--quotas',
      'quotas.csv',
      '--crm',
      'leads.csv',
      '--crm',
      'opportunities.csv',
      '--as-of',
      'today',
    ]);
    expect(options.json.coverage).toEqual(pair.json.coverage);
  });

  it('names the files, and what was measured of them', async () => {
    const { json } = await told(['plan', 'pair.yaml']);
    const inputs = json.inputs as { path: string; sha256: string }[];
    expect(inputs.map(({ path }) => path)).toEqual([
      'pair.yaml',
      'quotas.csv',
      'leads.csv',
      'opportunities.csv',
    ]);
    expect(inputs.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const assumptions = json.assumptions as { what: string; basis: string; where: string }[];
    expect(new Set(assumptions.map(({ basis }) => basis))).toEqual(new Set(['measured']));
    expect(new Set(assumptions.map(({ what }) => what))).toEqual(new Set(['rate', 'lag', 'deal_size']));
    expect(new Set(assumptions.map(({ where }) => where))).toEqual(new Set(['leads.csv']));
  });
});

describe('files of their own win', () => {
  it('all of them: as if there were no export, whatever it holds', async () => {
    write('typed-crm.yaml', `${files['typed.yaml']}crm: history.csv\n`);
    const plain = await told(['plan', 'typed.yaml']);
    const beside = await told(['plan', 'typed-crm.yaml']);
    const renamed = JSON.parse(JSON.stringify(plain.json).replaceAll('typed.yaml', 'typed-crm.yaml'));
    expect(beside.json).toEqual({ ...renamed, inputs: beside.json.inputs });
  });

  it.each([
    ['deal_size: 50000', 'deal_size', 'typed'],
    ['lags: { opportunity_to_close: 3 months }', 'lag', 'typed'],
    [
      'rates: { lead_to_conversation: 50%, conversation_to_opportunity: 50%, opportunity_to_close: 25% }',
      'rate',
      'typed',
    ],
  ])('%s', async (key, what, basis) => {
    write('one.yaml', `${PLAN}crm: history.csv\n${key}\n`);
    const { code, json } = await told(['plan', 'one.yaml']);
    const rows = json.assumptions as { what: string; basis: string }[];
    expect(code).toBe(0);
    expect(rows.some((row) => row.what === what && row.basis === basis)).toBe(true);
    const others = new Set(rows.filter((row) => row.what !== what).map((row) => row.basis));
    expect(others).toEqual(new Set(['measured']));
  });

  it('actuals: what they count is what was reached', async () => {
    write('counts.csv', 'month,lead\n2027-01,500\n2027-02,100\n');
    write('one.yaml', `${PLAN}crm: history.csv\nactuals: counts.csv\n`);
    const { json } = await told([
      'track',
      'one.yaml',
      '--level',
      'company',
      '--period',
      '2027-01',
      '--stage',
      'lead',
    ]);
    const [row] = json.track as { actual: number }[];
    expect(row!.actual).toBe(500);
  });

  it('pipeline: what closed and what is open is what it says', async () => {
    write('none.csv', 'id,rep,team,stage,amount,close_date\nA,Ana Ruiz,East,close,1234,2027-01-20\n');
    write('one.yaml', `${PLAN}crm: history.csv\npipeline: none.csv\n`);
    const { json } = await told(['coverage', 'one.yaml', '--level', 'company', '--period', '2027-Q1']);
    const [row] = json.coverage as { closed: number; open: number }[];
    expect([row!.closed, row!.open]).toEqual([1234, 0]);
  });
});

describe('what is wrong with an export', () => {
  it('dirty records are warnings, with --strict errors', async () => {
    write('dirty.csv', `${historyCsv(RECORDS)}X1,Ana Ruiz,East,inbound,2026-05-01,2026-04-01,,,,\n`);
    write('one.yaml', `${PLAN}crm: dirty.csv\n`);
    const loose = await told(['plan', 'one.yaml']);
    const strict = await told(['plan', 'one.yaml', '--strict']);
    const warnings = loose.json.warnings as { code: string; file: string }[];
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'history_dirt', file: 'dirty.csv' }));
    expect([loose.code, strict.code]).toEqual([0, 2]);
    expect(strict.err).toContain('history_dirt');
  });

  it('records of people the plan does not know are said once a name, and in no number', async () => {
    const strange = `${historyCsv(RECORDS.filter(({ rep }) => rep !== 'Cy Dale'))}X1,Zed,North,inbound,2027-01-03,,,,,\n`;
    write('strange.csv', strange);
    write('known.csv', historyCsv(RECORDS.filter(({ rep }) => rep !== 'Cy Dale')));
    const track = async (name: string) => {
      write('one.yaml', `${PLAN}crm: ${name}\n`);
      const found = await told([
        'track',
        'one.yaml',
        '--level',
        'company',
        '--period',
        '2027-01',
        '--stage',
        'lead',
      ]);
      return { ...found, actual: (found.json.track as { actual: number }[])[0]!.actual };
    };
    const [with_, without] = [await track('strange.csv'), await track('known.csv')];
    expect(with_.actual).toBe(without.actual);
    const warnings = with_.json.warnings as { code: string; message: string }[];
    const [said, ...more] = warnings.filter(({ code }) => code === 'actuals_not_in_plan');
    expect(said!.message).toMatch(/rep Zed is not in the plan: 1 lead/);
    expect(more).toEqual([]);
  });

  it('a file that is not there is said once, and nothing else is missing', async () => {
    write('one.yaml', `${PLAN}crm: nowhere.csv\n`);
    const { code, err } = await told(['plan', 'one.yaml']);
    const problems = (JSON.parse(err) as { problems: { code: string; file: string }[] }).problems;
    expect(code).toBe(2);
    expect(problems.map((problem) => [problem.code, problem.file])).toEqual([
      ['file_missing', 'nowhere.csv'],
    ]);
  });

  it('deals alone are enough for coverage, which then knows no chances', async () => {
    write('one.yaml', `${PLAN}crm: opportunities.csv\n`);
    const { code, json } = await told(['coverage', 'one.yaml', '--level', 'company']);
    const warnings = json.warnings as { code: string }[];
    expect(code).toBe(0);
    expect(warnings.map((warning) => warning.code)).toContain('rates_other_stages');
    expect((json.coverage as { open: number; chance: number | null }[])[0]).toMatchObject({ chance: null });
    const plan = await told(['plan', 'one.yaml']);
    expect(plan.code).toBe(2);
    expect(plan.err).toContain('rates_other_stages');
  });
});

describe('a funnel of two stages', () => {
  const two = (amounts: boolean) =>
    `id,rep,team,lead,close,lost,amount\n${RECORDS.map(({ id, rep, team, days, lost, amount }) => {
      const [lead, , , close] = days.map((day) => (day === null ? '' : formatDay(day)));
      const isKnown = close !== '' || amounts;
      return [
        id,
        rep,
        team,
        lead,
        close,
        lost === null ? '' : formatDay(lost),
        isKnown ? (amount ?? 15000) : '',
      ];
    })
      .map((cells) => cells.join(','))
      .join('\n')}\n`;

  it('open leads without an amount count at the deal size, which is said', async () => {
    write('two.csv', two(false));
    write('one.yaml', `${PLAN}funnel: [lead, close]\ncrm: two.csv\n`);
    const { code, json } = await told(['plan', 'one.yaml']);
    const warnings = json.warnings as { code: string; message: string }[];
    const said = warnings.filter((warning) => warning.code === 'crm_amounts_assumed');
    const open = RECORDS.filter(({ days, lost }) => days[3] === null && lost === null).length;
    expect(code).toBe(0);
    expect(said.map(({ message }) => message)).toEqual([
      expect.stringContaining(`${open} deals without an amount`),
    ]);
    write('two.csv', two(true));
    const known = await told(['plan', 'one.yaml']);
    expect(known.json.goals).toEqual(json.goals);
  });
});

describe('the fixtures', () => {
  it.each([
    ['crm-plan/history.csv', historyCsv(RECORDS)],
    ['crm-coverage/leads.csv', leadsCsv(RECORDS)],
    ['crm-coverage/opportunities.csv', opportunitiesCsv(RECORDS)],
  ])('%s is that company', (path, text) => {
    expect(readIfThere(resolve(FIXTURES, 'cases', path))).toBe(text);
  });
});
