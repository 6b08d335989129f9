/** What the report says of capacity: sentences that say what the blocks add up to. */
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/period/month.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import { at } from '../../../src/problem.ts';
import type { Block, Section } from '../../../src/report/block.ts';
import { planJson } from '../../../src/report/plan/plan-json.ts';
import { planView } from '../../../src/report/plan/plan-view.ts';
import { EVERYTHING, type Selection } from '../../../src/report/selection.ts';
import { expectSound } from '../../support/rendered.ts';
import { day, planOf, smallModel } from '../../support/small-model.ts';

const WORKABLE = 100_000;

const model = (lead: number | null, parts: Partial<PlanModel> = {}): PlanModel =>
  smallModel({ capacity: [lead, null, null, null], ...parts });

const view = (of: PlanModel, selection: Partial<Selection> = {}): Block[] =>
  planView(planOf(of), { ...EVERYTHING, ...selection });

const said = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => (block.kind === 'prose' ? [block.text.replaceAll('\u00a0', ' ')] : []))
    .filter((text) => /can work|capacity|open territor/.test(text))
    .join('\n');

const sections = (blocks: readonly Block[]): Section[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.sections.filter(({ title }) => /they can work|reps can work/.test(title))
      : [],
  );

interface UnworkedRow {
  readonly rep: string | null;
  readonly team: string;
  readonly stage: string;
  readonly period: string;
  readonly goal: number;
  readonly capacity: number;
  readonly unworked: number;
}

function json(of: PlanModel, selection: Partial<Selection> = {}): UnworkedRow[] {
  const text = [...planJson(planOf(of), { ...EVERYTHING, ...selection }, [])].join('');
  return JSON.parse(text).capacity;
}

const number = (text: string): number => Number(text.replaceAll(',', ''));

describe('capacity in the report', () => {
  it('says how many reps, how many leads, and apart what is nobody\u2019s, as the rows have it', () => {
    const rows = json(model(80));
    const sum = (of: readonly UnworkedRow[]) => of.reduce((total, { unworked }) => total + unworked, 0);
    const own = rows.filter(({ rep }) => rep !== null);
    const text = said(view(model(80)));
    const pattern =
      /^! (\d+) reps are asked for more leads than they can work \(80 a month, fewer while new or leaving\): ([\d,]+) leads of the year stay unworked(?:, .*)?\. ([\d,]+) more are in Gil Moreau's open territory, with nobody to work them until somebody is hired\.$/;
    expect(text).toMatch(pattern);
    const [, reps, leads, open] = pattern.exec(text) ?? [];
    expect(number(reps!)).toBe(new Set(own.map(({ rep }) => rep)).size);
    expect(number(leads!)).toBe(sum(own));
    expect(number(open!)).toBe(sum(rows) - sum(own));
  });

  it('shows them by rep and month, adding up to the total, and how much of the capacity is asked for', () => {
    const [unworked, used] = sections(view(model(80)));
    const parts = unworked!.rows.slice(0, -1);
    const total = unworked!.rows.at(-1)!;
    expect([total.label, total.tone]).toEqual([['Company'], 'strong']);
    for (const [key, cell] of Object.entries(total.cells)) {
      const sum = parts.reduce((all, { cells }) => all + (number(cells[key]!) || 0), 0);
      expect(cell).toBe(sum === 0 ? '\u2013' : sum.toLocaleString('en-US'));
    }
    expect(used!.rows.map(({ label }) => label[0])).toEqual(['EMEA', 'East', 'West', 'Company']);
    expect(used!.rows[1]!.cells['year 0']).toMatch(/^\d+%$/);
  });

  it('says in one sentence that all can be worked', () => {
    const parts = { reps: [], quotas: smallModel().quotas.filter(({ rep }) => rep!.end === null) };
    const blocks = view(model(WORKABLE, parts));
    expect(said(blocks)).toBe(
      'reps can work all leads asked of them: under 1% of what they can (100,000 a month), the most in EMEA, under 1%',
    );
    expect(sections(blocks)).toEqual([]);
    expect(json(model(WORKABLE, parts))).toEqual([]);
  });

  it('is silent without a capacity; of a part of the sources it says why there is none', () => {
    expect(said(view(model(null)))).toBe('');
    expect(json(model(null))).toEqual([]);
    expect(said(view(model(null), { sources: ['inbound'] }))).toBe('');
    const hidden = (options: string) => `capacity is of all sources together: leave out ${options} to see it`;
    expect(said(view(model(50), { sources: ['inbound'] }))).toBe(hidden('--source'));
    expect(said(view(model(50), { owners: ['sales'] }))).toBe(hidden('--owner'));
    expect(said(view(model(50), { sources: ['outbound'], owners: ['sales'] }))).toBe(
      hidden('--source and --owner'),
    );
    expect(sections(view(model(50), { owners: ['sales'] }))).toEqual([]);
  });

  it('says whose people are not known', () => {
    const quota = {
      ...{ team: 'South', rep: null, amount: 120_000_000, where: at('quotas.csv', 2) },
      ...{ first: monthOf(2027, 2), last: monthOf(2028, 1) },
    };
    expect(said(view(model(60, { quotas: [quota] })))).toBe(
      'capacity counts reps: how many there are in South is not known, its quota has none',
    );
  });

  it('names the one rep and the month of most', () => {
    const selection = { reps: ['Ana Ruiz'] };
    const most = Math.max(...json(model(1), selection).map(({ goal }) => goal));
    const text = said(view(model(most - 1), selection));
    expect(text).toMatch(
      /^! Ana Ruiz is asked for more leads than a rep can work \(\d+ a month\): (1 lead of Ana Ruiz's year stays|\d+ leads of Ana Ruiz's year stay) unworked(, (all|most) of them in \w+)?\.$/,
    );
  });

  it('speaks of the rest of a year that has begun', () => {
    expect(said(view(model(50, { asOf: day('2027-05-10') })))).toContain(
      'leads of the rest of the year stay',
    );
    expect(json(model(50, { asOf: day('2027-05-10') }))[0]!.period).toBe('2027-05');
  });

  it('keeps to the rows asked for', () => {
    const west = json(model(50), { teams: ['West'] });
    expect(new Set(west.map(({ team }) => team))).toEqual(new Set(['West']));
    expect(json(model(50), { stages: ['conversation'] })).toEqual([]);
    const [byTeam] = sections(view(model(50), { level: 'team' }));
    expect(byTeam!.rows.map(({ label }) => label[0])).toEqual([
      'EMEA/DACH',
      'EMEA/UK',
      'East',
      'West',
      'Company',
    ]);
    const [company] = sections(view(model(50), { level: 'company' }));
    expect(company!.rows.map(({ label }) => label[0])).toEqual(['Company']);
  });

  it('fits every width', () => {
    expectSound(view(smallModel({ capacity: [60, 30, null, null] })));
  });
});
