/**
 * The one SQL text that counts a history: records → small tables of counts, in one pass over the files.
 *
 * Plain enough for other engines: common table expressions, GROUP BY, UNION ALL, and `histogram`, which counts the
 * values of many keys in one look (where there is none, a GROUP BY per key does the same, slower). Days are whole numbers since
 * 1970-01-01 from `known` on.
 */

import { asItStands, reached } from './known-sql.ts';
import { spreadSql } from './spread-sql.ts';
import { monthOf, stagesOf, type TallyRequest } from './tally-request.ts';

/** Tables in the answer, by the number in its first column. */
export const PARTS = { spread: 0, first: 1, units: 2, amounts: 3, dirt: 4, twice: 5, bounds: 6 } as const;

interface Part {
  readonly place?: number;
  /** Rep, team and source, or none. */
  readonly by?: 'unit' | null;
  /** Two keys, grouped by; a number stands for itself. */
  readonly a?: string | number | null;
  readonly b?: string | number | null;
  readonly counts: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
}

const COUNTS = 7;

/** Columns of the answer: part, transition, rep, team, source, two keys, counts. */
function part(name: keyof typeof PARTS, of: Part): string {
  const { place = 0, by = null, a = null, b = null, counts, where = [], from = 'known' } = of;
  const whose = by === 'unit' ? ['rep', 'team', 'source'] : ['NULL', 'NULL', 'NULL'];
  const numbers = [...counts, ...new Array<string>(COUNTS - counts.length).fill('NULL')];
  const columns = [PARTS[name], place, ...whose, a ?? 'NULL', b ?? 'NULL', ...numbers];
  const keys = [...whose.filter((key) => key !== 'NULL'), ...[a, b].filter((key) => typeof key === 'string')];
  const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  const group = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
  return `SELECT ${columns.join(', ')} FROM ${from}${filter}${group}`;
}

const ALL = ['count(*)'];

/** Records that reached a stage by the month, with whose they were and what became of them. */
function unitPart(from: number, { stages }: TallyRequest): string {
  const start = `r${from}`;
  const next = `r${from + 1}`;
  const end = `r${stages - 1}`;
  const lost = (after: string): string => `count(CASE WHEN ${after} IS NULL THEN x END)`;
  const ofAll = [`count(${end})`, lost(end)];
  const counts = [...ALL, `count(${next})`, lost(next), ...(from === 0 ? ofAll : [])];
  return part('units', {
    place: from,
    by: 'unit',
    a: monthOf(start),
    counts,
    where: [`${start} IS NOT NULL`],
  });
}

/** The whole text. `isTrusting`: the history is taken at its word. */
export function tallySql(request: TallyRequest, isTrusting = false): string {
  const { stages, hasIds } = request;
  const bounds = [
    'count(*)',
    'count(r0)',
    hasIds ? 'min(id)' : '1',
    isTrusting ? 'max(latest)' : 'NULL',
    'min(r0)',
    'min(amount)',
    // A record that was won counts no loss, but one before it came is a fault.
    'min(x - r0)',
  ];
  const spread = spreadSql(request, { ...PARTS, counts: COUNTS });
  const parts = [
    ...stagesOf(stages - 1).map((stage) => unitPart(stage, request)),
    part('amounts', {
      by: 'unit',
      counts: [...ALL, 'sum(amount)', 'sum(CAST(amount AS HUGEINT) * amount)'],
      where: ['amount > 0'],
    }),
    ...spread.rows,
    part('bounds', { counts: bounds }),
    ...(isTrusting ? [] : [part('dirt', { a: 'dirt', counts: ALL })]),
    ...(hasIds ? [part('twice', { counts: ['sum(n - 1)'], from: TWICE })] : []),
  ];
  const answer = `SELECT ${OUT} FROM (${parts.join('\nUNION ALL ')}) AS answer(${NAMES})`;
  const known = isTrusting ? asItStands(request) : reached(request);
  const tables = [`known AS MATERIALIZED (${known})`, ...spread.tables];
  return `WITH ${tables.join(',\n')}\n${answer}`;
}

const TWICE = '(SELECT count(*) AS n FROM known WHERE id > 0 GROUP BY id HAVING count(*) > 1) AS ids';

const COUNT_NAMES = Array.from({ length: COUNTS }, (_, index) => `n${index}`);

const NAMES = ['part, place, rep, team, source, a, b', ...COUNT_NAMES].join(', ');

/** Numbers as what every client reads without care. */
const OUT = [
  'part, CAST(place AS INTEGER), rep, team, source, CAST(a AS INTEGER), CAST(b AS INTEGER)',
  ...COUNT_NAMES.map((name) => `CAST(${name} AS DOUBLE)`),
].join(', ');
