/** Deals, one a row, with the stage they are at and when they closed or are to close → records. */
import { dateColumns, type HistoryFiles } from '../../history/layout.ts';
import { cellsOf } from './cell-sql.ts';
import { tableOf } from './file-tables.ts';
import { earliest, isRow, NO_DAY, ownCells, type RecordReading } from './record-cells.ts';
import { flag, LOST, meaningOf, NO } from './stage-texts.ts';

/**
 * A deal came to where the file begins on the day it was created, and to its stage when it entered it, or, where that
 * is not known, when it was lost, or created. It closed on its close date only where it is closed: for one that is
 * open that is a guess.
 */
export function dealRecords(files: HistoryFiles, reading: RecordReading): string {
  const { stages, texts } = reading;
  const end = stages.length - 1;
  const begins = texts?.begins ?? end - 1;
  const days = stages.map((_, index) => {
    if (index < begins) return `d${index} AS s${index}`;
    if (index === end)
      return `coalesce(d${index}, CASE WHEN won THEN coalesce(closed, entered) END) AS s${index}`;
    if (index === begins) return `coalesce(d${index}, created) AS s${index}`;
    const since = 'coalesce(entered, CASE WHEN was_lost THEN coalesce(lost_on, closed) END, created)';
    return `coalesce(d${index}, CASE WHEN furthest = ${index} THEN ${since} END) AS s${index}`;
  });
  const columns = ['id', 'rep', 'team', 'source', 'link', ...days];
  const lostOn = 'coalesce(lost_on, CASE WHEN was_lost AND NOT won THEN coalesce(closed, entered) END)';
  const isUndated = `((won AND coalesce(d${end}, closed, entered) IS NULL) OR (was_lost AND NOT won AND ${lostOn} IS NULL))`;
  const rest = [
    `${lostOn} AS lost, amount, amount_unread, unread OR ${isUndated} AS unread`,
    `coalesce(shown, CASE WHEN ${isUndated} THEN 'closed without a date' END, stage_text) AS shown`,
    'stage_unknown, row',
  ].join(', ');
  return `SELECT ${columns.join(', ')}, ${rest} FROM (${deals(files, reading)})`;
}

/** What each row says of its deal: its days as `d0 …`, whether it was won or lost, and how far it came. */
function deals(files: HistoryFiles, reading: RecordReading): string {
  const { layout } = files;
  const { stages, texts } = reading;
  const cells = cellsOf(files, reading);
  const end = stages.length - 1;
  const stage = meaningOf(cells.text(layout.stage), texts);
  const won = flag(layout.isWon, cells) ?? `coalesce(${stage} = ${end}, false)`;
  const closedFlag = flag(layout.isClosed, cells) ?? 'false';
  const status = `coalesce(lower(${cells.text(layout.isWon)}) IN ${NO}, false)`;
  const lost = `(coalesce(${stage} = ${LOST}, false) OR (${closedFlag} AND NOT ${won}) OR ${status})`;
  const lostAt =
    layout.lostAt === null ? stage : `coalesce(${meaningOf(cells.text(layout.lostAt), texts)}, ${stage})`;
  const own = (index: number): string[] => (layout.stageDates[index] ?? []).map(cells.day);
  const day = (index: number | null): string => (index === null ? NO_DAY : cells.day(index));
  const dated = dateColumns(layout);
  const columns = [
    ...ownCells(files, { cells, dated, reading }),
    ...stages.map((_, index) => `${earliest(own(index))} AS d${index}`),
    `${earliest(layout.lost.map(cells.day))} AS lost_on`,
    `${day(layout.created)} AS created`,
    `${day(layout.closed)} AS closed`,
    `${day(layout.entered)} AS entered`,
    `${won} AS won`,
    `${lost} AS was_lost`,
    `CASE WHEN ${won} THEN ${end} WHEN ${lost} THEN ${lostAt} ELSE ${stage} END AS furthest`,
    `NOT ${won} AND NOT ${lost} AND ${stage} IS NULL AND ${cells.text(layout.stage)} IS NOT NULL AS stage_unknown`,
    `CASE WHEN ${stage} IS NULL THEN ${cells.text(layout.stage)} END AS stage_text`,
  ];
  const where = isRow(files, { cells, dated });
  return `SELECT ${columns.join(', ')} FROM ${tableOf(files, reading)} WHERE ${where}`;
}
