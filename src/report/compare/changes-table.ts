/** Goals and quotas that change, by source and by team and rep, the largest change first. */
import { fiscalYearOf } from '../../period/fiscal.ts';
import { addMonths } from '../../period/month.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { Measured } from '../../scenario/compare/goals/changes.ts';
import type { LaterGoal } from '../../scenario/compare/goals/later.ts';
import type { SharedPeriod } from '../../scenario/compare/goals/periods.ts';
import { type Block, type Choice, type Column, prose, type Row, row, type Section } from '../block.ts';
import { choicesWithout, left, right } from '../columns.ts';
import { cellAmount, count, GLUE, monthName, NONE, quarterName, signed } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { listed, plural } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import {
  type ChangeLine,
  type GroupedLines,
  groupedLines,
  laterLines,
  shownMeasures,
  shownPeriods,
} from './change-rows.ts';
import { whereBegins } from './compare-head.ts';
import { noteWords, percentText, whoseRow } from './compare-words.ts';
import { unitOf } from './input-words.ts';

/** As many rows of teams and reps as one reads; the files have them all. */
const SHOWN = 15;

/** A table for each stage asked for; without one for the first, with goals of sources that begin later, and for the quota. */
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
  const groups = groupedLines(comparison, selection, stage);
  const isFirst = stage !== null && selection.stages.length === 0;
  const later = (isFirst ? comparison.later : []).map((goal) => {
    return { goal, lines: laterLines(comparison, selection, goal) };
  });
  const sections = [
    ...sectionsOf(comparison, stage, groups),
    ...later.map(({ goal, lines }) => laterSection(comparison, goal, lines)),
  ].filter(({ rows }) => rows.length > 0);
  if (sections.length === 0) return [];
  const more = [groups.people, ...later.map(({ lines }) => lines)].reduce(
    (sum, lines) => sum + Math.max(0, lines.length - SHOWN),
    0,
  );
  const all = sections.flatMap(({ rows }) => rows);
  return [
    {
      kind: 'table',
      flush: null,
      sections,
      choices: choicesOf(comparison, {
        periods: shownPeriods(comparison, selection),
        name: stage === null ? 'quota' : plural(stage),
        letter,
        hasNotes: all.some(({ cells }) => cells.note !== ''),
      }),
    },
    ...(more > 0 ? [prose(`and ${count(more)}${GLUE}more of teams and reps: -f csv`, 'dim')] : []),
  ];
}

function sectionsOf(
  comparison: Comparison,
  stage: Measured,
  { ofSources, company, people }: GroupedLines,
): Section[] {
  const write = writer(comparison, stage);
  const name = stage === null ? 'quota' : plural(stage);
  const companyRows = [
    ...ofSources.map((line) => sourceRow(line, write)),
    ...company.map((line) => tableRow(line, write)),
  ];
  const shown = people.slice(0, SHOWN);
  return [
    { title: ofSources.length === 0 ? name : `${name} by source`, rows: companyRows },
    { title: `${name} ${byWhom(shown)}`, rows: shown.map((line) => tableRow(line, write)) },
  ];
}

/** `by team and rep`, or by those of the two that there are. */
function byWhom(people: readonly ChangeLine[]): string {
  const levels = (['team', 'rep'] as const).filter((level) => people.some(({ key }) => key.level === level));
  return `by ${listed(levels)}`;
}

/** Sources that begin after the first stage owe records of theirs: `opportunities, where partner begins`. */
function laterSection(comparison: Comparison, goal: LaterGoal, lines: readonly ChangeLine[]): Section {
  const write = writer(comparison, goal.stage);
  const isOne = goal.sources.length === 1;
  const rows = lines.slice(0, SHOWN).map((line) => {
    if (line.key.level === 'company') return sourceRow(line, write);
    // the title names the only source
    return tableRow(isOne ? { ...line, key: { ...line.key, source: null } } : line, write);
  });
  return { title: `${plural(goal.stage)}, ${whereBegins(goal)}`, rows };
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

/** The owner beside the source. */
function sourceRow(line: ChangeLine, write: Writer): Row {
  const { owner, source } = line.key;
  return { ...tableRow(line, write), label: [...(owner === null ? [] : [owner]), source ?? ''] };
}

function tableRow({ key, a, b, change, byPeriod, ...why }: ChangeLine, write: Writer): Row {
  const cells: Record<string, string> = {
    before: a === null ? NONE : write.value(a),
    after: b === null ? NONE : write.value(b),
    change: write.change(change),
    percent: a === null || b === null || a === 0 ? NONE : percentText(change / a),
    note: noteWords(why),
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
  return [
    ...choicesWithout(all, SHORT_LABEL, [[[], null]]),
    ...choicesWithout(all, LABEL, [
      [keys, each],
      [[...keys, 'before', 'percent'], each === null ? 'A' : `${each}, and A`],
    ]),
  ];
}

/** Labels are cut to this much before columns give way. */
const LABEL = 22;
/** Quarters are worth more than the ends of long labels. */
const SHORT_LABEL = 14;

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
