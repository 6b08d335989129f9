/** The wording of every problem: one message and one remedy per code. The only place with such sentences. */
import type { ProblemArguments, ProblemCode } from '../problem.ts';
import { amount } from './format.ts';

/** Arguments by name; a missing one reads as nothing. */
type Words = (name: string) => string;

interface Wording {
  readonly message: (words: Words) => string;
  /** What to do; empty where the message says it all. */
  readonly hint: (words: Words) => string;
}

const say = (message: Wording['message'], hint: Wording['hint'] | string = ''): Wording => ({
  message,
  hint: typeof hint === 'string' ? () => hint : hint,
});

/** `key: ` where the fault is in a key of the plan file rather than in a cell. */
const of = (words: Words): string => (words('key') ? `${words('key')}: ` : '');

const didYouMean = (words: Words, otherwise: string): string =>
  words('nearest') ? `did you mean ${words('nearest')}?` : otherwise;

/** A quota that comes in hundredths, as people write it. */
const quotaText = (words: Words, name: string): string =>
  amount(Number(words(name)), {
    kind: words('unit') === 'deals' ? 'deals' : 'money',
    currency: words('currency') || null,
  });

const plural = (number: string, word: string): string => `${number} ${word}${number === '1' ? '' : 's'}`;

/** Why the system would not open or write a file. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission',
  EBUSY: 'another program has it open',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'you have no permission',
  EROFS: 'the disk can only be read',
};

const because = (words: Words): string => CAUSES[words('cause')] ?? words('cause');

const SEPARATORS: Readonly<Record<string, string>> = {
  '^': 'carets (^)',
  '~': 'tildes (~)',
  ':': 'colons',
  '/': 'slashes',
  '  ': 'spaces',
  ' ': 'spaces',
};

const FILES = {
  file_missing: say(
    (w) => `there is no file ${w('path')}`,
    'check its name and folder; paths in a plan file start at the folder of the plan file',
  ),
  file_is_folder: say((w) => `${w('path')} is a folder, not a file`, 'name the file in it'),
  file_unreadable: say(
    (w) => `${w('path')} cannot be read: ${because(w)}`,
    'check the path, and that you may open the file',
  ),
  file_not_writable: say(
    (w) => `this file cannot be written: ${because(w)}`,
    'check the folder, or name another one',
  ),
  file_exists: say(
    () => 'this file is there already',
    'nothing was overwritten; remove it first, or name another file',
  ),
  file_is_workbook: say(() => 'this is an Excel workbook, not text', 'save the sheet as CSV UTF-8'),
  file_is_html: say(
    () => 'this is a web page, which some CRMs export under the name .xls',
    'export as CSV, or open it in a spreadsheet and save the sheet as CSV UTF-8',
  ),
  file_is_binary: say(() => 'this is not a text file', 'export or save the sheet as CSV UTF-8'),
  file_has_nul: say(
    () => 'here is a character that no text has (NUL): the file is damaged, or is not text',
    'export the file again as CSV UTF-8',
  ),
  plan_missing: say(
    (w) => `there is no plan: no ${w('name')} in this folder or above it`,
    'name a plan file, make one with `leadgoal init`, or give --quotas and --rates',
  ),
  plan_not_map: say(
    () => 'this is not a plan file: a plan has keys and values, such as `quotas: quotas.csv`',
    'make one with `leadgoal init`; a CSV file goes to --quotas or --rates',
  ),
  yaml_syntax: say(
    (w) => `this cannot be read as YAML: ${w('detail')}`,
    'check the indentation, quotation marks and colons around here',
  ),
  yaml_duplicate_key: say(() => 'this key is there twice', 'keep one of the two'),
  yaml_too_long: say(
    () => 'this file is far longer than a plan',
    'keep rows in CSV files and name them in the plan',
  ),
  yaml_aliases: say(
    () => 'its aliases (*name) multiply this file beyond reason',
    'write the values out, or keep rows in CSV files',
  ),
  no_rows: say(() => 'the file is empty', 'export it again, with its header row'),
  no_data_rows: say((w) => `there are no ${w('kind')} in it`, 'write at least one'),
  quote_not_closed: say(
    () => 'a quotation mark opened here is never closed',
    'close it, or write a quotation mark inside a quoted cell twice ("")',
  ),
  quote_misplaced: say(
    () => 'a cell that starts with a quotation mark in this line goes on after its closing one',
    'write a quotation mark inside a quoted cell twice ("")',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const SHEETS = {
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
      `"${w('day_first')}" starts with the day, but "${w('month_first')}" in line ${w('month_first_line')} with the month`,
    'write all dates of the file the same way, best as 2027-03-31',
  ),
  date_order_ambiguous: say(
    (w) => `"${w('text')}" may mean ${w('as_day_first')} or ${w('as_month_first')}`,
    'say --date-order dmy for the first or --date-order mdy for the second, or write dates as 2027-03-31',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const CELLS = {
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

const PLAN = {
  key_unknown: say(
    (w) => `unknown key ${w('key')}${w('in') ? ` in ${w('in')}` : ''}`,
    (w) => didYouMean(w, `known here: ${w('known')}`),
  ),
  key_not_yet: say((w) => `${w('key')} is not supported yet`, 'remove the key; a later version will know it'),
  value_not_allowed: say(
    (w) => {
      const key = w('key') ? `${w('key')} ` : '';
      return w('value') === 'missing' ? `${key}is missing` : `${key}cannot be ${w('value')}`;
    },
    (w) => `write ${w('expected')}`,
  ),
  funnel_too_short: say(
    () => 'a funnel has at least two stages',
    'name the stages in order, from the first contact to the closed deal',
  ),
  stage_twice: say(
    (w) => `the stages ${w('before')} and ${w('stage')} have the same name`,
    'give each stage its own name; case and plural make no difference',
  ),
  stage_reserved: say(
    (w) => `a stage cannot be called ${w('stage')}: a column has that name`,
    'choose another name for the stage',
  ),
  stage_unknown: say(
    (w) => `there is no stage ${w('text')}`,
    (w) => didYouMean(w, `stages: ${w('stages')}`),
  ),
  source_twice: say(
    (w) => `the sources ${w('before')} and ${w('name')} have the same name`,
    'give each source its own name; case makes no difference',
  ),
  source_unknown: say(
    (w) => `source ${w('text')} is not in the plan`,
    (w) => didYouMean(w, `sources of the plan: ${w('known')}`),
  ),
  quotas_missing: say(
    () => 'the plan names no quotas',
    'add `quotas: quotas.csv` to the plan, or say --quotas FILE',
  ),
  rates_missing: say(
    () => 'the plan names no conversion rates',
    'add `rates: rates.csv` to the plan, or say --rates FILE',
  ),
  deal_size_missing: say(
    () => 'quotas are money, but the plan has no deal size',
    'add `deal_size: 24000` (or --deal-size), or `quota_unit: deals` if quotas count deals',
  ),
  plan_ends_before_start: say(
    (w) => `the plan ends (${w('to')}) before it starts (${w('from')})`,
    'check `from` and `to`, and the periods of the quotas where one of them is not said',
  ),
  as_of_after_plan: say(
    (w) =>
      `the as-of day ${w('as_of')} lies after the plan's last month, ${w('to')}: nothing is left to plan`,
    'choose an earlier as-of day, or plan later months',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const REPS_AND_QUOTAS = {
  rep_empty: say(() => 'the name of the rep is missing', 'write the name'),
  rep_ends_before_start: say((w) => `the end of ${w('who')} lies before the start`, 'check the two dates'),
  rep_twice: say(
    (w) => `${w('who')} is in line ${w('line')} too, for overlapping times`,
    'for a move, let the dates of the two rows not overlap; give two people of one name an id each',
  ),
  rep_without_team: say(
    (w) => `${w('who')} has no team, but others have one`,
    'write the team in this row, or list the rep with a team in `reps`',
  ),
  rep_ambiguous: say(
    (w) => `"${w('text')}" may be any of these: ${w('who')}`,
    'use an id or email, or name the team',
  ),
  rep_moved: say(
    (w) => `${w('text')} was in several teams in these months: ${w('teams')}`,
    'name the team in this row',
  ),
  rep_returned: say(
    (w) =>
      `${w('text')} left${w('team') ? ` ${w('team')}` : ''} and came back: these months hold several stays`,
    'give the quota by months or quarters that lie within one stay',
  ),
  rep_not_listed: say(
    (w) => `${w('text')} is not in reps; did you mean ${w('nearest')}?`,
    'correct the name, or add it as an alias in `reps`',
  ),
  rep_in_other_team: say(
    (w) => `${w('text')} is in ${w('teams')} in reps, but in ${w('team')} here`,
    'correct the team, or add a row for it in `reps`',
  ),
  rep_left: say(
    (w) => `${w('who')} leaves on ${w('end')}: ${quotaText(w, 'amount')} of quota after that is open`,
    'give it to somebody else, or leave it open',
  ),
  scope_without_quota: say(
    (w) => `${w('who')} has ${w('what')} here, but no quota in the plan`,
    'correct the name if it is misspelt',
  ),
  quota_empty: say(() => 'the quota is missing', 'an empty cell is not 0: write 0, or remove the row'),
  quota_negative: say((w) => `the quota is less than 0: ${w('text')}`, 'write 0 or more'),
  duplicate_quota: say(
    (w) =>
      `${w('who')} has a quota for these months already${w('line') !== '0' ? `, in line ${w('line')}` : ''}`,
    'keep one of the two',
  ),
  quota_before_start: say(
    (w) => `${w('who')} has not started in any month of this quota`,
    'check the start in `reps`, or give the quota to the team',
  ),
  quota_given_twice: say(
    (w) =>
      `${w('who')} has a quota of ${quotaText(w, 'own')}, and those in it have quotas of ${quotaText(w, 'below')} for the same months`,
    'say which to plan on: `size_on: reps` or `size_on: team` (or --size-on)',
  ),
  quota_before_plan: say(
    (w) =>
      `${quotaText(w, 'amount')} of quota in ${plural(w('months'), 'month')} before the plan is left out`,
    'start the plan earlier with `from` if it belongs in it',
  ),
  no_quota_in_plan: say(
    () => 'no quota falls into the months of the plan',
    'check `from` and `to` against the periods of the quotas',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const RATES = {
  rates_need_sources: say(
    () => 'rates are given per source, but the plan has no sources',
    'add `sources:` with the share of the quota each stands for, or give rates for all',
  ),
  rates_of_both_kinds: say(
    () => 'this file has both counts and shares',
    'keep the counts: the shares follow from them',
  ),
  rates_without_stages: say(
    (w) => `found neither two stages (${w('stages')}) nor a rate between two (${w('shares') || 'none'})`,
    'name the columns like the stages of the funnel, or set `funnel:` to the stages of the file',
  ),
  rate_column_missing: say(
    (w) => `the column ${w('column')} is missing`,
    'every stage from the first to the last needs its column; name other headers under `columns:`',
  ),
  rate_above_one: say(
    (w) =>
      `conversion from ${w('from')} to ${w('to')} is ${w('rate')}, more than 1: ${w('converted')} reached ${w('to')} but only ${w('entered')} reached ${w('from')}`,
    'count a record at a stage when it reached that stage or a later one',
  ),
  share_rate_above_one: say(
    (w) => `conversion from ${w('from')} to ${w('to')} is ${w('rate')}, more than 1`,
    'write a share of at most 100%: the records that reached a stage or a later one, of those that reached the one before',
  ),
  rate_zero: say(
    (w) => `conversion from ${w('from')} to ${w('to')} is 0: no number of leads would be enough`,
    'check the counts, count a longer time, or give the rate of a larger group',
  ),
  rate_empty: say(
    (w) => `the conversion from ${w('from')} to ${w('to')} is missing`,
    'an empty cell is not 0: write the share',
  ),
  rate_twice: say(
    (w) => `line ${w('line')} gives rates for the same team, rep and source already`,
    'keep one row, or say the months each counts (from, to) and let them not overlap',
  ),
  rates_window_backwards: say(() => 'these counts end before they start', 'check from and to'),
  no_rate: say(
    (w) =>
      `no conversion rate from ${w('from')} to ${w('to')} for ${w('who')}${w('source') ? `, ${w('source')}` : ''}`,
    'add a row to the rates: for it, for its team, or for all',
  ),
  source_without_rates: say(
    (w) => `no row of the rates is for ${w('source')}: the other sources taken together stand in for it`,
    (w) => `add a row for ${w('source')}`,
  ),
  counts_too_young: say(
    (w) =>
      `these counts run to ${w('until')}, within twice the lag (${w('lag')} months) of the as-of day ${w('as_of')}: young leads have not had the time to close, so rates are probably too low and goals too high`,
    'count leads of an earlier time',
  ),
  deal_size_empty: say(() => 'the deal size is missing', 'write the average amount of a closed deal'),
  deal_size_not_positive: say(
    (w) => `the deal size cannot be ${w('text')}`,
    'write the average amount of a closed deal, more than 0',
  ),
  deal_size_twice: say(
    (w) => `line ${w('line')} gives a deal size for the same team, rep and source already`,
    'keep one of the two',
  ),
  no_deal_size: say(
    (w) => `no deal size for ${w('who')}${w('source') ? `, ${w('source')}` : ''}`,
    'add a row to the deal sizes: for it, for its team, or for all',
  ),
  rounding_adds: say(
    (w) =>
      `whole leads per rep and source add ${plural(w('extra'), 'lead')} (${w('percent')}%) to what the company needs`,
    'quotas this small are better given to teams',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const ACTUALS = {
  actuals_without_stages: say(
    (w) => `no column of the actuals is a stage (${w('stages')})`,
    'name the columns like the stages of the funnel',
  ),
  actuals_not_a_month: say(
    () => 'this is not one month, but actuals are counted by month',
    'write a month such as 2027-01',
  ),
  actuals_after_as_of: say(
    (w) => `${w('month')} lies after the as-of day ${w('as_of')}: left out`,
    'if it is known already, move the as-of day with --as-of',
  ),
  actuals_not_in_plan: say(
    (w) => `${w('what')} ${w('text')} is not in the plan: ${w('counts') || 'the row is'} left out`,
    (w) => (w('what') === 'rep' ? 'correct the name, or add it as an alias in `reps`' : 'correct the name'),
  ),
  actuals_without_rows: say(
    (w) => `${w('who')} is in no row of the actuals: counted as 0`,
    'add the rows if something was reached, or correct the name',
  ),
  actuals_cell_empty: say(
    (w) => `the number of ${w('stage')} records is missing: counted as 0`,
    'write the number, 0 where nothing was reached',
  ),
  actuals_month_missing: say(
    (w) => `no row for ${w('month')}: counted as 0`,
    'add the month if anything was reached in it',
  ),
  actuals_twice: say(
    (w) => `line ${w('line')} counts the same month, team, rep and source already: left out`,
    'keep one of the two rows',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const USAGE = {
  usage: say(
    (w) => w('detail'),
    (w) => w('hint') || 'see leadgoal --help',
  ),
  not_found: say(
    (w) => `the plan has no ${w('what')} called ${w('text')}`,
    (w) => didYouMean(w, w('known') ? `there are: ${w('known')}` : ''),
  ),
  no_goal: say((w) => `${w('who')} has no goal in ${w('period')}`, 'choose a period of the plan'),
} satisfies Partial<Record<ProblemCode, Wording>>;

/** Every code has its wording; the compiler and a test see to it. */
export const WORDING: Readonly<Record<ProblemCode, Wording>> = {
  ...FILES,
  ...SHEETS,
  ...CELLS,
  ...PLAN,
  ...REPS_AND_QUOTAS,
  ...RATES,
  ...ACTUALS,
  ...USAGE,
};

export function wordsOf(args: ProblemArguments): Words {
  return (name) => (Object.hasOwn(args, name) ? String(args[name]) : '');
}
