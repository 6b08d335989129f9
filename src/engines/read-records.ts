/** The records of a history one by one, as a plan needs those that are open or closed of late. */
import type { HistoryFiles, StageMeaning } from '../history/layout.ts';
import type { PlainRecord } from '../history/plain-record.ts';
import type { Day } from '../period/day.ts';
import { at, hasErrors, type Parsed } from '../problem.ts';
import type { Engine, Rows } from './engine.ts';
import type { CellReading } from './records/cell-sql.ts';
import { dateOrderIn, type OrderOf } from './records/date-order.ts';
import { recordSelect } from './records/record-sql.ts';
import { stageTextsIn } from './records/stage-texts.ts';
import { typedThenText } from './records/typed-then-text.ts';
import { dayAt, numberOf } from './tally/tally-request.ts';

export interface RecordsRequest {
  readonly files: HistoryFiles;
  readonly stages: readonly string[];
  readonly asOf: Day;
  /** Records that closed or were lost before it are of no interest. */
  readonly since: Day;
  /** Nor are records before the last stage but one that are lost or came before it: nothing comes of them any more. */
  readonly aliveSince: Day;
  readonly meaning: StageMeaning;
  readonly orderOf: OrderOf;
}

/** In the order of their ids, then of their days. Errors: those of `orderOf`, `history_unreadable`. */
export async function readRecords(engine: Engine, request: RecordsRequest): Promise<Parsed<PlainRecord[]>> {
  const where = at(request.files.names[0] ?? null);
  return typedThenText(where, (isTyped) => recordsRead(engine, request, isTyped));
}

async function recordsRead(
  engine: Engine,
  request: RecordsRequest,
  isTyped: boolean,
): Promise<Parsed<PlainRecord[]>> {
  const { files, stages, meaning, orderOf } = request;
  const order = await dateOrderIn(engine, [files], { isTyped, orderOf });
  if (hasErrors(order.problems)) return { value: null, problems: order.problems };
  const reading: CellReading = { isTyped, dateOrder: order.value, timezone: 'UTC' };
  const texts = await stageTextsIn(engine, files, { reading, stages, meaning });
  const records = recordSelect(files, { ...reading, asOf: request.asOf, stages, texts });
  return { value: rowsOf(await engine.rows(selectSql(records, request))), problems: [] };
}

function selectSql(records: string, { stages, since, aliveSince }: RecordsRequest): string {
  const days = [...stages.map((_, stage) => `s${stage}`), 'lost'];
  const numbers = days.map(numberOf);
  const end = `s${stages.length - 1}`;
  const isRecent = (day: string): string => `(${day} IS NULL OR ${day} >= ${dayAt(since)})`;
  const deal = days.slice(-3, -1).map((day) => `${day} IS NOT NULL`);
  const alive = days.slice(0, -3).map((day) => `lost IS NULL AND ${day} >= ${dayAt(aliveSince)}`);
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
