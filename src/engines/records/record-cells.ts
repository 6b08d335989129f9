/** What records of every shape say: whose they are, their amount, what of them cannot be read. */
import type { HistoryFiles } from '../../history/layout.ts';
import type { Day } from '../../period/day.ts';
import { quoted } from '../engine.ts';
import type { CellReading, cellsOf } from './cell-sql.ts';
import type { StageTexts } from './stage-texts.ts';

export interface RecordReading extends CellReading {
  /** Whether records say in which row they stand. */
  readonly withRows?: boolean;
  /** A log of changes is read up to that day: what came after it cannot undo a loss. Null: to its end. */
  readonly asOf: Day | null;
  readonly stages: readonly string[];
  readonly texts: StageTexts | null;
}

export type Cells = ReturnType<typeof cellsOf>;

export const NO_DAY = 'CAST(NULL AS DATE)';

/** The earliest of several; null where none is there. */
export function earliest(days: readonly string[]): string {
  return days.length === 0 ? NO_DAY : days.length === 1 ? days[0]! : `least(${days.join(', ')})`;
}

export function whose({ layout }: HistoryFiles, cells: Cells): string[] {
  return [
    `${cells.text(layout.id)} AS id`,
    `${cells.text(layout.rep)} AS rep`,
    `${cells.text(layout.team)} AS team`,
    `${cells.text(layout.source)} AS source`,
    `${cells.text(layout.link)} AS link`,
  ];
}

export const rowOf = ({ withRows = false }: RecordReading): string =>
  withRows ? 'row' : 'CAST(NULL AS BIGINT) AS row';

const anyOf = (conditions: readonly string[]): string => {
  const real = conditions.filter((condition) => condition !== 'false');
  return real.length === 0 ? 'false' : `(${real.join(' OR ')})`;
};

export function amountOf({ layout }: HistoryFiles, cells: Cells): string[] {
  const amount = cells.number(layout.amount);
  const unread = layout.amount === null ? 'false' : cells.isUnread(layout.amount, amount);
  return [`${amount} AS amount`, `${unread} AS amount_unread`];
}

/** Whether a date says nothing, and what to show of the record: that, or an amount that cannot be. */
export function unreadAmong({ layout }: HistoryFiles, columns: readonly number[], cells: Cells): string[] {
  const unread = anyOf(columns.map((index) => cells.isUnread(index, cells.day(index))));
  const dates = columns
    .map((index) => [index, cells.isUnread(index, cells.day(index))] as const)
    .filter(([, test]) => test !== 'false')
    .map(([index, test]) => `CASE WHEN ${test} THEN c${index} END`);
  const amount = cells.number(layout.amount);
  const isBad =
    layout.amount === null ? 'false' : `${amount} < 0 OR ${cells.isUnread(layout.amount, amount)}`;
  const texts = [...dates, `CASE WHEN ${isBad} THEN ${cells.text(layout.amount)} END`];
  return [`${unread} AS unread`, `coalesce(${texts.join(', ')}) AS shown`];
}

/** All that a row says apart from its days and stages. */
export function ownCells(
  files: HistoryFiles,
  { cells, dated, reading }: { cells: Cells; dated: readonly number[]; reading: RecordReading },
): string[] {
  return [
    ...whose(files, cells),
    ...amountOf(files, cells),
    ...unreadAmong(files, dated, cells),
    rowOf(reading),
  ];
}

const TOTAL = String.raw`^((grand|sub)[ -]?)?totals?\s*:?(\s*\([^)]*\))?$`;

/**
 * Lines that are no record: blank ones, totals, and the footers of reports, which say nothing but in one cell. An id
 * alone is a record.
 */
export function isRow(
  { layout }: HistoryFiles,
  { cells, dated }: { cells: Cells; dated: readonly number[] },
): string {
  const there = (columns: readonly (number | null)[]): string =>
    `(${columns.flatMap((index) => (index === null ? [] : [`c${index} IS NOT NULL`])).join(' OR ') || 'false'})`;
  const isTotal = `coalesce(regexp_matches(lower(${cells.text(layout.id ?? 0)}), ${quoted(TOTAL)}), false)`;
  const others = there([layout.rep, layout.team, layout.source, layout.stage, layout.amount]);
  const alone = `coalesce(regexp_matches(${cells.text(layout.id)}, '^[^ ]*[0-9][^ ]*$'), false)`;
  // Columns that were read as days have none of a total's numbers.
  const isTyped = dated.every((index) => cells.isUnread(index, 'NULL') === 'false');
  const isDated = isTyped ? there(dated) : `(${there(dated)} AND NOT ${isTotal})`;
  return `(${isDated} OR (${others} AND NOT ${isTotal}) OR ${alone})`;
}
