/** One row of the tally's answer: which table it belongs to, its keys and its counts. */

/** Tables in the answer, by the number in its first column. */
export const PARTS = {
  entered: 0,
  exits: 1,
  units: 2,
  amounts: 3,
  dirt: 4,
  twice: 5,
  bounds: 6,
  cohorts: 7,
} as const;

export interface Part {
  readonly place?: number;
  /** Whose records are counted apart: by rep, team and source, by source, or all together. */
  readonly by?: 'unit' | 'source' | null;
  /** Two more keys that are grouped by. */
  readonly a?: string | null;
  readonly b?: string | null;
  readonly counts: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
}

/** As many as any part has. */
const COUNTS = 7;

const WHOSE = ['rep', 'team', 'source'] as const;

const BY: Readonly<Record<NonNullable<Part['by']>, readonly string[]>> = { unit: WHOSE, source: ['source'] };

/** Columns of the answer: part, place, rep, team, source, two keys, counts. */
export function part(name: keyof typeof PARTS, of: Part): string {
  const { place = 0, by = null, a = null, b = null, counts, where = [], from = 'known' } = of;
  const whose = by === null ? [] : BY[by];
  const numbers = [...counts, ...new Array<string>(COUNTS - counts.length).fill('NULL')];
  const names = WHOSE.map((key) => (whose.includes(key) ? key : 'NULL'));
  const columns = [PARTS[name], place, ...names, a ?? 'NULL', b ?? 'NULL', ...numbers];
  const keys = [...whose, ...[a, b].filter((key) => key !== null)];
  const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  const group = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
  return `SELECT ${columns.join(', ')} FROM ${from}${filter}${group}`;
}

const COUNT_NAMES = Array.from({ length: COUNTS }, (_, index) => `n${index}`);

/** Rows of all parts together, numbers as what every client reads without care. */
export function answerSql(parts: readonly string[]): string {
  const names = ['part, place, rep, team, source, a, b', ...COUNT_NAMES].join(', ');
  const out = [
    'part, CAST(place AS INTEGER), rep, team, source, CAST(a AS INTEGER), CAST(b AS INTEGER)',
    ...COUNT_NAMES.map((name) => `CAST(${name} AS DOUBLE)`),
  ].join(', ');
  return `SELECT ${out} FROM (${parts.join('\nUNION ALL ')}) AS answer(${names})`;
}
