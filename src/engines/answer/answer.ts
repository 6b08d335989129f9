/** The answer to the tally SQL, column by column, and what its single numbers say. */
import type { Rows } from '../engine.ts';
import { DIRT_BITS } from '../tally/judge-sql.ts';
import { PARTS } from '../tally/part-sql.ts';
import type { TallyRequest } from '../tally/tally-request.ts';

export interface Answer {
  readonly part: readonly number[];
  readonly place: readonly number[];
  readonly rep: readonly (string | null)[];
  readonly team: readonly (string | null)[];
  readonly source: readonly (string | null)[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly n: readonly (readonly number[])[];
}

export function answerOf({ columns }: Rows): Answer {
  const [part, place, rep, team, source, a, b, ...n] = columns;
  return { part, place, rep, team, source, a, b, n } as unknown as Answer;
}

/** The single count of a part; 0 where there is none. */
export function countOf(rows: Rows, name: keyof typeof PARTS): number {
  const { part, n } = answerOf(rows);
  const index = part.indexOf(PARTS[name]);
  return index < 0 ? 0 : (n[0]![index] ?? 0);
}

export function places(answer: Answer, name: keyof typeof PARTS): number[] {
  const found: number[] = [];
  const wanted = PARTS[name];
  for (let index = 0; index < answer.part.length; index++)
    if (answer.part[index] === wanted) found.push(index);
  return found;
}

/** Records read, good and bad. */
export function recordsIn(rows: Rows): number {
  return countOf(rows, 'bounds');
}

/**
 * Whether a history that was taken at its word may be: every record came on a day, has its id, left no stage before it
 * came to it, was not lost before it came, and nothing lies after the as-of day, or where days stand for "none".
 */
export function isSound(rows: Rows, tally: TallyRequest): boolean {
  const answer = answerOf(rows);
  const [index] = places(answer, 'bounds');
  if (index === undefined) return false;
  const [records, came, leastId, lastDay, firstDay, leastAmount, leastLife] = answer.n.map(
    (counts) => counts[index]!,
  );
  if (records === 0) return true;
  const isWhole = records === came && (leastId ?? 1) > 0 && lastDay! <= tally.asOf && firstDay! > 0;
  const ages = places(answer, 'exits').every((at) => answer.a[at]! >= 0);
  return isWhole && ages && (leastAmount ?? 0) >= 0 && (leastLife ?? 0) >= 0;
}

/** How many records have each kind of dirt, in the order of its bits; none with 0. */
export function dirtCounts(rows: Rows): [keyof typeof DIRT_BITS, number][] {
  const answer = answerOf(rows);
  const found = places(answer, 'dirt');
  const counts = Object.entries(DIRT_BITS).map(([kind, bit]) => {
    const with_ = found.filter((index) => (answer.a[index]! & bit) !== 0);
    return [
      kind as keyof typeof DIRT_BITS,
      with_.reduce((sum, index) => sum + answer.n[0]![index]!, 0),
    ] as const;
  });
  return counts.filter(([, count]) => count > 0).map(([kind, count]) => [kind, count]);
}

/** By code units, nothing first. */
export function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Where the transition from the first stage to the last stands, after those between neighbours; there may be none. */
export const wholePlace = (stages: number): number | null => (stages > 2 ? stages - 1 : null);

export type Writable<Tally> = { -readonly [Key in keyof Tally]: Tally[Key] };
