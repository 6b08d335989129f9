/** Plans compared, and which of their rows are wanted. */
import type { Problem } from '../../problem.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { ChangeRow } from '../../scenario/compare/goals/changes.ts';
import type { Pair } from '../../scenario/compare/goals/pairs.ts';
import type { Side } from '../../scenario/compare/side.ts';
import { type Selection, selects } from '../selection.ts';

export interface CompareShown {
  /** At least two, in the order they were named. */
  readonly sides: readonly Side[];
  /** Each later one with the first. */
  readonly comparisons: readonly Comparison[];
  readonly selection: Selection;
  /** The share by which goals may differ and still pass; null where nobody asked whether they do. */
  readonly tolerance: number | null;
  readonly warnings: readonly Problem[];
}

/** Whether a row was asked for; somebody renamed by either name. */
export function selectsRow(
  selection: Selection,
  { key, note, was }: Pick<Pair, 'key' | 'note' | 'was'>,
): boolean {
  return selects(selection, key) || (note === 'renamed' && selects(selection, { ...key, rep: was }));
}

/** Rows of those, of the stages and the length asked for; without --by of quarters and years. */
export function selectedChanges({ changes }: Comparison, selection: Selection): ChangeRow[] {
  const { stages, by } = selection;
  return changes.filter(
    (row) =>
      selectsRow(selection, row) &&
      (stages.length === 0 || (row.stage !== null && stages.includes(row.stage))) &&
      (by === null ? row.period.grain !== 'month' : row.period.grain === by),
  );
}
