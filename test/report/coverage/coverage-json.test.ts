/** Coverage for other systems: the same keys in every row, null where a number does not apply, CSV that can be summed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cover } from '../../../src/coverage/cover.ts';
import type { Coverage } from '../../../src/coverage/coverage.ts';
import { parsePlan } from '../../../src/files/load-plan.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { coverageCsv, coverageJson } from '../../../src/report/coverage/coverage-json.ts';
import { EVERYTHING } from '../../../src/report/selection.ts';
import { pipelinePair } from '../../support/pipeline-pair.ts';
import { FIXTURES, runCli } from '../../support/run-cli.ts';

const CASES = resolve(FIXTURES, 'cases');
const SINCE = resolve(CASES, 'coverage-since');

/** Keys of the contract, which stay, among those added to it. */
const KEY = ['level', 'team', 'rep', 'rep_id', 'territory'];
const MEASURED = [
  'quota',
  'closed',
  'to_go',
  'open',
  'coverage',
  'to_go_coverage',
  'enough',
  'expected_open',
  'expected_new',
  'lands',
  'versus_quota',
  'chance',
  'short_opportunities',
  'fresh_chance',
  'overdue_count',
  'overdue_amount',
  'stale_count',
  'stale_amount',
  'undated_count',
  'undated_amount',
];
const KEYS = {
  coverage: [...KEY, 'period', 'period_start', 'period_end', ...MEASURED, 'status'],
  checks: [
    ...KEY,
    'period',
    'measure',
    'actual',
    'operator',
    'limit',
    'limit_measure',
    'limit_is_share',
    'status',
  ],
  deals: [
    'id',
    'level',
    'name',
    'account',
    'rep',
    'rep_id',
    'crm_owner',
    'territory',
    'team',
    'source',
    'stage',
    'crm_stage',
    'amount',
    'close_date',
    'age_days',
    'chance',
    'expected',
    'stale',
    'overdue',
  ],
  changes: [
    ...KEY,
    'period',
    'open_before',
    'new',
    'won',
    'lost',
    'slipped',
    'pulled_in',
    'reassigned',
    'removed',
    'amounts',
    'open',
    ...MEASURED.map((name) => `${name}_change`),
  ],
  moves: ['id', 'name', 'account', 'rep', 'team', 'what', 'amount_before', 'amount', 'close_date'],
};

/** The keys that PRODUCT.md promises, in its order. */
const PROMISED = {
  coverage:
    'level team rep period quota closed to_go open coverage to_go_coverage enough expected_open expected_new lands versus_quota chance short_opportunities overdue_count overdue_amount stale_count stale_amount status',
  checks: 'level team rep period measure actual operator limit status',
  deals: 'id name rep team source stage amount age_days chance expected stale overdue',
};

type Json = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

async function json(args: readonly string[], cwd = SINCE): Promise<Json> {
  const { out } = await runCli(['coverage', '-f', 'json', '--quiet', ...args], { cwd });
  return JSON.parse(out);
}

const SINCE_LAST = ['--since', 'coverage-2027-02-08.json'];

describe('JSON', () => {
  it('has the head of every result, then its parts in a fixed order', async () => {
    const all = await json([
      '--deals',
      ...SINCE_LAST,
      '--fail-when',
      'chance<50%',
      '--fail-when',
      'open drops 1%',
    ]);
    const head = ['format', 'version', 'plan', 'inputs', 'set'];
    const parts = ['coverage', 'checks', 'deals', 'changes', 'moves', 'warnings'];
    expect(Object.keys(all)).toEqual([...head, ...parts]);
    expect(all).toMatchObject({ format: 'leadgoal.coverage', version: '1.0' });
    for (const [part, keys] of Object.entries(KEYS)) {
      expect(all[part]!.length).toBeGreaterThan(0);
      for (const row of all[part]!) expect(Object.keys(row)).toEqual(keys);
    }
  });

  it.each(Object.entries(PROMISED))('has the keys of the contract in its order: %s', (part, promised) => {
    const keys = KEYS[part as keyof typeof KEYS];
    const wanted = promised.split(' ');
    const places = wanted.map((key) => keys.indexOf(key));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((first, second) => first - second));
  });

  it('names its inputs, the earlier coverage too', async () => {
    const { inputs } = await json([...SINCE_LAST]);
    expect(inputs!.map(({ path }) => path)).toEqual([
      'leadgoal.yaml',
      'opportunities-2027-02-15.csv',
      'coverage-2027-02-08.json',
    ]);
  });

  it('has deals and changes only where they are asked for', async () => {
    expect(Object.keys(await json([]))).toEqual([
      'format',
      'version',
      'plan',
      'inputs',
      'set',
      'coverage',
      'checks',
      'warnings',
    ]);
  });

  it('says null where rates are needed, and where there is nothing to divide by', async () => {
    const cwd = resolve(CASES, 'coverage-without-rates');
    const args = ['--quotas', 'quotas.csv', '--pipeline', 'opportunities.csv', '--as-of', '2027-02-15'];
    const { coverage } = await json(args, cwd);
    const needs = ['enough', 'expected_open', 'expected_new', 'lands', 'versus_quota', 'chance'];
    for (const row of coverage!) {
      for (const name of [...needs, 'short_opportunities', 'fresh_chance']) expect(row[name]).toBeNull();
      expect(row.status).toBe(row.to_go === 0 ? 'made' : null);
      if (row.to_go === 0) expect(row.to_go_coverage).toBeNull();
    }
    const cho = coverage!.find(({ rep, period }) => rep === 'Cho' && period === '2027-Q1')!;
    expect(cho).toMatchObject({ quota: 60_000, closed: 65_000, to_go: 0, status: 'made' });
  });

  it('has only finite numbers, and levels in their order', () => {
    fc.assert(
      fc.property(pipelinePair, ({ today }) => {
        const text = jsonOf(covered(today));
        const { coverage } = JSON.parse(text) as Json;
        const levels = coverage!.map(({ level }) => ['company', 'team', 'rep'].indexOf(level as string));
        expect(levels).toEqual([...levels].sort((first, second) => first - second));
        for (const row of coverage!)
          for (const name of MEASURED) if (row[name] !== null) expect(row[name]).toBeTypeOf('number');
        expect(text).not.toMatch(/NaN|Infinity|undefined|-0[,}]/);
      }),
      { numRuns: 30 },
    );
  });
});

function covered(model: PlanModel): Coverage {
  return cover(model, { periods: [], grain: 'quarter', deals: true }).value!;
}

const shownOf = (coverage: Coverage) => ({
  coverage,
  selection: EVERYTHING,
  picked: [],
  deals: true,
  changes: null,
  checks: [],
});

const jsonOf = (coverage: Coverage): string =>
  [...coverageJson({ ...shownOf(coverage), inputs: [], warnings: [] })].join('');

describe('the same input', () => {
  it('is the same bytes, in every world', async () => {
    const worlds = [
      {},
      { columns: 60 },
      { columns: 200, environment: { NO_COLOR: '1', COLUMNS: '40', LANG: 'de_DE', TZ: 'Asia/Tokyo' } },
      { today: '2031-05-05' },
    ];
    for (const format of ['json', 'csv', 'plain', 'markdown']) {
      const args = ['coverage', '--deals', ...SINCE_LAST, '-f', format];
      const runs: string[] = [];
      for (const world of worlds) runs.push((await runCli(args, { ...world, cwd: SINCE })).out);
      expect(runs[0]).not.toBe('');
      expect(new Set(runs).size).toBe(1);
    }
  });

  it('stays the same in whichever order records and quotas stand', () => {
    fc.assert(
      fc.property(pipelinePair, ({ today }) => {
        const { records } = today.pipeline!;
        const turned = {
          ...today,
          quotas: [...today.quotas].reverse(),
          pipeline: { ...today.pipeline!, records: [...records].reverse() },
        };
        const rows = (model: PlanModel) => (JSON.parse(jsonOf(covered(model))) as Json).coverage!;
        const round = (all: Json[string]) =>
          all.map((row) => ({
            ...row,
            chance: row.chance === null ? null : Math.round((row.chance as number) * 1e3),
          }));
        expect(round(rows(turned))).toEqual(round(rows(today)));
      }),
      { numRuns: 20 },
    );
  });

  it('is the same in a file as on standard output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
    try {
      for (const [format, extension] of [
        ['json', 'json'],
        ['csv', 'csv'],
        ['markdown', 'md'],
        ['plain', 'txt'],
      ] as const) {
        const file = join(folder, `out.${extension}`);
        const { out } = await runCli(['coverage', '-f', format], { cwd: SINCE });
        const written = await runCli(['coverage', '-o', file], { cwd: SINCE, columns: 61 });
        expect([written.code, written.out]).toEqual([0, '']);
        expect(readFileSync(file, 'utf8')).toBe(out);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

type CsvRow = Readonly<Record<string, string>>;

const csv = async (args: readonly string[], cwd = SINCE): Promise<CsvRow[]> => {
  const { out } = await runCli(['coverage', '-f', 'csv', '--quiet', ...args], { cwd });
  return parse(out, { columns: true });
};

const sumOf = (rows: readonly CsvRow[], column: string): number =>
  rows.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0) / 100;

describe('CSV', () => {
  it('has the keys of JSON after the plan and its day', async () => {
    const [row] = await csv([]);
    expect(Object.keys(row!)).toEqual(['plan', 'as_of', ...KEYS.coverage]);
    expect(row).toMatchObject({ plan: 'Tiny', as_of: '2027-02-15', level: 'rep' });
    const [deal] = await csv(['--deals']);
    expect(Object.keys(deal!)).toEqual(['plan', 'as_of', ...KEYS.deals]);
  });

  it('is of the reps, whose rows can be summed', async () => {
    const rows = await csv([]);
    const [company] = (await json([])).coverage!;
    expect(rows.every(({ level }) => level === 'rep')).toBe(true);
    for (const column of ['quota', 'closed', 'open', 'expected_open', 'overdue_count', 'undated_amount'])
      expect(sumOf(rows, column)).toBeCloseTo(company![column] as number, 1);
  });

  it('has an empty cell where a number does not apply', async () => {
    const cwd = resolve(CASES, 'coverage-without-rates');
    const args = ['--quotas', 'quotas.csv', '--pipeline', 'opportunities.csv', '--as-of', '2027-02-15'];
    for (const row of await csv(args, cwd)) expect([row.enough, row.lands, row.chance]).toEqual(['', '', '']);
  });

  it('quotes names where it must, and only there', () => {
    const rep = 'Ruiz, Ana "A."';
    const model = parsePlan({
      name: 'One\nPlan',
      as_of: '2027-02-15',
      quotas: [
        { team: 'East; West', rep, period: '2027-Q1', quota: 1000 },
        { team: 'East; West', rep: "Finn O'Brien", period: '2027-Q1', quota: 1000 },
      ],
      deal_size: 10,
      rates: { lead_to_conversation: '50%', conversation_to_opportunity: '40%', opportunity_to_close: '50%' },
      pipeline: [{ name: 'A, B', rep, stage: 'opportunity', amount: 12.5, close_date: '2027-03-01' }],
    }).value as PlanModel;
    const shown = shownOf(covered(model));
    const text = [...coverageCsv({ ...shown, deals: false }, false)].join('');
    const plan = '"One\nPlan"';
    expect(text).toContain(`\n${plan},2027-02-15,rep,East; West,Finn O'Brien,,,2027-Q1,`);
    expect(text).toContain(`\n${plan},2027-02-15,rep,East; West,"Ruiz, Ana ""A.""",,,2027-Q1,`);
    const deals = parse([...coverageCsv(shown, false)].join(''), { columns: true }) as CsvRow[];
    expect(deals.map(({ name, rep: whose, amount }) => [name, whose, amount])).toEqual([
      ['A, B', rep, '12.5'],
    ]);
  });

  it('has a byte order mark only where one is asked for', async () => {
    const plain = await runCsv([]);
    expect(await runCsv(['--bom'])).toBe(`\ufeff${plain}`);
  });

  it('has every open deal, the table the first thirty', async () => {
    const model = parsePlan({
      as_of: '2027-02-15',
      quotas: [{ rep: 'Ana', period: '2027-Q1', quota: 1000 }],
      deal_size: 10,
      rates: { lead_to_conversation: '50%', conversation_to_opportunity: '40%', opportunity_to_close: '50%' },
      pipeline: Array.from({ length: 45 }, (_, index) => ({
        id: `D${index}`,
        rep: 'Ana',
        stage: 'opportunity',
        amount: 100 + index,
        close_date: '2027-03-01',
      })),
    }).value as PlanModel;
    const rows = parse([...coverageCsv(shownOf(covered(model)), false)].join(''), {
      columns: true,
    }) as CsvRow[];
    expect(rows).toHaveLength(45);
  });

  it('of a plan whose teams carry the quotas has their rows', async () => {
    const rows = await csv([], resolve(CASES, 'coverage-team-quota'));
    expect(sumOf(rows, 'quota')).toBe(540_000 + 630_000);
  });

  it('of teams has no team beside one that holds it', async () => {
    const rows = await csv(['--level', 'team'], resolve(CASES, 'coverage-team-quota'));
    expect(sumOf(rows, 'quota')).toBe(540_000 + 630_000);
  });
});

async function runCsv(more: readonly string[]): Promise<string> {
  return (await runCli(['coverage', '-f', 'csv', '--quiet', ...more], { cwd: SINCE })).out;
}
