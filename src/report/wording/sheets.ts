/** Problems of a whole sheet: its header, columns, totals, and how its numbers and dates are written. */
import type { ProblemCode } from '../../problem.ts';
import { amount } from '../format.ts';
import { say, type Wording } from './say.ts';

const SEPARATORS: Readonly<Record<string, string>> = {
  '^': 'carets (^)',
  '~': 'tildes (~)',
  ':': 'colons',
  '/': 'slashes',
  '  ': 'spaces',
  ' ': 'spaces',
};

export const SHEETS = {
  header_not_found: say(
    (w) =>
      `this does not look like a ${w('kind')} file: wanted the columns ${w('wanted')}; found ${w('found')}`,
    (w) =>
      w('meant')
        ? `did you mean ${w('meant')}? Else check the file, or name its headers under \`columns:\` in the plan file`
        : 'check that it is the right file and has a header row, or name its headers under `columns:` in the plan file',
  ),
  column_missing: say(
    (w) => `the ${w('kind')} file has no column ${w('column')}: found ${w('found')}`,
    (w) =>
      w('meant')
        ? `did you mean ${w('meant')}? Rename it, or write in the plan file: \`columns: { ${w('column')}: ${w('meant')} }\``
        : 'add it, or name its header under `columns:` in the plan file',
  ),
  column_without_header: say(
    () => "this column has no header, but holds names: the quotas would be taken for the company's",
    'write team or rep above it',
  ),
  read_as_one_column: say(
    (w) => `the file was read as one column: ${w('found')}`,
    (w) =>
      w('guess')
        ? `its columns seem to be separated by ${SEPARATORS[w('guess')] ?? w('guess')}: use a comma, semicolon, tab or | instead`
        : 'separate the columns with a comma, semicolon, tab or |',
  ),
  duplicate_column: say(
    (w) => `two columns for ${w('column')}: "${w('first')}" and "${w('second')}"`,
    'remove or rename one, or name the right one under `columns:` in the plan file',
  ),
  column_not_found: say(
    (w) => `no file has a column headed "${w('header')}"`,
    'correct the header, or remove the line',
  ),
  duplicate_period: say(
    (w) => `"${w('first')}" and "${w('second')}" are the same period`,
    'keep one of them',
  ),
  periods_overlap: say(
    (w) => `columns "${w('first')}" and "${w('second')}" cover the same months`,
    'keep months or quarters, not a mix that overlaps',
  ),
  row_too_long: say(
    (w) => `this row has ${w('cells')} cells, but the header has ${w('headers')}`,
    'put quotation marks around a cell that holds the separator, as in "1,000", or add the missing header',
  ),
  total_disagrees: say(
    (w) =>
      `the total says ${w('text')}, but what it adds up comes to ${amount(Number(w('sum')) * 100, { kind: 'money', currency: null })}`,
    'correct the total, or what it adds up',
  ),
  decimal_conflict: say(
    (w) =>
      `"${w('comma')}" has a decimal comma, but "${w('point')}" in line ${w('point_line')} a decimal point`,
    'write all numbers of the file the same way',
  ),
  decimal_ambiguous: say(
    (w) => `"${w('text')}" may mean ${Number(w('as_point'))} or ${Number(w('as_comma'))}`,
    'say --decimal point for the first or --decimal comma for the second',
  ),
  date_order_conflict: say(
    (w) =>
      `"${w('day_first')}" starts with the day, but "${w('month_first')}"${w('month_first_line') === '' ? '' : ` in line ${w('month_first_line')}`} with the month`,
    'write all dates of the file the same way, best as 2027-03-31',
  ),
  date_order_ambiguous: say(
    (w) => `"${w('text')}" may mean ${w('as_day_first')} or ${w('as_month_first')}`,
    'say --date-order dmy for the first or --date-order mdy for the second, or write dates as 2027-03-31',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
