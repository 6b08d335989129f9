/** Fitting tables to a width: which columns are shown, and how wide each is. */
import type { Choice, Column, Row, Table } from './block.ts';
import { padded, shortened, widthOf } from './text-width.ts';

/** Between two columns; between groups the line in the middle takes the same. */
export const GAP = 2;
const GROUP_GAP = 3;
const INDENT = 2;

const LEAST_LABEL = 4;
/** Further than this from its label a number is hard to follow: better not flush. */
const MOST_BLANK = 12;
/** A title may widen the column of labels by this much rather than take a line of its own. */
const MOST_FOR_TITLE = 8;

export interface FittedColumn extends Column {
  readonly width: number;
  /** Whether a line stands before it. */
  readonly lined: boolean;
}

export interface FittedTable {
  readonly table: Table;
  readonly columns: readonly FittedColumn[];
  readonly labelWidth: number;
  readonly leftOut: string | null;
  /** The width at which nothing would be left out. */
  readonly needs: number;
}

/** Every table with the columns that fit; tables of the same `flush` end at the same column. */
export function fitTables(tables: readonly Table[], width: number): FittedTable[] {
  const widths = columnWidths(tables);
  const fitted = tables.map((table) => fitTable(table, width, widths));
  return fitted.map((of) => {
    if (of.table.flush === null) return of;
    const beside = fitted.filter(({ table }) => table.flush === of.table.flush);
    const end = Math.max(...beside.map(totalWidth));
    const blank = end - totalWidth(of);
    return blank > MOST_BLANK ? of : { ...of, labelWidth: of.labelWidth + blank };
  });
}

const widthKey = ({ key, head }: Column): string => `${key}\u0000${head}`;

/** The widest of head and cells, over all tables that have the column. */
function columnWidths(tables: readonly Table[]): ReadonlyMap<string, number> {
  const cells = new Map<string, number>();
  for (const { sections } of tables) {
    for (const { rows } of sections) {
      for (const row of rows) {
        for (const [key, cell] of Object.entries(row.cells))
          cells.set(key, Math.max(cells.get(key) ?? 0, widthOf(cell)));
      }
    }
  }
  const columns = tables.flatMap(({ choices }) => choices.flatMap((choice) => choice.columns));
  return new Map(
    columns.map((column) => [widthKey(column), Math.max(widthOf(column.head), cells.get(column.key) ?? 0)]),
  );
}

/** The largest of a list of any length, at least the least. */
function most(values: readonly number[], least: number): number {
  return values.reduce((largest, value) => Math.max(largest, value), least);
}

function fitTable(table: Table, width: number, widths: ReadonlyMap<string, number>): FittedTable {
  const rows = table.sections.flatMap((section) => section.rows);
  const parts = partWidths(table);
  const natural = most(
    rows.map((row) => widthOf(wholeLabel(row, parts))),
    LEAST_LABEL,
  );
  const laidOut = table.choices.map((choice) => {
    const columns = columnsOf(choice, widths);
    const rest = restWidth(columns);
    const widest = rows.map((row) => enoughFor(row, parts, choice.labelRoom));
    const enough = most(widest, LEAST_LABEL);
    return { choice, columns, rest, enough, needs: rest + enough };
  });
  const chosen = laidOut.find(({ needs }) => needs <= width) ?? laidOut.at(-1)!;
  const room = width - chosen.rest;
  const label = natural > room && table.alike === true ? chosen.enough : natural;
  const whole = laidOut.filter(({ choice }) => choice.leftOut === null).map(({ needs }) => needs);
  return {
    table,
    columns: chosen.columns,
    labelWidth: withTitle(table, Math.max(LEAST_LABEL, Math.min(label, room)), room),
    leftOut: chosen.choice.leftOut,
    needs: Math.min(...whole),
  };
}

function withTitle({ sections }: Table, labelWidth: number, room: number): number {
  const title = widthOf(sections[0]!.title);
  return title <= room && title - labelWidth <= MOST_FOR_TITLE ? Math.max(title, labelWidth) : labelWidth;
}

function columnsOf({ columns }: Choice, widths: ReadonlyMap<string, number>): FittedColumn[] {
  return columns.map((column, index) => ({
    ...column,
    width: widths.get(widthKey(column))!,
    lined: index > 0 && columns[index - 1]!.group !== column.group,
  }));
}

function restWidth(columns: readonly FittedColumn[]): number {
  return columns.reduce((sum, { width, lined }) => sum + width + (lined ? GROUP_GAP : GAP), 0);
}

function totalWidth({ labelWidth, columns }: FittedTable): number {
  return labelWidth + restWidth(columns);
}

/** Widths of the label's parts but the last, so that the second parts stand under each other. */
function partWidths(table: Table): number[] {
  const widths: number[] = [];
  for (const { label } of table.sections.flatMap((section) => section.rows)) {
    for (const [index, part] of label.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 0, widthOf(part));
  }
  return widths;
}

function nameOf(row: Row, parts: readonly number[]): string {
  const name = row.label.map((part, index) =>
    index < row.label.length - 1 ? padded(part, parts[index]! + GAP) : part,
  );
  return ' '.repeat(row.depth * INDENT) + name.join('');
}

function wholeLabel(row: Row, parts: readonly number[]): string {
  return nameOf(row, parts) + row.hint;
}

function enoughFor(row: Row, parts: readonly number[], room: number): number {
  const whole = widthOf(wholeLabel(row, parts));
  return Math.min(whole, row.shortLabel === null ? room : widthOf(row.shortLabel));
}

/** The labels of all rows as they fit: whole, in short, or cut with a mark before the hint. */
export function labelsOf({ table, labelWidth }: FittedTable, mark: string): Map<Row, string> {
  const parts = partWidths(table);
  const labels = new Map<Row, string>();
  const rows = table.sections.flatMap((section) => section.rows);
  const fits = (row: Row) => widthOf(wholeLabel(row, parts)) <= labelWidth;
  const isShort = table.alike === true && !rows.every(fits);
  for (const row of rows) {
    const whole = wholeLabel(row, parts);
    const room = labelWidth - widthOf(row.hint);
    if (fits(row) && !(isShort && row.shortLabel !== null)) labels.set(row, whole);
    else if (row.shortLabel !== null) labels.set(row, shortened(row.shortLabel, labelWidth, mark));
    else if (room >= LEAST_LABEL) labels.set(row, shortened(nameOf(row, parts), room, mark) + row.hint);
    else labels.set(row, shortened(whole, labelWidth, mark));
  }
  return labels;
}
