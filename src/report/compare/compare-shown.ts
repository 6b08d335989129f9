/** Plans compared, and which of their rows are wanted. */
import type { Problem } from '../../problem.ts';
import type { ChangeRow } from '../../scenario/compare/changes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { Side } from '../../scenario/compare/side.ts';
import { type Selection, selects } from '../selection.ts';

export interface CompareShown {
  /** At least two, in the order they were named. */
  readonly sides: readonly Side[];
  /** Each later one with the first. */
  readonly comparisons: readonly Comparison[];
  readonly selection: Selection;
  readonly warnings: readonly Problem[];
}

/** Rows of those, of the stages and the length asked for; without --by of quarters and years. */
export function selectedChanges({ changes }: Comparison, selection: Selection): ChangeRow[] {
  const { stages, by } = selection;
  return changes.filter(
    ({ key, stage, period }) =>
      selects(selection, key) &&
      (stages.length === 0 || (stage !== null && stages.includes(stage))) &&
      (by === null ? period.grain !== 'month' : period.grain === by),
  );
}

/**
 * Whether goals differ for a check: a quarter (or the length asked for) of the company, a team or a rep by more than
 * this share of what it was. Who joined or left, and periods that only one of the plans has, always do.
 */
export function goalsDiffer(comparison: Comparison, selection: Selection, tolerance: number): boolean {
  const grain = selection.by ?? 'quarter';
  const isOfSource = selection.sources.length > 0 || selection.owners.length > 0;
  if (comparison.lone.some(({ period }) => period.grain === grain)) return true;
  return selectedChanges(comparison, { ...selection, by: grain }).some(
    ({ key, stage, a, b, change }) =>
      stage !== null &&
      (isOfSource || key.source === null) &&
      (a === null || b === null || Math.abs(change) > tolerance * a * (1 + ALIKE)),
  );
}

/** Less than this is the rounding of floats: 29 of 100 are no more than 29 %. */
const ALIKE = 1e-9;
