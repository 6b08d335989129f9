/** What closed, from the closed records of the pipeline. */
import { describe, expect, it } from 'vitest';
import { formatMonth } from '../../src/period/month.ts';
import type { PlanModel } from '../../src/plan/model.ts';
import { deal, type Keys, readRecords } from '../support/pipeline-rows.ts';

describe('what closed', () => {
  const won = (month: string, amount: number, of: Keys = {}) =>
    deal({ stage: 'close', close_date: `${month}-10`, amount, ...of });
  const closed = ({ model }: { model: PlanModel }) =>
    (model.actuals ?? []).map(({ month, counts, amount, isRecord }) => [
      formatMonth(month),
      counts.at(-1),
      amount === null ? null : amount / 100,
      isRecord ? 'record' : 'row',
    ]);

  it('comes from the won records, one by one, open and lost ones apart', () => {
    const found = readRecords([
      won('2027-01', 100),
      won('2027-02', 200, { rep: 'Ben Cho' }),
      won('2026-11', 300),
      deal(),
      deal({ stage: 'lost' }),
    ]);
    expect(closed(found)).toEqual([
      ['2027-01', 1, 100, 'record'],
      ['2027-02', 1, 200, 'record'],
      ['2026-11', 1, 300, 'record'],
    ]);
    expect(found.model.actuals!.map(({ rep, team }) => [rep?.name, team])).toEqual([
      ['Ana Ruiz', 'EMEA/UK'],
      ['Ben Cho', 'East'],
      ['Ana Ruiz', 'EMEA/UK'],
    ]);
    expect(found.knowsClosed).toBe(true);
  });

  it('but not for months in which the actuals count closes or their worth', () => {
    const found = readRecords([won('2027-01', 100), won('2027-02', 200), won('2027-03', 300)], {
      actuals: [
        { month: '2027-01', close: 4, lead: 9 },
        { month: '2027-02', amount: 700, lead: 9, close: '' },
        { month: '2027-03', lead: 9, close: '' },
      ],
    });
    expect(closed(found)).toEqual([
      ['2027-01', 4, null, 'row'],
      ['2027-02', 0, 700, 'row'],
      ['2027-03', 0, null, 'row'],
    ]);
  });

  it('nor for months of which they know the worth alone', () => {
    const found = readRecords([won('2027-01', 100), won('2027-02', 200)], {
      actuals: [
        { month: '2027-01', lead: 9, amount: 700 },
        { month: '2027-02', lead: 9 },
        { month: '2027-03', lead: 9 },
      ],
    });
    expect(closed(found).filter(([, , amount]) => amount !== null)).toEqual([
      ['2027-01', null, 700, 'row'],
      ['2027-02', 1, 200, 'record'],
    ]);
  });

  it('months of actuals that count leads only are filled', () => {
    const found = readRecords([won('2027-01', 100), won('2027-02', 200)], {
      actuals: [1, 2, 3].map((month) => ({ month: `2027-0${month}`, lead: 9 })),
    });
    expect(closed(found).filter(([, , , kind]) => kind === 'record')).toEqual([
      ['2027-01', 1, 100, 'record'],
      ['2027-02', 1, 200, 'record'],
    ]);
  });

  it('is nothing where the pipeline holds closed records, if only lost ones; unknown where it holds none', () => {
    expect(readRecords([deal({ stage: 'lost' })]).knowsClosed).toBe(true);
    const open = readRecords([deal()]);
    expect([open.knowsClosed, open.model.actuals]).toEqual([false, null]);
  });
});
