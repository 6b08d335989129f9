/** The wording of every problem: one message and one remedy per code. The only place with such sentences. */
import type { ProblemArguments, ProblemCode } from '../problem.ts';

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

const FILES = {
  file_missing: say(
    (w) => `there is no file ${w('path')}`,
    'check the path; paths in a plan file start at the plan file',
  ),
  file_is_folder: say((w) => `${w('path')} is a folder, not a file`, 'name the file in it'),
  file_unreadable: say((w) => `${w('path')} cannot be read (${w('cause')})`, 'check its permissions'),
  file_not_writable: say(
    (w) => `${w('path')} cannot be written (${w('cause')})`,
    'check the folder and its permissions',
  ),
  file_exists: say(
    (w) => `${w('path')} is there already`,
    'nothing was overwritten; remove it first, or name another file',
  ),
  file_is_workbook: say(() => 'this is an Excel workbook, not text', 'save the sheet as CSV UTF-8'),
  file_is_html: say(
    () => 'this is a web page, as some CRMs export under the name .xls',
    'export as CSV, or open it in a spreadsheet and save the sheet as CSV UTF-8',
  ),
  file_is_binary: say(() => 'this is not a text file', 'export or save the sheet as CSV UTF-8'),
  file_has_nul: say(
    () => 'there is a NUL character here: the file is damaged or not text',
    'export the file again as CSV UTF-8',
  ),
  plan_missing: say(
    (w) => `there is no plan: no ${w('name')} here or above`,
    'name a plan file, make one with `leadgoal init`, or give --quotas and --rates',
  ),
  plan_not_map: say(
    () => 'a plan file is keys and values, such as `quotas: quotas.csv`',
    'start from `leadgoal init`',
  ),
  yaml_syntax: say(
    (w) => `this is not YAML: ${w('detail')}`,
    'check the indentation, quotes and colons around here',
  ),
  yaml_duplicate_key: say(() => 'this key stands twice', 'keep one of the two'),
  yaml_too_long: say(
    () => 'this file is far longer than a plan',
    'keep rows in CSV files and name them in the plan',
  ),
  yaml_aliases: say(
    () => 'aliases multiply this file beyond reason',
    'write the values out, or keep rows in CSV files',
  ),
  no_rows: say(() => 'the file is empty', 'export it again, with its header row'),
  no_data_rows: say((w) => `there is a header but no row of ${w('kind')}`, 'add at least one row'),
  quote_not_closed: say(
    () => 'a quote opened here is never closed',
    'close it, or write a quote inside a quoted cell twice ("")',
  ),
  quote_misplaced: say(
    () => 'the quoted cell that starts in this line goes on after its closing quote',
    'write quotes inside a quoted cell twice: ""',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const SHEETS = {
  header_not_found: say(
    (w) => `no header row of a ${w('kind')} file: wanted ${w('wanted')}, found ${w('found')}`,
    (w) =>
      w('meant')
        ? `did you mean ${w('meant')}? Else map it under \`columns:\` in the plan file`
        : 'map the headers under `columns:` in the plan file',
  ),
  column_missing: say(
    (w) => `the ${w('kind')} file has no column ${w('column')}: found ${w('found')}`,
    (w) =>
      w('meant')
        ? `did you mean ${w('meant')}? Say so in the plan file: \`columns: { ${w('column')}: ${w('meant')} }\``
        : 'add it, or name its header under `columns:` in the plan file',
  ),
  read_as_one_column: say(
    (w) => `read as a single column: ${w('found')}`,
    (w) =>
      w('guess')
        ? `the columns seem to be separated by ${w('guess')}: use a comma, semicolon, tab or | between them`
        : 'separate the columns with a comma, semicolon, tab or |',
  ),
  duplicate_column: say(
    (w) => `two columns for ${w('column')}: "${w('first')}" and "${w('second')}"`,
    'remove or rename one, or name the right one under `columns:` in the plan file',
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
    (w) => `${w('cells')} cells, but the header has ${w('headers')}`,
    'quote cells that hold the delimiter, or add the missing header',
  ),
  total_disagrees: say(
    (w) => `the total says ${w('text')}, the rows add up to ${w('sum')}`,
    'correct the rows or the total; nothing was read from it',
  ),
  decimal_conflict: say(
    (w) => `"${w('comma')}" has a decimal comma, "${w('point')}" in line ${w('point_line')} a decimal point`,
    'use one of them throughout, or say --decimal comma or --decimal point',
  ),
  decimal_ambiguous: say(
    (w) => `"${w('text')}" may be ${w('as_point')} or ${w('as_comma')}`,
    'say --decimal point or --decimal comma',
  ),
  date_order_conflict: say(
    (w) =>
      `"${w('day_first')}" has the day first, "${w('month_first')}" in line ${w('month_first_line')} the month`,
    'write dates as 2027-03-31, or say --date-order dmy or mdy',
  ),
  date_order_ambiguous: say(
    (w) => `"${w('text')}" may be ${w('as_day_first')} or ${w('as_month_first')}`,
    'say --date-order dmy or --date-order mdy, or write dates as 2027-03-31',
  ),
  row_without_key: say(
    (w) => `a row of ${w('kind')} without ${w('key')}`,
    (w) => `add ${w('key')}`,
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const CELLS = {
  value_empty: say((w) => `${of(w)}nothing stands here`, 'write a value, or remove the key'),
  cell_spreadsheet_error: say(
    (w) => `"${w('text')}" is a spreadsheet's error`,
    'mend the formula and export again',
  ),
  number_placeholder: say(
    (w) => `${of(w)}"${w('text')}" is not a number`,
    'write 0 where it is none, or leave the cell empty where it is not known',
  ),
  number_not_finite: say((w) => `${of(w)}"${w('text')}" is not a finite number`, 'write a number'),
  number_unreadable: say(
    (w) => `${of(w)}"${w('text')}" is not a number`,
    'write a number such as 45000, 45,000, 45k or $1.2M',
  ),
  number_decimal_style: say(
    (w) =>
      `"${w('text')}" is a number only with a decimal ${w('other')}, but the file has decimal ${w('decimal')}s`,
    'use one of them throughout, or say --decimal',
  ),
  number_with_percent: say(
    (w) => `${of(w)}"${w('text')}" is a percentage where an amount belongs`,
    'write the amount',
  ),
  count_with_unit: say(
    (w) => `"${w('text')}" has a unit where a number of records belongs`,
    'write the bare number',
  ),
  count_negative: say((w) => `"${w('text')}" is less than no records`, 'write 0 or more'),
  count_empty: say(
    (w) => `the number of records that reached ${w('stage')} is missing`,
    'an empty cell is not 0: write the number',
  ),
  share_with_unit: say((w) => `${of(w)}"${w('text')}" has a unit where a share belongs`, 'write 25% or 0.25'),
  share_without_percent: say(
    (w) => `${of(w)}"${w('text')}" may be ${w('percent')} or ${w('text')} times`,
    (w) => `write ${w('percent')} or ${w('share')}`,
  ),
  share_negative: say((w) => `${of(w)}${w('text')} is less than 0`, 'write a share of 0% or more'),
  share_above_one: say((w) => `${of(w)}${w('text')} is more than 100%`, 'write a share of 0% to 100%'),
  shares_not_whole: say(
    (w) => `${of(w)}these shares sum to ${w('percent')}%, not 100%`,
    'correct the shares: every part counts once',
  ),
  duration_unreadable: say(
    (w) => `${of(w)}"${w('text')}" is not a duration`,
    'write 10 days, 2 weeks or 1 month, or a list of shares by months waited: [10%, 60%, 30%]',
  ),
  duration_too_long: say(
    (w) => `${of(w)}${w('text')} is longer than ten years`,
    'check the unit: 10 days, 2 weeks, 1 month',
  ),
  date_unreadable: say((w) => `${of(w)}"${w('text')}" is not a date`, 'write dates as 2027-03-31'),
  date_nonexistent: say((w) => `${of(w)}there is no day ${w('text')}`, 'check day and month'),
  date_serial: say(
    (w) => `${of(w)}${w('text')} is a spreadsheet's number for ${w('date')}`,
    'format the column as a date (2027-03-31) and export again',
  ),
  date_undecided: say(
    (w) => `${of(w)}"${w('text')}" may be ${w('as_day_first')} or ${w('as_month_first')}`,
    'write dates as 2027-03-31, or say --date-order dmy or mdy',
  ),
  today_in_plan: say(
    () => 'today is not a date that stays the same',
    'write a date such as 2026-12-31 here, and --as-of today on the command line',
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
    (w) => `"${w('text')}" has no year, and the plan is not one fiscal year`,
    'write the year, or set `from` and `to` (or --fiscal-year)',
  ),
  period_needs_fiscal: say(
    (w) => `"${w('text')}" may be the calendar's or the fiscal one: the fiscal year is not the calendar year`,
    (w) => `write ${w('write')} for the fiscal one, or months`,
  ),
  period_day_or_year: say(
    (w) =>
      `"${w('text')}" may be ${w('text').replace(/^\d+\W*/, '')} ${w('year')} as a spreadsheet rewrites it, or day ${w('day')} of that month`,
    'write 2027-01, or say --date-order ymd if the number is the year',
  ),
  period_not_first_day: say((w) => `"${w('text')}" is a day inside a month`, 'write the month: 2027-01'),
  period_date_undecided: say(
    (w) => `"${w('text')}" may be ${w('as_day_first')} or ${w('as_month_first')}`,
    'write months as 2027-01, or say --date-order dmy or mdy',
  ),
  month_expected: say((w) => `${of(w)}"${w('text')}" is not a month`, 'write 2027-01'),
  second_currency: say(
    (w) => `a second currency: ${w('written')} in a plan in ${w('currency')}`,
    'convert the amounts; one plan has one currency',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const PLAN = {
  key_unknown: say(
    (w) => `unknown key ${w('key')}${w('in') ? ` in ${w('in')}` : ''}`,
    (w) => didYouMean(w, `known here: ${w('known')}`),
  ),
  key_not_yet: say((w) => `${w('key')} is not supported yet`, 'remove the key; a later version will know it'),
  value_not_allowed: say(
    (w) => `${w('key')}: ${w('value')} is not ${w('expected')}`,
    (w) => `write ${w('expected')}`,
  ),
  funnel_too_short: say(
    () => 'a funnel has at least two stages',
    'name the stages in order, from the first contact to the closed deal',
  ),
  stage_twice: say(
    (w) => `stage ${w('stage')} stands twice (${w('before')})`,
    'give each stage its own name',
  ),
  stage_reserved: say(
    (w) => `a stage cannot be called ${w('stage')}: that is the name of a column`,
    'choose another name for the stage',
  ),
  stage_unknown: say(
    (w) => `there is no stage ${w('text')}`,
    (w) => didYouMean(w, `stages: ${w('stages')}`),
  ),
  source_twice: say(
    (w) => `source ${w('name')} stands twice (${w('before')})`,
    'names that differ only in case are the same',
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
    'swap `from` and `to`',
  ),
  as_of_after_plan: say(
    (w) =>
      `the as-of day ${w('as_of')} lies after the plan's last month, ${w('to')}: nothing is left to plan`,
    'choose an earlier as-of day, or plan later months',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const REPS_AND_QUOTAS = {
  rep_empty: say(() => 'the name of the rep is missing', 'write the name'),
  rep_ends_before_start: say((w) => `${w('who')} ends before starting`, 'check the two dates'),
  rep_twice: say(
    (w) => `${w('who')} stands in line ${w('line')} too, for overlapping times`,
    'a move is two rows whose dates do not overlap; two people of one name need an id each',
  ),
  rep_without_team: say((w) => `${w('who')} has no team`, 'add a team column or cell, or the rep to `reps`'),
  rep_ambiguous: say((w) => `${w('text')} may be ${w('who')}`, 'use an id or email, or name the team'),
  rep_moved: say((w) => `${w('text')} was in several teams: ${w('teams')}`, 'name the team in this row'),
  rep_not_listed: say(
    (w) => `${w('text')} is not in reps; did you mean ${w('nearest')}?`,
    'correct the name, or add an alias in reps',
  ),
  quota_empty: say(() => 'the quota is missing', 'an empty cell is not 0: write 0, or remove the row'),
  quota_negative: say((w) => `a negative quota: ${w('text')}`, 'write 0 or more'),
  duplicate_quota: say(
    (w) =>
      `${w('who')} has a quota for these months already${w('line') !== '0' ? `, in line ${w('line')}` : ''}`,
    'keep one of the two rows',
  ),
  quota_before_start: say(
    (w) => `${w('who')} has not started in any month of this quota`,
    'check the start in reps, or give the quota to the team',
  ),
  quota_given_twice: say(
    (w) => `${w('who')} and those below both have a quota for the same months: ${w('own')} and ${w('below')}`,
    'say which to plan on: `size_on: reps` or `size_on: team` (or --size-on)',
  ),
  quota_before_plan: say(
    (w) => `${w('amount')} of quota in ${w('months')} months before the plan is left out`,
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
    () => 'there are counts and shares in one file',
    'keep the counts: the shares follow from them',
  ),
  rates_without_stages: say(
    (w) => `found neither counts of stages (${w('stages')}) nor shares (${w('shares')})`,
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
    'count a record at a stage when it reached that stage or a later one',
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
    (w) => `line ${w('line')} speaks of the same`,
    'keep one row, or say the months each counts (from, to) and let them not overlap',
  ),
  no_rate: say(
    (w) =>
      `no conversion rate from ${w('from')} to ${w('to')} for ${w('who')}${w('source') ? `, ${w('source')}` : ''}`,
    'add a row for it, for its team, or for all',
  ),
  source_without_rates: say(
    (w) => `no row of the rates speaks of ${w('source')}: the sum of the other sources answers for it`,
    'add a row for it',
  ),
  counts_too_young: say(
    (w) =>
      `these counts run to ${w('until')}, within twice the lag (${w('lag')} months) of the as-of day ${w('as_of')}: young leads have not had the time to close, so rates are probably too low and goals too high`,
    'count leads that came long enough ago',
  ),
  deal_size_empty: say(() => 'the deal size is missing', 'write the average amount of a closed deal'),
  deal_size_not_positive: say(
    (w) => `${of(w)}a deal size of ${w('text')}`,
    'write the average amount of a closed deal, more than 0',
  ),
  deal_size_twice: say((w) => `line ${w('line')} gives a deal size for the same`, 'keep one of the two'),
  no_deal_size: say(
    (w) => `no deal size for ${w('who')}${w('source') ? `, ${w('source')}` : ''}`,
    'add a row for it, for its team, or for all',
  ),
  rounding_adds: say(
    (w) =>
      `whole leads per rep and source add ${w('extra')} leads (${w('percent')}%) to what the company needs`,
    'plan on teams (quotas per team), or over longer periods',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const ACTUALS = {
  actuals_without_stages: say(
    (w) => `no column of the actuals is a stage (${w('stages')})`,
    'name the columns like the stages of the funnel',
  ),
  actuals_not_a_month: say(() => 'actuals are counted by month', 'write a month such as 2027-01'),
  actuals_after_as_of: say(
    (w) => `${w('month')} lies after the as-of day ${w('as_of')}: left out`,
    'move the as-of day with --as-of',
  ),
  actuals_not_in_plan: say(
    (w) => `${w('what')} ${w('text')} is not in the plan: left out`,
    'correct the name, or add an alias in reps',
  ),
  actuals_month_missing: say(
    (w) => `no row for ${w('month')}: counted as 0`,
    'add the month if something was reached in it',
  ),
  actuals_twice: say(
    (w) => `line ${w('line')} counts the same month already: left out`,
    'keep one of the two rows',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;

const USAGE = {
  usage: say(
    (w) => w('detail'),
    (w) => w('hint') || 'see leadgoal --help',
  ),
  not_found: say(
    (w) => `no ${w('what')} called ${w('text')} in the plan`,
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
