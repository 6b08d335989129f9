/** Problems of one value, in a cell or under a key: numbers, shares, durations, dates, periods. */
import type { ProblemCode } from '../../problem.ts';
import { of, say, type Wording } from './say.ts';

export const CELLS = {
  value_empty: say((w) => `${of(w)}nothing is written here`, 'write a value, or remove the key'),
  cell_spreadsheet_error: say(
    (w) => `"${w('text')}" is an error of the spreadsheet, not a value`,
    'mend the formula and export again',
  ),
  number_placeholder: say(
    (w) => `${of(w)}"${w('text')}" is not a number`,
    'write 0 if there is none; if it is not known, leave it out',
  ),
  number_not_finite: say(
    (w) => `${of(w)}"${w('text')}" is not a number to count with`,
    'write a number; if it comes from a formula, mend the formula',
  ),
  number_too_large: say(
    (w) => `${of(w)}"${w('text')}" is more than a million millions`,
    'check the unit of the number',
  ),
  number_unreadable: say(
    (w) => `${of(w)}"${w('text')}" is not a number`,
    (w) =>
      w('wanted') === 'share'
        ? 'write a share such as 25% or 0.25'
        : w('wanted') === 'count'
          ? 'write a number of records such as 1200'
          : 'write a number such as 45000, 45,000, 45k or $1.2M',
  ),
  number_decimal_style: say(
    (w) => `"${w('text')}" has a decimal ${w('other')}, but numbers are read with a decimal ${w('decimal')}`,
    (w) => `write all numbers of the file the same way, or say --decimal ${w('other')} if all have it`,
  ),
  number_with_percent: say(
    (w) => `${of(w)}"${w('text')}" is a percentage, but an amount belongs here`,
    'write the amount',
  ),
  count_with_unit: say(
    (w) => `"${w('text')}" has a unit, but a number of records belongs here`,
    'write the number alone',
  ),
  count_negative: say((w) => `"${w('text')}" is less than no records`, 'write 0 or more'),
  count_empty: say(
    (w) => `the number of records that reached ${w('stage')} is missing`,
    'an empty cell is not 0: write the number',
  ),
  share_with_unit: say(
    (w) => `${of(w)}"${w('text')}" has a unit, but a share belongs here`,
    'write 25% or 0.25',
  ),
  share_without_percent: say(
    (w) => `${of(w)}"${w('text')}" may mean ${w('percent')} or ${w('text')} times as many`,
    (w) => `write ${w('percent')} or ${w('share')}`,
  ),
  share_negative: say((w) => `${of(w)}${w('text')} is less than 0`, 'write a share of 0% or more'),
  share_above_one: say((w) => `${of(w)}${w('text')} is more than 100%`, 'write a share of 0% to 100%'),
  shares_not_whole: say(
    (w) => `${of(w)}these shares add up to ${w('percent')}%, not 100%`,
    'correct them: together they are the whole',
  ),
  duration_unreadable: say(
    (w) => `${of(w)}"${w('text')}" is not a duration`,
    'write 10 days, 2 weeks or 1 month, or a list of shares by months waited: [10%, 60%, 30%]',
  ),
  duration_too_long: say(
    (w) => `${of(w)}${w('text')} is longer than ten years`,
    'check the number and its unit: 10 days, 2 weeks, 1 month',
  ),
  date_unreadable: say((w) => `${of(w)}"${w('text')}" is not a date`, 'write dates as 2027-03-31'),
  date_nonexistent: say((w) => `${of(w)}there is no day ${w('text')}`, 'check day and month'),
  date_serial: say(
    (w) => `${of(w)}${w('text')} is a spreadsheet's number for ${w('date')}`,
    'format the column as dates and export again',
  ),
  date_undecided: say(
    (w) => `${of(w)}"${w('text')}" may mean ${w('as_day_first')} or ${w('as_month_first')}`,
    'write dates as 2027-03-31',
  ),
  today_in_plan: say(
    () => 'a plan cannot say today: it would change from day to day',
    'write a date such as 2026-12-31 here, or say --as-of today when you run it',
  ),
  period_empty: say(
    () => 'the period is missing',
    'write a month, quarter or year, such as 2027-01, Q1 2027 or 2027',
  ),
  period_unreadable: say(
    (w) => `"${w('text')}" is not a month, quarter or year`,
    'write 2027-01, Jan 2027, Q1 2027, FY2027-Q1 or 2027',
  ),
  period_without_year: say(
    (w) => `"${w('text')}" has no year, and the plan is not known to be one fiscal year`,
    'write the year, or say which months are planned: `from` and `to`, or --fiscal-year 2027',
  ),
  period_needs_fiscal: say(
    (w) =>
      `"${w('text')}" may mean the calendar's or the fiscal one: the fiscal year does not start in January`,
    (w) => `write ${w('write')} if you mean the fiscal one, else the months`,
  ),
  period_day_or_year: say((w) => {
    const month = w('text').replace(/^\d+\W*/, '');
    return `"${w('text')}" may mean ${month} ${w('year')}, turned around by a spreadsheet, or day ${w('day')} of ${month}`;
  }, 'write 2027-01, or say --date-order ymd if the number is the year'),
  period_not_first_day: say(
    (w) => `"${w('text')}" is a day in the middle of a month`,
    'write the month alone, such as 2027-01',
  ),
  period_date_undecided: say(
    (w) => `"${w('text')}" may mean ${w('as_day_first')} or ${w('as_month_first')}`,
    'write months as 2027-01, or say --date-order dmy for the first or --date-order mdy for the second',
  ),
  month_expected: say((w) => `${of(w)}"${w('text')}" is not a month`, 'write a month such as 2027-01'),
  second_currency: say(
    (w) => `${w('written')} is a second currency: the plan is in ${w('currency')}`,
    'convert the amounts: a plan has one currency',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
