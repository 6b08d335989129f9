/** Dates in cells, as the engine reads them: the same days that sheets give, whatever form they stand in. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '../../src/engines/engine.ts';
import { type CellReading, cellsOf } from '../../src/engines/records/cell-sql.ts';
import { parseDate } from '../../src/files/sheet/date-text.ts';
import type { HistoryFiles } from '../../src/history/layout.ts';
import { type Day, dateOf, formatDay } from '../../src/period/day.ts';
import { day, type HistoryDesk, openDesk } from '../support/history-tallies.ts';

let desk: HistoryDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const FILES = { headers: ['day'], kind: 'csv', csv: null } as unknown as HistoryFiles;

/** The days of texts, `null` for what is none. */
async function daysOf(texts: readonly string[], reading: Partial<CellReading> = {}) {
  const cells = cellsOf(FILES, { isTyped: false, dateOrder: null, timezone: 'UTC', ...reading });
  const rows = texts.map((text, index) => `(${index}, ${quoted(text)})`).join(', ');
  const sql = `SELECT CAST(${cells.day(0)} AS VARCHAR) FROM (VALUES ${rows}) AS t(place, c0) ORDER BY place`;
  return (await desk.engine.rows(sql)).columns[0]!;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG = 'January February March April May June July August September October November December'.split(
  ' ',
);
const two = (number: number): string => String(number).padStart(2, '0');

/** Forms in which people and programs write a day, by the order of numbers they need. */
const FORMS: Readonly<Record<string, (date: { year: number; month: number; dayOfMonth: number }) => string>> =
  {
    '2027-03-05': ({ year, month, dayOfMonth }) => `${year}-${two(month)}-${two(dayOfMonth)}`,
    '2027-3-5': ({ year, month, dayOfMonth }) => `${year}-${month}-${dayOfMonth}`,
    '2027/03/05': ({ year, month, dayOfMonth }) => `${year}/${two(month)}/${two(dayOfMonth)}`,
    '2027.03.05': ({ year, month, dayOfMonth }) => `${year}.${two(month)}.${two(dayOfMonth)}`,
    '20270305': ({ year, month, dayOfMonth }) => `${year}${two(month)}${two(dayOfMonth)}`,
    '05-Mar-27': ({ year, month, dayOfMonth }) =>
      `${two(dayOfMonth)}-${MONTHS[month - 1]}-${two(year % 100)}`,
    '5-MAR-2027': ({ year, month, dayOfMonth }) =>
      `${dayOfMonth}-${MONTHS[month - 1]!.toUpperCase()}-${year}`,
    '05 Mar 2027': ({ year, month, dayOfMonth }) => `${two(dayOfMonth)} ${MONTHS[month - 1]} ${year}`,
    '5 March 2027': ({ year, month, dayOfMonth }) => `${dayOfMonth} ${LONG[month - 1]} ${year}`,
    '5. March 2027': ({ year, month, dayOfMonth }) => `${dayOfMonth}. ${LONG[month - 1]} ${year}`,
    'Mar 5, 2027': ({ year, month, dayOfMonth }) => `${MONTHS[month - 1]} ${dayOfMonth}, ${year}`,
    'March 5, 2027': ({ year, month, dayOfMonth }) => `${LONG[month - 1]} ${dayOfMonth}, ${year}`,
    'dmy 5/3/2027': ({ year, month, dayOfMonth }) => `${dayOfMonth}/${month}/${year}`,
    'dmy 05/03/27': ({ year, month, dayOfMonth }) => `${two(dayOfMonth)}/${two(month)}/${two(year % 100)}`,
    'dmy 05-03-2027': ({ year, month, dayOfMonth }) => `${two(dayOfMonth)}-${two(month)}-${year}`,
    'mdy 3/5/2027': ({ year, month, dayOfMonth }) => `${month}/${dayOfMonth}/${year}`,
    'mdy 3/5/27': ({ year, month, dayOfMonth }) => `${month}/${dayOfMonth}/${two(year % 100)}`,
    'mdy 03-05-2027': ({ year, month, dayOfMonth }) => `${two(month)}-${two(dayOfMonth)}-${year}`,
    'ymd 27/03/05': ({ year, month, dayOfMonth }) => `${two(year % 100)}/${two(month)}/${two(dayOfMonth)}`,
    '05.03.2027': ({ year, month, dayOfMonth }) => `${two(dayOfMonth)}.${two(month)}.${year}`,
    '5.3.27': ({ year, month, dayOfMonth }) => `${dayOfMonth}.${month}.${two(year % 100)}`,
  };

const TIMES = [
  '',
  ' 10:15',
  ' 10:15:30',
  'T23:59:59',
  'T23:59:59.123',
  ' 6:49:18',
  ', 11:45 PM',
  ' 11:45:00 pm',
];

describe('days', () => {
  it.each(Object.keys(FORMS))('%s', async (name) => {
    const order = (/^([dmy]{3}) /.exec(name)?.[1] ?? null) as CellReading['dateOrder'];
    const days = fc.integer({ min: day('1981-01-01'), max: day('2067-12-31') });
    const all = fc.sample(fc.tuple(days, fc.constantFrom(...TIMES)), { numRuns: 60, seed: 7 });
    const texts = all.map(([number, time]) => FORMS[name]!(dateOf(number as Day)) + time);
    const found = await daysOf(texts, { dateOrder: order });
    expect(found).toEqual(all.map(([number]) => formatDay(number as Day)));
    // Sheets read the same.
    expect(texts.map((text) => parseDate(text, order).value)).toEqual(all.map(([number]) => number));
  });

  it('nothing else', async () => {
    const texts = [
      '45000',
      '2027-02-30',
      '30.02.2027',
      'soon',
      '5/2027',
      '1767139200',
      '2027-13-01',
      '0000-00-00',
    ];
    expect(await daysOf(texts)).toEqual(texts.map(() => null));
  });
});

describe('time zones', () => {
  it('a time that names its zone is taken to the zone asked for', async () => {
    const texts = [
      '2027-01-31T23:30:00-05:00',
      '2027-01-31T23:30:00.000-0500',
      '2027-01-31 23:30-05',
      '2027-01-31 23:30:00 EST',
      '1/31/2027 11:30 PM EST',
      '31-Jan-2027 11:30:00 pm -05:00',
      '2027-01-31 23:30:00 America/New_York',
      '2027-02-01T04:30:00Z',
      '2027-02-01 4:30 UTC',
      '2027-02-01T04:30:00.000+0000',
      '2027-02-01 12:30 AM GMT',
    ];
    const reading = { dateOrder: 'mdy' } as const;
    expect(await daysOf(texts, reading)).toEqual(texts.map(() => '2027-02-01'));
    const west = await daysOf(texts, { ...reading, timezone: 'America/New_York' });
    expect(west).toEqual(texts.map(() => '2027-01-31'));
  });

  it('one that does not is taken as it stands', async () => {
    const texts = ['2027-01-31 23:30:00', '1/31/2027 11:30 PM', '2027-01-31'];
    for (const timezone of ['UTC', 'America/New_York', 'Asia/Tokyo'])
      expect(await daysOf(texts, { dateOrder: 'mdy', timezone })).toEqual(texts.map(() => '2027-01-31'));
  });

  it('milliseconds since 1970 are a moment', async () => {
    const text = String(Date.UTC(2027, 0, 31, 23, 30));
    expect(await daysOf([text])).toEqual(['2027-01-31']);
    expect(await daysOf([text], { timezone: 'Asia/Tokyo' })).toEqual(['2027-02-01']);
  });
});
