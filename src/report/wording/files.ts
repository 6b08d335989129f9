/** Problems of files as such: found, opened, written, text at all. */
import type { ProblemCode } from '../../problem.ts';
import { say, type Wording, type Words } from './say.ts';

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

export const FILES = {
  saved_unreadable: say(
    () => 'this is not a result that was saved with leadgoal',
    (w) => `save one with \`${w('wanted')}\``,
  ),
  agreed_partial: say(
    (w) => `${w('path')} holds goals of a part of the company only`,
    'save the plan whole: `leadgoal plan -o goals.json`, without --team, --rep, --source, --owner, --level and --by',
  ),
  agreed_elsewhere: say(
    (w) => `${w('path')} holds no goal of this plan: ${w('what')}`,
    'name the saved plan of these months and stages',
  ),
  agreed_other_plan: say(
    (w) => `${w('path')} was saved of the plan ${w('theirs')}, this is ${w('ours')}`,
    'name the saved plan that people were given',
  ),
  since_incomparable: say(
    (w) =>
      w('why') === 'later'
        ? `it was saved as of ${w('as_of')}, later than the as-of day`
        : w('why') === 'part'
          ? 'it holds a part of the company only'
          : 'it counts in other money than this plan',
    (w) =>
      w('why') === 'later'
        ? 'compare with an earlier one, or move the as-of day with --as-of'
        : 'save it with `leadgoal coverage --deals -o last.json`, without --team, --rep and --level',
  ),
  since_partial: say(
    () => 'its deals are not all there were: what moved is not known, only what changed in all',
    'save it with `leadgoal coverage --deals -o last.json`, without --team, --rep, --level and --stage',
  ),
  agreed_without_goals: say(
    (w) => `${w('path')} has no monthly goals of reps and sources`,
    'save the plan whole: `leadgoal plan -o goals.json`, without --level and --by',
  ),
  saved_without_deals: say(
    () => 'it was saved without its deals: what moved is not known, only what changed in all',
    'save it with `leadgoal coverage --deals -o last.json`',
  ),
  standard_input_twice: say(
    (w) => `standard input (-) can be read only once: ${w('first')} names it too`,
    'save one of the two to a file and name that',
  ),
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
    'name a plan file, make one with `leadgoal init`, or give --quotas with --rates (for coverage: with --pipeline)',
  ),
  plan_is_result: say(
    (w) => `this is no plan but a result that was saved, ${w('format')}`,
    'name the plan file it was made from; compare and track --agreed read saved plans',
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
