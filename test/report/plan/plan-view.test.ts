/** What the report says: every number printed adds up, and the sentences say what the numbers say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/period/month.ts';
import { planGoals } from '../../../src/plan/goals.ts';
import type { PlanModel } from '../../../src/plan/model.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { at } from '../../../src/problem.ts';
import type { Block, Row, Section, Table } from '../../../src/report/block.ts';
import { planView } from '../../../src/report/plan/plan-view.ts';
import { EVERYTHING, type Selection } from '../../../src/report/selection.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { counted, day, planOf, quotaOf, REPS, rep, smallModel } from '../../support/small-model.ts';

const PLAN = planOf(smallModel());

const prose = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'prose' ? [block.text.replaceAll('\u00a0', ' ')] : []));
const tables = (blocks: readonly Block[]): Table[] => blocks.filter((block) => block.kind === 'table');
const titles = (blocks: readonly Block[]): string[] =>
  tables(blocks).flatMap(({ sections }) => sections.map(({ title }) => title));
const labels = (rows: readonly Row[]): string[] =>
  rows.map(({ label, hint, depth }) => '  '.repeat(depth) + label.join(' ') + hint);
const view = (selection: Partial<Selection>, plan: Plan = PLAN): Block[] =>
  planView(plan, { ...EVERYTHING, ...selection });
const lines = (parts: Partial<PlanModel>, selection: Partial<Selection> = {}): string[] =>
  prose(view(selection, planOf(smallModel(parts))));

const numberIn = (cell: string | undefined): number =>
  cell === undefined || cell === '–' ? 0 : Number(cell.replace(/[,+]/g, '').replace('−', '-'));

const sumOf = (rows: readonly Row[], key: string): number =>
  rows.reduce((sum, { cells }) => sum + numberIn(cells[key]), 0);

/** Rows one step further in, up to the next row that is not. */
function below(rows: readonly Row[], index: number): Row[] {
  const found: Row[] = [];
  for (const row of rows.slice(index + 1)) {
    if (row.depth <= rows[index]!.depth) break;
    if (row.depth === rows[index]!.depth + 1) found.push(row);
  }
  return found;
}

function checkPeriods(row: Row): void {
  const starts = (grain: string): number[] =>
    Object.keys(row.cells).flatMap((key) => (key.startsWith(grain) ? [Number(key.split(' ')[1])] : []));
  for (const [fine, coarse] of [
    ['month', 'quarter'],
    ['quarter', 'year'],
  ] as const) {
    const ends = [...starts(coarse).slice(1), Number.POSITIVE_INFINITY];
    if (starts(fine).length === 0) continue;
    for (const [index, first] of starts(coarse).entries()) {
      const within = starts(fine).filter((start) => start >= first && start < ends[index]!);
      const sum = within.reduce((total, start) => total + numberIn(row.cells[`${fine} ${start}`]), 0);
      expect(numberIn(row.cells[`${coarse} ${first}`])).toBe(sum);
    }
  }
}

function checkLeads({ sections }: Table): void {
  const [owners, ...others] = sections as [Section, ...Section[]];
  const total = owners.rows.at(-1)!;
  const keys = Object.keys(total.cells);
  if (owners.rows.length > 1)
    for (const key of keys) expect(sumOf(owners.rows.slice(0, -1), key)).toBe(numberIn(total.cells[key]));
  const teams = others.find(({ title }) => / by (team|rep)/.test(title));
  if (!teams) return;
  for (const key of keys) {
    expect(
      sumOf(
        teams.rows.filter(({ depth }) => depth === 0),
        key,
      ),
    ).toBe(numberIn(total.cells[key]));
    for (const [index, row] of teams.rows.entries()) {
      const parts = below(teams.rows, index);
      if (parts.length > 0) expect(sumOf(parts, key)).toBe(numberIn(row.cells[key]));
    }
  }
}

function checkAddsUp(blocks: readonly Block[]): void {
  for (const table of tables(blocks)) {
    // chances do not add up
    if (table.flush !== 'periods' || table.sections[0]!.title.startsWith('chance')) continue;
    for (const row of table.sections.flatMap(({ rows }) => rows)) checkPeriods(row);
    const [first] = table.sections as [Section];
    if (!first.title.startsWith('why')) checkLeads(table);
    else {
      const goal = first.rows.at(-1)!;
      for (const key of Object.keys(goal.cells))
        expect(sumOf(first.rows.slice(0, -1), key)).toBe(numberIn(goal.cells[key]));
    }
  }
}

describe('numbers as printed', () => {
  it('add up in the small plan, whatever is selected', () => {
    const of = (selection: Partial<Selection>) => checkAddsUp(view(selection));
    for (const level of ['company', 'team', 'rep', null] as const) of({ level });
    for (const teams of [['East'], ['EMEA'], ['EMEA', 'EMEA/UK'], ['East', 'EMEA/UK']]) of({ teams });
    for (const stages of [['lead'], ['opportunity'], ['conversation', 'close']]) of({ stages });
    of({ reps: ['Ben Cho', 'Ana Ruiz'] });
    of({ sources: ['inbound', 'partner'] });
    of({ owners: ['sales'] });
  });

  it('add up in random plans, and the bridge ends at the goal', () => {
    fc.assert(
      fc.property(
        randomPlan({ asOf: ['day before', 'earlier', 'month-end inside', 'inside', 'after'] }),
        ({ model }) => {
          const plan = planGoals(model).value;
          fc.pre(plan !== null);
          const blocks = planView(plan, EVERYTHING);
          checkAddsUp(blocks);
          const [leads] = tables(blocks).filter(({ flush }) => flush === 'periods');
          const why = tables(blocks).find(({ sections }) => sections[0]!.title.startsWith('why'));
          if (why === undefined) return;
          const goal = why.sections[0]!.rows.at(-1)!;
          const total = leads!.sections[0]!.rows.at(-1)!;
          for (const key of Object.keys(goal.cells))
            expect(numberIn(total.cells[key])).toBe(numberIn(goal.cells[key]));
        },
      ),
      { numRuns: 150, seed: 20270201 },
    );
  });
});

describe('the bridge', () => {
  const rowOf = (parts: Partial<PlanModel>, label: RegExp): Row | undefined =>
    tables(view({}, planOf(smallModel(parts))))
      .flatMap(({ sections }) => sections.filter(({ title }) => title.startsWith('why')))
      .flatMap(({ rows }) => rows)
      .find((row) => label.test(row.label[0]!));

  it('begins with the division anybody can check', () => {
    const company = { ...quotaOf(REPS[0]!, 1_200_000), team: null, rep: null };
    const rates = [counted({}, [1000, 400, 120, 30], 2)];
    const sources = [{ name: null, owner: null, share: 1, startsAt: 0, where: at(null) }];
    const naive = rowOf({ quotas: [company], reps: [], rates, sources }, /^quota ÷ deal size ÷ rates$/)!;
    expect(naive.cells['year 0']).toBe('1,667');
    expect(1_200_000 / 24_000 / 0.03).toBeCloseTo(1666.67, 2);
    expect(numberIn(naive.cells['quarter 3'])).toBeCloseTo(1666.67 / 4, -1);
  });

  it('says over-assignment and the part of the quota it is about, and has no row for what is not', () => {
    expect(rowOf({ overAssigned: 0.2 }, /÷ 1\.2 ÷/)!.label).toEqual([
      '70% of quota ÷ 1.2 ÷ deal size ÷ rates',
    ]);
    expect(rowOf({}, /what exists/)).toBeUndefined();
    expect(rowOf({ late: 'report' }, /catching up/)).toBeUndefined();
    expect(rowOf({ asOf: day('2027-06-15') }, /^what exists already or is over$/)).toBeDefined();
  });
});

describe('the first lines', () => {
  it('say what is planned and what the quarter needs', () => {
    expect(prose(view({})).slice(0, 3)).toEqual([
      'Northwind FY2028 · Feb 2027 – Jan 2028 · quota $12.2M · deal size $24,000 · data to 31 Jan 2027',
      'Q1 needs 2,946 leads: sales 1,529, marketing 1,417; and 44 opportunities from partners.',
      "! $478k of the year has no source in time. $232k is caught up by later leads (+326). $246k is on nobody: Ben Cho's first months.",
    ]);
  });

  it('speak of the quarter to come, and of its rest where months were not counted', () => {
    expect(lines({ asOf: day('2027-01-15') })[1]).toMatch(/^Q1 needs/);
    expect(lines({ asOf: day('2027-02-01') })[1]).toMatch(/^The rest of Q1 needs/);
    expect(lines({ asOf: day('2027-04-29') })[1]).toMatch(/^The rest of Q1 needs/);
    expect(lines({ asOf: day('2027-04-30') })[1]).toMatch(/^Q2 needs/);
    expect(lines({ asOf: day('2027-06-15') })[1]).toMatch(/^The rest of Q2 needs/);
    expect(lines({ asOf: day('2027-06-15') })).toContain(
      'Feb – May 2027 are over and were not counted: they are in no sum',
    );
  });

  it('speak of the team or rep asked for', () => {
    expect(prose(view({ teams: ['East'] })).slice(0, 3)).toEqual([
      'Northwind FY2028 · East · Feb 2027 – Jan 2028 · quota $3.75M · deal size $24,000 · data to 31 Jan 2027',
      'East needs 792 leads in Q1: sales 411, marketing 381; and 12 opportunities from partners.',
      "! $246k of East's year has no source in time and is on nobody: Ben Cho's first months.",
    ]);
    expect(prose(view({ reps: ['Ana Ruiz', 'Ben Cho'] }))[1]).toMatch(
      /^Ana Ruiz \+ Ben Cho need 264 leads in Q1: /,
    );
    expect(prose(view({ teams: ['West'] }))[2]).not.toMatch(/^!/);
    expect(prose(view({ teams: ['Nowhere'] }))).toContain('Nothing in the plan is selected.');
  });

  it('know stages by any name, deals, and deal sizes that differ', () => {
    const stages = ['inquiry', 'conversation', 'opportunity', 'close'];
    expect(lines({ stages })[1]).toMatch(/^Q1 needs 2,946 inquiries: /);
    const inDeals = lines({
      quotaUnit: 'deals',
      dealSizes: [],
      quotas: REPS.slice(0, 1).map((of) => quotaOf(of, 120)),
    });
    expect(inDeals[0]).toBe('Northwind FY2028 · Feb 2027 – Jan 2028 · quota 120 deals · data to 31 Jan 2027');
    const dealSizes = ['inbound', null].map((source, index) => ({
      team: null,
      rep: null,
      source,
      amount: 2_000_000 + index * 100_000,
      deals: null,
      where: at('sizes.csv', 2),
    }));
    expect(lines({ dealSizes })[0]).toContain('· deal size by source ·');
    expect(lines({ dealSizes })).toContain(
      'deal sizes: expansion $21,000, inbound $20,000, outbound $21,000, partner $21,000',
    );
  });
});

describe('what is late', () => {
  it('is not mentioned where nothing is', () => {
    const reps = REPS.filter(({ start }) => start === null);
    const quotas = reps.map((of) => quotaOf(of, 1_000_000));
    expect(lines({ reps, quotas }).some((line) => line.startsWith('!'))).toBe(false);
  });

  it('is only reported where the plan says so', () => {
    expect(lines({ late: 'report' })[2]).toBe(
      '! $478k of the year has no source in time and is on nobody: the plan says late: report.',
    );
  });

  it('names the biggest of several joiners', () => {
    const reps = [rep('Ana', 'East', { start: '2027-03-01' }), rep('Bo', 'East', { start: '2027-09-01' })];
    const quotas = reps.map((of) => ({
      ...quotaOf(of, 900_000),
      first: monthOf(2027, of.name === 'Ana' ? 3 : 9),
    }));
    expect(lines({ reps, quotas })[2]).toMatch(
      / is on nobody: the first months of 2 reps, above all Bo's\.$/,
    );
  });
});

describe('teams and reps', () => {
  const rowsOf = (selection: Partial<Selection>, plan?: Plan): string[] =>
    labels(tables(view(selection, plan))[0]!.sections.at(-1)!.rows);

  it('stand in order, with what is special about them', () => {
    expect(rowsOf({})).toEqual([
      'EMEA',
      '  DACH',
      '    Katja Vogel',
      '    Lukas Weber',
      '  UK',
      '    Imogen Clarke',
      '    Jack Doyle',
      'East',
      '  Ana Ruiz',
      '  Ben Cho, from May',
      '  Chloe Martin',
      '  Dev Patel',
      'West',
      '  Eva Lindqvist',
      '  Finn Murphy',
      '  Gil Moreau, to Aug',
      '  open (was Gil Moreau)',
      '  Hana Sato',
    ]);
    expect(rowsOf({ level: 'team' })).toEqual(['EMEA', '  DACH', '  UK', 'East', 'West']);
    expect(rowsOf({ teams: ['EMEA/UK'] })).toEqual(['EMEA/UK', '  Imogen Clarke', '  Jack Doyle']);
    expect(rowsOf({ reps: ['Ben Cho', 'Ana Ruiz'] })).toEqual(['Ana Ruiz', 'Ben Cho, from May']);
  });

  it('have the titles that fit', () => {
    expect(titles(view({}))).toEqual([
      'leads by owner',
      'opportunities, where partner begins',
      'leads by team and rep',
      'why not just quota ÷ deal size ÷ rates?',
      'chance of reaching the quota',
      'rates',
    ]);
    expect(titles(view({ level: 'company', stages: ['opportunity'] }))).toEqual([
      'opportunities by owner',
      'rates',
    ]);
    expect(titles(view({ reps: ['Ana Ruiz'], sources: ['inbound'] }))).toEqual(['leads by owner', 'rates']);
    const reps = REPS.map((of) => ({ ...of, team: null }));
    const noTeams = planOf(smallModel({ reps, quotas: reps.map((of) => quotaOf(of, 700_000)) }));
    expect(titles(view({}, noTeams))).toContain('leads by rep');
    const quotas = ['East', 'West'].map((team) => ({ ...quotaOf(REPS[0]!, 2_000_000), team, rep: null }));
    const teamsOnly = planOf(smallModel({ reps: [], quotas }));
    expect(titles(view({}, teamsOnly))).toContain('leads by team');
    expect(rowsOf({}, teamsOnly)).toEqual(['East', 'West']);
  });

  it('say the year where the plan is longer than one', () => {
    const long = planOf(smallModel({ to: monthOf(2028, 4) }));
    expect(rowsOf({}, long)).toContain('  Ben Cho, from May\u00a02027');
  });
});

describe('what the goals rest on', () => {
  const rates = (parts: Partial<PlanModel>): readonly Row[] =>
    tables(view({}, planOf(smallModel(parts)))).find(({ sections }) => sections[0]!.title === 'rates')!
      .sections[0]!.rows;

  it('is each source with its evidence', () => {
    const [inbound, outbound, partner] = rates({});
    expect(inbound!.cells).toMatchObject({
      'rate 0': '50.1%',
      'rate 1': '31.2%',
      'rate 2': '24.9%',
      yield: '3.9%',
      counts: '373 of 9,590',
      'basis and place': 'typed, rates.csv:2',
    });
    expect(outbound!.cells.counts).toBe('82 of 4,100');
    expect(partner!.cells).toMatchObject({
      'rate 0': '–',
      'rate 2': '30.0%',
      yield: '–',
      counts: '60 of 200',
    });
  });

  it('shows the raw ratio where small samples are blended, the same answer once, and no more than twelve lines', () => {
    const own = REPS.slice(0, 4).map(({ name, team }, index) =>
      counted({ rep: name, team }, [100 + index, 50 + index, 20, 3 + index], index + 2),
    );
    const some = rates({ rates: own });
    expect(some.map(({ label }) => label.join(' '))).toContain('Ana Ruiz');
    expect(some.some(({ label }) => / and \d+ more$/.test(label[0]!))).toBe(true);
    expect(some.some(({ cells }) => cells['raw yield']?.startsWith('(raw '))).toBe(true);
    const all = REPS.flatMap(({ name, team }, index) =>
      ['inbound', 'outbound'].map((source) =>
        counted({ rep: name, team, source }, [100 + index, 50 + index, 20, 3 + index], index + 2),
      ),
    );
    const partner = counted({ source: 'partner' }, [null, null, 200, 60], 4);
    const many = view({}, planOf(smallModel({ rates: [...all, partner] })));
    const table = tables(many).at(-1)!;
    expect(table.sections[0]!.rows).toHaveLength(12);
    expect(table.sections[0]!.rows[0]!.label).toEqual(['partner']);
    expect(prose(many)).toContain('and 13 more: --format json has them all');
  });

  it('is said of lags, sources without leads, and what nobody said', () => {
    expect(prose(view({})).slice(4)).toEqual([
      'lags: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.1 months on average',
      'expansion brings 20% of the quota without leads',
      "assumed: next year's quota flat at $1.06M a month; 89% of Q4's leads close there. Add FY2029.",
      "assumed: 95.8 deals ($2.3M) in Feb – Jul 2027 come from records that exist on 31 Jan 2027, as many as the plan's own pace brings.",
    ]);
    expect(lines({ lags: [null, null, null] })).toContain(
      'lags: none given, as if every lead closed in its own month',
    );
    expect(lines({ definitions: { close: 'Signed', lead: 'A named person' } }).slice(-2)).toEqual([
      'lead: A named person',
      'close: Signed',
    ]);
  });

  it('assumes the whole quota of the months beyond, over-assigned or not', () => {
    const assumed = lines({ overAssigned: 0.25 }).find((line) => line.startsWith("assumed: next year's"));
    expect(assumed).toContain('flat at $1.06M a month');
  });
});
