import { describe, expect, it } from 'vitest';
import {
  decidePeriodDateOrder,
  isPeriodHeader,
  type PeriodContext,
  parsePeriod,
  periodReader,
} from '../../../src/files/sheet/period-text.ts';
import { CALENDAR_YEAR, formatPeriod } from '../../../src/period/fiscal.ts';

const calendarYear: PeriodContext = { calendar: CALENDAR_YEAR, fiscalYear: 2027, dateOrder: null };
const fromFebruary: PeriodContext = {
  calendar: { starts: 2, namedBy: 'end' },
  fiscalYear: 2028,
  dateOrder: null,
};
const noYear: PeriodContext = { ...calendarYear, fiscalYear: null };

const read = (text: string, context = calendarYear) => {
  const { value, fault } = parsePeriod(text, context);
  return fault?.code ?? (value && formatPeriod(value, context.calendar));
};

describe('parsePeriod', () => {
  it('reads months', () => {
    for (const text of [
      '2027-01',
      '2027/01',
      '2027/1',
      '01/2027',
      '1/2027',
      '1-2027',
      'Jan 2027',
      'January 2027',
      'JAN-27',
      "Jan '27",
      'Jan ’27',
      'Jan27',
      'jan. 2027',
      '202701',
      '2027-01-01',
      '1/1/2027',
      '01.01.2027',
      '1-Jan-2027',
      '2027 Jan',
      'January, 2027',
      'Jan',
      'January',
      'enero 2027',
      'janvier 2027',
      'Jänner 2027',
      'Jan FY27',
      'FY2027 Jan',
      '2027-01-01T00:00:00Z',
    ]) {
      expect([text, read(text)]).toEqual([text, '2027-01']);
    }
    expect(['Sept 2027', 'März-27', 'août 2027', 'Dez 27'].map((text) => read(text))).toEqual([
      '2027-09',
      '2027-03',
      '2027-08',
      '2027-12',
    ]);
    expect(
      ['Jan', 'Feb', 'Jan FY28', 'FY28 Feb', 'Jan 2027'].map((text) => read(text, fromFebruary)),
    ).toEqual(['2028-01', '2027-02', '2028-01', '2027-02', '2027-01']);
  });

  it('reads quarters and years', () => {
    for (const text of [
      'Q1 2027',
      '2027-Q1',
      '2027 Q1',
      '2027Q1',
      'Q1-27',
      "Q1'27",
      '1Q27',
      '1Q 2027',
      'FY27 Q1',
      'FY2027-Q1',
      'Q1 FY27',
      'q1 fy2027',
      'Q1',
      '1Q',
      'Quarter 1 2027',
      'Qtr 1',
      '1st Quarter 2027',
      'Fiscal 2027 Q1',
    ]) {
      expect([text, read(text)]).toEqual([text, '2027-Q1']);
    }
    for (const text of ['FY2027', 'FY27', 'FY 2027', "FY'27", '2027', 'Fiscal year 2027'])
      expect([text, read(text)]).toEqual([text, '2027']);
    expect(['FY28 Q1', 'Q1 FY2028', 'Q1', 'FY2028', 'FY28'].map((text) => read(text, fromFebruary))).toEqual([
      'FY2028-Q1',
      'FY2028-Q1',
      'FY2028-Q1',
      'FY2028',
      'FY2028',
    ]);
  });

  it('asks where the calendar, the year or the date order is not said', () => {
    expect(parsePeriod('Q1 2027', fromFebruary).fault).toEqual({
      code: 'period_needs_fiscal',
      arguments: { text: 'Q1 2027', write: 'FY2027-Q1' },
    });
    expect(parsePeriod('2027', fromFebruary).fault).toEqual({
      code: 'period_needs_fiscal',
      arguments: { text: '2027', write: 'FY2027' },
    });
    expect(['Jan', 'Q1'].map((text) => read(text, noYear))).toEqual([
      'period_without_year',
      'period_without_year',
    ]);
    expect(['27-Jan', '27 Jan', '1-Jan'].map((text) => read(text))).toEqual(
      Array(3).fill('period_day_or_year'),
    );
    expect(read('27-Jan', { ...calendarYear, dateOrder: 'ymd' })).toBe('2027-01');
    expect(read('1/2/2027')).toBe('period_date_undecided');
    expect(read('1/2/2027', { ...calendarYear, dateOrder: 'dmy' })).toBe('2027-02');
    expect(read('1/2/2027', { ...calendarYear, dateOrder: 'mdy' })).toBe('period_not_first_day');
    expect(read('2027-01-15')).toBe('period_not_first_day');
    expect(read('46023')).toBe('date_serial');
    expect(
      ['FY2027-01', '2027-13', 'H1 2027', 'West', 'Q5 2027', '12', '2027-W03', 'x'.repeat(60)].map((text) =>
        read(text),
      ),
    ).toEqual(Array(8).fill('period_unreadable'));
    expect(parsePeriod('', calendarYear)).toEqual({ value: null, fault: null });
  });

  it('is read once per text by a reader', () => {
    const reader = periodReader(calendarYear);
    expect(reader('Jan-27')).toBe(reader('Jan-27'));
  });
});

describe('month dates', () => {
  it('are in the order in which all are the first of a month', () => {
    expect(decidePeriodDateOrder(['1/1/2027', '2/1/2027', '12/1/2027'], null)).toBe('mdy');
    expect(decidePeriodDateOrder(['1/1/2027', '1/2/2027'], null)).toBe('dmy');
    expect(decidePeriodDateOrder(['1/2/2027'], null)).toBe(null);
    expect(decidePeriodDateOrder(['1/2/2027', '2/1/2027'], null)).toBe(null);
    expect(decidePeriodDateOrder(['2027-01', '2027-02', 'Q1'], null)).toBe(null);
    expect(decidePeriodDateOrder(['1/2/2027', '1/3/2027'], 'mdy')).toBe('mdy');
  });

  it('make headers, as other periods do', () => {
    expect(['Jan', '27-Jan', 'Q1 2027', '1/2/2027', '2027', 'FY27'].every(isPeriodHeader)).toBe(true);
    expect(['Team', '45000', '', 'Goal', '#REF!', 'Total'].some(isPeriodHeader)).toBe(false);
  });
});
