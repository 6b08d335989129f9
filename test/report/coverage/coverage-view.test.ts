/** The coverage report as it is read: what it says, and that it fits wherever it is printed. */
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesSince } from '../../../src/coverage/changes/changes.ts';
import { type Check, checkRows } from '../../../src/coverage/checks.ts';
import { cover } from '../../../src/coverage/cover.ts';
import type { Coverage } from '../../../src/coverage/coverage.ts';
import { MEASURES } from '../../../src/coverage/measures.ts';
import type { SavedCoverage } from '../../../src/coverage/saved-coverage.ts';
import { parsePlan } from '../../../src/files/load-plan.ts';
import { addDays, type Day } from '../../../src/period/day.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import type { Block, Row, Table } from '../../../src/report/block.ts';
import { type CoverageShown, coverageView } from '../../../src/report/coverage/coverage-view.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { EVERYTHING } from '../../../src/report/selection.ts';
import { pipelinePair } from '../../support/pipeline-pair.ts';
import { expectSound, rendered, WIDTHS } from '../../support/rendered.ts';
import { FIXTURES, runCli } from '../../support/run-cli.ts';

function covered(model: PlanModel): Coverage {
  const { value, problems } = cover(model, { periods: [], grain: 'quarter', deals: true });
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

/** An earlier coverage as saving it would keep it. */
function savedOf({ model, rows, deals }: Coverage): SavedCoverage {
  return {
    name: model.name,
    unit: model.quotaUnit,
    currency: model.currency,
    asOf: model.asOf,
    rows: rows.map(({ level, team, rep, territory, period, ...row }) => {
      const whole = { level, team, rep, territory, period, ...row };
      const measures = Object.entries(MEASURES).map(([name, measure]) => [name, measure(whole)] as const);
      return { level, team, rep, territory, period: period.label, measures: Object.fromEntries(measures) };
    }),
    deals: deals.map(({ record, key, amount }) => ({
      id: record.id,
      name: record.name,
      account: record.account,
      team: key.team,
      rep: key.level === 'rep' ? key.rep : null,
      territory: key.territory,
      amount,
      closeDate: record.closeDate,
    })),
  };
}

const conditions = [
  { measure: 'to_go_coverage', operator: '<', limit: 'enough' },
  { measure: 'open', operator: 'drops', limit: 0.1, isShare: true },
] as const;

function everything(coverage: Coverage, earlier: Coverage | null): CoverageShown {
  const since = earlier === null ? null : savedOf(earlier);
  const checks: Check[] = checkRows(coverage.rows, { conditions, level: 'rep', since });
  const changes = since === null ? null : changesSince(coverage, since);
  return { coverage, selection: EVERYTHING, picked: [], deals: true, changes, checks };
}

describe('at every width', () => {
  it('no line is too long, none ends in a blank, colour is only colour, and --ascii is ASCII', () => {
    fc.assert(
      fc.property(pipelinePair, ({ lastWeek, today }) => {
        expectSound(coverageView(everything(covered(today), covered(lastWeek))));
      }),
      { numRuns: 40 },
    );
  });

  it('also with names that are longer than the page', () => {
    const name = (start: string) => `${start} ${'Wolfeschlegelsteinhausen '.repeat(4)}the ${start}`;
    const { value } = parsePlan({
      name: name('Plan'),
      currency: 'CHF',
      as_of: '2027-02-15',
      quotas: [{ team: name('Team'), rep: name('Rep'), period: '2027-Q1', quota: 123_456_789 }],
      deal_size: 10_000,
      rates: { lead_to_conversation: '50%', conversation_to_opportunity: '40%', opportunity_to_close: '50%' },
      pipeline: [
        {
          name: name('Deal'),
          rep: name('Rep'),
          stage: 'opportunity',
          amount: 98_765_432,
          close_date: '2027-02-28',
        },
      ],
    });
    for (const rates of [[], (value as PlanModel).rates])
      expectSound(coverageView(everything(covered({ ...(value as PlanModel), rates }), null)));
  });

  it.each([
    'coverage-without-rates',
    'coverage-team-quota',
    'coverage-in-deals',
    'coverage-leaver',
    'coverage-since',
    'coverage-fail-when',
  ])('the case %s', async (name) => {
    const cwd = resolve(FIXTURES, 'cases', name);
    const args = ['coverage', '--deals', '--quiet'];
    if (name === 'coverage-without-rates')
      args.push('--quotas', 'quotas.csv', '--pipeline', 'opportunities.csv', '--as-of', '2027-02-15');
    for (const width of WIDTHS) {
      const { out } = await runCli([...args, '--width', String(width), '--ascii'], { cwd });
      expect(out).toMatch(/^[\n -~]+$/);
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  it('what is left out for want of columns is said, and the width that shows it does', () => {
    const { coverage } = BY_HAND;
    const shown = coverageView({ ...everything(coverage, null), deals: false, checks: [] });
    for (const width of WIDTHS) {
      const text = rendered(shown, { width });
      const wanted = /--width\s+(\d+)/.exec(text)?.[1];
      if (wanted === undefined) expect(text).toMatch(/overdue {2}stale/);
      else {
        expect(Number(wanted)).toBeGreaterThan(width);
        expect(rendered(shown, { width: Number(wanted) })).not.toContain('left out');
        expect(rendered(shown, { width: Number(wanted) - 1 })).toContain('left out');
      }
    }
  });
});

/** 100k to go for Ana, none for Ben; three deals are open, one of them overdue. */
const MODEL = parsePlan({
  currency: 'USD',
  as_of: '2027-02-15',
  quotas: [
    { team: 'East', rep: 'Ana', period: '2027-Q1', quota: 150_000 },
    { team: 'East', rep: 'Ben', period: '2027-Q1', quota: 40_000 },
  ],
  deal_size: 10_000,
  rates: { lead_to_conversation: '50%', conversation_to_opportunity: '40%', opportunity_to_close: '50%' },
  lags: { opportunity_to_close: ['50%', '30%', '20%'] },
  pipeline: [
    { id: '1', rep: 'Ana', stage: 'won', amount: 50_000, close_date: '2027-01-20' },
    { id: '2', rep: 'Ben', stage: 'won', amount: 45_000, close_date: '2027-02-10' },
    {
      id: '3',
      name: 'Alder',
      rep: 'Ana',
      stage: 'opportunity',
      amount: 60_000,
      close_date: '2027-03-20',
      created: '2027-02-01',
    },
    {
      id: '4',
      name: 'Birch',
      rep: 'Ana',
      stage: 'opportunity',
      amount: 20_000,
      close_date: '2027-02-01',
      created: '2027-01-20',
    },
    {
      id: '5',
      name: 'Cedar',
      rep: 'Ben',
      stage: 'opportunity',
      amount: 7000,
      close_date: '',
      created: '2027-01-20',
    },
  ],
}).value as PlanModel;

const BY_HAND = everything(covered(MODEL), null);

const view = (of: Partial<CoverageShown> = {}): Block[] =>
  coverageView({ ...BY_HAND, deals: false, checks: [], ...of });

const prose = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'prose' ? [block.text.replaceAll('\u00a0', ' ')] : []));

const tables = (blocks: readonly Block[]): Table[] => blocks.filter((block) => block.kind === 'table');

const rowOf = (blocks: readonly Block[], name: string): Row =>
  tables(blocks)
    .flatMap(({ sections }) => sections.flatMap(({ rows }) => rows))
    .find(({ label }) => label[0] === name)!;

describe('what it says', () => {
  it('closed, to go, open and what is not in it', () => {
    const [, sentence, apart] = prose(view());
    const toGo = 190 - 50 - 45;
    expect(sentence).toContain(`2027 Q1: $95k of $190k closed, $${toGo}k to go`);
    expect(sentence).toContain(`$60k open is ${(60 / toGo).toFixed(1)}× that`);
    expect(apart).toBe('! not in open: overdue 1 deal, $20k; without a close date 1 deal, $7k');
  });

  it('of a rep', () => {
    const { cells } = rowOf(view(), 'Ana');
    expect(cells).toMatchObject({ quota: '$150k', closed: '$50k', toGo: '$100k', open: '$60k' });
    expect(cells).toMatchObject({ times: '0.6×', overdue: '1', stale: '–', status: 'short' });
  });

  it('of one whose quota is made', () => {
    const { cells } = rowOf(view(), 'Ben');
    expect(cells).toMatchObject({ closed: '$45k', toGo: '–', open: '–', bar: '', times: '–', enough: '–' });
    expect(cells).toMatchObject({ chance: '100%', status: 'made' });
  });

  it('a sentence for the one rep or team asked for', () => {
    const ben = prose(view({ selection: { ...EVERYTHING, reps: ['Ben'] } }));
    expect(ben[0]).toMatch(/^Ben · 2027 Q1/);
    expect(ben[1]).toBe('2027 Q1: $45k of $40k closed: the quota is made.');
    const east = prose(view({ selection: { ...EVERYTHING, teams: ['East'] } }));
    expect(east[0]).toMatch(/^East · 2027 Q1/);
    expect(east[1]).toMatch(/^2027 Q1: \$95k of \$190k closed/);
    const both = prose(view({ selection: { ...EVERYTHING, reps: ['Ana', 'Ben'] } }));
    expect(both).toHaveLength(1);
  });

  it('that rates are needed, where there are none', () => {
    const { coverage } = everything(covered({ ...MODEL, rates: [] }), null);
    const blocks = view({ coverage });
    expect(prose(blocks)[2]).toMatch(/^! Where it lands, the chance and what is enough need rates: add/);
    expect(rowOf(blocks, 'Ana').cells.status).toBe('needs rates');
    const heads = tables(blocks)[0]!.choices[0]!.columns.map(({ head }) => head);
    expect(heads).not.toContain('lands');
    expect(heads).toContain('closed');
    expect(rowOf(blocks, 'Ben').cells.status).toBe('made');
  });

  it('which deals bring most, with what is wrong with them', () => {
    const blocks = view({ deals: true });
    const { rows, title } = tables(blocks).at(-1)!.sections[0]!;
    expect(title).toBe('open deals, by what they bring in 2027 Q1');
    expect(rows.map(({ label }) => label[0])).toEqual(['Alder', 'Birch', 'Cedar']);
    expect(rows.map(({ cells }) => cells.marks)).toEqual(['', 'overdue', '']);
    expect(rows[0]!.cells).toMatchObject({ rep: 'Ana', amount: '$60k', age: '14\u00a0d' });
  });

  it('nothing more where nothing is selected', () => {
    const texts = prose(view({ selection: { ...EVERYTHING, teams: ['West'] } }));
    expect(texts[1]).toBe('Nothing in the plan is selected.');
  });

  it('who won what, also where nothing that was open moved', () => {
    const records = MODEL.pipeline!.records.filter(({ id }) => id !== '2');
    const earlier = covered({
      ...MODEL,
      asOf: addDays(MODEL.asOf, -7) as Day,
      pipeline: { ...MODEL.pipeline!, records },
    });
    const { rows } = tables(coverageView({ ...everything(covered(MODEL), earlier), deals: false })).at(-1)!
      .sections[0]!;
    expect(rows.map(({ cells }) => [cells.rep, cells.what, cells.amount])).toEqual([['Ben', 'won', '$45k']]);
  });

  it('failed checks last, each on a line of its own', () => {
    const failed = prose(view({ checks: BY_HAND.checks })).at(-1)!;
    expect(failed).toMatch(
      /^check failed: Ana \(East\), 2027-Q1: to_go_coverage is 0\.6, less than enough \(/,
    );
  });
});

describe('a status', () => {
  it('has a colour where colour is wanted, and its word always', () => {
    const coloured = rendered(view(), { width: 120, colour: true });
    const plain = rendered(view(), { width: 120 });
    for (const [word, colour] of [
      ['short', 31],
      ['made', 32],
    ] as const) {
      expect(coloured).toContain(`\u001b[${colour}m${word}\u001b[39m`);
      expect(plain).toMatch(new RegExp(` ${word}\n`));
      for (const width of WIDTHS) expect(rendered(view(), { width })).toMatch(new RegExp(` ${word}\n`));
    }
  });

  it.each([
    [{ columns: 100 }, [], true],
    [{ columns: 100 }, ['--no-color'], false],
    [{ columns: 100, environment: { NO_COLOR: '1' } }, [], false],
    [{ columns: 100, environment: { TERM: 'dumb' } }, [], false],
    [{}, [], false],
    [{ columns: 100 }, ['-f', 'plain'], false],
    [{ columns: 100 }, ['-f', 'markdown'], false],
  ])('in %j with %j: coloured %s', async (world, options, isColoured) => {
    const cwd = resolve(FIXTURES, 'cases/coverage-fail-when');
    const { out } = await runCli(['coverage', ...options], { ...world, cwd });
    expect(out.includes('\u001b')).toBe(isColoured);
    expect(out).toContain('short');
  });
});

describe('as Markdown', () => {
  it('has every column of every row, and no blank at the end of a line', () => {
    const text = renderMarkdown(view());
    expect(text).toMatch(/\| &emsp;Ana \|.*\| short \|/);
    expect(text).not.toMatch(/[ \t]\n/);
    const cells = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').length);
    expect(new Set(cells).size).toBe(1);
  });
});
