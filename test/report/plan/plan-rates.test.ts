/** What a plan of measured rates says they rest on: intervals, records, the history, lags and deal sizes. */
import { describe, expect, it } from 'vitest';
import type { PlanModel } from '../../../src/plan/model.ts';
import { at, NOWHERE } from '../../../src/problem.ts';
import type { MeasuredRate, RateRow } from '../../../src/rates/rate-row.ts';
import type { Block, Row } from '../../../src/report/block.ts';
import { planJson } from '../../../src/report/plan/plan-json.ts';
import { planView } from '../../../src/report/plan/plan-view.ts';
import { EVERYTHING } from '../../../src/report/selection.ts';
import { renderPlanTable } from '../../../src/report/table.ts';
import { counted, day, planOf, smallModel } from '../../support/small-model.ts';

/** Rates of one source, each with bounds a tenth of it below and above. */
function measured(scope: Partial<RateRow>, rates: readonly (Partial<MeasuredRate> | null)[]): RateRow {
  const where = at('crm/rates.yaml', 9);
  const measures = rates.map((parts): MeasuredRate | null => {
    if (parts === null) return null;
    const { value = 0.5 } = parts;
    const counts = { records: 1000, converted: 500, effective: 1000, low: value * 0.9, high: value * 1.1 };
    return { kind: 'measured', value, ...counts, carriedBy: null, where, ...parts };
  });
  return { team: null, rep: null, source: null, ...scope, measures, lastMonth: null, where };
}

const INBOUND = measured({ source: 'inbound' }, [
  { value: 0.5, records: 9590, converted: 4805 },
  { value: 0.3, records: 4805, converted: 1499 },
  { value: 0.25, records: 1499, converted: 373 },
]);
const OUTBOUND = counted({ source: 'outbound' }, [4100, 1230, 410, 82], 3);
const PARTNER = measured({ source: 'partner' }, [null, null, { value: 0.3, records: 200, converted: 60 }]);

const HISTORY = {
  files: ['exports/leads.csv', 'C:\\crm\\deals.csv'],
  asOf: day('2026-12-31'),
  records: 13_690,
  lags: [true, true, true],
  dealSpread: null,
};

const MODEL: Partial<PlanModel> = { rates: [INBOUND, OUTBOUND, PARTNER], measured: HISTORY };

const view = (parts: Partial<PlanModel>): Block[] =>
  planView(planOf(smallModel({ ...MODEL, ...parts })), EVERYTHING);

const prose = (parts: Partial<PlanModel> = {}): string[] =>
  view(parts).flatMap((block) => (block.kind === 'prose' ? [block.text.replaceAll('\u00a0', ' ')] : []));

const rows = (parts: Partial<PlanModel> = {}): readonly Row[] =>
  view(parts).flatMap((block) =>
    block.kind === 'table' ? block.sections.filter(({ title }) => title === 'rates') : [],
  )[0]!.rows;

describe('measured rates in the table', () => {
  it('have the interval of their product beside it, the records, and the file without a line', () => {
    const [inbound] = rows();
    // a tenth each, in squares: √3 tenths of 3.75 %
    expect(inbound!.cells).toMatchObject({
      'rate 0': '50.0%',
      'rate 2': '25.0%',
      yield: '3.8%',
      interval: '(3.1–4.4)',
      counts: '373 of 9,590',
      'basis and place': 'measured, rates.yaml',
    });
    expect(inbound!.cells['raw yield']).toBeUndefined();
  });

  it('have no interval where one is not known, of a funnel that begins later, or beside typed ones', () => {
    const [, outbound, partner] = rows();
    expect(outbound!.cells.interval).toBeUndefined();
    expect(outbound!.cells.basis).toBe('typed');
    expect([partner!.cells.interval, partner!.cells.basis]).toEqual([undefined, 'measured']);
    const unknown = measured({ source: 'inbound' }, [{}, { low: null, high: null }, {}]);
    expect(rows({ rates: [unknown, OUTBOUND, PARTNER] })[0]!.cells.interval).toBeUndefined();
  });

  it('never reach below nothing or above all', () => {
    const wide = { value: 0.9, low: 0.01, high: 1 };
    const [inbound] = rows({
      rates: [measured({ source: 'inbound' }, [wide, wide, wide]), OUTBOUND, PARTNER],
    });
    expect(inbound!.cells.interval).toMatch(/^\(0(\.0)?–\d\d\.\d\)$/);
  });

  it('of somebody without records name whose they are', () => {
    const none = { records: 0, converted: 0 };
    const of = (carriedBy: MeasuredRate['carriedBy']) => {
      const own = measured({ team: 'East', rep: 'Ana Ruiz', source: 'inbound' }, [
        { ...none, carriedBy },
        { ...none, carriedBy },
        { ...none, carriedBy },
      ]);
      const ana = rows({ rates: [own, INBOUND, OUTBOUND, PARTNER] }).find(
        ({ label }) => label[0] === 'Ana Ruiz',
      );
      return ana!.cells.counts;
    };
    expect([of('team'), of('all')]).toEqual(['of the team', 'of all']);
  });

  it('lose the interval before the rates where the table is narrow', () => {
    const at60 = renderPlanTable(planOf(smallModel(MODEL)), EVERYTHING, {
      width: 60,
      ascii: false,
      colour: false,
    });
    expect(at60).toMatch(/^inbound +50\.0% +30\.0% +25\.0%/m);
    expect(at60).not.toContain('(3.1–4.4)');
  });
});

describe('rates and deal sizes changed for a what-if', () => {
  const more = {
    team: null,
    rep: null,
    source: null,
    kind: 'times' as const,
    value: 1.1,
    where: NOWHERE,
    atMost: null,
  };
  const plus10 = { ...more, text: '+10%' };
  const typed = { rates: [counted({ source: 'inbound' }, [9590, 4805, 1499, 373], 2), OUTBOUND, PARTNER] };

  it('say so behind their evidence, each change once, and are not called raw', () => {
    const [inbound, outbound] = rows({
      ...typed,
      rateChanges: [[{ ...plus10, source: 'outbound' }], [], [plus10]],
    });
    expect(inbound!.cells).toMatchObject({
      'rate 2': '27.4%',
      counts: '373 of 9,590',
      'basis and place': 'typed, rates.csv:2, set +10%',
      basis: 'typed, set +10%',
    });
    expect(inbound!.cells['raw 2']).toBeUndefined();
    expect(outbound!.cells).toMatchObject({
      'rate 0': '33.0%',
      'basis and place': 'typed, rates.csv:3, set +10%',
    });
    expect(rows(typed)[1]!.cells['basis and place']).toBe('typed, rates.csv:3');
  });

  it('stand in a row of their own where they are of one team', () => {
    const of = rows({ ...typed, rateChanges: [[], [], [{ ...plus10, team: 'West' }]] });
    const west = of.filter(({ label }) => label[0] === 'West');
    expect(west.map(({ cells }) => cells.basis)).toEqual([
      'typed, set +10%',
      'typed, set +10%',
      'measured, set +10%',
    ]);
    const others = of.filter(({ label }) => label[0] !== 'West');
    expect(others.filter(({ cells }) => cells.basis!.includes('set'))).toEqual([]);
  });

  it('of deal sizes: behind the only one in the head, else behind those of whom it is', () => {
    expect(prose({ dealSizeChanges: [plus10] })[0]).toContain('deal size $26,400 (set +10%)');
    const west = prose({ dealSizeChanges: [{ ...plus10, team: 'West' }] });
    expect(west[0]).toContain('deal size by team');
    expect(west.find((text) => text.startsWith('deal sizes'))).toMatch(
      /East \$24,000, West \$26,400 \(set \+10%\)$/,
    );
  });

  it('are in the assumptions of the JSON, null where nothing was changed', () => {
    const plan = planOf(smallModel({ ...typed, rateChanges: [[], [], [plus10]], dealSizeChanges: [plus10] }));
    const { assumptions } = JSON.parse([...planJson(plan, EVERYTHING, [])].join(''));
    const sets = assumptions.map(({ what, from, set }: Record<string, unknown>) => [what, from, set]);
    expect(sets).toContainEqual(['rate', 'opportunity', '+10%']);
    expect(sets).toContainEqual(['deal_size', null, '+10%']);
    expect(sets).toContainEqual(['rate', 'lead', null]);
    expect(sets).toContainEqual(['lag', 'lead', null]);
  });
});

describe('what measured rates rest on', () => {
  it('is the history: its files, its last day, its records', () => {
    expect(prose()).toContain('measured from leads.csv and deals.csv, data to 31 Dec 2026, 13,690 records');
    expect(prose({ measured: { ...HISTORY, files: [] } })).toContain(
      'measured, data to 31 Dec 2026, 13,690 records',
    );
    expect(prose({ measured: null }).filter((text) => text.startsWith('measured'))).toEqual([]);
  });

  it('is said of lags, all of them or some', () => {
    expect(prose().find((text) => text.startsWith('lags'))).toBe(
      'lags, measured: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.1 months on average',
    );
    const some = { ...HISTORY, lags: [false, false, true] };
    expect(prose({ measured: some }).find((text) => text.startsWith('lags'))).toBe(
      'lags: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.1 months on average (measured)',
    );
  });

  it('is said of deal sizes', () => {
    const size = (team: string | null, amount: number, deals: number | null) => ({
      team,
      rep: null,
      source: null,
      amount,
      deals,
      where: at('rates.yaml', 40),
    });
    const line = (deals: number | null) =>
      prose({ dealSizes: [size(null, 2_400_000, 300), size('East', 3_000_000, deals)] }).find((text) =>
        text.startsWith('deal sizes'),
      );
    expect(line(100)).toMatch(/^deal sizes, measured: .*, East \$30,000, /);
    expect(line(null)).toMatch(/^deal sizes: .*, East \$30,000, /);
  });
});
