/** Records with a day per stage → rows of a pipeline: where each stands on the as-of day, since when, won or lost. */
import { type Day, dayOf, formatDay } from '../../period/day.ts';
import type { Row } from '../sheet/records.ts';
import { type CellReader, cellReader } from '../sheet/sheet-cells.ts';
import type { Sheet } from '../sheet/sheet-model.ts';
import { type DatedColumns, KEPT } from './dated-columns.ts';

/** Columns that rows are given. */
const MADE = ['stage', 'stage_since', 'close_date', 'amount'] as const;

/** A record on the as-of day. */
export interface DatedRecord {
  readonly row: Row;
  /** Index of the furthest stage it has reached. */
  readonly stage: number;
  /** The day it reached it. */
  readonly since: Day;
  readonly outcome: 'open' | 'won' | 'lost';
}

interface Known {
  readonly row: Row;
  readonly days: (Day | null)[];
  lost: Day | null;
}

/**
 * As the counting of a history has it: records of one id are one, with the earliest day of each stage; lost is what
 * was lost after all that happened to it. Not there are those that were not on the as-of day, those with days that
 * cannot be read, and those that went on before they came: the counting tells of them.
 */
export function recordsIn(sheet: Sheet, columns: DatedColumns, asOf: Day): DatedRecord[] {
  const read = cellReader(sheet);
  const known = new Map<string, Known>();
  for (const row of sheet.rows) {
    const before = read.problems.length;
    const days = columns.days.map((names) => firstOf(read, row, { names, asOf }));
    const lost = firstOf(read, row, { names: columns.lost, asOf });
    if (read.problems.length > before) continue;
    const id = read.text(row, 'id');
    const key = id === null ? `\u0000${row.line}` : id;
    const same = known.get(key);
    if (same === undefined) known.set(key, { row, days, lost });
    else merge(same, { days, lost });
  }
  return [...known.values()].flatMap((record) => standing(record) ?? []);
}

function merge(into: Known, { days, lost }: Pick<Known, 'days' | 'lost'>): void {
  for (const [stage, day] of days.entries()) into.days[stage] = earlier(into.days[stage] ?? null, day);
  into.lost = into.lost === null || lost === null ? null : (Math.max(into.lost, lost) as Day);
}

function standing({ row, days, lost }: Known): DatedRecord | null {
  const stage = days.findLastIndex((day) => day !== null);
  if (stage < 0) return null;
  const first = days[0] ?? null;
  const isBefore = (day: Day | null) => first !== null && day !== null && day < first;
  if (isBefore(lost) || days.some(isBefore)) return null;
  const since = days[stage]!;
  const furthest = days.reduce<number>((last, day) => Math.max(last, day ?? last), since);
  const outcome = stage === days.length - 1 ? 'won' : lost !== null && lost >= furthest ? 'lost' : 'open';
  return { row, stage, since, outcome };
}

const FIRST = dayOf(1930, 1, 1)!;
const ZERO = dayOf(1970, 1, 1)!;
const NEVER = dayOf(2100, 1, 1)!;

/** The earliest of some days; days that stand for none, and those after the as-of day, are not there. */
function firstOf(
  read: CellReader,
  row: Row,
  { names, asOf }: { readonly names: readonly string[]; readonly asOf: Day },
): Day | null {
  let first: Day | null = null;
  for (const name of names) {
    const day = read.day(row, name);
    if (day === null || day > asOf || day < FIRST || day === ZERO || day >= NEVER) continue;
    first = earlier(first, day);
  }
  return first;
}

function earlier(first: Day | null, second: Day | null): Day | null {
  if (first === null || second === null) return first ?? second;
  return Math.min(first, second) as Day;
}

export interface PipelineRows {
  readonly stages: readonly string[];
  /** What a deal without an amount is taken to be worth, in minor units; null where nobody knows. */
  readonly dealSize: number | null;
}

/** The records as a sheet of a pipeline, and how many of their amounts were assumed. */
export function pipelineSheet(
  sheet: Sheet,
  records: readonly DatedRecord[],
  { stages, dealSize }: PipelineRows,
): { sheet: Sheet; assumed: number } {
  const read = cellReader(sheet);
  let assumed = 0;
  const rows = records.map(({ row, stage, since, outcome }): Row => {
    const amount = read.amount(row, 'amount');
    // a deal has an amount; what is only on its way to becoming one need not
    const isAssumed =
      amount === null && dealSize !== null && outcome !== 'lost' && stage >= stages.length - 2;
    if (isAssumed) assumed += 1;
    const made = [
      outcome === 'lost' ? 'lost' : stages[stage]!,
      formatDay(since),
      outcome === 'won' ? formatDay(since) : '',
      isAssumed ? String(dealSize / 100) : amount === null ? '' : `${amount.written ?? ''}${amount.value}`,
    ];
    return { line: row.line, cells: [...KEPT.map((name) => read.text(row, name) ?? ''), ...made] };
  });
  const headerOf = (name: string): string =>
    sheet.columns.find((column) => column.name === name)?.header ?? name;
  const names = [...KEPT, ...MADE];
  const currencyOf = (name: string) => sheet.columns.find((column) => column.name === name)?.currency ?? null;
  const columns = names.map((name, index) => ({
    name,
    index,
    header: headerOf(name),
    currency: currencyOf(name),
  }));
  return { sheet: { ...sheet, columns, rows, decimal: 'point', dateOrder: null }, assumed };
}
