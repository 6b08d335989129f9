import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../src/files/sheet/sheet.ts';
import type { SheetSpec } from '../../../src/files/sheet/sheet-model.ts';
import { CALENDAR_YEAR, formatPeriod } from '../../../src/period/fiscal.ts';
import { quotaSheet } from '../../support/quota-sheet.ts';

const pipeline: SheetSpec = {
  ...quotaSheet,
  kind: 'pipeline',
  wanted: [
    { name: 'id', holds: 'text', required: false },
    { name: 'name', holds: 'text', required: false },
    { name: 'rep', holds: 'text', required: true },
    { name: 'amount', holds: 'number', required: true },
    { name: 'close_date', holds: 'date', required: true },
  ],
  wide: null,
  rowFaults: 'warning',
};

const read = (text: string, spec = quotaSheet) => readSheet(new TextEncoder().encode(text), 'a.csv', spec);
const sheet = (text: string, spec = quotaSheet) => {
  const { value, problems } = read(text, spec);
  expect(problems).toEqual([]);
  return value!;
};
const faults = (text: string, spec = quotaSheet) =>
  read(text, spec).problems.map(({ code, where, arguments: args }) => [
    code,
    where.line,
    where.column,
    ...Object.values(args),
  ]);

describe('long sheets', () => {
  it('are read as they are', () => {
    const found = sheet('team,rep,period,quota\nWest,Ana,2027-01,1000\nWest,Bo,2027-01,\n');
    expect(found).toMatchObject({
      encoding: 'utf-8',
      delimiter: ',',
      decimal: null,
      dateOrder: null,
      headerLine: 1,
      detected: [],
      periodColumns: [],
      ignoredColumns: [],
    });
    expect(found.columns.map(({ name, index }) => [name, index])).toEqual([
      ['team', 0],
      ['rep', 1],
      ['period', 2],
      ['quota', 3],
    ]);
    expect(found.rows).toEqual([
      { line: 2, cells: ['West', 'Ana', '2027-01', '1000'] },
      { line: 3, cells: ['West', 'Bo', '2027-01', ''] },
    ]);
  });

  it('may have titles, other columns, footers and headers again, all of them told', () => {
    const text = [
      'Quota report;;',
      'Filtered by: all;;',
      '',
      'Sales Team;Colour;Month;Target;',
      'West;red;Jan-27;1.000,50;',
      'Sales Team;Colour;Month;Target;',
      'East;blue;Jan-27;2;x',
      '',
      'Confidential Information - Do Not Distribute',
      'Copyright (c) 2000-2027 Acme',
      '',
    ].join('\n');
    const found = sheet(text);
    expect(found.rows.map((row) => row.line)).toEqual([5, 7]);
    expect(found.ignoredColumns).toEqual(['Colour']);
    expect(found.skipped).toEqual({ titles: 2, blank: 2, footers: 2, repeatedHeaders: 1 });
    expect(found.detected).toEqual([
      { code: 'note_delimiter', arguments: { delimiter: ';' } },
      { code: 'note_decimal', arguments: { decimal: 'comma' } },
      { code: 'note_header_line', arguments: { line: 4, titles: 2 } },
      { code: 'note_column_without_header', arguments: { column: 5 } },
      {
        code: 'note_footers',
        arguments: { count: 2, line: 9, text: 'Confidential Information - Do Not Distribute' },
      },
      { code: 'note_repeated_headers', arguments: { count: 1 } },
    ]);
  });

  it('keep totals apart, each with what it adds up', () => {
    const text =
      'team,rep,period,quota\nWest,Ana,2027-01,1\nWest,Bo,2027-01,2\nWest,Total,2027-01,3\nWest Total,,,3\nEMEA/UK,Cy,2027-01,4\nTotal EMEA,,,4\nGrand Total (3 records),,,7\n';
    const found = sheet(text);
    expect(found.rows).toHaveLength(3);
    expect(
      found.totalRows.map(({ line, label, scope, within }) => [line, label, scope, within.length]),
    ).toEqual([
      [4, 'Total', 'West', 2],
      [5, 'West Total', 'West', 1],
      [7, 'Total EMEA', 'EMEA', 1],
      [8, 'Grand Total (3 records)', null, 0],
    ]);
  });

  it('have faults with their line', () => {
    expect(faults('team,period,quota\nWest,2027-01,1,000\n')).toEqual([['row_too_long', 2, null, 4, 3]]);
    expect(sheet('team,period,quota\nWest,2027-01,1000,,\nEast,2027-01\n').rows).toHaveLength(2);
    expect(faults('team,period,quota\n')).toEqual([['no_data_rows', 1, null, 'quotas']]);
    expect(faults('team,period,quota,goal\nWest,2027-01,1,1\n')).toEqual([]);
    expect(faults('team,period,target,goal\nWest,2027-01,1,1\n')).toEqual([
      ['duplicate_column', 1, 4, 'quota', 'target', 'goal'],
    ]);
    expect(faults('team;period;quota\nWest;2027-01;1,5\nEast;2027-01;2.5\n')).toEqual([
      ['decimal_conflict', 2, 3, '1,5', '2.5', 3],
    ]);
    expect(faults('team;period;quota\nWest;2027-01;5\nEast;2027-01;45,000\n')).toEqual([
      ['decimal_ambiguous', 3, 3, '45,000', '45000', '45.000'],
    ]);
    expect(faults('team;period;quota\nEast;2027-01;45,000\n', { ...quotaSheet, decimal: 'point' })).toEqual(
      [],
    );
  });

  it('decide their dates once, and their month dates', () => {
    expect(faults('rep,amount,close date\nAna,1,3/4/2027\n', pipeline)).toEqual([
      ['date_order_ambiguous', 2, 3, '3/4/2027', '2027-04-03', '2027-03-04'],
    ]);
    expect(faults('rep,amount,close date\nAna,1,13/4/2027\nBo,1,4/13/2027\n', pipeline)).toEqual([
      ['date_order_conflict', 2, 3, '13/4/2027', '4/13/2027', 3],
    ]);
    expect(sheet('rep,amount,close date\nAna,1,3/4/2027\nBo,1,4/13/2027\n', pipeline).dateOrder).toBe('mdy');
    expect(sheet('team,month,quota\nWest,1/1/2027,1\nWest,2/1/2027,1\n').periods.dateOrder).toBe('mdy');
  });

  it('do not take a deal for a total because of its name', () => {
    const found = sheet(
      'name,rep,amount,close date\nTotal Wine renewal,Ana,1,2027-01-02\nTotal,,1,\n',
      pipeline,
    );
    expect([found.rows.length, found.totalRows.length]).toEqual([1, 1]);
  });
});

describe('wide sheets', () => {
  const periods = (text: string, spec = quotaSheet) =>
    sheet(text, spec).periodColumns.map(({ index, period }) => [index, formatPeriod(period, CALENDAR_YEAR)]);

  it('have a column per period', () => {
    expect(periods('Team,Rep,Jan,Feb-27,2027-03,Q2 Target\nWest,Ana,1,2,3,\n')).toEqual([
      [2, '2027-01'],
      [3, '2027-02'],
      [4, '2027-03'],
      [5, '2027-Q2'],
    ]);
    expect(periods('rep,1/1/2027,2/1/2027\nAna,1,2\n')).toEqual([
      [1, '2027-01'],
      [2, '2027-02'],
    ]);
    expect(periods('Quotas FY2027\n\nrep,Q1\nAna,1\n')).toEqual([[1, '2027-Q1']]);
  });

  it('have totals over periods', () => {
    const found = sheet('rep,Jan,Feb,Mar,Q1,Q2,Total,Quota\nAna,1,2,3,6,4,10,10\n');
    expect(found.periodColumns.map((column) => column.header)).toEqual(['Jan', 'Feb', 'Mar', 'Q2']);
    expect(found.totalColumns).toEqual([
      { index: 4, header: 'Q1', covers: [1, 2, 3] },
      { index: 6, header: 'Total', covers: [1, 2, 3, 5] },
      { index: 7, header: 'Quota', covers: [1, 2, 3, 5] },
    ]);
    expect(found.columns.map((column) => column.name)).toEqual(['rep']);
  });

  it('have faults in their headers', () => {
    const bare = { ...quotaSheet, periods: { ...quotaSheet.periods, fiscalYear: null } };
    expect(faults('rep,Jan,Feb-27\nAna,1,2\n', bare)).toEqual([['period_without_year', 1, 2, 'Jan']]);
    expect(faults('rep,27-Jan,Feb-27\nAna,1,2\n')).toEqual([
      ['period_day_or_year', 1, 2, '27-Jan', 2027, 27],
    ]);
    expect(faults('rep,Jan,2027-01\nAna,1,2\n')).toEqual([['duplicate_period', 1, 3, 'Jan', '2027-01']]);
    expect(faults('rep,Jan,Q1\nAna,1,2\n')).toEqual([['periods_overlap', 1, 3, 'Jan', 'Q1']]);
  });
});

describe('a sheet without its header', () => {
  it('says what was found and what was wanted', () => {
    expect(faults('Colour,Size\nred,1\n')).toEqual([
      ['header_not_found', 1, null, 'quotas', 'period, quota', '', 'Colour, Size'],
    ]);
    expect(faults('Team,Month,Qouta\nWest,2027-01,1\n')).toEqual([
      ['column_missing', 1, null, 'quotas', 'quota', 'Qouta', 'Team, Month, Qouta'],
    ]);
    expect(faults('West,Ana,2027-01,50000\nWest,Bo,2027-01,50000\n').map(([code]) => code)).toEqual([
      'header_not_found',
    ]);
  });

  it('says so when it was read as one column', () => {
    expect(faults('team^period^quota\nWest^2027-01^1\n')).toEqual([
      ['read_as_one_column', 1, null, 'team^period^quota', '^'],
    ]);
    expect(faults('quota\n1\n2\n')).toEqual([['read_as_one_column', 1, null, 'quota', '']]);
  });
});

it('never throws, whatever the bytes', () => {
  const line = fc.array(
    fc.constantFrom(
      'team',
      'rep',
      'Jan',
      'Q1 2027',
      '2027',
      'Total',
      'West',
      '1,5',
      '"',
      '',
      ' ',
      '#REF!',
      '3/4/2027',
      '27-Jan',
      'quota',
      'period',
    ),
  );
  const text = fc
    .array(
      line.map((cells) => cells.join(',')),
      { maxLength: 12 },
    )
    .map((lines) => new TextEncoder().encode(lines.join('\n')));
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array()), (bytes) => {
      for (const spec of [quotaSheet, pipeline]) {
        const { value, problems } = readSheet(bytes, null, spec);
        expect(value !== null || problems.length > 0).toBe(true);
      }
    }),
    { seed: 3, numRuns: 2000 },
  );
});
