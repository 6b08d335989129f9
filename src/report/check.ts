/** What `check` says of each file: how it was read, as lines or as JSON. */
import type { Input } from '../files/input.ts';
import type { FileReport } from '../files/side-file.ts';
import type { PlanModel } from '../plan/model.ts';
import type { Problem } from '../problem.ts';
import { inputRows } from './input.ts';
import { headOf } from './json-document.ts';
import { problemMessage } from './problems.ts';
import { setRows, whatIfText } from './what-if.ts';

const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

/** A plan that was loaded without errors, and what was found in its files. */
export interface Checked {
  readonly model: PlanModel;
  readonly inputs: readonly Input[];
  readonly reports: readonly FileReport[];
  readonly problems: readonly Problem[];
  readonly scenarios: readonly string[];
}

/** The format `leadgoal.check`. */
export function checkJson(of: Checked): string {
  const { model, inputs, reports, problems, scenarios } = of;
  const files = reports.map((report) => fileRow(report));
  const warnings = problems.map((problem) => ({
    code: problem.code,
    message: problemMessage(problem),
    file: problem.where.file,
    line: problem.where.line,
  }));
  return `${JSON.stringify({ format: 'leadgoal.check', version: '1.0', plan: headOf(model), inputs: inputRows(inputs), set: setRows(model.changes), files, scenarios, warnings }, null, 2)}\n`;
}

function fileRow({ path, kind, encoding, sheet, rows, totalRows, totalsAgree }: FileReport) {
  const file = { path, kind, encoding };
  const none = { delimiter: null, decimal: null, date_order: null };
  if (sheet === null) return { ...file, ...none, rows, skipped: 0, columns: {}, totals_agree: null };
  const { titles, blank, footers, repeatedHeaders } = sheet.skipped;
  return {
    ...file,
    delimiter: sheet.delimiter,
    decimal: sheet.decimal,
    date_order: sheet.dateOrder,
    rows,
    skipped: titles + blank + footers + repeatedHeaders + totalRows,
    columns: Object.fromEntries([
      ...sheet.columns.map(({ name, header }) => [header, name] as const),
      ...sheet.periodColumns.map(({ header }) => [header, 'period'] as const),
      ...sheet.totalColumns.map(({ header }) => [header, 'total'] as const),
      ...sheet.ignoredColumns.map((header) => [header, null] as const),
    ]),
    totals_agree: totalsAgree,
  };
}

/** For people: a paragraph a file, then whether all is well. */
export function checkLines({ model, reports, problems, scenarios }: Checked): string[] {
  const lines = reports.flatMap(fileLines);
  if (model.changes.length > 0) lines.push(whatIfText(model.changes));
  if (scenarios.length > 0) lines.push(`scenarios: ${scenarios.join(', ')}`);
  const warnings = problems.length;
  lines.push(warnings === 0 ? 'no problems' : warnings === 1 ? '1 warning' : `${warnings} warnings`);
  return lines;
}

function fileLines({ shown, kind, encoding, sheet, rows, totalRows, totalsAgree }: FileReport): string[] {
  if (sheet === null) return [`${shown}: ${kind}, ${rows} rows`, `  read as   ${encoding}`];
  const reading = [
    encoding,
    DELIMITER_WORDS[sheet.delimiter] ?? sheet.delimiter,
    ...(sheet.decimal === null ? [] : [`decimal ${sheet.decimal}`]),
    ...(sheet.dateOrder === null ? [] : [`dates ${sheet.dateOrder}`]),
    `header in line ${sheet.headerLine}`,
  ];
  const columns = sheet.columns.map(({ name, header }) => (name === header ? name : `${header} → ${name}`));
  const { periodColumns } = sheet;
  if (periodColumns.length > 0) {
    columns.push(
      `${periodColumns[0]!.header} … ${periodColumns.at(-1)!.header} → ${periodColumns.length} periods`,
    );
  }
  const { titles, blank, footers, repeatedHeaders } = sheet.skipped;
  const left = [
    [titles, 'title'],
    [blank, 'blank'],
    [footers, 'footer'],
    [repeatedHeaders, 'repeated header'],
    [totalRows, 'total'],
  ] as const;
  const skipped = left.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    `${shown}: ${kind}, ${rows} rows`,
    `  read as   ${reading.join(', ')}`,
    `  columns   ${columns.join(', ')}`,
    ...(sheet.ignoredColumns.length > 0 ? [`  not used  ${sheet.ignoredColumns.join(', ')}`] : []),
    ...(skipped.length > 0 ? [`  left out  ${skipped.join(', ')}`] : []),
    ...(totalsAgree === null ? [] : [`  totals    ${totalsAgree ? 'agree' : 'disagree'}`]),
  ];
}
