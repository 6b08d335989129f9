/** Telling a sheet's data rows from totals, footers and repeated headers. */
import { at, error, type Problem, warning } from '../../problem.ts';
import type { Records, Row } from './records.ts';
import type { SheetHeader } from './sheet-header.ts';
import type { SheetSpec, TotalRow } from './sheet-model.ts';

export interface SortedRows {
  readonly rows: readonly Row[];
  readonly totalRows: readonly TotalRow[];
  readonly footers: readonly Row[];
  readonly repeatedHeaders: number;
  readonly problems: readonly Problem[];
}

/** A column whose cells say what a row is about. */
interface LabelColumn {
  readonly index: number;
  readonly name: string;
}

/** `Total`, `Grand Totals (153 records)`, `Subtotal`, `Sum`, alone in their cell. */
const BARE_TOTAL = /^((grand|sub)[ -]?)?totals?\s*:?(\s*\([^)]*\))?$|^(sum|gesamt|gesamtsumme|summe)\s*:?$/i;

/** `West Total`, `Total: West`, `Subtotal West`. */
const TOTAL_OF = /^((grand|sub)[ -]?)?totals?\b|\b(sub)?totals?\s*:?$/i;

const TOTAL_WORDS = /\b(grand[ -]?|sub[ -]?)?totals?\b|\([^)]*\)|^\s*[:\u2013-]|[:\u2013-]\s*$/gi;

/** Names of records and people may well start with the word. */
const NAMES: ReadonlySet<string> = new Set(['name', 'id', 'rep_id', 'email', 'aliases']);

const FOOTER =
  /^(confidential|copyright|\u00a9|\(c\) |generated |report (generated|run|name|created)|created by|exported |run (by|on|at)|printed |filtered by|filters?:|as of |data as of|source:|notes?:|page \d|last (updated|refreshed)|\* )/i;

/**
 * Each row below the header is data, a total, a footer or the header again; the single cells after the last
 * blank row are footers. Problems: `row_too_long`, where cells stand beyond the last header.
 */
export function sortRows(
  records: Records,
  header: SheetHeader,
  { spec, file }: { readonly spec: SheetSpec; readonly file: string | null },
): SortedRows {
  const below = records.rows.slice(header.titles + 1);
  const end = startOfFooters(below, records.afterBlank, header);
  const width = header.row.cells.length;
  const labels = labelColumns(header, spec);
  const rows: Row[] = [];
  const footers: Row[] = [];
  const totals: { row: Row; index: number }[] = [];
  const problems: Problem[] = [];
  const problem = spec.rowFaults === 'error' ? error : warning;
  let repeatedHeaders = 0;
  for (const row of below.slice(0, end)) {
    if (row.cells.length > width && row.cells.some((cell, index) => index >= width && cell !== '')) {
      problems.push(problem('row_too_long', at(file, row.line), { cells: row.cells.length, headers: width }));
    }
    const label = totalLabel(row, labels);
    if (label !== null) totals.push({ row, index: label });
    else if (isHeaderAgain(row, header)) repeatedHeaders += 1;
    else if (width > 1 && isSingle(row) && isFooter(row)) footers.push(row);
    else rows.push(row);
  }
  const names = totals.filter(({ row, index }) => startsWithTotal(row.cells[index]!, rows, labels));
  for (const { row } of names) rows.push(row);
  if (names.length > 0) rows.sort((first, second) => first.line - second.line);
  const totalRows = scopedTotals(
    totals.filter((total) => !names.includes(total)),
    rows,
    labels,
  );
  return { rows, totalRows, footers: [...footers, ...below.slice(end)], repeatedHeaders, problems };
}

/** What may stand beside the word in the label of a total of everything. */
const WHOLE =
  /^(fy)?[\s'-]*\d{2,4}$|^(all|overall|company|sales|quotas?|targets?|goals?|teams?|reps?|regions?|year|annual|amount|usd|eur|gbp)$/i;

/** Whether `Total Care` is a name: beside the word stands nothing the sheet knows, nor what totals are called by. */
function startsWithTotal(label: string, rows: readonly Row[], labels: readonly LabelColumn[]): boolean {
  if (BARE_TOTAL.test(label)) return false;
  const beside = label.replace(TOTAL_WORDS, ' ').trim();
  if (beside === '' || beside.split(/\s+/).every((word) => WHOLE.test(word))) return false;
  return !labels.some(({ index }) => valuesIn(rows, index).has(beside.toLowerCase()));
}

/** Text and period columns, in the order of the sheet. */
function labelColumns(header: SheetHeader, spec: SheetSpec): LabelColumn[] {
  const labels = new Set(
    spec.wanted.filter(({ holds }) => holds === 'text' || holds === 'period').map((column) => column.name),
  );
  const columns = header.columns.filter((column) => labels.has(column.name));
  return [...columns].sort((a, b) => a.index - b.index);
}

/** The position of the cell that makes a row a total, or null. */
function totalLabel({ cells }: Row, labels: readonly LabelColumn[]): number | null {
  const first = cells[0] !== '' ? 0 : cells.findIndex((cell) => cell !== '');
  const cell = cells[first]!;
  if (mayBeTotal(cell) && (BARE_TOTAL.test(cell) || (TOTAL_OF.test(cell) && !isName(first, labels))))
    return first;
  for (const { index } of labels) {
    const other = cells[index];
    if (other && index !== first && mayBeTotal(other) && BARE_TOTAL.test(other)) return index;
  }
  return null;
}

/** Whether a cell starts with g, s or t or ends with l, s or a colon, as every total does. */
function mayBeTotal(cell: string): boolean {
  const first = cell.charCodeAt(0) | 32;
  const last = cell.charCodeAt(cell.length - 1) | 32;
  return first === 103 || first === 115 || first === 116 || last === 108 || last === 115 || last === 58;
}

function isName(position: number, labels: readonly LabelColumn[]): boolean {
  return labels.some(({ index, name }) => index === position && NAMES.has(name));
}

/** What each total adds up: the rows that share its other labels, or what stands beside the word in its label. */
function scopedTotals(
  totals: readonly { readonly row: Row; readonly index: number }[],
  rows: readonly Row[],
  labels: readonly LabelColumn[],
): TotalRow[] {
  if (totals.length === 0) return [];
  const grouping = labels.filter(({ name }) => !NAMES.has(name));
  const known = new Map(grouping.map(({ index }) => [index, valuesIn(rows, index)]));
  return totals.map(({ row, index: labelled }) => {
    const label = row.cells[labelled]!;
    const named = label.replace(TOTAL_WORDS, ' ').trim();
    const others = grouping.filter(({ index }) => index !== labelled && row.cells[index]);
    const within = others.map(({ index }) => ({ index, text: row.cells[index]! }));
    const nearest = [...grouping].sort((a, b) => Number(b.index === labelled) - Number(a.index === labelled));
    const group = nearest.find(({ index }) => named !== '' && known.get(index)!.has(named.toLowerCase()));
    if (group) within.push({ index: group.index, text: named });
    const team = grouping.find(({ name }) => name === 'team');
    const scope = within.find(({ index }) => index === team?.index)?.text ?? (group ? named : null);
    return { ...row, label, scope, within };
  });
}

/** The texts of a column in lower case, with every parent of a path: `emea/uk` and `emea`. */
function valuesIn(rows: readonly Row[], index: number): ReadonlySet<string> {
  const values = new Set<string>();
  for (const row of rows) {
    const value = row.cells[index]?.toLowerCase() ?? '';
    if (values.has(value)) continue;
    values.add(value);
    for (let cut = value.lastIndexOf('/'); cut > 0; cut = value.lastIndexOf('/', cut - 1)) {
      values.add(value.slice(0, cut).trim());
    }
  }
  return values;
}

function isHeaderAgain(row: Row, header: SheetHeader): boolean {
  if (row.cells[0] !== header.row.cells[0]) return false;
  return header.row.cells.every((cell, index) => cell === (row.cells[index] ?? ''));
}

function isSingle({ cells }: Row): boolean {
  let filled = 0;
  for (const cell of cells) {
    if (cell !== '') filled += 1;
    if (filled > 1) return false;
  }
  return filled === 1;
}

function isFooter(row: Row): boolean {
  return FOOTER.test(row.cells.find((cell) => cell !== '') ?? '');
}

/** Where the footers at the end begin: single cells from the first that follows a blank row or reads like one. */
function startOfFooters(below: readonly Row[], afterBlank: ReadonlySet<number>, header: SheetHeader): number {
  if (header.row.cells.filter((cell) => cell !== '').length < 2) return below.length;
  let start = below.length;
  for (let index = below.length - 1; index >= 0 && isSingle(below[index]!); index -= 1) {
    if (afterBlank.has(below[index]!.line) || isFooter(below[index]!)) start = index;
  }
  return start;
}
