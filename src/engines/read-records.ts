/** The records of a history one by one, as a plan needs those that are open or closed of late. */
import type { HistoryFiles, StageMeaning } from '../history/layout.ts';
import type { PlainRecord } from '../history/plain-record.ts';
import type { Day } from '../period/day.ts';
import { at, error, hasErrors, type Parsed } from '../problem.ts';
import { type Engine, type Rows, refusalOf } from './engine.ts';
import { type CellReading, numericDatesSql } from './read-files.ts';
import { recordSelect } from './record-sql.ts';
import { type StageTexts, stageTextsOf, stageTextsSql } from './stage-texts.ts';

export interface RecordsRequest {
  readonly files: HistoryFiles;
  readonly stages: readonly string[];
  readonly asOf: Day;
  /** Records that closed or were lost before it are of no interest. */
  readonly since: Day;
  /** Nor are records before the last stage but one that are lost or came before it: nothing comes of them any more. */
  readonly aliveSince: Day;
  readonly meaning: StageMeaning;
  /** Decides the order of numeric dates from some of them. */
  readonly orderOf: (texts: readonly string[]) => Parsed<CellReading['dateOrder']>;
}

const ZERO = `DATE '1970-01-01'`;

/** In the order of their ids, then of their days. Errors: those of `orderOf`, `history_unreadable`. */
export async function readRecords(engine: Engine, request: RecordsRequest): Promise<Parsed<PlainRecord[]>> {
  try {
    return await recordsRead(engine, request, true);
  } catch (fault) {
    if (refusalOf(fault) === null) throw fault;
  }
  // A cell further down was not as plain as those above: everything is text then.
  try {
    return await recordsRead(engine, request, false);
  } catch (fault) {
    const cause = refusalOf(fault);
    if (cause === null) throw fault;
    const where = at(request.files.names[0] ?? null);
    return { value: null, problems: [error('history_unreadable', where, { cause })] };
  }
}

async function recordsRead(
  engine: Engine,
  request: RecordsRequest,
  isTyped: boolean,
): Promise<Parsed<PlainRecord[]>> {
  const { files, stages, meaning, orderOf } = request;
  const dates = numericDatesSql(files, isTyped);
  const texts = dates === null ? [] : ((await engine.rows(dates)).columns[0] as string[]);
  const order = orderOf(texts);
  if (hasErrors(order.problems)) return { value: null, problems: order.problems };
  const reading: CellReading = { isTyped, dateOrder: order.value, timezone: 'UTC' };
  const meant = await stageTexts(engine, { files, reading, stages, meaning });
  const records = recordSelect(files, { ...reading, asOf: request.asOf, stages, texts: meant });
  return { value: rowsOf(await engine.rows(selectSql(records, request))), problems: [] };
}

function selectSql(records: string, { stages, since, aliveSince }: RecordsRequest): string {
  const days = [...stages.map((_, stage) => `s${stage}`), 'lost'];
  const numbers = days.map((day) => `CAST(${day} - ${ZERO} AS INTEGER)`);
  const end = `s${stages.length - 1}`;
  const isRecent = (day: string): string => `(${day} IS NULL OR ${day} >= ${ZERO} + ${since})`;
  const deal = days.slice(-3, -1).map((day) => `${day} IS NOT NULL`);
  const alive = days.slice(0, -3).map((day) => `lost IS NULL AND ${day} >= ${ZERO} + ${aliveSince}`);
  return [
    `SELECT id, rep, team, source, CAST(amount AS DOUBLE), ${numbers.join(', ')} FROM (${records})`,
    `WHERE NOT coalesce(unread, false) AND ${isRecent(end)} AND ${isRecent('lost')}`,
    `AND (${[...deal, ...alive].join(' OR ')})`,
    `ORDER BY id NULLS LAST, ${days.map((_, index) => 6 + index).join(', ')}, 2, 3, 4, 5`,
  ].join(' ');
}

function rowsOf({ columns, count }: Rows): PlainRecord[] {
  const [id, rep, team, source, amount, ...found] = columns;
  const text = (column: typeof id, row: number): string | null => (column?.[row] as string | null) ?? null;
  const dayIn = (column: typeof id, row: number): Day | null => (column?.[row] as Day | null) ?? null;
  return Array.from({ length: count }, (_, row): PlainRecord => {
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
