/** Tracking for other systems: the same keys in every row, null where a number does not apply, CSV that can be summed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/files/load-plan.ts';
import { addDays } from '../../../src/period/day.ts';
import { firstDay } from '../../../src/period/month.ts';
import { planGoals } from '../../../src/plan/goals.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { EVERYTHING } from '../../../src/report/selection.ts';
import { trackCsv, trackJson } from '../../../src/report/track/track-json.ts';
import type { TrackShown } from '../../../src/report/track/track-rows.ts';
import { trackPlan } from '../../../src/track/track-plan.ts';
import { savedPlanOf } from '../../support/agreed-goals.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { FIXTURES, runCli } from '../../support/run-cli.ts';

const AGREED = resolve(FIXTURES, 'cases/track-agreed');
const AS_OF = ['--as-of', '2027-02-14'];

const NUMBERS = ['agreed', 'due', 'actual', 'attainment', 'ahead', 'ahead_days', 'goal_left', 'estimate'];
const KEYS = [
  'level',
  'team',
  'rep',
  'rep_id',
  'territory',
  'source',
  'owner',
  'stage',
  'grain',
  'period',
  'period_start',
  'period_end',
  ...NUMBERS,
];

/** The keys that PRODUCT.md promises, in its order. */
const PROMISED =
  'level team rep source stage period agreed actual attainment ahead ahead_days goal_left estimate'.split(
    ' ',
  );

type JsonRow = Readonly<Record<string, unknown>>;

async function json(more: readonly string[] = [], cwd = AGREED) {
  const { out } = await runCli(['track', '-f', 'json', '--quiet', ...AS_OF, ...more], { cwd });
  return JSON.parse(out) as Readonly<Record<string, readonly JsonRow[]>>;
}

type CsvRow = Readonly<Record<string, string>>;

const csv = async (more: readonly string[] = [], cwd = AGREED): Promise<CsvRow[]> => {
  const { out } = await runCli(['track', '-f', 'csv', '--quiet', ...AS_OF, ...more], { cwd });
  return parse(out, { columns: true });
};

/** Against the goals of the day before the plan. */
function shownOf(model: PlanModel): TrackShown {
  const before = { ...model, asOf: addDays(firstDay(model.from), -1), actuals: null, pipeline: null };
  const { value } = trackPlan(model, savedPlanOf(planGoals(before).value!));
  return { track: value!, selection: EVERYTHING, periods: [] };
}

const jsonOf = (shown: TrackShown): string => [...trackJson({ ...shown, inputs: [], warnings: [] })].join('');

describe('JSON', () => {
  it('has the head of every result, then its rows, then its warnings', async () => {
    const all = await json();
    expect(Object.keys(all)).toEqual(['format', 'version', 'plan', 'inputs', 'set', 'track', 'warnings']);
    expect(all).toMatchObject({ format: 'leadgoal.track', version: '1.0' });
    expect(all.inputs!.map(({ path }) => path)).toEqual(['leadgoal.yaml', 'goals.json', 'actuals.csv']);
    expect(all.track!.length).toBeGreaterThan(0);
    for (const row of all.track!) expect(Object.keys(row)).toEqual(KEYS);
  });

  it('has the keys of the contract, in its order', () => {
    const places = PROMISED.map((key) => KEYS.indexOf(key));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((first, second) => first - second));
  });

  it('has rows of every level, grain and stage, the company first, months before quarters before years', async () => {
    const { track } = await json();
    const levels = track!.map(({ level }) => ['company', 'team', 'rep'].indexOf(level as string));
    expect(levels).toEqual([...levels].sort((first, second) => first - second));
    const first = track!.filter(({ level, source, owner, stage }) =>
      [level, source, owner, stage].every((value, index) => value === ['company', null, null, 'lead'][index]),
    );
    expect(first.map(({ period }) => period)).toEqual([
      ...['2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06'],
      ...['2027-Q1', '2027-Q2', '2027'],
    ]);
  });

  it('says null where nothing has begun, and where nobody counts', async () => {
    const { track } = await json(['--period', '2027-Q2', '--stage', 'lead']);
    for (const row of track!)
      expect(row).toMatchObject({ due: null, actual: null, attainment: null, ahead: null, ahead_days: null });
    expect(track!.every(({ agreed, goal_left }) => agreed !== null && goal_left !== null)).toBe(true);
  });

  it('says what the arithmetic says', async () => {
    const { track } = await json(['--period', 'Q1', '--level', 'company', '--stage', 'lead']);
    const all = track!.find(({ source, owner }) => source === null && owner === null)!;
    const due = 70 + 70 * (14 / 28);
    const actual = 20 + 20 + 11 + 18 + (8 + 14 + 7 + 6);
    expect(all).toMatchObject({ agreed: 3 * 70, due, actual, ahead: actual - due });
    expect(all.attainment).toBe(Math.round((actual / 210) * 1e4) / 1e4);
  });

  it('has only finite numbers', () => {
    const everyDay = randomPlan({ asOf: ['day before', 'earlier', 'month-end inside', 'inside'] });
    fc.assert(
      fc.property(everyDay, ({ model }) => {
        const text = jsonOf(shownOf(model));
        expect(text).not.toMatch(/NaN|Infinity|undefined|:-0[,}]/);
        for (const row of (JSON.parse(text) as { track: JsonRow[] }).track)
          for (const name of NUMBERS) if (row[name] !== null) expect(row[name]).toBeTypeOf('number');
      }),
      { numRuns: 25 },
    );
  });
});

describe('the same input', () => {
  it('is the same bytes, in every world', async () => {
    const worlds = [
      {},
      { columns: 60 },
      { columns: 200, environment: { NO_COLOR: '1', COLUMNS: '40', LANG: 'de_DE', TZ: 'Asia/Tokyo' } },
      { today: '2031-05-05' },
    ];
    for (const format of ['json', 'csv', 'plain', 'markdown']) {
      const runs: string[] = [];
      for (const world of worlds)
        runs.push((await runCli(['track', ...AS_OF, '-f', format], { ...world, cwd: AGREED })).out);
      expect(runs[0]).not.toBe('');
      expect(new Set(runs).size).toBe(1);
    }
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
        const { out } = await runCli(['track', ...AS_OF, '-f', format], { cwd: AGREED });
        const written = await runCli(['track', ...AS_OF, '-o', file], { cwd: AGREED, columns: 61 });
        expect([written.code, written.out]).toEqual([0, '']);
        expect(readFileSync(file, 'utf8')).toBe(out);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('stays the same in whichever order actuals and agreed goals stand', () => {
    fc.assert(
      fc.property(randomPlan({ asOf: ['inside', 'month-end inside'] }), ({ model }) => {
        const { track } = shownOf(model);
        const before = { ...model, asOf: addDays(firstDay(model.from), -1), actuals: null, pipeline: null };
        const saved = savedPlanOf(planGoals(before).value!);
        const goals = [...saved.goals].reverse();
        const turned = trackPlan(
          { ...model, actuals: model.actuals === null ? null : [...model.actuals].reverse() },
          { ...saved, goals },
        ).value!;
        const rows = (of: typeof track) => of.lines.map(({ stages: _, ...key }) => key);
        expect(rows(turned)).toEqual(rows(track));
        for (const [index, { stages }] of turned.lines.entries())
          for (const [stage, { agreed, actual }] of stages.entries()) {
            expect(agreed).toEqual(track.lines[index]!.stages[stage]!.agreed);
            expect(actual).toEqual(track.lines[index]!.stages[stage]!.actual);
          }
      }),
      { numRuns: 25 },
    );
  });
});

const sumOf = (rows: readonly CsvRow[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);

describe('CSV', () => {
  it('has the keys of JSON after the plan and its day', async () => {
    const [row] = await csv();
    expect(Object.keys(row!)).toEqual(['plan', 'as_of', ...KEYS]);
    expect(row).toMatchObject({ plan: 'Tiny', as_of: '2027-02-14', level: 'rep', grain: 'month' });
  });

  it.each([
    [[]],
    [['--by', 'quarter']],
    [['--by', 'year']],
    [['--level', 'team']],
    [['--level', 'company', '--by', 'quarter']],
    [['--period', 'Q1']],
  ])('with %j can be summed by stage, every record once', async (more) => {
    const rows = await csv(more);
    const periods = more.includes('--period') ? ['--period', 'Q1'] : ['--by', 'year'];
    const { track } = await json(['--level', 'company', ...periods]);
    for (const stage of ['lead', 'close']) {
      const company = track!.find((row) => row.stage === stage && row.source === null && row.owner === null)!;
      const own = rows.filter((row) => row.stage === stage);
      for (const name of ['agreed', 'actual', 'goal_left']) expect(sumOf(own, name)).toBe(company[name]);
      expect(sumOf(own, 'estimate')).toBeCloseTo(company.estimate as number, 2);
    }
    expect(new Set(rows.map(({ level }) => level)).size).toBe(1);
    expect(rows.every(({ source }) => source !== '')).toBe(true);
  });

  it('has an empty cell where a number does not apply', async () => {
    const rows = await csv(['--period', 'Q2']);
    for (const { actual, attainment, ahead_days: days } of rows)
      expect([actual, attainment, days]).toEqual(['', '', '']);
  });

  it('quotes names where it must, and only there', () => {
    const rep = 'Ruiz, Ana "A."';
    const model = parsePlan({
      name: 'One\nPlan',
      funnel: ['lead', 'close'],
      as_of: '2027-01-31',
      quotas: [
        { team: 'East; West', rep, period: '2027-Q1', quota: 900 },
        { team: 'East; West', rep: "Finn O'Brien", period: '2027-Q1', quota: 900 },
      ],
      deal_size: 10,
      rates: { lead_to_close: '50%' },
      actuals: [{ rep, month: '2027-01', lead: 3 }],
    }).value as PlanModel;
    const text = [...trackCsv(shownOf(model), false)].join('');
    expect(text).toContain(
      '\n"One\nPlan",2027-01-31,rep,East; West,"Ruiz, Ana ""A.""",,,,,lead,month,2027-01,',
    );
    expect(text).toContain('\n"One\nPlan",2027-01-31,rep,East; West,Finn O\'Brien,,,,,lead,month,2027-01,');
    expect((parse(text, { columns: true }) as CsvRow[])[0]!.plan).toBe('One\nPlan');
  });

  it('has a byte order mark only where one is asked for', async () => {
    const run = async (more: readonly string[]) =>
      (await runCli(['track', ...AS_OF, '-f', 'csv', ...more], { cwd: AGREED })).out;
    const plain = await run([]);
    expect(await run(['--bom'])).toBe(`\ufeff${plain}`);
  });

  it('of a plan in which a team and reps of others carry quotas has them all', () => {
    const model = parsePlan({
      funnel: ['lead', 'close'],
      as_of: '2027-01-31',
      quotas: [
        { team: 'East', rep: 'Ana', period: '2027-Q1', quota: 900 },
        { team: 'West', period: '2027-Q1', quota: 900 },
      ],
      deal_size: 10,
      rates: { lead_to_close: '50%' },
      actuals: [{ month: '2027-01', lead: 30 }],
    }).value as PlanModel;
    const shown = shownOf(model);
    const rows = parse([...trackCsv(shown, false)].join(''), { columns: true }) as CsvRow[];
    const leads = rows.filter(({ stage }) => stage === 'lead');
    // 900 ÷ 10 ÷ 50% for each
    expect(sumOf(leads, 'agreed')).toBe(2 * (900 / 10 / 0.5));
  });
});
