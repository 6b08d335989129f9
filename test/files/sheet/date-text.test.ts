import { describe, expect, it } from 'vitest';
import { type DateOrder, decideDateOrder, parseDate } from '../../../src/files/sheet/date-text.ts';
import { formatDay } from '../../../src/period/day.ts';

const day = (text: string, order: DateOrder | null = null) => {
  const { value, fault } = parseDate(text, order);
  return fault?.code ?? (value === null ? null : formatDay(value));
};

describe('parseDate', () => {
  it('reads dates that say their own order', () => {
    for (const text of [
      '2027-03-05',
      '2027-03-05T10:00:00Z',
      '2027-03-05T10:00:00.000+0000',
      '2027-03-05 10:00',
      '2027/03/05',
      '2027/3/5',
      '2027.03.05',
      '20270305',
      '05-Mar-27',
      '5-Mar-2027',
      '5 March 2027',
      'March 5, 2027',
      'Mar 5 2027',
      'March 5th, 2027',
      '5. März 2027',
      '5 mars 2027',
      '2027-Mar-05',
      '05.03.2027',
      '5 Mar 2027, 10:30 AM',
    ]) {
      expect([text, day(text)]).toEqual([text, '2027-03-05']);
    }
    expect(day('31-Dec-99')).toBe('1999-12-31');
    expect(day('')).toBe(null);
  });

  it('needs an order for the others', () => {
    expect([
      day('3/4/2027', 'mdy'),
      day('3/4/2027', 'dmy'),
      day('31/12/27', 'dmy'),
      day('12/31/27', 'mdy'),
    ]).toEqual(['2027-03-04', '2027-04-03', '2027-12-31', '2027-12-31']);
    expect([day('3/4/2027'), day('4/4/2027'), day('4/04/27'), day('13/4/2027'), day('4/13/2027')]).toEqual([
      'date_undecided',
      '2027-04-04',
      '2027-04-04',
      '2027-04-13',
      '2027-04-13',
    ]);
    expect([day('04.03.2027'), day('04.03.2027', 'mdy')]).toEqual(['2027-03-04', '2027-04-03']);
    expect([day('27-01-31', 'ymd'), day('27-Mar-05', 'ymd'), day('27-Mar-05')]).toEqual([
      '2027-01-31',
      '2027-03-05',
      '2005-03-27',
    ]);
    expect(day('1/15/2027 10:30 AM', 'mdy')).toBe('2027-01-15');
  });

  it('says why the rest is no date', () => {
    expect(['2027-02-29', '30.02.2027', '2027-13-01'].map((text) => day(text))).toEqual(
      Array(3).fill('date_nonexistent'),
    );
    expect(day('13/1/2027', 'mdy')).toBe('date_nonexistent');
    expect(['soon', '2027', '27-Jan', '1/2', '5 Foo 2027'].map((text) => day(text))).toEqual(
      Array(5).fill('date_unreadable'),
    );
    expect(day('#REF!')).toBe('cell_spreadsheet_error');
    expect(parseDate('46023', null).fault).toEqual({
      code: 'date_serial',
      arguments: { text: '46023', date: '2026-01-01' },
    });
    expect(parseDate('46023.5', null).fault?.code).toBe('date_serial');
  });
});

describe('decideDateOrder', () => {
  const decide = (...cells: string[]) => {
    const { order, conflict, ambiguous } = decideDateOrder(cells, null);
    if (conflict) return `conflict ${conflict.dayFirst.index} ${conflict.monthFirst.index}`;
    return ambiguous
      ? `ambiguous ${ambiguous.index} ${ambiguous.asDayFirst} ${ambiguous.asMonthFirst}`
      : order;
  };

  it('goes by a part over 12 anywhere in the cells', () => {
    expect(decide('3/4/2027', '3/14/2027')).toBe('mdy');
    expect(decide('3/4/2027', '14/3/27')).toBe('dmy');
    expect(decide('3-4-2027 10:00', '14-3-2027 11:00')).toBe('dmy');
  });

  it('asks only where it matters', () => {
    expect(decide('2027-03-04', '4/4/2027', '5 Mar 2027', '')).toBe(null);
    expect(decide('4/4/2027', '3/4/2027')).toBe('ambiguous 1 2027-04-03 2027-03-04');
    expect(decide('14/3/2027', '3/14/2027')).toBe('conflict 0 1');
    expect(decide('04.03.2027')).toBe('dmy');
    expect(decide('04.03.2027', '04.13.2027')).toBe('mdy');
    expect(decideDateOrder(['3/4/2027'], 'mdy').order).toBe('mdy');
  });
});
