/** The records of a history one by one, as a plan needs those that are open or closed of late. */
import type { HistoryFiles, StageMeaning } from '../history/layout.ts';
import type { PlainRecord } from '../history/plain-record.ts';
import type { Day } from '../period/day.ts';
import { hasErrors, type Parsed } from '../problem.ts';
import type { Engine } from './engine.ts';
import { type CellReading, numericDatesSql } from './read-files.ts';
import { recordSelect, type StageTexts, stageTextsOf, stageTextsSql } from './record-sql.ts';

export interface RecordsRequest {
  readonly files: HistoryFiles;
  readonly stages: readonly string[];
  readonly asOf: Day;
  /** Records that closed or were lost before it are of no interest. */
  readonly since: Day;
  readonly meaning: StageMeaning;
  /** Decides the order of numeric dates from some of them. */
  readonly orderOf: (texts: readonly string[]) => Parsed<CellReading['dateOrder']>;
}

const ZERO = `DATE '1970-01-01'`;

/** In the order of their ids, then of their days. Errors: those of `orderOf`. */
export async function readRecords(engine: Engine, request: RecordsRequest): Promise<Parsed<PlainRecord[]>> {
  const { files, stages, asOf, since, meaning, orderOf } = request;
  const dates = numericDatesSql(files, false);
  const texts = dates === null ? [] : ((await engine.rows(dates)).columns[0] as string[]);
  const order = orderOf(texts);
  if (hasErrors(order.problems)) return { value: null, problems: order.problems };
  const reading: CellReading = { isTyped: false, dateOrder: order.value, timezone: 'UTC' };
  const meant = await stageTexts(engine, { files, reading, stages, meaning });
  const records = recordSelect(files, { ...reading, asOf, stages, texts: meant });
  const days = [...stages.map((_, stage) => `s${stage}`), 'lost'];
  const numbers = days.map((day) => `CAST(${day} - ${ZERO} AS INTEGER)`);
  const end = `s${stages.length - 1}`;
  const isRecent = (day: string): string => `(${day} IS NULL OR ${day} >= ${ZERO} + ${since})`;
  const sql = [
    `SELECT id, rep, team, source, CAST(amount AS DOUBLE), ${numbers.join(', ')} FROM (${records})`,
    `WHERE NOT coalesce(unread, false) AND ${isRecent(end)} AND ${isRecent('lost')}`,
    `ORDER BY id NULLS LAST, ${days.map((_, index) => 6 + index).join(', ')}, 2, 3, 4, 5`,
  ].join(' ');
  const { columns, count } = await engine.rows(sql);
  const [id, rep, team, source, amount, ...found] = columns;
  const text = (column: typeof id, row: number): string | null => (column?.[row] as string | null) ?? null;
  const dayIn = (column: typeof id, row: number): Day | null => (column?.[row] as Day | null) ?? null;
  const value = Array.from({ length: count }, (_, row): PlainRecord => {
    const whose = {
      id: text(id, row),
      rep: text(rep, row),
      team: text(team, row),
      source: text(source, row),
    };
    const all = found.map((column) => dayIn(column, row));
    return {
      ...whose,
      days: all.slice(0, -1),
      lost: all.at(-1) ?? null,
      amount: (amount?.[row] as number | null) ?? null,
    };
  });
  return { value, problems: [] };
}

async function stageTexts(
  engine: Engine,
  of: Pick<RecordsRequest, 'files' | 'stages' | 'meaning'> & { readonly reading: CellReading },
): Promise<StageTexts | null> {
  if (of.files.layout.shape === 'records') return null;
  const sql = stageTextsSql(of.files, of.reading);
  const names = sql === null ? [] : (await engine.rows(sql)).columns[0]!;
  const known = names.filter((name): name is string => typeof name === 'string');
  return stageTextsOf(known, of.meaning, of.stages);
}
