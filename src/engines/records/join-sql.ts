/** Two files of one history: leads, and the deals that came of them. */
import type { Day } from '../../period/day.ts';
import {
  knownRows,
  lostTogether,
  merged,
  WHOSE,
  WHOSE_TOGETHER,
  whoseElse,
  wonAmounts,
} from '../tally/merge-sql.ts';
import { earliest } from './record-cells.ts';

export interface JoinedRecords {
  /** SELECTs of records. */
  readonly first: string;
  readonly second: string;
  readonly firstKey: 'id' | 'link';
  readonly secondKey: 'id' | 'link';
  readonly stages: number;
  /** What came after it is not known; null: everything is. */
  readonly asOf: Day | null;
}

/** Rows of the second file put together by the record they belong to. */
function byKey({ second, secondKey, stages, asOf }: JoinedRecords): string {
  const days = Array.from({ length: stages }, (_, stage) => `min(s${stage}) AS s${stage}`);
  const columns = [
    `${secondKey} AS key, max(${WHOSE}) AS whose, ${whoseElse()}`,
    ...days,
    `${lostTogether({ stages, asOf })} AS lost, ${knownRows({ stages, asOf })} AS deals`,
    `${wonAmounts({ stages, asOf })} AS amount`,
    'bool_or(amount_unread) AS amount_unread, bool_or(unread) AS unread, max(shown) AS shown',
    'bool_or(stage_unknown) AS stage_unknown',
  ];
  // A deal that comes twice is one deal.
  const deals = merged({ records: second, stages, asOf });
  const grouped = `SELECT ${columns.join(', ')} FROM (${deals}) WHERE ${secondKey} IS NOT NULL GROUP BY ${secondKey}`;
  return `SELECT *, ${WHOSE_TOGETHER} FROM (${grouped})`;
}

/** Every record of the first file, with what the second knows of it: the earlier day of each stage, its loss, its amount. */
export function joinedRecords(of: JoinedRecords): string {
  const days = Array.from(
    { length: of.stages },
    (_, stage) => `${earliest([`a.s${stage}`, `b.s${stage}`])} AS s${stage}`,
  );
  const columns = [
    'a.id, coalesce(a.rep, b.rep) AS rep',
    // The team is that of the rep.
    'CASE WHEN a.rep <> b.rep THEN a.team WHEN a.rep IS NULL AND b.rep IS NOT NULL THEN coalesce(b.team, a.team) ELSE coalesce(a.team, b.team) END AS team',
    'coalesce(a.source, b.source) AS source, a.link',
    ...days,
    'CASE WHEN coalesce(b.deals, 0) = 0 THEN coalesce(a.lost, b.lost) ELSE b.lost END AS lost, coalesce(b.amount, a.amount) AS amount',
    'a.amount_unread OR coalesce(b.amount_unread, false) AS amount_unread',
    'a.unread OR coalesce(b.unread, false) AS unread, coalesce(a.shown, b.shown) AS shown',
    'a.stage_unknown OR coalesce(b.stage_unknown, false) AS stage_unknown, a.row, a.begins',
  ];
  return `SELECT ${columns.join(', ')} FROM (${of.first}) AS a LEFT JOIN (${byKey(of)}) AS b ON a.${of.firstKey} = b.key`;
}

/** How many rows of the second file belong to no record, beside the first ids of them. */
export function unmatchedSql({
  first,
  second,
  firstKey,
  secondKey,
}: Omit<JoinedRecords, 'stages' | 'asOf'>): string {
  const keys = `SELECT DISTINCT ${firstKey} AS key FROM (${first}) WHERE ${firstKey} IS NOT NULL`;
  const rows = `SELECT b.id, b.${secondKey} AS key FROM (${second}) AS b LEFT JOIN (${keys}) AS a ON a.key = b.${secondKey} WHERE a.key IS NULL`;
  return `SELECT CAST(count(*) OVER () AS DOUBLE), coalesce(id, key) FROM (${rows}) ORDER BY 2 LIMIT 5`;
}
