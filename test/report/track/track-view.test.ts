/** The tracking report as it is read: what it says, and that it fits wherever it is printed. */
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/period/day.ts';
import { firstDay, lastDay, monthOf } from '../../../src/period/month.ts';
import { planGoals } from '../../../src/plan/goals.ts';
import type { Actual, PlanModel } from '../../../src/plan/model.ts';
import { type PlanPeriod, planPeriods } from '../../../src/plan/row.ts';
import type { Block, Row, Table } from '../../../src/report/block.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { EVERYTHING, type Selection } from '../../../src/report/selection.ts';
import { trackView } from '../../../src/report/track/track-view.ts';
import type { Track } from '../../../src/track/track.ts';
import { trackPlan } from '../../../src/track/track-plan.ts';
import { savedPlanOf } from '../../support/agreed-goals.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { expectSound, rendered, WIDTHS } from '../../support/rendered.ts';
import { FIXTURES, runCli } from '../../support/run-cli.ts';
import { day, REPS, smallModel } from '../../support/small-model.ts';

/** Against the goals of the day before the plan. */
function tracked(model: PlanModel): Track {
  const before = { ...model, asOf: addDays(firstDay(model.from), -1), actuals: null, pipeline: null };
  const { value, problems } = trackPlan(model, savedPlanOf(planGoals(before).value!));
  if (value === null) throw new Error(problems.map(({ code }) => code).join());
  return value;
}

const view = (
  track: Track,
  selection: Partial<Selection> = {},
  periods: readonly PlanPeriod[] = [],
): Block[] => trackView({ track, selection: { ...EVERYTHING, ...selection }, periods });

const prose = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'prose' ? [block.text.replaceAll('\u00a0', ' ')] : []));

const tables = (blocks: readonly Block[]): Table[] => blocks.filter((block) => block.kind === 'table');

const sectionsOf = (blocks: readonly Block[]) => tables(blocks).flatMap(({ sections }) => sections);

const rowsOf = (blocks: readonly Block[]): Row[] => sectionsOf(blocks).flatMap(({ rows }) => rows);

const rowOf = (blocks: readonly Block[], name: string): Row =>
  rowsOf(blocks).find(({ label }) => label.at(-1) === name)!;

const numberIn = (cell: string): number =>
  cell === '–' ? 0 : Number(cell.replace(/[,+]/g, '').replace('−', '-'));

/** Inbound leads of Ana and Gil by month, and none of outbound. */
const counted = (months: readonly number[]): Actual[] =>
  ['Ana Ruiz', 'Gil Moreau'].flatMap((name) =>
    months.flatMap((month) => {
      const rep = REPS.find((one) => one.name === name)!;
      const of = { team: rep.team, rep, month: monthOf(2027, month), amount: null, isRecord: false };
      return [
        { ...of, source: 'inbound', counts: [40, 20, 6, null] },
        { ...of, source: 'outbound', counts: [0, 0, 0, null] },
      ];
    }),
  );

const TRACK = tracked(smallModel({ asOf: day('2027-03-15'), actuals: counted([2, 3]) }));

describe('at every width', () => {
  it('no line is too long, none ends in a blank, colour is only colour, and --ascii is ASCII', () => {
    fc.assert(
      fc.property(
        randomPlan({ asOf: ['day before', 'month-end inside', 'inside'] }),
        fc.nat(20),
        ({ model }, place) => {
          const track = tracked(model);
          const periods = (['month', 'quarter', 'year'] as const).flatMap((grain) =>
            planPeriods(track.clock, grain),
          );
          expectSound(view(track));
          expectSound(view(track, { level: 'team' }, [periods[place % periods.length]!]));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('also with names that are longer than the page', () => {
    const name = (start: string) => `${start} ${'Wolfeschlegelsteinhausen '.repeat(4)}the ${start}`;
    const model = smallModel({ asOf: day('2027-03-15'), actuals: counted([2, 3]) });
    const sources = model.sources.map((source) => ({ ...source, owner: name(source.owner!) }));
    expectSound(view(tracked({ ...model, name: name('Plan'), sources })));
  });

  it.each(['track-agreed', 'track-before-start'])('the case %s', async (name) => {
    const cwd = resolve(FIXTURES, 'cases', name);
    for (const width of WIDTHS) {
      const { out } = await runCli(['track', '--quiet', '--width', String(width), '--ascii'], { cwd });
      expect(out).toMatch(/^[\n -~]+$/);
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  it('what is left out for want of columns is said, and the width that shows it does', () => {
    for (const width of WIDTHS) {
      const text = rendered(view(TRACK), { width });
      const wanted = Number(/--width\s+(\d+)/.exec(text)?.[1] ?? 0);
      if (wanted === 0) expect(text).toMatch(/rest of Mar .* FY28 /);
      else {
        expect(wanted).toBeGreaterThan(width);
        expect(rendered(view(TRACK), { width: wanted })).not.toContain('left out');
        expect(rendered(view(TRACK), { width: wanted - 1 })).toContain('left out');
      }
    }
  });
});

describe('what it says', () => {
  it('against what, as of when, how far and how much is left', () => {
    const [head, sentence] = prose(view(TRACK));
    expect(head).toBe('Northwind FY2028 · goals agreed with data to 31 Jan 2027 · data to 15 Mar 2027');
    // 28 days of February and 15 of March, of 28 + 31 + 30
    expect(sentence).toMatch(
      /^FY28 Q1, day 43 of 89: 160 of 2,\d{3} leads, \d%; [\d,]+ behind what was due by now/,
    );
    expect(sentence).toMatch(
      / The goal for what is left is [\d,]+; at the pace so far it comes to [\d,]+\.$/,
    );
  });

  it('that goals were made again where none were agreed', () => {
    const { value } = trackPlan(smallModel({ asOf: day('2027-03-15'), actuals: counted([2, 3]) }), null);
    expect(prose(view(value!))[0]).toContain('goals recomputed, not agreed');
  });

  it('that the plan has not begun', () => {
    const track = tracked(smallModel({ asOf: day('2027-01-31'), actuals: counted([1]) }));
    const blocks = view(track);
    expect(prose(blocks).slice(1)).toEqual([
      'The plan starts on 1 Feb 2027: nothing to track yet.',
      expect.stringMatching(/^FY28 Q1: 2,\d{3} leads; not begun\.$/),
    ]);
    for (const { cells } of rowsOf(blocks))
      expect(cells).toMatchObject({ actual: '–', attainment: '–', ahead: '–', days: '–' });
  });

  it('that the plan is over', () => {
    const model = smallModel({ actuals: counted([2, 3]) });
    const blocks = view(tracked({ ...model, asOf: lastDay(model.to) }));
    expect(prose(blocks)[1]).toBe('The plan ended on 31 Jan 2028: nothing is left of it.');
    for (const { cells } of rowsOf(blocks)) expect(numberIn(cells.left!)).toBe(0);
  });

  it('whose goals, from whom and by stage, each adding up to the company', () => {
    const sections = sectionsOf(view(TRACK));
    expect(sections.map(({ title }) => title)).toEqual([
      'leads by owner',
      'opportunities, where partner begins',
      'leads by team and rep',
      'later stages',
    ]);
    const [byOwner, partner, byTeam, stages] = sections;
    expect(partner!.rows.map(({ label }) => label)).toEqual([['partners', 'partner']]);
    const company = byOwner!.rows.at(-1)!;
    expect(company.label).toEqual(['Company']);
    for (const key of ['agreed', 'actual', 'left'] as const) {
      const sum = (rows: readonly Row[]) =>
        rows.reduce((total, { cells }) => total + numberIn(cells[key]!), 0);
      expect(sum(byOwner!.rows.slice(0, -1))).toBe(numberIn(company.cells[key]!));
      expect(sum(byTeam!.rows.filter(({ depth }) => depth === 0))).toBe(numberIn(company.cells[key]!));
    }
    expect(stages!.rows.map(({ label }) => label[0])).toEqual(['conversations', 'opportunities', 'closes']);
    // nobody counts closes
    expect(stages!.rows[2]!.cells).toMatchObject({ actual: '–', attainment: '–', ahead: '–', estimate: '–' });
  });

  it('each rep within the team, open territory after who left it', () => {
    const track = tracked(smallModel({ asOf: day('2027-09-15'), actuals: counted([7, 8, 9]) }));
    const { rows } = sectionsOf(view(track)).find(({ title }) => title === 'leads by team and rep')!;
    const names = rows.map(({ label, depth }) => '  '.repeat(depth) + label[0]);
    expect(names).toEqual([
      'EMEA',
      '  DACH',
      '    Katja Vogel',
      '    Lukas Weber',
      '  UK',
      '    Imogen Clarke',
      '    Jack Doyle',
      'East',
      '  Ana Ruiz',
      '  Ben Cho',
      '  Chloe Martin',
      '  Dev Patel',
      'West',
      '  Eva Lindqvist',
      '  Finn Murphy',
      '  Gil Moreau',
      '  open (was Gil Moreau)',
      '  Hana Sato',
    ]);
  });

  it('of one rep, owner, source or stage: that one’s row and sentence', () => {
    const ana = view(TRACK, { reps: ['Ana Ruiz'] });
    expect(prose(ana)[0]).toContain(' · Ana Ruiz · ');
    expect(prose(ana)[1]).toMatch(/: 80 of \d+ leads/);
    expect(rowOf(ana, 'Ana Ruiz').cells.actual).toBe('80');
    const inbound = view(TRACK, { sources: ['inbound'] });
    expect(prose(inbound)[1]).toMatch(/: 160 of [\d,]+ leads/);
    const marketing = view(TRACK, { owners: ['marketing'] });
    expect(prose(marketing)[1]).toMatch(/: 160 of [\d,]+ leads/);
    expect(prose(marketing)[1]).toBe(prose(inbound)[1]);
    const talks = view(TRACK, { stages: ['conversation'] });
    expect(prose(talks)[1]).toMatch(/: 80 of [\d,]+ conversations/);
    expect(sectionsOf(talks).map(({ title }) => title)).toEqual([
      'conversations by owner',
      'conversations by team and rep',
    ]);
  });

  it('of a stage nobody counts, that it is not counted', () => {
    const closes = prose(view(TRACK, { stages: ['close'] }))[1]!;
    expect(closes).toMatch(/^FY28 Q1, day 43 of 89: [\d,]+ closes; closes are not counted in the actuals\.$/);
  });

  it('of the periods asked for, one after the other', () => {
    const quarters = planPeriods(TRACK.clock, 'quarter');
    const texts = prose(view(TRACK, {}, [quarters[0]!, quarters[1]!]));
    expect(texts.slice(1).map((text) => text.slice(0, 7))).toEqual(['FY28 Q1', 'FY28 Q2']);
    expect(texts[2]).toMatch(/^FY28 Q2: [\d,]+ leads; not begun\.$/);
  });

  it('a second period stands apart from the table of the first', () => {
    const quarters = planPeriods(TRACK.clock, 'quarter');
    const text = rendered(view(TRACK, {}, [quarters[0]!, quarters[1]!]), { width: 200 });
    expect(text).toMatch(/\n\nFY28 Q2: /);
  });

  it('of a plan that is over there is no pace', () => {
    const model = smallModel({ actuals: counted([2, 3]) });
    expect(prose(view(tracked({ ...model, asOf: lastDay(model.to) })))[2]).not.toContain('pace');
  });

  it('nothing more where nothing is selected', () => {
    expect(prose(view(TRACK, { teams: ['South'] }))[1]).toBe('Nothing in the plan is selected.');
  });
});

describe('as Markdown', () => {
  it('has every column of every row', () => {
    const text = renderMarkdown(view(TRACK));
    expect(text).not.toMatch(/[ \t]\n/);
    for (const part of text.split('### ').slice(1)) {
      const widths = part
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(text).toMatch(/\| \*\*Company\*\* \|/);
  });
});

describe('colour', () => {
  it.each([
    [{ columns: 100 }, [], true],
    [{ columns: 100 }, ['--no-color'], false],
    [{ columns: 100, environment: { NO_COLOR: '1' } }, [], false],
    [{ columns: 100, environment: { TERM: 'dumb' } }, [], false],
    [{}, [], false],
    [{ columns: 100 }, ['-f', 'plain'], false],
  ])('in %j with %j: %s', async (world, options, isColoured) => {
    const cwd = resolve(FIXTURES, 'cases/track-agreed');
    const { out } = await runCli(['track', '--as-of', '2027-02-14', ...options], { ...world, cwd });
    expect(out.includes('\u001b')).toBe(isColoured);
    expect(out).toContain('behind what was due by now');
  });
});
