/** The first lines of a comparison: which plans, what the lead goal does, and mostly why. */
import { periodOf } from '../../period/fiscal.ts';
import { addMonths } from '../../period/month.ts';
import type { Cause } from '../../scenario/compare/causes/causes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { LaterGoal } from '../../scenario/compare/goals/later.ts';
import type { LonePeriod } from '../../scenario/compare/goals/periods.ts';
import type { Whole } from '../../scenario/compare/goals/whole.ts';
import type { Side } from '../../scenario/compare/side.ts';
import { type Block, type Prose, prose } from '../block.ts';
import { count, monthSpan, signed } from '../format.ts';
import { listed, plural } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { whatIfText } from '../what-if.ts';
import { causeWords, letterOf, percentText } from './compare-words.ts';

/** `A leadgoal.yaml (Northwind FY2028) · B leadgoal.yaml@stretch`. */
export function compareHead(sides: readonly Side[]): Prose {
  const first = sides[0]!.head.name;
  const parts = sides.map(({ called, head }, index) => {
    const isTold = head.name === null || head.name === '' || (index > 0 && head.name === first);
    return `${letterOf(index)} ${called.name}${isTold ? '' : ` (${head.name})`}`;
  });
  return prose(parts.join(' · '), 'strong');
}

/** What was asked of each for a what-if, or of those of these places. */
export function whatIfLines(sides: readonly Side[], places: readonly number[] = [...sides.keys()]): Prose[] {
  return places.flatMap((place) => {
    const { changes } = sides[place]!;
    return changes.length === 0 ? [] : [prose(`${letterOf(place)} ${whatIfText(changes)}`)];
  });
}

/**
 * `Lead goal of the year 16,388 → 17,002: +614 (+3.7%), mostly quota (+420) and opportunity → close (+250).` It is the
 * company's, which is said where only a part of it was asked for.
 */
export function wholeLine(comparison: Comparison, selection: Selection): Prose {
  const { whole, later, a, b } = comparison;
  if (whole === null) {
    const months = `A ${planMonths(a)}, the other ${planMonths(b)}`;
    return prose(`The two plans have no quarter in common (${months}): their goals cannot be compared.`);
  }
  const why = whole.a === whole.b ? '' : whyText(comparison);
  const others = later
    .filter((goal) => goal.a !== goal.b)
    .map((goal) => `; ${plural(goal.stage)} ${whereBegins(goal)} ${changeText(goal)}`)
    .join('');
  const text = `${leadText(comparison, whole)}${why}${others}.`;
  return prose(isOfPart(selection) ? `Company: ${text}` : capitalised(text));
}

/** Whether a part of the company was asked for. */
export function isOfPart({ teams, reps, sources, owners, level }: Selection): boolean {
  const isNamed = [teams, reps, sources, owners].some((names) => names.length > 0);
  return isNamed || (level !== null && level !== 'company');
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `lead goal of the year 16,388 → 17,002: +614 (+3.7%)`. */
function leadText({ a: { head } }: Comparison, whole: Whole): string {
  return `${head.stages[whole.stage]!} goal of ${spanText(whole, head)} ${changeText(whole)}`;
}

/** `12,310 in both`, `171 → 214: +43 (+25%)`. */
function changeText({ a, b }: { readonly a: number; readonly b: number }): string {
  if (a === b) return `${count(a)} in both`;
  const share = a === 0 ? '' : ` (${percentText((b - a) / a)})`;
  return `${count(a)} → ${count(b)}: ${signed(b - a)}${share}`;
}

/** `where partner begins`. */
export function whereBegins({ sources }: Pick<LaterGoal, 'sources'>): string {
  return `where ${listed(sources)} ${sources.length === 1 ? 'begins' : 'begin'}`;
}

const planMonths = ({ head: { from, to } }: Side): string => monthSpan(from, to);

/** `the year` where it is one whole fiscal year, else its months. */
function spanText({ quarters }: Whole, { from, calendar }: Side['head']): string {
  const first = addMonths(from, quarters[0]!.a.first);
  const last = addMonths(from, quarters.at(-1)!.a.last);
  const year = periodOf(first, 'year', calendar);
  return year.first === first && year.last === last ? 'the year' : monthSpan(first, last);
}

/** One cause that stands for so much of all that moved is named alone. */
const NEARLY_ALL = 0.9;

function whyText({ a, b, causes }: Comparison): string {
  const moving = causes
    .filter(({ change }) => Math.round(change) !== 0)
    .sort((first, second) => Math.abs(second.change) - Math.abs(first.change));
  const [largest, next] = moving;
  if (largest === undefined) return '';
  const named = ({ key, change }: Cause) => `${causeWords(key, { a, b })} (${signed(change)})`;
  if (next === undefined) return `, because of ${causeWords(largest.key, { a, b })}`;
  const all = moving.reduce((sum, { change }) => sum + Math.abs(change), 0);
  const isAlone = Math.abs(largest.change) >= all * NEARLY_ALL;
  return `, mostly ${listed((isAlone ? [largest] : [largest, next]).map(named))}`;
}

/** Quarters that only one plan has, or that are cut to other months in each, said once. */
export function loneLine({ lone }: Comparison, letter: string): Block[] {
  const quarters = (only: LonePeriod['only']) =>
    lone.filter((of) => of.only === only && of.period.grain === 'quarter').map(({ period }) => period.label);
  const [inA, inB] = [quarters('a'), quarters('b')];
  const cut = inA.filter((label) => inB.includes(label));
  const texts = [
    wordsOf(inA, cut, 'which only A has'),
    wordsOf(inB, cut, `which only ${letter} has`),
    wordsOf(cut, [], 'of other months in each'),
  ].filter((text) => text !== null);
  return texts.length === 0 ? [] : [prose(`not compared: ${texts.join('; ')}`, 'dim')];
}

/** `FY2028-Q1 and FY2028-Q2, which only A has`; null where there are none but those left out. */
function wordsOf(labels: readonly string[], leftOut: readonly string[], how: string): string | null {
  const named = labels.filter((label) => !leftOut.includes(label));
  return named.length === 0 ? null : `${listed(named)}, ${how}`;
}

/** That amounts are not compared, and why; nothing where they are. */
export function moneyLine({ a, b }: Comparison, letter: string): Block[] {
  const [one, other] = [a.head, b.head];
  if (one.quotaUnit !== other.quotaUnit)
    return [
      prose(
        `Quotas of A count ${one.quotaUnit}, those of ${letter} ${other.quotaUnit}: they are not compared.`,
      ),
    ];
  if (one.currency === other.currency || one.quotaUnit === 'deals') return [];
  const of = (currency: string | null) => currency ?? 'no currency that is said';
  return [prose(`A is in ${of(one.currency)}, ${letter} in ${of(other.currency)}: money is not compared.`)];
}
