/** The quotas file, long or wide: what reps, teams and the company are to close in which period. */

import type { Period } from '../period/fiscal.ts';
import type { Month } from '../period/month.ts';
import { at, error, type Problem, type ProblemCode, warning } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { Rep } from '../quota/rep.ts';
import type { CurrencyWatch } from './currency-watch.ts';
import { listedNearly, type Names, repNamed, teamNamed, teamsListed } from './names.ts';
import type { Row } from './sheet/records.ts';
import { type CellOf, type CellReader, cellReader } from './sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from './sheet/sheet-model.ts';

export const QUOTA_COLUMNS: readonly WantedColumn[] = [
  { name: 'team', holds: 'text', required: false },
  { name: 'rep', holds: 'text', required: false },
  { name: 'period', holds: 'period', required: true },
  { name: 'quota', holds: 'number', required: true },
  { name: 'currency', holds: 'text', required: false },
];

/** In a wide sheet these two are a column per period. */
export const WIDE_QUOTA_COLUMNS = ['period', 'quota'] as const;

interface Reading {
  readonly sheet: Sheet;
  readonly read: CellReader;
  readonly names: Names;
  readonly currency: CurrencyWatch;
  readonly quotas: Quota[];
  readonly problems: Problem[];
  /** What cells have been found to mean before: teams, and reps by team and name where only one is meant. */
  readonly teams: Map<string, string>;
  readonly reps: Map<string, Rep>;
}

/**
 * Quotas in minor units. Errors: `quota_empty` (a long file), `quota_negative`, `period_empty`, `second_currency`,
 * a rep that is ambiguous or without a team, `no_data_rows` where a wide sheet has no quota at all, and the faults of
 * cells. Warnings: `rep_not_listed`, `rep_in_other_team`.
 */
export function parseQuotas(
  sheet: Sheet,
  { names, currency }: { readonly names: Names; readonly currency: CurrencyWatch },
): { quotas: Quota[]; problems: Problem[] } {
  const read = cellReader(sheet);
  const reading: Reading = {
    sheet,
    read,
    names,
    currency,
    quotas: [],
    problems: [],
    teams: new Map(),
    reps: new Map(),
  };
  currency.header(sheet, ['quota', ...sheet.periodColumns.map((column) => column.index)]);
  placeReps(reading);
  reading.problems.push(...namelessColumn(sheet));
  const isLong = sheet.columns.some((column) => column.name === 'period');
  for (const row of sheet.rows) {
    if (isLong) longRow(reading, row);
    else wideRow(reading, row);
  }
  const problems = [...reading.problems, ...read.problems, ...withoutTeam(reading)];
  const isEmpty = reading.quotas.length === 0 && sheet.rows.length > 0 && sheet.periodColumns.length > 0;
  if (isEmpty && problems.length === 0) {
    problems.push(error('no_data_rows', at(sheet.file, sheet.headerLine || null), { kind: 'quotas' }));
  }
  return { quotas: reading.quotas, problems };
}

/** A sheet without team and rep whose first column has no header but holds names is not the company's. */
function namelessColumn(sheet: Sheet): Problem[] {
  if (sheet.columns.some(({ name }) => name === 'team' || name === 'rep')) return [];
  const note = sheet.detected.find(({ code }) => code === 'note_column_without_header');
  const column = Number(note?.arguments.column ?? 0);
  const holdsNames = sheet.rows.some((row) => /\p{L}{2}/u.test(row.cells[column - 1] ?? ''));
  return holdsNames ? [error('column_without_header', at(sheet.file, sheet.headerLine, column), {})] : [];
}

/** Reps listed without a team get that of the first row that says it, before any row is read for good. */
function placeReps({ sheet, read, names }: Reading): void {
  if (!names.listed.some((rep) => rep.team === null)) return;
  for (const row of sheet.rows) {
    const text = read.text(row, 'rep');
    const team = read.text(row, 'team');
    if (text !== null && team !== null) {
      repNamed(names, { text, team: teamNamed(names, team), where: at(sheet.file, row.line), months: null });
    }
  }
}

function longRow(reading: Reading, row: Row): void {
  const { read } = reading;
  const period = read.period(row, 'period');
  if (period === null) {
    if (read.isMissing(row, 'period')) fault(reading, row, { column: 'period', code: 'period_empty' });
    return;
  }
  if (read.isMissing(row, 'quota')) fault(reading, row, { column: 'quota', code: 'quota_empty' });
  else addQuota(reading, row, { period, column: 'quota' });
}

/** An empty cell of a wide sheet is no quota for that period. */
function wideRow(reading: Reading, row: Row): void {
  for (const { index, period } of reading.sheet.periodColumns) {
    if (!reading.read.isMissing(row, index)) addQuota(reading, row, { period, column: index });
  }
}

function addQuota(reading: Reading, row: Row, of: { period: Period; column: CellOf }): void {
  const { read, currency, sheet } = reading;
  const amount = read.amount(row, of.column);
  if (amount === null) return;
  if (amount.value < 0) {
    fault(reading, row, { column: of.column, code: 'quota_negative', text: String(amount.value) });
    return;
  }
  if (amount.written !== null) currency.cell(amount.written, read.placeOf(row, of.column));
  currency.column(read, row);
  const team = teamOf(reading, row);
  const who = whoseQuota(reading, row, { team, period: of.period });
  if (who === undefined) return;
  const { first, last } = of.period;
  reading.quotas.push({
    team: who === null ? team : who.team,
    rep: who,
    first,
    last,
    amount: Math.round(amount.value * 100),
    where: at(sheet.file, row.line),
  });
}

function teamOf({ read, names, teams }: Reading, row: Row): string | null {
  const text = read.text(row, 'team');
  if (text === null) return null;
  let team = teams.get(text);
  if (team === undefined) teams.set(text, (team = teamNamed(names, text)));
  return team;
}

/** The rep of a row, null for a team's or the company's quota, undefined where that is a problem. */
function whoseQuota(
  reading: Reading,
  row: Row,
  of: { team: string | null; period: { first: Month; last: Month } },
): Rep | null | undefined {
  const { read, names, problems, reps } = reading;
  const text = read.text(row, 'rep');
  if (text === null) return null;
  const key = `${of.team ?? ''}\u0000${text}`;
  const known = reps.get(key);
  if (known !== undefined) return known;
  const where = read.placeOf(row, 'rep');
  const near = listedNearly(names, text);
  const { rep, problem, certain } = repNamed(names, { text, team: of.team, where, months: of.period });
  if (problem) problems.push(problem);
  if (near !== null) problems.push(warning('rep_not_listed', where, { text, nearest: near }));
  const teams =
    of.team === null || rep === null || names.listed.includes(rep) ? [] : teamsListed(names, text);
  if (teams.length > 0) {
    const args = { text: rep?.name ?? text, team: of.team ?? '', teams: teams.join(', ') };
    problems.push(warning('rep_in_other_team', where, args));
  }
  if (rep !== null && certain) reps.set(key, rep);
  return rep ?? undefined;
}

/** Where teams are used at all, every rep is in one. */
function withoutTeam(reading: Reading): Problem[] {
  if (!reading.quotas.some((quota) => quota.team !== null)) return [];
  const told = new Set<Rep>();
  return reading.quotas.flatMap((quota) => {
    if (quota.rep === null || quota.rep.team !== null || told.has(quota.rep)) return [];
    told.add(quota.rep);
    const row = reading.sheet.rows.find((candidate) => candidate.line === quota.where.line)!;
    return [
      reading.read.problemAt(row, 'rep', { code: 'rep_without_team', arguments: { who: quota.rep.name } }),
    ];
  });
}

function fault(reading: Reading, row: Row, of: { column: CellOf; code: ProblemCode; text?: string }): void {
  const args = of.text === undefined ? {} : { text: of.text };
  reading.problems.push(reading.read.problemAt(row, of.column, { code: of.code, arguments: args }));
}
