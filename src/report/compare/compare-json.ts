/** Plans compared as JSON, the format `leadgoal.compare`, and as CSV. */

import type { Input } from '../../files/input.ts';
import { formatDay } from '../../period/day.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { ChangeRow } from '../../scenario/compare/goals/changes.ts';
import { scopedKey } from '../../scenario/scoped-key.ts';
import { csvTable } from '../csv.ts';
import { GLUE } from '../format.ts';
import { decimals, headedDocument, headOf, warningRows } from '../json-document.ts';
import { keyOf } from '../plan/plan-json-rows.ts';
import { setRows } from '../what-if.ts';
import { type CompareShown, selectedChanges } from './compare-shown.ts';
import { valueTexts } from './input-words.ts';

/** Text of the document in pieces. */
export function compareJson(shown: CompareShown, inputs: readonly Input[]): Iterable<string> {
  const { sides, comparisons, selection, warnings } = shown;
  return headedDocument({
    format: 'leadgoal.compare',
    head: headOf(sides[0]!.head),
    inputs: null,
    parts: [
      ['compared', comparedRows(shown)],
      ['inputs', texts(comparisons, inputsRows)],
      ['periods', texts(comparisons, periodRows)],
      ['changes', texts(comparisons, (of) => changeRows(of, selection))],
      ['causes', texts(comparisons, causeRows)],
      ['warnings', warningRows(warnings, inputs)],
    ],
  });
}

function* comparedRows({ sides }: CompareShown): Iterable<string> {
  for (const { called, head, files, changes } of sides) {
    const { name, path, scenario, format } = called;
    const marks = files.map((file) => ({ path: file.path, sha256: file.sha256() }));
    yield JSON.stringify({
      name,
      path,
      scenario,
      format,
      plan: head.name,
      as_of: formatDay(head.asOf),
      set: [...setRows(changes)],
      files: marks,
    });
  }
}

/** Rows of each comparison, which say what is compared with the first plan. */
function* texts(
  comparisons: readonly Comparison[],
  rowsOf: (of: Comparison) => Iterable<object>,
): Iterable<string> {
  for (const comparison of comparisons) {
    for (const row of rowsOf(comparison)) yield JSON.stringify({ with: comparison.b.called.name, ...row });
  }
}

const plain = (text: string | null): string | null => text?.replaceAll(GLUE, ' ') ?? null;

function* inputsRows({ a, b, inputs }: Comparison): Iterable<object> {
  for (const difference of inputs) {
    const values = valueTexts(difference, { a: a.head, b: b.head });
    yield { key: scopedKey(difference.key, difference), a: plain(values.a), b: plain(values.b) };
  }
}

function* periodRows({ lone }: Comparison): Iterable<object> {
  for (const { period, only } of lone) {
    yield { ...periodKeys(period), only };
  }
}

function periodKeys({ grain, label, start, end }: ChangeRow['period']) {
  return { grain, period: label, period_start: start, period_end: end };
}

function* changeRows(comparison: Comparison, selection: CompareShown['selection']): Iterable<object> {
  for (const row of selectedChanges(comparison, selection)) yield changeRow(row);
}

function changeRow({ key, period, stage, a, b, change, note, was }: ChangeRow) {
  const whole = (value: number) => (stage === null ? Math.round(value) / 100 + 0 : value);
  return {
    ...keyOf(key),
    ...periodKeys(period),
    measure: stage === null ? 'quota' : 'goal',
    stage,
    a: a === null ? null : whole(a),
    b: b === null ? null : whole(b),
    change: whole(change),
    percent: shareOf({ a, b, change }),
    note,
    was,
  };
}

/** Of what it was; null where it was nothing, or is on one side only. */
export function shareOf({ a, b, change }: Pick<ChangeRow, 'a' | 'b' | 'change'>): number | null {
  return a === null || b === null || a === 0 ? null : decimals(change / a);
}

function* causeRows({ causes }: Comparison): Iterable<object> {
  for (const { key, change } of causes) yield { key, change };
}

const CSV_COLUMNS: readonly string[] = [
  'with',
  'level',
  'team',
  'rep',
  'rep_id',
  'territory',
  'source',
  'owner',
  'grain',
  'period',
  'period_start',
  'period_end',
  'measure',
  'stage',
  'a',
  'b',
  'change',
  'percent',
  'note',
  'was',
];

/** The rows of `changes`. */
export function compareCsv({ comparisons, selection }: CompareShown, bom: boolean): Iterable<string> {
  const rows = comparisons.flatMap((comparison) =>
    selectedChanges(comparison, selection).map((row) => ({
      with: comparison.b.called.name,
      ...changeRow(row),
    })),
  );
  return csvTable(rows, { columns: CSV_COLUMNS, bom });
}
