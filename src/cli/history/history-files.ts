/** Files of a history before they are counted, for all commands that read one: forms, date order, what is dirty. */
import type { Engine } from '../../engines/engine.ts';
import { headersOf } from '../../engines/records/read-files.ts';
import { historyLayout } from '../../files/history/columns.ts';
import { holdsDatesIn, readCsvForm, unknownColumns } from '../../files/history/csv-form.ts';
import type { FoundFile } from '../../files/history/find-files.ts';
import { grouped } from '../../files/history/grouped.ts';
import type { HistoryPlanRead } from '../../files/history/history-plan.ts';
import type { TemporaryFile } from '../../files/read.ts';
import { type DateOrder, decideDateOrder } from '../../files/sheet/date-text.ts';
import type { Decimal } from '../../files/sheet/decimal.ts';
import type { HistoryFiles } from '../../history/layout.ts';
import type { Dirt } from '../../history/tallies.ts';
import { at, error, type Parsed, type Problem, type Severity } from '../../problem.ts';
import { GLUE } from '../../report/format.ts';
import { dirtPlace, dirtWords } from '../../report/history/history-words.ts';

/** Dirty records of one kind, with the first of them. */
export function dirtProblem({ kind, count, rows }: Dirt, severity: Severity): Problem {
  const shown = rows.map(dirtPlace).filter((text) => text !== '');
  const args = {
    what: dirtWords(kind, count).replaceAll(GLUE, ' '),
    rows: shown.join('; ').replaceAll(GLUE, ' '),
  };
  return { ...error('history_dirt', at(rows[0]?.file ?? null), args), severity };
}

/** Errors: `date_order_conflict`, `date_order_ambiguous`. */
export function orderOf(
  texts: readonly string[],
  option: DateOrder | null,
  path: string | null,
): Parsed<DateOrder | null> {
  const { order, conflict, ambiguous } = decideDateOrder(texts, option);
  if (conflict !== null) {
    const args = {
      day_first: conflict.dayFirst.text,
      month_first: conflict.monthFirst.text,
      month_first_line: '',
    };
    return { value: null, problems: [error('date_order_conflict', at(path), args)] };
  }
  if (ambiguous !== null) {
    const { text, asDayFirst, asMonthFirst } = ambiguous;
    const args = { text, as_day_first: asDayFirst, as_month_first: asMonthFirst };
    return { value: null, problems: [error('date_order_ambiguous', at(path), args)] };
  }
  return { value: order, problems: [] };
}

export interface Forming {
  /** Null where all files are CSV. */
  readonly engine: Engine | null;
  readonly plan: Pick<HistoryPlanRead, 'stages' | 'columns' | 'meaning'>;
  readonly decimal?: Decimal | null;
  /** Copies made on the way, to be removed by whoever asked. */
  readonly copies: TemporaryFile[];
}

/** The form of every file; those alike together. */
export async function formsOf(
  files: readonly FoundFile[],
  forming: Forming,
): Promise<Parsed<HistoryFiles[]>> {
  const forms: HistoryFiles[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const form = await formOf(file, forming);
    problems.push(...form.problems);
    if (form.value !== null) forms.push(form.value);
  }
  return { value: problems.length > 0 ? null : grouped(forms), problems };
}

const NO_TABLE = { value: { headers: [], rows: [] }, problems: [] } as const;

/** The form of one. Errors: `history_columns_unknown`, and those of reading and decoding. */
export async function formOf(
  file: FoundFile,
  { engine, plan, copies, decimal = null }: Forming,
): Promise<Parsed<HistoryFiles>> {
  const known = { stages: plan.stages, mapping: plan.columns, meaning: plan.meaning };
  if (file.kind === 'csv') return readCsvForm(file, { known, copies, decimal });
  const start = engine === null ? NO_TABLE : await headersOf(engine, file.kind, file);
  if (start.value === null) return { value: null, problems: start.problems };
  const { headers, rows } = start.value;
  const layout = historyLayout(headers, { ...known, holdsDates: holdsDatesIn(rows) });
  if (layout === null) return { value: null, problems: [unknownColumns(file.path, headers, known)] };
  const { opened, name, kind } = file;
  const form = { paths: [opened], names: [name], bytes: 0, kind, headers, csv: null, layout };
  return { value: form, problems: [] };
}

/**
 * Exports of one CRM in whatever order they are named: files whose records begin earliest (leads), and those whose
 * rows belong to them (deals). Files that begin alike, such as the leads of two years, stand side by side.
 */
export function joinOrder(
  groups: readonly HistoryFiles[],
  stages: readonly string[],
): { readonly files: readonly HistoryFiles[]; readonly joined: readonly HistoryFiles[] } {
  const beginsOf = ({ layout }: HistoryFiles): number => {
    const dated = layout.stageDates.findIndex((columns) => columns.length > 0);
    const first = dated < 0 ? stages.length : dated;
    return layout.shape === 'deals' ? Math.max(first, stages.length - 2) : first;
  };
  // Files of one header stand side by side, however their cells were understood.
  const headerOf = ({ headers }: HistoryFiles): string => JSON.stringify(headers);
  const first = Math.min(...groups.map(beginsOf));
  const firsts = new Set(groups.filter((group) => beginsOf(group) === first).map(headerOf));
  const isFirst = (group: HistoryFiles): boolean => firsts.has(headerOf(group));
  return { files: groups.filter(isFirst), joined: groups.filter((group) => !isFirst(group)) };
}
