/** Goals that differ too much for a check, and how that is said. */
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { ChangeRow } from '../../scenario/compare/goals/changes.ts';
import { type Prose, prose } from '../block.ts';
import { count, GLUE, typedPercent } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { plural } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { type CompareShown, selectedChanges } from './compare-shown.ts';
import { noteWords, percentText, whoseRow } from './compare-words.ts';

/** What a check asks for. */
export type Check = Pick<CompareShown, 'selection' | 'tolerance'>;

interface Broken {
  /** The largest change first. */
  readonly rows: readonly ChangeRow[];
  /** Whether one of the plans has periods that the other has not. */
  readonly isLone: boolean;
}

/**
 * A quarter (or the length asked for) of the company, a team or a rep that differs by more than the tolerance. Who
 * joined or left, and periods that only one of the plans has, always do.
 */
function brokenGoals(comparison: Comparison, { selection, tolerance }: Check): Broken {
  const grain = selection.by ?? 'quarter';
  const isOfSource = selection.sources.length > 0 || selection.owners.length > 0;
  const rows = selectedChanges(comparison, { ...selection, by: grain }).filter(
    ({ key, stage, a, b, change }) =>
      stage !== null &&
      (isOfSource || key.source === null) &&
      (a === null || b === null || Math.abs(change) > (tolerance ?? 0) * a * (1 + ALIKE)),
  );
  // whoever has months alone has a quarter alone, cut to them
  const lone = grain === 'year' ? 'year' : 'quarter';
  return { rows, isLone: comparison.lone.some(({ period }) => period.grain === lone) };
}

/** Less than this is the rounding of floats: 29 of 100 are no more than 29 %. */
const ALIKE = 1e-9;

export function goalsDiffer(comparison: Comparison, check: Check): boolean {
  const { rows, isLone } = brokenGoals(comparison, check);
  return rows.length > 0 || isLone;
}

/** As many as stand in one sentence. */
const NAMED = 3;

/**
 * `23 goals differ by more than 10%: leads of Ana Ruiz (East) in Q1 +12%, …`, or that none does; nothing where no check
 * was asked for, or the plans have no quarter in common, which is said already.
 */
export function brokenLine(comparison: Comparison, check: Check): Prose[] {
  if (check.tolerance === null || comparison.whole === null) return [];
  const { rows, isLone } = brokenGoals(comparison, check);
  const by = check.tolerance > 0 ? ` by more than ${typedPercent(check.tolerance)}` : '';
  const lone = isLone ? ['periods that only one plan has differ'] : [];
  const first = new Map<string, ChangeRow>();
  for (const row of rows) if (!first.has(subjectOf(row))) first.set(subjectOf(row), row);
  const told = [...first.values()].slice(0, NAMED);
  const texts = told.map((row) => rowText(comparison, row, check.tolerance ?? 0));
  const isTold = (row: ChangeRow) =>
    told.some((of) => of === row || (isAlone(row) && subjectOf(of) === subjectOf(row)));
  if (!rows.every(isTold)) texts.push('…');
  const differ = `${count(rows.length)}${GLUE}${rows.length === 1 ? 'goal differs' : 'goals differ'}${by}`;
  const named = rows.length === 0 ? [] : [`${differ}: ${texts.join(', ')}`];
  if (rows.length === 0 && !isLone)
    return [prose(`No goal of ${checkedWords(comparison, check.selection)} differs${by}.`, 'usual', true)];
  const text = [...named, ...lone].join('; ');
  const end = text.endsWith('…') ? '' : '.';
  return [prose(`${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`, 'usual', true)];
}

/** What is checked: `the company, a team or a rep over all sources`. */
function checkedWords({ a, b }: Comparison, selection: Selection): string {
  const { teams, reps, sources, owners, stages, level } = selection;
  const isOfSource = sources.length > 0 || owners.length > 0;
  const isAsked = isOfSource || [teams, reps, stages].some((names) => names.length > 0) || level !== null;
  const hasSources = [...a.lines, ...b.lines].some(({ source }) => source !== null);
  const over = hasSources && !isOfSource ? ' over all sources' : '';
  return `${isAsked ? 'those asked for' : 'the company, a team or a rep'}${over}`;
}

const isAlone = ({ key, note, a, b }: ChangeRow): boolean =>
  key.rep !== null && key.source === null && note !== null && (a === null || b === null);

/** Of one stage of somebody one period is named; of somebody who came or went nothing but that. */
function subjectOf(row: ChangeRow): string {
  return `${whoseRow(row.key)}\n${isAlone(row) ? row.note : row.stage}`;
}

/** `leads of Ana Ruiz (East) in Q1 +12%`; of somebody in one plan alone `Cho (South) joined`. */
function rowText({ a: { head } }: Comparison, row: ChangeRow, tolerance: number): string {
  const { key, stage, period, a, b, change } = row;
  if (isAlone(row)) return `${whoseRow(key)} ${noteWords(row)}`;
  const whose = key.level === 'company' && key.source === null ? 'the company' : whoseRow(key);
  const what = `${plural(stage!)} of ${whose} in ${periodTitle(head, period)}`;
  if (a === null || b === null) return `${what} (${noteWords(row)})`;
  return `${what} ${a === 0 ? `from${GLUE}0` : beyondText(change / a, tolerance)}`;
}

/** With as many digits as tell it from the tolerance: 10.08 % is more than 10 %. */
function beyondText(share: number, tolerance: number): string {
  const usual = percentText(share);
  if (usual.replace(/^\D/, '') !== typedPercent(tolerance)) return usual;
  const digits =
    [1, 2, 3].find((count) => Number((Math.abs(share) * 100).toFixed(count)) > tolerance * 100) ?? 4;
  return `${share > 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(digits)}%`;
}
