/** Days, months and the fiscal calendar: known dates, and that periods cover every month once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, dateOf, dayOf, formatDay } from '../../src/period/day.ts';
import {
  CALENDAR_YEAR,
  type FiscalCalendar,
  fiscalQuarter,
  fiscalYear,
  fiscalYearOf,
  formatPeriod,
  type Grain,
  MONTHS_IN,
  periodOf,
  periodsBetween,
  quarterNumber,
} from '../../src/period/fiscal.ts';
import {
  addMonths,
  daysIn,
  firstDay,
  formatMonth,
  lastDay,
  type Month,
  monthOf,
  monthOfDay,
  monthOfYear,
  monthsBetween,
  yearOfMonth,
} from '../../src/period/month.ts';

const FEBRUARY: FiscalCalendar = { starts: 2, namedBy: 'end' };
const APRIL_BY_START: FiscalCalendar = { starts: 4, namedBy: 'start' };

describe('days', () => {
  it('know leap years: every fourth, not the hundredth, but the four-hundredth', () => {
    expect(dayOf(2027, 2, 29)).toBeNull();
    expect(dayOf(2028, 2, 29)).not.toBeNull();
    expect(dayOf(2100, 2, 29)).toBeNull();
    expect(dayOf(2000, 2, 29)).not.toBeNull();
    expect([2027, 2028, 2100, 2000].map((year) => daysIn(monthOf(year, 2)))).toEqual([28, 29, 28, 29]);
  });

  it('do not exist beyond their month, nor years beyond 1900 to 9999', () => {
    for (const [year, month, day] of [
      [2027, 4, 31],
      [2027, 13, 1],
      [2027, 0, 1],
      [2027, 1, 0],
      [1899, 12, 31],
      [10_000, 1, 1],
      [27, 1, 1],
    ] as const)
      expect(dayOf(year, month, day)).toBeNull();
  });

  it('count from 1970-01-01, also before it', () => {
    expect(dayOf(1970, 1, 1)).toBe(0);
    expect(dayOf(1969, 12, 31)).toBe(-1);
    expect(dayOf(2027, 1, 1)).toBe(57 * 365 + 14);
    expect(formatDay(dayOf(2028, 2, 29)!)).toBe('2028-02-29');
    expect(formatDay(addDays(dayOf(2028, 2, 28)!, 2))).toBe('2028-03-01');
    expect(formatDay(addDays(dayOf(2027, 1, 1)!, -1))).toBe('2026-12-31');
  });

  // up to November 9999: the months after the last year that exists have no days
  it('are the date they came from', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 2_932_865 }), (number) => {
        const { year, month, dayOfMonth } = dateOf(number as Day);
        expect(dayOf(year, month, dayOfMonth)).toBe(number);
        const month1 = monthOfDay(number as Day);
        expect(month1).toBe(monthOf(year, month));
        expect(firstDay(month1) <= number && number <= lastDay(month1)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('months', () => {
  it('add and subtract over years', () => {
    expect(formatMonth(addMonths(monthOf(2026, 11), 3))).toBe('2027-02');
    expect(monthOf(2027, 1) - monthOf(2025, 12)).toBe(13);
    expect(yearOfMonth(monthOf(2027, 12))).toBe(2027);
    expect(monthOfYear(monthOf(2027, 12))).toBe(12);
  });

  it('have as many days as between their first and last', () => {
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    expect(lengths.map((_, index) => daysIn(monthOf(2027, index + 1)))).toEqual(lengths);
    expect(formatDay(lastDay(monthOf(2028, 2)))).toBe('2028-02-29');
  });

  it('between two are none where the last lies before the first', () => {
    expect(monthsBetween(monthOf(2027, 3), monthOf(2027, 2))).toEqual([]);
    expect(monthsBetween(monthOf(2026, 12), monthOf(2027, 1)).map(formatMonth)).toEqual([
      '2026-12',
      '2027-01',
    ]);
  });
});

describe('fiscal years', () => {
  it('carry the number of the calendar year in which they end', () => {
    expect(fiscalYearOf(monthOf(2027, 1), FEBRUARY)).toBe(2027);
    expect(fiscalYearOf(monthOf(2027, 2), FEBRUARY)).toBe(2028);
    const year = fiscalYear(2028, FEBRUARY);
    expect([year.first, year.last].map(formatMonth)).toEqual(['2027-02', '2028-01']);
  });

  it('or that in which they start', () => {
    expect(fiscalYearOf(monthOf(2027, 3), APRIL_BY_START)).toBe(2026);
    expect(fiscalYearOf(monthOf(2027, 4), APRIL_BY_START)).toBe(2027);
    const year = fiscalYear(2027, APRIL_BY_START);
    expect([year.first, year.last].map(formatMonth)).toEqual(['2027-04', '2028-03']);
  });

  it('that are calendar years carry their number, however named', () => {
    for (const namedBy of ['end', 'start'] as const) {
      expect(fiscalYearOf(monthOf(2027, 6), { starts: 1, namedBy })).toBe(2027);
      expect(formatMonth(fiscalYear(2027, { starts: 1, namedBy }).first)).toBe('2027-01');
    }
  });

  it('have quarters counted from their first month', () => {
    const quarter = fiscalQuarter(2028, 4, FEBRUARY);
    expect([quarter.first, quarter.last].map(formatMonth)).toEqual(['2027-11', '2028-01']);
    const numbers = monthsBetween(monthOf(2027, 1), monthOf(2027, 12)).map((month) =>
      quarterNumber(month, FEBRUARY),
    );
    expect(numbers).toEqual([4, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4]);
  });

  it('are written with FY where they are not calendar years', () => {
    const month = monthOf(2027, 5);
    const written = (calendar: FiscalCalendar) =>
      (['month', 'quarter', 'year'] as const).map((grain) =>
        formatPeriod(periodOf(month, grain, calendar), calendar),
      );
    expect(written(CALENDAR_YEAR)).toEqual(['2027-05', '2027-Q2', '2027']);
    expect(written(FEBRUARY)).toEqual(['2027-05', 'FY2028-Q2', 'FY2028']);
    expect(written(APRIL_BY_START)).toEqual(['2027-05', 'FY2027-Q1', 'FY2027']);
  });
});

describe('periods between two months', () => {
  it('are cut to them: quarters of a plan from February to May', () => {
    const cut = periodsBetween(monthOf(2027, 2), monthOf(2027, 5), {
      grain: 'quarter',
      calendar: CALENDAR_YEAR,
    });
    expect(cut.map(({ first, last }) => `${formatMonth(first)} ${formatMonth(last)}`)).toEqual([
      '2027-02 2027-03',
      '2027-04 2027-05',
    ]);
    expect(cut.map((period) => formatPeriod(period, CALENDAR_YEAR))).toEqual(['2027-Q1', '2027-Q2']);
  });

  it('cover every month once, each within one whole period', () => {
    const calendar = fc.record({
      starts: fc.integer({ min: 1, max: 12 }),
      namedBy: fc.constantFrom('end' as const, 'start' as const),
    });
    const grain = fc.constantFrom<Grain>('month', 'quarter', 'year');
    const first = fc.integer({ min: 1990 * 12, max: 2060 * 12 }).map((month) => month as Month);
    fc.assert(
      fc.property(calendar, grain, first, fc.integer({ min: 0, max: 40 }), (fiscal, by, from, more) => {
        const to = addMonths(from, more);
        const periods = periodsBetween(from, to, { grain: by, calendar: fiscal });
        expect(periods.flatMap((period) => monthsBetween(period.first, period.last))).toEqual(
          monthsBetween(from, to),
        );
        for (const period of periods) {
          const whole = periodOf(period.first, by, fiscal);
          expect(whole.last - whole.first + 1).toBe(MONTHS_IN[by]);
          expect(periodOf(period.last, by, fiscal)).toEqual(whole);
          expect(whole.first <= period.first && period.last <= whole.last).toBe(true);
          const year = fiscalYear(fiscalYearOf(period.first, fiscal), fiscal);
          expect(year.first <= whole.first && whole.last <= year.last).toBe(true);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
