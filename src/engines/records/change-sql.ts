/** Stage changes, one a row → records. */
import type { HistoryFiles } from '../../history/layout.ts';
import { WHOSE, WHOSE_TOGETHER, whoseElse } from '../tally/merge-sql.ts';
import { cellsOf } from './cell-sql.ts';
import { tableOf } from './file-tables.ts';
import { type Cells, NO_DAY, ownCells, type RecordReading } from './record-cells.ts';
import { flag, LOST, meaningOf } from './stage-texts.ts';

/** A record enters a stage when it first does; it is lost where nothing that is known came after. */
export function changedRecords(files: HistoryFiles, reading: RecordReading): string {
  const { layout } = files;
  const { stages, texts, asOf } = reading;
  const cells = cellsOf(files, reading);
  const text = cells.text(layout.stage);
  const day = layout.entered === null ? NO_DAY : cells.day(layout.entered);
  const dated = layout.entered === null ? [] : [layout.entered];
  const inner = [
    ...ownCells(files, { cells, dated, reading }),
    `${stateOf(layout, { cells, meaning: meaningOf(text, texts), end: stages.length - 1 })} AS stage`,
    `${day} AS entered`,
    `${text} AS stage_text`,
    // Rows without an id have nothing in common.
    'CASE WHEN id IS NULL THEN uuid() END AS apart',
  ];
  const table = tableOf(files, reading);
  const changes = `SELECT ${inner.join(', ')} FROM ${table} WHERE ${ofStages(layout.field, cells)} AND (${text} IS NOT NULL OR ${day} IS NOT NULL)`;
  const days = stages.map((_, index) => `min(CASE WHEN stage = ${index} THEN entered END) AS s${index}`);
  const isKnown = asOf === null ? 'entered IS NOT NULL' : `entered <= DATE '1970-01-01' + ${asOf}`;
  const loss = (test: string): string => `max(CASE WHEN stage = ${LOST} AND ${test} THEN entered END)`;
  const columns = [
    `id, ${whoseLast(isKnown)} AS whose, ${whoseElse(isKnown)}, max(link) AS link`,
    ...days,
    `CASE WHEN ${loss(isKnown)} >= max(CASE WHEN ${isKnown} THEN entered END) THEN ${loss(isKnown)} ELSE ${loss(`NOT (${isKnown})`)} END AS lost`,
    'max(amount) AS amount, bool_or(amount_unread) AS amount_unread, bool_or(unread) AS unread',
    'coalesce(max(shown), max(CASE WHEN stage IS NULL THEN stage_text END)) AS shown',
    'bool_or(stage IS NULL) AS stage_unknown, min(row) AS row',
  ];
  const grouped = `SELECT ${columns.join(', ')} FROM (${changes}) GROUP BY id, apart`;
  return `SELECT id, ${WHOSE_TOGETHER}, * EXCLUDE (id, whose, other_team, other_source) FROM (${grouped})`;
}

/** Whose a record was at the last change known that names a rep; of those on one day, at the one that is furthest. */
function whoseLast(isKnown: string): string {
  const isSaid = 'coalesce(rep, team, source) IS NOT NULL';
  const dated = `struct_pack(named := rep IS NOT NULL, entered := entered, stage := coalesce(stage, ${LOST}), whose := ${WHOSE})`;
  const last = `struct_extract(max(CASE WHEN ${isKnown} AND ${isSaid} THEN ${dated} END), 'whose')`;
  return `coalesce(${last}, max(${WHOSE}))`;
}

/** The stage that a row of a log tells of: flags of that time go before the stage's name. */
function stateOf(
  { isWon, isClosed }: HistoryFiles['layout'],
  { cells, meaning, end }: { cells: Cells; meaning: string; end: number },
): string {
  const won = flag(isWon, cells);
  if (won === null) return meaning;
  return `CASE WHEN ${won} THEN ${end} WHEN ${flag(isClosed, cells) ?? 'false'} THEN ${LOST} ELSE ${meaning} END`;
}

/** Whether a row of a log is a change of the stage, where it has changes of all properties. */
function ofStages(field: number | null, cells: Cells): string {
  if (field === null) return 'true';
  return `regexp_replace(lower(${cells.text(field)}), '[^a-z]', '', 'g') IN ${STAGE_FIELDS}`;
}

/** Names of the property that holds the stage, where a log has changes of all. */
const STAGE_FIELDS = `('stagename', 'stage', 'dealstage', 'status', 'leadstatus', 'lifecyclestage')`;
