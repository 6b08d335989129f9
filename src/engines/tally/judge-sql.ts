/** Records → the same with what is wrong with each; and the first of those with which something is. */
import type { DirtKind } from '../../history/tallies.ts';
import { merged } from './merge-sql.ts';
import { isPlaceholder, NEVER, stagesOf, type TallyRequest, ZERO } from './tally-request.ts';

/** What is wrong with a record, as bits of one number. */
export const DIRT_BITS: Readonly<Record<Exclude<DirtKind, 'twice' | 'unmatched'>, number>> = {
  after_as_of: 1,
  placeholder_date: 2,
  date_unreadable: 4,
  stage_unknown: 8,
  id_missing: 16,
  start_missing: 32,
  end_before_start: 64,
  amount_impossible: 128,
};

/** A record with one of these is left out; with another only the cell is. */
export const LEFT_OUT = [
  'date_unreadable',
  'stage_unknown',
  'id_missing',
  'start_missing',
  'end_before_start',
] as const;

/** What is wrong with each record, and its days as far as they are known on the as-of day. */
export function judged(request: TallyRequest): string {
  const { stages, asOf, hasIds, isMerged } = request;
  const own = stagesOf(stages).map((stage) => `s${stage}`);
  const all = [...own, 'lost'];
  const latest = `greatest(${all.join(', ')})`;
  const first = `coalesce(${own.join(', ')})`;
  const rest = [...own.slice(1), 'lost'];
  const some = (test: (day: string) => string): string => `coalesce(${all.map(test).join(' OR ')}, false)`;
  const after = `(DATE '1970-01-01' + ${asOf})`;
  const clean = (day: string): string =>
    `CASE WHEN ${day} <= ${after} AND NOT ${isPlaceholder(day)} THEN ${day} END`;
  // Stages before that in which a file's records begin are not measured.
  const endsBefore = (stage: number): string =>
    `coalesce(begins = ${stage} AND least(${all
      .slice(stage + 1)
      .map(clean)
      .join(', ')}) < ${clean(`s${stage}`)}, false)`;
  const bits: Readonly<Record<keyof typeof DIRT_BITS, string>> = {
    after_as_of: some((day) => `(${day} > ${after} AND ${day} < ${NEVER})`),
    placeholder_date: some(isPlaceholder),
    date_unreadable: 'coalesce(unread, false)',
    stage_unknown: 'coalesce(stage_unknown, false)',
    id_missing: hasIds ? 'id IS NULL' : 'false',
    start_missing: `${first} IS NULL AND NOT coalesce(unread, false)`,
    end_before_start: own.map((_, stage) => endsBefore(stage)).join(' OR '),
    amount_impossible: 'coalesce(amount < 0, false) OR coalesce(amount_unread, false)',
  };
  const dirt = Object.entries(bits)
    .filter(([, test]) => test !== 'false')
    .map(([kind, test]) => `CASE WHEN ${test} THEN ${DIRT_BITS[kind as keyof typeof DIRT_BITS]} ELSE 0 END`)
    .join(' + ');
  const columns = ['id, rep, team, source, begins, row', ...all.map((day) => `${clean(day)} AS ${day}`)];
  const amount = 'CASE WHEN amount >= 0 THEN amount END AS amount';
  const texts = `shown, CAST(${latest} AS VARCHAR) AS latest, CAST(least(${rest.join(', ')}) AS VARCHAR) AS earliest`;
  const source = isMerged ? merged(request) : request.records;
  return `SELECT ${columns.join(', ')}, ${amount}, ${texts}, ${dirt} AS dirt FROM (${source})`;
}

/** The last day that anything happened on. */
export function lastDaySql({ records, stages }: Pick<TallyRequest, 'records' | 'stages'>): string {
  const days = [...stagesOf(stages).map((stage) => `s${stage}`), 'lost'];
  const real = days.map((day) => `CASE WHEN ${isPlaceholder(day)} THEN NULL ELSE ${day} END`);
  return `SELECT CAST(max(greatest(${real.join(', ')})) - ${ZERO} AS INTEGER) FROM (${records})`;
}

/** The first records of one kind of dirt, with what shows it. */
export function dirtRowsSql(request: TallyRequest, kind: keyof typeof DIRT_BITS, most: number): string {
  const text =
    { after_as_of: 'latest', placeholder_date: 'latest', end_before_start: 'earliest' }[kind as string] ??
    'shown';
  const rows = `SELECT row, id, ${text} AS text FROM (${judged(request)}) WHERE (dirt & ${DIRT_BITS[kind]}) <> 0`;
  return `SELECT CAST(row AS DOUBLE), id, text FROM (${rows}) ORDER BY row NULLS LAST, id, text LIMIT ${most}`;
}

/** Ids that come more than once, the first in their order. */
export function twiceSql({ records }: Pick<TallyRequest, 'records'>, most: number): string {
  const twice = `SELECT id, count(*) AS n FROM (${records}) WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1`;
  return `SELECT id, CAST(n AS DOUBLE) FROM (${twice}) ORDER BY id LIMIT ${most}`;
}
