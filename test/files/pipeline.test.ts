/** Amounts and days of CRM records: what is left out, and that it is said. */
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/files/load-plan.ts';
import { formatDay } from '../../src/period/day.ts';
import { deal, type Keys, PLAN, readRecords } from '../support/pipeline-rows.ts';

describe('amounts and days', () => {
  it('rows without an amount, less than 0, or won on no day are left out, each said', () => {
    const { records, codes, leftOut } = readRecords([
      deal({ amount: '' }),
      deal({ amount: -200 }),
      deal({ stage: 'close', close_date: '', amount: 300 }),
      deal({ stage: 'close', close_date: '2027-01-31', amount: '' }),
      deal({ amount: 0 }),
    ]);
    expect(records.map(({ amount }) => amount)).toEqual([0]);
    expect(codes).toEqual([
      'pipeline_amount_empty',
      'pipeline_amount_negative',
      'pipeline_closed_without_date',
      'pipeline_amount_empty',
    ]);
    // less than nothing takes nothing off
    expect(leftOut).toEqual({ count: 4, amount: 30_000 });
  });

  it('early records have no amount yet, and open ones may have no day', () => {
    const { records, codes } = readRecords([
      deal({ stage: 'lead', amount: '', close_date: '' }),
      deal({ close_date: '' }),
    ]);
    expect(records.map(({ amount, closeDate }) => [amount, closeDate])).toEqual([
      [null, null],
      [100_000, null],
    ]);
    expect(codes).toEqual([]);
  });

  it('of lost deals nothing is asked', () => {
    const { records, codes } = readRecords([
      deal({ stage: 'lost', amount: '', close_date: '', created: '2027-05-01' }),
    ]);
    expect([records.length, codes]).toEqual([1, []]);
  });

  it('what happened after the as-of day is not known yet; on it, it is', () => {
    const { records, problems } = readRecords([
      deal({ stage: 'close', close_date: '2027-03-15' }),
      deal({ stage: 'close', close_date: '2027-03-16' }),
      deal({ created: '2027-03-15' }),
      deal({ created: '2027-03-16' }),
      deal({ stage_since: '2027-03-17' }),
      deal({ close_date: '2027-01-01' }),
      deal({ stage: 'close', close_date: '2027-12-31', won_date: '2027-03-14' }),
      deal({ stage: 'close', close_date: '2027-01-31', won_date: '2027-03-18' }),
    ]);
    expect(records.map(({ closeDate }) => formatDay(closeDate!))).toEqual([
      '2027-03-15',
      '2027-04-30',
      '2027-01-01',
      '2027-03-14',
    ]);
    expect(problems).toMatchObject(
      [
        ['close_date', '2027-03-16'],
        ['created', '2027-03-16'],
        ['stage_since', '2027-03-17'],
        ['won_date', '2027-03-18'],
      ].map(([what, day]) => ({ code: 'pipeline_after_as_of', what, day, as_of: '2027-03-15' })),
    );
  });

  it('the second row of an id is left out and adds to nothing', () => {
    const { records, codes, leftOut } = readRecords([
      deal({ id: 'D1' }),
      deal({ id: 'D2' }),
      deal({ id: 'D1', amount: 9_000 }),
      deal({ id: '' }),
      deal({ id: '' }),
    ]);
    expect(records.map(({ id, stage }) => [id, stage])).toEqual([
      ['D1', 2],
      ['D2', 2],
      [null, 2],
      [null, 2],
    ]);
    expect(codes).toEqual(['pipeline_twice']);
    expect(leftOut).toEqual({ count: 0, amount: 0 });
  });

  it('of two rows of an id a faulty one does not count, and a closed one goes before an open one', () => {
    const faultyFirst = readRecords([deal({ id: 'D1', amount: -1 }), deal({ id: 'D1', amount: 7_000 })]);
    expect(faultyFirst.records.map(({ amount }) => amount)).toEqual([700_000]);
    expect(faultyFirst.codes).toEqual(['pipeline_amount_negative']);
    const closed = { id: 'D1', stage: 'close', close_date: '2027-01-20' };
    const closedLater = readRecords([deal({ id: 'D1' }), deal(closed), deal({ id: 'D1' })]);
    expect(closedLater.records.map(({ outcome }) => outcome)).toEqual(['won']);
    expect(closedLater.codes).toEqual(['pipeline_twice', 'pipeline_twice']);
  });

  it('where quotas count deals, every deal is one, whatever its amount', () => {
    const { records, messages, leftOut } = readRecords(
      [deal({ amount: 5_000 }), deal({ amount: '' }), deal({ amount: -1 }), deal({ rep: 'Zed', amount: 7 })],
      {
        quota_unit: 'deals',
        quotas: [{ rep: 'Ana Ruiz', period: '2027', quota: 100 }],
        deal_size: undefined,
      },
    );
    expect(records.map(({ amount }) => amount)).toEqual([100, 100, 100]);
    expect(leftOut).toEqual({ count: 1, amount: 100 });
    expect(messages).toEqual(['there is no rep called Zed; not in plan: 1 deal']);
  });
});

describe('since when a record is at its stage', () => {
  const since = (rows: readonly Keys[], keys: Keys = {}) =>
    readRecords(rows, keys).records.map((record) => (record.since === null ? null : formatDay(record.since)));
  const stages = { stages: { conversation: ['Meeting'], opportunity: ['Discovery', 'Proposal'] } };
  const dated = (of: Keys) => deal({ created: '2027-01-10', stage_since: '2027-02-20', ...of });

  it('the last change of stage, where the CRM’s stages are ours one by one', () => {
    expect(since([dated({}), dated({ stage: 'lead' })])).toEqual(['2027-02-20', '2027-02-20']);
  });

  it('the day it was created, where records begin in a stage that has several names in the CRM', () => {
    expect(since([dated({ stage: 'Discovery' }), dated({ stage: 'Proposal' })], stages)).toEqual([
      '2027-01-10',
      '2027-01-10',
    ]);
    expect(since([dated({ stage: 'A' }), dated({ stage: 'B' })])).toEqual(['2027-01-10', '2027-01-10']);
  });

  it('the last change, where they begin in an earlier stage', () => {
    const rows = [dated({ stage: 'Meeting' }), dated({ stage: 'Discovery' }), dated({ stage: 'Proposal' })];
    expect(since(rows, stages)).toEqual(['2027-02-20', '2027-02-20', '2027-02-20']);
  });

  it('the day it was created, where no other is known; none at all is said once', () => {
    const rows = [
      dated({ stage_since: '' }),
      dated({ stage_since: '', created: '' }),
      dated({ created: '' }),
    ];
    expect(since(rows)).toEqual(['2027-01-10', null, '2027-02-20']);
    const lags = { lags: { opportunity_to_close: '2 months' } };
    const ageless = { stage_since: '', created: '' };
    const { problems } = readRecords(
      [...rows, dated(ageless), dated({ ...ageless, stage: 'Closed Lost' })],
      lags,
    );
    expect(problems).toMatchObject([{ code: 'pipeline_age_unknown', count: 2 }]);
    expect(readRecords(rows).codes).toEqual([]);
  });
});

describe('rows in the plan file', () => {
  it('go by our own names; another key is an error that knows the nearest', () => {
    const { value, problems } = parsePlan({ ...PLAN, pipeline: [deal({ stagee: 'x' })] });
    expect(value).toBeNull();
    expect(problems).toMatchObject([
      { code: 'key_unknown', severity: 'error', arguments: { key: 'stagee', nearest: 'stage' } },
    ]);
  });
});
