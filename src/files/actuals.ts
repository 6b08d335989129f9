/** The actuals file: what reached each stage in past months. Its faults are warnings: counted, never averaged in. */
import { type Day, formatDay } from '../period/day.ts';
import { formatMonth, type Month, monthOfDay } from '../period/month.ts';
import type { Actual } from '../plan/model.ts';
import { at, type Problem, type ProblemCode } from '../problem.ts';
import type { CurrencyWatch } from './currency-watch.ts';
import { isKnownRep, isKnownTeam, type Names, repNamed, teamNamed } from './names.ts';
import { SCOPE_COLUMNS, type ScopeContext } from './scope-cells.ts';
import type { Row } from './sheet/records.ts';
import { type CellReader, cellReader } from './sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';

export function actualColumns(stages: readonly string[]): WantedColumn[] {
  return [
    ...SCOPE_COLUMNS,
    { name: 'month', holds: 'period', required: true },
    ...stages.map((name): WantedColumn => ({ name, holds: 'number', required: false })),
    { name: 'amount', holds: 'number', required: false },
    { name: 'currency', holds: 'text', required: false },
  ];
}

export interface ActualsContext {
  readonly names: Names;
  readonly sources: readonly string[];
  readonly stages: readonly string[];
  /** Index of the first stage of each source. */
  readonly startsAt: ReadonlyMap<string, number>;
  readonly currency: CurrencyWatch;
  readonly asOf: Day | null;
}

interface Reading extends ScopeContext, ActualsContext {
  readonly sheet: Sheet;
  readonly read: CellReader;
  readonly problems: Problem[];
  readonly actuals: Actual[];
  /** Whether a stage's column has any number, once asked for. */
  readonly used: Map<string, boolean>;
}

/**
 * Warnings (errors with `--strict`): `actuals_after_as_of`, `actuals_not_a_month`, `actuals_not_in_plan`,
 * `actuals_month_missing`, `actuals_without_stages`, `actuals_twice`, and the faults of cells.
 */
export function parseActuals(
  sheet: Sheet,
  context: ActualsContext,
): { actuals: Actual[]; problems: Problem[] } {
  const read = cellReader(sheet);
  const reading: Reading = { ...context, sheet, read, problems: [], actuals: [], used: new Map() };
  context.currency.header(sheet, ['amount']);
  if (!context.stages.some((stage) => sheet.columns.some((column) => column.name === stage))) {
    const where = at(sheet.file, sheet.headerLine || null);
    const args = { stages: context.stages.join(', ') };
    reading.problems.push({
      code: 'actuals_without_stages',
      severity: sheet.rowFaults,
      where,
      arguments: args,
    });
  }
  const seen = new Map<string, number>();
  for (const row of sheet.rows) readRow(reading, row, seen);
  reading.problems.push(...missingMonths(reading));
  return { actuals: reading.actuals, problems: [...reading.problems, ...read.problems] };
}

function readRow(reading: Reading, row: Row, seen: Map<string, number>): void {
  const { read, problems, stages, sheet } = reading;
  const fault = (column: string, code: ProblemCode, args: Problem['arguments'] = {}) =>
    problems.push(read.problemAt(row, column, { code, arguments: args }));
  const month = monthOf(reading, row);
  if (month === null) return;
  const scope = scopeIn(reading, row);
  if (scope === null) return;
  const first = scope.source === null ? firstStage(reading) : (reading.startsAt.get(scope.source) ?? 0);
  const counts = stages.map((stage, index) => {
    const count = read.count(row, stage);
    if (count !== null || index < first || !sheet.columns.some((column) => column.name === stage))
      return count;
    if (read.isMissing(row, stage) && isUsed(reading, stage)) fault(stage, 'actuals_cell_empty', { stage });
    return isUsed(reading, stage) ? 0 : null;
  });
  const amount = read.amount(row, 'amount');
  if (amount !== null) {
    reading.currency.cell(amount.written, at(sheet.file, row.line));
    reading.currency.column(read, row);
  }
  const key = `${scope.team ?? ''}|${scope.rep?.name ?? ''}|${scope.source ?? ''}|${month}`;
  const before = seen.get(key);
  if (before !== undefined) {
    fault('month', 'actuals_twice', { line: before });
    return;
  }
  seen.set(key, row.line);
  const cents = amount === null ? null : Math.round(amount.value * 100);
  reading.actuals.push({ ...scope, month, counts, amount: cents, isRecord: false });
}

/** The first stage of any source; of a plan without sources, the first. */
function firstStage({ startsAt, stages }: Reading): number {
  return startsAt.size === 0 ? 0 : Math.min(...startsAt.values(), stages.length - 1);
}

/** Whether a stage's column has a number in any row; one that is empty throughout is not counted at all. */
function isUsed({ sheet, used }: Reading, stage: string): boolean {
  let known = used.get(stage);
  if (known === undefined) {
    const column = sheet.columns.find(({ name }) => name === stage);
    known = column !== undefined && sheet.rows.some((row) => (row.cells[column.index] ?? '') !== '');
    used.set(stage, known);
  }
  return known;
}

/** A month up to the as-of day's; null with a problem otherwise. */
function monthOf({ read, asOf, problems }: Reading, row: Row): Month | null {
  const period = read.period(row, 'month');
  const fault = (code: ProblemCode, args: Problem['arguments'] = {}) => {
    problems.push(read.problemAt(row, 'month', { code, arguments: args }));
    return null;
  };
  if (period === null) return read.isMissing(row, 'month') ? fault('period_empty') : null;
  if (period.grain !== 'month') return fault('actuals_not_a_month');
  if (asOf !== null && period.first > monthOfDay(asOf)) {
    return fault('actuals_after_as_of', { month: formatMonth(period.first), as_of: formatDay(asOf) });
  }
  return period.first;
}

/** Whose counts a row holds; null with a problem where the plan knows no such source or several such reps. */
function scopeIn(reading: Reading, row: Row): Pick<Actual, 'team' | 'rep' | 'source'> | null {
  const { read, names, sources, problems } = reading;
  const notInPlan = (column: string, text: string) => {
    const args = { what: column, text, counts: countsText(reading, row) };
    problems.push(read.problemAt(row, column, { code: 'actuals_not_in_plan', arguments: args }));
    return null;
  };
  const teamText = read.text(row, 'team');
  const repText = read.text(row, 'rep');
  const sourceText = read.text(row, 'source');
  const source =
    sourceText === null || sources.length === 0
      ? null
      : (sources.find((name) => name.toLowerCase() === sourceText.toLowerCase()) ?? undefined);
  if (source === undefined) return notInPlan('source', sourceText as string);
  if (teamText !== null && !isKnownTeam(names, teamText)) return notInPlan('team', teamText);
  const team = teamText === null ? null : teamNamed(names, teamText);
  if (repText === null) return { team, rep: null, source };
  if (!isKnownRep(names, repText)) return notInPlan('rep', repText);
  const where = read.placeOf(row, 'rep');
  const { rep, problem } = repNamed(names, { text: repText, team, where, months: null });
  if (problem) problems.push({ ...problem, severity: reading.sheet.rowFaults });
  return rep === null ? null : { team: team ?? rep.team, rep, source };
}

/** `400 lead, 120 close, 85000`: what a row that is left out holds. */
function countsText({ read, stages }: Reading, row: Row): string {
  const counts = stages.flatMap((stage) => {
    const count = read.isMissing(row, stage) ? null : read.count(row, stage);
    return count === null ? [] : [`${count} ${stage}`];
  });
  const amount = read.isMissing(row, 'amount') ? null : read.amount(row, 'amount');
  return [...counts, ...(amount === null ? [] : [`${amount.written ?? ''}${amount.value}`])].join(', ');
}

/** Months without any row between the first counted and the as-of month count 0: said once each. */
function missingMonths({ actuals, asOf, sheet }: Reading): Problem[] {
  if (actuals.length === 0 || asOf === null) return [];
  const counted = new Set(actuals.map((actual) => actual.month));
  const problems: Problem[] = [];
  for (let month = Math.min(...counted); month <= monthOfDay(asOf); month++) {
    if (counted.has(month as Month)) continue;
    const args = { month: formatMonth(month as Month) };
    const where = at(sheet.file);
    problems.push({ code: 'actuals_month_missing', severity: sheet.rowFaults, where, arguments: args });
  }
  return problems;
}
