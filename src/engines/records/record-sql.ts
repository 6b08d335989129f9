/** Cells → records: one row each, with the day it entered every stage, the day it was lost, and whose it is. */
import { eventColumns, type HistoryFiles } from '../../history/layout.ts';
import { cellsOf } from './cell-sql.ts';
import { changedRecords } from './change-sql.ts';
import { dealRecords } from './deal-sql.ts';
import { tableOf } from './file-tables.ts';
import { amountOf, earliest, isRow, type RecordReading, rowOf, unreadAmong, whose } from './record-cells.ts';

/**
 * Columns `id, rep, team, source, s0 … , lost, amount, unread, amount_unread, stage_unknown, shown`: days of stages are
 * null where a record did not enter them; `unread` tells that a date could not be read, `shown` a text to find it by.
 */
export function recordSelect(files: HistoryFiles, reading: RecordReading): string {
  const { shape } = files.layout;
  if (shape === 'records') return datedRecords(files, reading);
  return shape === 'deals' ? dealRecords(files, reading) : changedRecords(files, reading);
}

/** A record a row, with a date per stage. */
function datedRecords(files: HistoryFiles, reading: RecordReading): string {
  const { layout } = files;
  const cells = cellsOf(files, reading);
  const days = reading.stages.map((_, stage) => earliest((layout.stageDates[stage] ?? []).map(cells.day)));
  const dated = eventColumns(layout);
  const columns = [
    ...whose(files, cells),
    ...days.map((day, stage) => `${day} AS s${stage}`),
    `${earliest(layout.lost.map(cells.day))} AS lost`,
    ...amountOf(files, cells),
    ...unreadAmong(files, dated, cells),
    'false AS stage_unknown',
    rowOf(reading),
  ];
  const where = isRow(files, { cells, dated });
  return `SELECT ${columns.join(', ')} FROM ${tableOf(files, reading)} WHERE ${where}`;
}
