/** What was asked of a history against what is in it: columns that are not there, days outside of it. */

import { matchKey } from '../../files/sheet/column-keys.ts';
import { nearestWord } from '../../files/sheet/nearest.ts';
import type { HistoryFiles } from '../../history/layout.ts';
import type { HistoryTallies } from '../../history/tallies.ts';
import { addDays, type Day, formatDay } from '../../period/day.ts';
import { error, NOWHERE, type Parsed, type Problem, warning } from '../../problem.ts';

/** So many headers are listed. */
const MOST_HEADERS = 15;

/** Headers that were asked for with --column and that no file has. Errors: `usage`. */
export function columnsNotThere(
  asked: Readonly<Record<string, string>>,
  files: readonly HistoryFiles[],
): Problem[] {
  const headers = [...new Set(files.flatMap((file) => file.headers))].filter((header) => header !== '');
  const keys = new Set(headers.flatMap((header) => [matchKey(header), matchKey(withoutPrefix(header))]));
  return Object.values(asked)
    .filter((header) => !keys.has(matchKey(header)))
    .map((header) => {
      const nearest = nearestWord(header, headers);
      const listed = headers.slice(0, MOST_HEADERS).join(', ');
      const more = headers.length > MOST_HEADERS ? ` and ${headers.length - MOST_HEADERS} more` : '';
      const known = `the columns are ${listed}${more}`;
      const hint = nearest === null ? known : `did you mean ${nearest}? ${known}`;
      return error('usage', NOWHERE, { detail: `no file has a column ${header}`, hint });
    });
}

/** A tool that copies a CRM writes its own prefix before each property. */
const withoutPrefix = (header: string): string => header.replace(/^propert(?:y|ies)_/i, '');

const daysEntered = ({ entered }: HistoryTallies): Day[] =>
  entered.filter(({ transition }) => transition === 0).map(({ day }) => day);

/** The day the first record entered the first stage; null where none did by the as-of day. */
export function firstDayOf(tallies: HistoryTallies): Day | null {
  const days = daysEntered(tallies);
  return days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first));
}

/** Whether every record came only after the as-of day. */
export function beginsLater(tallies: HistoryTallies): boolean {
  const { rows, entered, dirt } = tallies;
  return rows > 0 && entered.length === 0 && dirt.some(({ kind }) => kind === 'after_as_of');
}

/** The problem of such a history; `first`: the day it begins on, where it is known. */
export function beginsLaterProblem(asOf: Day, first: Day | null): Problem {
  const args = { as_of: formatDay(asOf), first: first === null ? '' : formatDay(first) };
  return error('history_begins_later', NOWHERE, args);
}

/** Days without anything after which a history is taken to be older than its as-of day. */
const LONG_WITHOUT_NEWS = 31;

/** The same history's tallies of another day; null: of the last one in it. */
type CountOn = (day: Day | null) => Promise<Parsed<HistoryTallies>>;

/**
 * An export made well before its as-of day. A history without new records may still be up to date, such as one
 * cohort that is followed: counted again only then. Warnings: `history_ends_early`.
 */
export async function endsEarly(tallies: HistoryTallies, countOn: CountOn): Promise<Problem[]> {
  const { asOf } = tallies;
  const entered = tallies.entered.reduce<number>((latest, { day }) => Math.max(latest, day), -Infinity);
  if (!Number.isFinite(entered) || asOf - entered <= LONG_WITHOUT_NEWS) return [];
  const all = (await countOn(null)).value?.asOf ?? asOf;
  // With days that are not known yet among them, such as typing errors, the last day says nothing.
  const isDirty = all > asOf;
  if (isDirty && (await hasNews(tallies, countOn))) return [];
  const last = (isDirty ? entered : all) as Day;
  const days = asOf - last;
  if (days <= LONG_WITHOUT_NEWS) return [];
  return [warning('history_ends_early', NOWHERE, { last, day: formatDay(last), days })];
}

/** Whether any record moved on or was lost shortly before the as-of day. */
async function hasNews(tallies: HistoryTallies, countOn: CountOn): Promise<boolean> {
  const leftIn = ({ exits }: HistoryTallies) => exits.reduce((sum, { count }) => sum + count, 0);
  const { value: before } = await countOn(addDays(tallies.asOf, -LONG_WITHOUT_NEWS));
  return before === null || leftIn(before) < leftIn(tallies);
}

interface DaysAsked {
  /** Null: the last day in the history. */
  readonly asOf: Day | null;
  readonly logFrom: Day | null;
}

/** Days asked for that no record can answer to. Errors: `history_begins_later`, `usage`. */
export async function daysOutside(
  tallies: HistoryTallies,
  { asOf, logFrom }: DaysAsked,
  countOn: CountOn,
): Promise<Problem[]> {
  if (asOf !== null && beginsLater(tallies)) {
    const { value: all } = await countOn(null);
    return [beginsLaterProblem(asOf, all === null ? null : firstDayOf(all))];
  }
  if (logFrom === null || logFrom <= tallies.asOf) return [];
  const detail = `--log-from ${formatDay(logFrom)} is after the as-of day, ${formatDay(tallies.asOf)}`;
  return [error('usage', NOWHERE, { detail, hint: 'name the first day whose exits were recorded' })];
}
