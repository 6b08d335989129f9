/**
 * The one SQL text that counts a history: records → small tables of counts, in one pass over the files.
 *
 * Plain enough for other engines: common table expressions, GROUP BY, UNION ALL. What is counted by the same keys is
 * counted in one look, since each look at all records takes time.
 */

import { asItStands, reached } from './known-sql.ts';
import { answerSql, part } from './part-sql.ts';
import { spreadParts } from './spread-sql.ts';
import { monthOf, numberOf, stagesOf, type TallyRequest } from './tally-request.ts';

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

/** What tells whether a history may be taken at its word, in the order `isSound` reads it. */
function boundsPart({ hasIds }: TallyRequest, isTrusting: boolean): string {
  return part('bounds', {
    counts: [
      ...ALL,
      'count(r0)',
      hasIds ? 'min(id)' : '1',
      isTrusting ? numberOf('max(latest)') : 'NULL',
      numberOf('min(r0)'),
      'min(amount)',
      // A record that was won counts no loss, but one before it came is a fault.
      'min(x - r0)',
    ],
  });
}

/** The whole text. `isTrusting`: the history is taken at its word. */
export function tallySql(request: TallyRequest, isTrusting = false): string {
  const { stages, hasIds } = request;
  const parts = [
    ...stagesOf(stages - 1).map((stage) => unitPart(stage, request)),
    part('amounts', {
      by: 'unit',
      counts: [...ALL, 'sum(amount)', 'sum(CAST(amount AS HUGEINT) * amount)'],
      where: ['amount > 0'],
    }),
    ...spreadParts(request),
    boundsPart(request, isTrusting),
    ...(isTrusting ? [] : [part('dirt', { a: 'dirt', counts: ALL })]),
    ...(hasIds ? [part('twice', { counts: ['sum(n - 1)'], from: TWICE })] : []),
  ];
  const known = isTrusting ? asItStands(request) : reached(request);
  return `WITH known AS MATERIALIZED (${known})\n${answerSql(parts)}`;
}

const TWICE = '(SELECT count(*) AS n FROM known WHERE id > 0 GROUP BY id HAVING count(*) > 1) AS ids';
