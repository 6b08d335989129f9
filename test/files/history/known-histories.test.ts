/** Histories whose answers are known, where they are at hand: real ones, and tables as connectors copy them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimateHistory } from '../../../src/history/estimate-history.ts';
import { convertedBy, tableOf } from '../../../src/history/life-table.ts';
import { slicesOf } from '../../../src/history/slice.ts';
import type { HistoryTallies } from '../../../src/history/tallies.ts';
import { type HistoryDesk, openDesk } from '../../support/history-tallies.ts';
import { isShared, sharedPath } from '../../support/shared-data.ts';

const DEFAULT = ['lead', 'conversation', 'opportunity', 'close'];

let desk: HistoryDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const countIn = (
  { units }: HistoryTallies,
  transition: number,
  of: 'records' | 'advanced' | 'lost',
): number => units.reduce((sum, unit) => (unit.transition === transition ? sum + unit[of] : sum), 0);

describe.skipIf(!isShared('data/olga'))('6,000 opportunities, one a row', () => {
  const stages = ['Prospecting', 'Qualification', 'Proposal', 'Negotiation', 'close'];
  let tallies: HistoryTallies;
  beforeAll(async () => {
    tallies = await desk.count([sharedPath('data/olga/opportunities.csv')], { stages });
  });

  it('furthest stage reached', () => {
    const reached = [0, 1, 2, 3].map((step) => countIn(tallies, step, 'records'));
    expect([...reached, countIn(tallies, 3, 'advanced')]).toEqual([6000, 4282, 3087, 2323, 1824]);
    expect(tallies.dirt).toEqual([]);
  });

  it('won ÷ closed; the close date of an open deal is no event', () => {
    const [won, lost] = [countIn(tallies, 4, 'advanced'), countIn(tallies, 4, 'lost')];
    expect(won / (won + lost)).toBeCloseTo(0.326648, 6);
  });

  it('days from created to won', () => {
    const waits = tallies.exits.flatMap(({ transition, event, age, count }) =>
      transition === 4 && event === 'advanced' ? Array.from({ length: count }, () => age) : [],
    );
    waits.sort((a, b) => a - b);
    expect((waits[911]! + waits[912]!) / 2).toBe(51);
    expect(waits.reduce((sum, age) => sum + age, 0) / waits.length).toBeCloseTo(65.15, 2);
  });
});

/** Share gone by an age: 1 − the product of 1 − left ÷ those still there. */
function kaplanMeier({ asOf, entered, exits }: HistoryTallies, until: number): number {
  const left = new Map<number, number>();
  for (const { age, count } of exits) left.set(age, (left.get(age) ?? 0) + count);
  const unseen = new Map<number, number>();
  for (const { day, open } of entered) unseen.set(asOf - day, (unseen.get(asOf - day) ?? 0) + open);
  let there = entered.reduce((sum, { count }) => sum + count, 0);
  let stayed = 1;
  for (let age = 0; age <= until; age++) {
    const gone = left.get(age) ?? 0;
    if (gone > 0) stayed *= 1 - gone / there;
    there -= gone + (unseen.get(age) ?? 0);
  }
  return 1 - stayed;
}

describe.skipIf(!isShared('data/convoys'))('9,715 cases over 40 years', () => {
  it('shares disposed of, as by Kaplan and Meier', async () => {
    const path = sharedPath('data/convoys/dob_violations.csv');
    // Nothing left before the log: no delayed entry.
    const reading = { stages: ['issue', 'disposition'], asOf: '2018-01-01', logFrom: '1970-01-02' };
    const tallies = await desk.count([path], reading);
    expect(tallies.rows).toBe(9715);
    expect(tallies.dirt.map(({ kind, count }) => [kind, count])).toEqual([['after_as_of', 121]]);
    expect(tallies.dirt[0]!.rows[0]).toEqual({
      row: 152,
      file: 'dob_violations.csv',
      id: null,
      text: '2018-05-02',
    });
    const [[slice]] = slicesOf(tallies, [null]) as [[Parameters<typeof tableOf>[0]]];
    const table = tableOf(slice);
    const known = [0.2769, 0.3996, 0.5612, 0.697, 0.8197, 0.8981];
    for (const [index, years] of [1, 2, 5, 10, 20, 30].entries()) {
      const age = Math.floor(years * 365.25);
      expect(kaplanMeier(tallies, age)).toBeCloseTo(known[index]!, 4);
      // Fewer than ten are left to tell of the thirtieth year.
      if (years < 30) expect(convertedBy(table, age)).toBeCloseTo(known[index]!, 4);
    }
  });
});

describe.skipIf(!isShared('data/fivetran'))('tables of connectors', () => {
  const at = (name: string): string => sharedPath(`data/fivetran/${name}`);

  it('Salesforce opportunities: one is closed before it is created', async () => {
    const tallies = await desk.count([at('salesforce/sf_opportunity_data.csv')], { stages: DEFAULT });
    expect(tallies.stages).toEqual(['opportunity', 'close']);
    expect([countIn(tallies, 0, 'records'), countIn(tallies, 0, 'advanced')]).toEqual([9, 4]);
    expect(tallies.dirt).toEqual([
      {
        kind: 'end_before_start',
        count: 1,
        rows: [{ row: 5, file: 'sf_opportunity_data.csv', id: '006q000000HddueAAB', text: '2018-12-07' }],
      },
    ]);
    expect(tallies.amounts.map(({ sum }) => sum)).toEqual([24_120_000]);
  });

  it('Salesforce opportunities as they were at every time: flags of that time', async () => {
    const tallies = await desk.count([at('salesforce/sf_opportunity_history_data.csv')], { stages: DEFAULT });
    expect([countIn(tallies, 0, 'records'), countIn(tallies, 0, 'advanced')]).toEqual([6, 5]);
  });

  it('HubSpot deals and their stages', async () => {
    const deals = await desk.count([at('hubspot/deal_data.csv')], { stages: DEFAULT });
    expect(deals.stages).toEqual(['opportunity', 'close']);
    expect(deals.rows).toBe(44);
    // Ids are text, however they look.
    expect(deals.units.map(({ rep }) => rep)).toContain('35252170');
    const log = await desk.count([at('hubspot/deal_stage_data.csv')], { stages: DEFAULT });
    expect(log.rows).toBe(14);
    expect(log.units.every(({ source }) => source === null)).toBe(true);
  });
});

it('an estimate can be made of all of them', async () => {
  const path = desk.write('three.csv', 'id,lead,close\n1,2026-01-01,2026-02-01\n2,2026-01-03,\n');
  const tallies = await desk.count([path], { stages: ['lead', 'close'] });
  expect(estimateHistory(tallies, { halfLife: null }).rates).not.toEqual([]);
});
