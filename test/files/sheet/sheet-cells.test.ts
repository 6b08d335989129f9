import { expect, it } from 'vitest';
import { readSheet } from '../../../src/files/sheet/sheet.ts';
import { cellReader } from '../../../src/files/sheet/sheet-cells.ts';
import type { SheetSpec } from '../../../src/files/sheet/sheet-model.ts';
import { CALENDAR_YEAR } from '../../../src/period/fiscal.ts';

const spec: SheetSpec = {
  kind: 'pipeline',
  wanted: [
    { name: 'rep', holds: 'text', required: true },
    { name: 'amount', holds: 'number', required: true },
    { name: 'close_date', holds: 'date', required: false },
    { name: 'period', holds: 'period', required: false },
  ],
  wide: null,
  stages: ['lead', 'close'],
  mapping: {},
  periods: { calendar: CALENDAR_YEAR, fiscalYear: null, dateOrder: null },
  decimal: null,
  rowFaults: 'warning',
};

it('reads cells by our names, and collects faults with their places', () => {
  const text = 'rep,amount,close date,period\nAna,"$1,500",2027-01-31,Jan-27\n#N/A,abc,46023,27-Jan\nBo\n';
  const sheet = readSheet(new TextEncoder().encode(text), 'a.csv', spec).value!;
  const cells = cellReader(sheet);
  const [first, second, third] = sheet.rows;
  expect([
    cells.text(first!, 'rep'),
    cells.amount(first!, 'amount')?.value,
    cells.amount(first!, 1)?.currency,
  ]).toEqual(['Ana', 1500, 'USD']);
  expect([cells.day(first!, 'close_date'), cells.period(first!, 'period')?.grain]).toEqual([20849, 'month']);
  expect([
    cells.text(second!, 'rep'),
    cells.amount(second!, 'amount'),
    cells.day(second!, 'close_date'),
    cells.period(second!, 'period'),
  ]).toEqual([null, null, null, null]);
  expect([
    cells.amount(third!, 'amount'),
    cells.isMissing(third!, 'amount'),
    cells.text(third!, 'no such column'),
  ]).toEqual([null, true, null]);
  expect(
    cells.problems.map(({ code, severity, where }) => [code, severity, where.line, where.column]),
  ).toEqual([
    ['cell_spreadsheet_error', 'warning', 3, 1],
    ['number_unreadable', 'warning', 3, 2],
    ['date_serial', 'warning', 3, 3],
    ['period_day_or_year', 'warning', 3, 4],
  ]);
});
