/** What is wrong with a history's records, with the first of each kind as a reader finds them again. */
import type { HistoryFiles } from '../../history/layout.ts';
import type { Dirt, DirtRow } from '../../history/tallies.ts';
import type { Engine, Rows } from '../engine.ts';
import { DIRT_BITS, dirtRowsSql, judged, twiceSql } from '../tally/judge-sql.ts';
import type { TallyRequest } from '../tally/tally-request.ts';
import { dirtCounts } from './answer.ts';

/** Dirty rows that are shown of each kind. */
const SHOWN = 5;

/** Characters of what stands there. */
const LONGEST = 80;

type Kind = keyof typeof DIRT_BITS;

export interface Dirtied {
  readonly engine: Engine;
  readonly files: readonly HistoryFiles[];
  /** Records as they were counted, put together where ids come twice. */
  readonly tally: TallyRequest;
  readonly counted: Rows;
  /** Records whose id came before. */
  readonly twice: number;
  /** The records of one file out of `files`, with the places of their rows where it has any. */
  readonly recordsIn: (files: HistoryFiles, path: string) => string;
}

/** Every kind of dirt that there is, in the order of its bits, then records that come twice. */
export async function dirtOf(of: Dirtied): Promise<Dirt[]> {
  const { engine, tally, counted, twice } = of;
  const dirt: Dirt[] = [];
  for (const [kind, count] of dirtCounts(counted))
    dirt.push({ kind, count, rows: await firstRows(of, kind) });
  if (twice === 0) return dirt;
  const { columns } = await engine.rows(twiceSql(tally, SHOWN));
  const rows = columns[0]!.map((id) => ({ row: null, file: null, id: textOrNull(id), text: null }));
  return [...dirt, { kind: 'twice', count: twice, rows }];
}

/** Rows of a joined file that no record has. */
export function unmatchedIn({ columns }: Rows): Dirt[] {
  const count = Number(columns[0]![0] ?? 0);
  if (count === 0) return [];
  const rows = columns[1]!.map((id) => ({ row: null, file: null, id: textOrNull(id), text: null }));
  return [{ kind: 'unmatched', count, rows }];
}

/** File by file, until enough are found. */
async function firstRows({ engine, files, tally, recordsIn }: Dirtied, kind: Kind): Promise<DirtRow[]> {
  const found: DirtRow[] = [];
  const ids = new Set<string>();
  for (const some of files) {
    for (const [index, path] of some.paths.entries()) {
      if (found.length >= SHOWN) return found;
      const own = recordsIn(some, path);
      const sql = tally.isMerged
        ? mergedRowsSql(tally, { kind, own })
        : dirtRowsSql({ ...tally, records: own }, kind, SHOWN);
      const { columns } = await engine.rows(sql);
      const [places, ownIds, texts] = columns as [(number | null)[], unknown[], unknown[]];
      for (const [place, row] of places.entries()) {
        const id = textOrNull(ownIds[place]);
        if (id !== null && tally.isMerged && ids.has(id)) continue;
        if (id !== null) ids.add(id);
        found.push({
          row,
          file: some.names[index] ?? null,
          id,
          text: textOrNull(texts[place])?.slice(0, LONGEST) ?? null,
        });
      }
    }
  }
  return found.slice(0, SHOWN);
}

/** Of records that were put together from several rows the first row in one file. */
function mergedRowsSql(tally: TallyRequest, { kind, own }: { kind: Kind; own: string }): string {
  const isDirty = `(dirt & ${DIRT_BITS[kind]}) <> 0`;
  const all = `SELECT id, ${textOf(kind)} AS text FROM (${judged(tally)}) WHERE ${isDirty} AND id IS NOT NULL`;
  const withIds = `SELECT min(o.row) AS row, o.id, max(a.text) AS text FROM (${own}) AS o JOIN (${all}) AS a ON a.id = o.id GROUP BY o.id`;
  const without = `SELECT row, id, ${textOf(kind)} AS text FROM (${judged({ ...tally, records: own, isMerged: false })}) WHERE ${isDirty} AND id IS NULL`;
  return `SELECT CAST(row AS DOUBLE), id, text FROM (${withIds} UNION ALL ${without}) ORDER BY row NULLS LAST, id, text LIMIT ${SHOWN}`;
}

/** The column of judged records that shows what is wrong. */
function textOf(kind: Kind): string {
  if (kind === 'after_as_of' || kind === 'placeholder_date') return 'latest';
  return kind === 'end_before_start' ? 'earliest' : 'shown';
}

const textOrNull = (cell: unknown): string | null => (typeof cell === 'string' ? cell : null);
