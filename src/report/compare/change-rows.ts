/** Rows of the table of changes: one for every source, team and rep, with its periods and their sum. */
import { compareKeys, keyOf, type LineKey } from '../../plan/line.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import {
  type ChangeRow,
  changeOf,
  type Measured,
  measuresOf,
  valueIn,
} from '../../scenario/compare/goals/changes.ts';
import type { LaterGoal } from '../../scenario/compare/goals/later.ts';
import { type Pair, pairsOf } from '../../scenario/compare/goals/pairs.ts';
import { type SharedPeriod, sharedPeriods } from '../../scenario/compare/goals/periods.ts';
import type { Selection } from '../selection.ts';
import { selectsRow } from './compare-shown.ts';

/** What a row counts in all periods together. */
export interface ChangeLine extends Pick<ChangeRow, 'a' | 'b' | 'change' | 'note' | 'was'> {
  readonly key: LineKey;
  /** What each period changes by, in their order. */
  readonly byPeriod: readonly number[];
}

/** The periods of the table: quarters unless another length is asked for. */
export function shownPeriods({ a, b }: Comparison, { by }: Selection): SharedPeriod[] {
  return sharedPeriods(a, b, by ?? 'quarter');
}

/** The first stage that has goals and the quota; or the stages asked for. */
export function shownMeasures({ a, b, whole }: Comparison, { stages }: Selection): Measured[] {
  const all = measuresOf(a, b);
  if (stages.length > 0) return all.filter((measure) => measure !== null && stages.includes(measure));
  const first = a.head.stages[whole?.stage ?? 0] ?? null;
  return all.filter((measure) => measure === null || measure === first);
}

/** Lines that change, those over all sources and those of sources; the largest change first. */
export function changeLines(comparison: Comparison, selection: Selection, stage: Measured): ChangeLine[] {
  const { a, b } = comparison;
  const periods = shownPeriods(comparison, selection);
  return pairsOf(a, b)
    .filter((pair) => selectsRow(selection, pair))
    .flatMap((pair) => lineOf(comparison, { pair, stage, periods }) ?? [])
    .sort(
      (first, second) =>
        Math.abs(second.change) - Math.abs(first.change) ||
        restless(second) - restless(first) ||
        compareKeys(first.key, second.key),
    );
}

/** Lines of one measure, as they are shown together. */
export interface GroupedLines {
  /** Of the company's sources. */
  readonly ofSources: readonly ChangeLine[];
  /** The company over all sources: one line or none. */
  readonly company: readonly ChangeLine[];
  /** Of teams and reps. */
  readonly people: readonly ChangeLine[];
}

/**
 * Of teams and reps the parts of sources are shown where sources were asked for; else only those who come to the same
 * over all, where nothing of the company says so. A source's part of a quota is its share, which is said among the inputs.
 */
export function groupedLines(comparison: Comparison, selection: Selection, stage: Measured): GroupedLines {
  const lines = changeLines(comparison, selection, stage);
  const picksSources = selection.sources.length > 0 || selection.owners.length > 0;
  const isOfSource = ({ key }: ChangeLine) => key.source !== null;
  const ofCompany = lines.filter(({ key }) => key.level === 'company');
  const ofPeople = lines.filter(({ key }) => key.level !== 'company');
  const changed = new Set(ofPeople.filter((line) => !isOfSource(line)).map(({ key }) => keyOf(key)));
  const isTold = ({ key }: ChangeLine) => changed.has(keyOf({ ...key, source: null }));
  const isAlone = stage !== null && ofCompany.length === 0;
  return {
    ofSources: ofCompany.filter((line) => isOfSource(line) && (stage !== null || picksSources)),
    company: ofCompany.filter((line) => !isOfSource(line)),
    people: ofPeople.filter((line) => !isOfSource(line) || picksSources || (isAlone && !isTold(line))),
  };
}

/** Of sources that begin at a later stage: the company's, or where it has none, those of teams and reps. */
export function laterLines(
  comparison: Comparison,
  selection: Selection,
  { stage, sources }: LaterGoal,
): ChangeLine[] {
  const lines = changeLines(comparison, selection, stage).filter(({ key }) =>
    sources.includes(key.source ?? ''),
  );
  const told = new Set(lines.filter(({ key }) => key.level === 'company').map(({ key }) => key.source));
  return lines.filter(({ key }) => key.level === 'company' || !told.has(key.source));
}

const restless = ({ byPeriod }: ChangeLine): number =>
  byPeriod.reduce((sum, change) => sum + Math.abs(change), 0);

interface LineOf {
  readonly pair: Pair;
  readonly stage: Measured;
  readonly periods: readonly SharedPeriod[];
}

/** Null where no period changes. */
function lineOf({ a, b }: Comparison, { pair, stage, periods }: LineOf): ChangeLine | null {
  const rows = periods.map((period) => changeOf({ a, b, pair }, stage, period));
  if (rows.every((change) => change === null)) return null;
  const before = totalOf(periods.map((period) => valueIn(a, pair.a, { stage, period: period.a })));
  const after = totalOf(periods.map((period) => valueIn(b, pair.b, { stage, period: period.b })));
  const note = pair.note ?? (before === null ? 'new goal' : after === null ? 'goal gone' : null);
  const change = (after ?? 0) - (before ?? 0);
  const byPeriod = rows.map((of) => of?.change ?? 0);
  return { key: pair.key, a: before, b: after, change, note, was: pair.was, byPeriod };
}

/** Null where no period has a value. */
function totalOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
