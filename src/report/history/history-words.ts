/** Words of reports on a history: transitions, intervals, waits, and what was wrong with records. */
import type { DirtKind, DirtRow } from '../../history/tallies.ts';
import { printable } from '../block.ts';
import { count, GLUE, percentRange } from '../format.ts';
import { stageWord, tied } from '../plan/plan-words.ts';
import { shortened } from '../text-width.ts';

/** `lead → conversation`. */
export function transitionName(
  stages: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
  word: (stage: string) => string = stageWord,
): string {
  return tied(`${word(stages[from]!)} → ${word(stages[to]!)}`);
}

/** Whether it spans the funnel. */
export function isWhole(
  stages: readonly string[],
  of: { readonly from: number; readonly to: number },
): boolean {
  return of.from === 0 && of.to === stages.length - 1;
}

/** `49.1–51.0%`. */
export function interval(low: number, high: number): string {
  return `${percentRange(low, high)}%`;
}

/** A wait in whole days: `38 days`. */
export function days(value: number): string {
  const text = value > 0 && value < 0.5 ? 'under 1' : count(value);
  return `${text}${GLUE}${text === '1' || text === 'under 1' ? 'day' : 'days'}`;
}

/** What is wrong, for one and for several. */
const DIRT: Readonly<Record<DirtKind, readonly [one: string, several: string]>> = {
  end_before_start: ['record that ends before it starts', 'records that end before they start'],
  after_as_of: ['date after the as-of day', 'dates after the as-of day'],
  placeholder_date: ['placeholder for a date', 'placeholders for dates'],
  date_unreadable: ['date that cannot be read', 'dates that cannot be read'],
  stage_unknown: [
    "record at a stage that is none of the funnel's",
    "records at stages that are none of the funnel's",
  ],
  twice: ['record of an id that was there before', 'records of ids that were there before'],
  id_missing: ['record without an id', 'records without an id'],
  start_missing: ['record without any day', 'records without any day'],
  unmatched: ['joined row that belongs to no record', 'joined rows that belong to no record'],
  amount_impossible: ['amount negative or unreadable', 'amounts negative or unreadable'],
};

/** `3 records that end before they start`. */
export function dirtWords(kind: DirtKind, number: number): string {
  const [one, several] = DIRT[kind];
  return `${count(number)}${GLUE}${number === 1 ? one : several}`;
}

/** Of what stands in a cell, so many columns are shown. */
const MOST_TEXT = 30;

/** `row 12 of leads.csv, A-17: 2018-12-07`. */
export function dirtPlace({ row, file, id, text }: DirtRow): string {
  const inFile = file === null ? '' : row === null ? file : `of ${file}`;
  const place = joined([row === null ? '' : `row${GLUE}${row}`, inFile], ' ');
  return joined([joined([place, shownText(id)], ', '), shownText(text)], ': ');
}

const joined = (parts: readonly string[], by: string): string => parts.filter((part) => part !== '').join(by);

/** On one line, cut where it is long. */
function shownText(text: string | null): string {
  return text === null ? '' : shortened(printable(text).trim(), MOST_TEXT, '…');
}
