/** Goals and quotas that change, by source and by team and rep, the largest change first. */
import { fiscalYearOf } from '../../period/fiscal.ts';
import { addMonths } from '../../period/month.ts';
import type { Measured } from '../../scenario/compare/changes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { SharedPeriod } from '../../scenario/compare/periods.ts';
import { type Block, type Choice, type Column, prose, type Row, row, type Section } from '../block.ts';
import { choicesWithout, left, right } from '../columns.ts';
import { cellAmount, count, GLUE, monthName, NONE, quarterName, signed } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { plural } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { type ChangeLine, changeLines, shownMeasures, shownPeriods } from './change-rows.ts';
import { percentText } from './compare-head.ts';
import { whoseRow } from './compare-words.ts';
import { unitOf } from './input-words.ts';

/** As many rows of teams and reps as one reads; the files have them all. */
const SHOWN = 15;

/** A table for each stage asked for; without one for the first and for the quota. */
export function changesTables(comparison: Comparison, selection: Selection, letter: string): Block[] {
  return shownMeasures(comparison, selection).flatMap((stage) =>
    changesTable(comparison, { selection, stage, letter }),
  );
}

interface TableOf {
  readonly selection: Selection;
  readonly stage: Measured;
  readonly letter: string;
}

function changesTable(comparison: Comparison, { selection, stage, letter }: TableOf): Block[] {
  const lines = changeLines(comparison, selection, stage);
  const isOfSource = ({ key }: ChangeLine) => key.source !== null;
  const isCompany = ({ key }: ChangeLine) => key.level === 'company';
  const picksSources = selection.sources.length > 0 || selection.owners.length > 0;
  // a source's part of a quota is its share: said among the inputs
  const ofSources = lines.filter(
    (line) => isCompany(line) && isOfSource(line) && (stage !== null || picksSources),
  );
  const company = lines.filter((line) => isCompany(line) && !isOfSource(line));
  const people = lines.filter((line) => !isCompany(line) && (picksSources || !isOfSource(line)));
  const write = writer(comparison, stage);
  const rowOf = (line: ChangeLine) => tableRow(line, write);
  const sourceRow = (line: ChangeLine) => ({
    ...rowOf(line),
    label: [...(line.key.owner === null ? [] : [line.key.owner]), line.key.source ?? ''],
  });
  const name = stage === null ? 'quota' : plural(stage);
  const sections: Section[] = [
    { title: `${name} by source`, rows: [...ofSources.map(sourceRow), ...company.map(rowOf)] },
    { title: `${name} by team and rep`, rows: people.slice(0, SHOWN).map(rowOf) },
  ].filter(({ rows }) => rows.length > 0);
  if (sections.length === 0) return [];
  if (ofSources.length === 0 && company.length > 0) sections[0] = { ...sections[0]!, title: name };
  const more = people.length - SHOWN;
  return [
    {
      kind: 'table',
      flush: null,
      sections,
      choices: choicesOf(comparison, {
        periods: shownPeriods(comparison, selection),
        name,
        letter,
        hasNotes: [...ofSources, ...company, ...people].some(({ note }) => note !== null),
      }),
    },
    ...(more > 0 ? [prose(`and ${count(more)}${GLUE}more: -f csv`, 'dim')] : []),
  ];
}

interface Writer {
  readonly value: (value: number) => string;
  readonly change: (value: number) => string;
}

/** Counts of records, or money. */
function writer({ a }: Comparison, stage: Measured): Writer {
  if (stage !== null) return { value: count, change: signed };
  const money = (value: number) => cellAmount(value, unitOf(a.head));
  return { value: money, change: (value) => (value > 0 ? `+${money(value)}` : money(value)) };
}

function tableRow({ key, a, b, change, note, byPeriod }: ChangeLine, write: Writer): Row {
  const cells: Record<string, string> = {
    before: a === null ? NONE : write.value(a),
    after: b === null ? NONE : write.value(b),
    change: write.change(change),
    percent: a === null || b === null || a === 0 ? NONE : percentText(change / a),
    note: note ?? '',
  };
  for (const [index, of] of byPeriod.entries()) cells[periodKey(index)] = of === 0 ? NONE : write.change(of);
  return row([whoseRow(key)], cells, {
    tone: key.level === 'rep' || key.source !== null ? 'usual' : 'strong',
  });
}

const periodKey = (index: number): string => `period ${index}`;

interface Columns {
  readonly periods: readonly SharedPeriod[];
  /** What the table counts. */
  readonly name: string;
  readonly letter: string;
  readonly hasNotes: boolean;
}

function choicesOf({ a }: Comparison, { periods, name, letter, hasNotes }: Columns): Choice[] {
  const byPeriod = periods.map((period, index) =>
    right(periodKey(index), titleOf(period, periods, a), 'periods'),
  );
  const all: Column[] = [
    ...(periods.length > 1 ? byPeriod : []),
    right('before', 'A', 'sum'),
    right('after', letter, 'sum'),
    right('change', 'change', 'sum'),
    right('percent', '', 'sum'),
    ...(hasNotes ? [left('note', '', 'note')] : []),
  ];
  const keys = byPeriod.map(({ key }) => key);
  const length = periods[0]?.a.grain ?? 'period';
  const each = periods.length > 1 ? `${name} by ${length}` : null;
  return choicesWithout(all, 22, [
    [[], null],
    [keys, each],
    [[...keys, 'before', 'percent'], each === null ? 'A' : `${each}, and A`],
  ]);
}

/** `Q1` where all are of one fiscal year, else `FY28 Q1`; `Feb`. */
function titleOf(
  { a: period }: SharedPeriod,
  all: readonly SharedPeriod[],
  { head }: Comparison['a'],
): string {
  const { from, calendar } = head;
  const yearOf = (at: number) => fiscalYearOf(addMonths(from, at), calendar);
  const isOneYear = all.every(({ a }) => yearOf(a.first) === yearOf(period.first));
  const month = addMonths(from, period.first);
  if (!isOneYear || period.grain === 'year') return periodTitle(head, period);
  return period.grain === 'quarter' ? quarterName(month, calendar) : monthName(month);
}
