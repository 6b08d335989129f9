/** Two files of one history: leads, and the deals that came of them. */
import { earliest } from './record-cells.ts';

export interface JoinedRecords {
  /** SELECTs of records. */
  readonly first: string;
  readonly second: string;
  readonly firstKey: 'id' | 'link';
  readonly secondKey: 'id' | 'link';
  readonly stages: number;
}

/** Rows of the second file put together by the record they belong to. */
function byKey({ second, secondKey, stages }: JoinedRecords): string {
  const days = Array.from({ length: stages }, (_, stage) => `min(s${stage}) AS s${stage}`);
  const columns = [
    `${secondKey} AS key, max(rep) AS rep, max(team) AS team, max(source) AS source`,
    ...days,
    'CASE WHEN count(lost) = count(*) THEN max(lost) END AS lost, count(*) AS deals, sum(amount) AS amount',
    'bool_or(amount_unread) AS amount_unread, bool_or(unread) AS unread, max(shown) AS shown',
    'bool_or(stage_unknown) AS stage_unknown',
  ];
  return `SELECT ${columns.join(', ')} FROM (${second}) WHERE ${secondKey} IS NOT NULL GROUP BY ${secondKey}`;
}

/** Every record of the first file, with what the second knows of it: the earlier day of each stage, its loss, its amount. */
export function joinedRecords(of: JoinedRecords): string {
  const days = Array.from(
    { length: of.stages },
    (_, stage) => `${earliest([`a.s${stage}`, `b.s${stage}`])} AS s${stage}`,
  );
  const columns = [
    'a.id, coalesce(a.rep, b.rep) AS rep, coalesce(a.team, b.team) AS team, coalesce(a.source, b.source) AS source, a.link',
    ...days,
    'CASE WHEN b.deals IS NULL THEN a.lost ELSE b.lost END AS lost, coalesce(b.amount, a.amount) AS amount',
    'a.amount_unread OR coalesce(b.amount_unread, false) AS amount_unread',
    'a.unread OR coalesce(b.unread, false) AS unread, coalesce(a.shown, b.shown) AS shown',
    'a.stage_unknown OR coalesce(b.stage_unknown, false) AS stage_unknown, a.row, a.begins',
  ];
  return `SELECT ${columns.join(', ')} FROM (${of.first}) AS a LEFT JOIN (${byKey(of)}) AS b ON a.${of.firstKey} = b.key`;
}

/** How many rows of the second file belong to no record, beside the first ids of them. */
export function unmatchedSql({ first, second, firstKey, secondKey }: Omit<JoinedRecords, 'stages'>): string {
  const keys = `SELECT DISTINCT ${firstKey} AS key FROM (${first}) WHERE ${firstKey} IS NOT NULL`;
  const rows = `SELECT b.id, b.${secondKey} AS key FROM (${second}) AS b LEFT JOIN (${keys}) AS a ON a.key = b.${secondKey} WHERE a.key IS NULL`;
  return `SELECT CAST(count(*) OVER () AS DOUBLE), coalesce(id, key) FROM (${rows}) ORDER BY 2 LIMIT 5`;
}
