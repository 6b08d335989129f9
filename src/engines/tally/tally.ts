/** Records → tallies: at their word where that is enough, else one by one; put together where ids come twice. */
import { eventColumns, type HistoryFiles } from '../../history/layout.ts';
import type { HistoryTallies } from '../../history/tallies.ts';
import { countOf, isSound, recordsIn } from '../answer/answer.ts';
import { dirtOf, unmatchedIn } from '../answer/dirt-rows.ts';
import { talliesOf } from '../answer/read-tallies.ts';
import type { Engine } from '../engine.ts';
import { firstStages, recordsInFile, type Understood, unmatchedRows } from '../records/history-records.ts';
import type { TallyRequest } from './tally-request.ts';
import { tallySql } from './tally-sql.ts';

/** Throws what the engine says where it cannot read the files. */
export async function tallied(
  engine: Engine,
  history: Understood,
  tally: TallyRequest,
): Promise<HistoryTallies> {
  const trusted = mayTrust(history) ? await engine.rows(tallySql(tally, true)) : null;
  const first = trusted !== null && isSound(trusted, tally) ? trusted : await engine.rows(tallySql(tally));
  const looked = countOf(first, 'twice');
  const isWhole = tally.daysPerLook === 1;
  const twice = looked === 0 || isWhole ? looked : await allTwice(engine, tally);
  // Put together before they are counted, which takes longer: done only where there are any.
  const used = twice > 0 ? { ...tally, isMerged: true, daysPerLook: 1 } : tally;
  const rows = twice > 0 ? await engine.rows(tallySql(used)) : first;
  const dirt = await dirtOf({
    engine,
    files: history.files,
    tally: used,
    counted: rows,
    twice,
    recordsIn: (files, path) => recordsInFile(history, files, path),
  });
  const stages = history.stages.slice(history.stages.length - tally.stages);
  const unmatched = history.joined.length === 0 ? [] : unmatchedIn(await engine.rows(unmatchedRows(history)));
  return talliesOf(rows, { tally, stages, dirt: [...dirt, ...unmatched], rows: recordsIn(first) });
}

/** Whether every cell is of a type that cannot be misread, so that counts alone show whether a history is sound. */
function mayTrust(history: Understood): boolean {
  const { files, joined, reading } = history;
  const isOfOne = new Set(firstStages(history)).size === 1;
  return reading.isTyped && joined.length === 0 && isOfOne && files.every(isPlain);
}

function isPlain({ layout, csv }: HistoryFiles): boolean {
  if (layout.shape !== 'records' || csv === null) return false;
  const isDated = eventColumns(layout).every((index) => csv.days.has(index) || csv.times.has(index));
  return isDated && (layout.amount === null || csv.numbers.has(layout.amount));
}

async function allTwice(engine: Engine, tally: TallyRequest): Promise<number> {
  const { columns } = await engine.rows(
    `SELECT CAST(count(*) - count(DISTINCT id) AS DOUBLE) FROM (${tally.records}) WHERE id IS NOT NULL`,
  );
  return Number(columns[0]![0]);
}
