/** The first lines of a comparison: which plans, what the lead goal does, and mostly why. */
import { periodOf } from '../../period/fiscal.ts';
import { addMonths } from '../../period/month.ts';
import type { Cause, Whole } from '../../scenario/compare/causes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { LonePeriod } from '../../scenario/compare/periods.ts';
import type { Side } from '../../scenario/compare/side.ts';
import { type Block, type Prose, prose } from '../block.ts';
import { count, monthSpan, signed, signedPercent } from '../format.ts';
import { listed } from '../plan/plan-words.ts';
import { whatIfText } from '../what-if.ts';
import { causeWords, letterOf } from './compare-words.ts';

/** `A leadgoal.yaml (Northwind FY2028) · B leadgoal.yaml@stretch`. */
export function compareHead(sides: readonly Side[]): Prose {
  const first = sides[0]!.head.name;
  const parts = sides.map(({ called, head }, index) => {
    const isTold = head.name === null || head.name === '' || (index > 0 && head.name === first);
    return `${letterOf(index)} ${called.name}${isTold ? '' : ` (${head.name})`}`;
  });
  return prose(parts.join(' · '), 'strong');
}

/** What was asked of each for a what-if. */
export function whatIfLines(sides: readonly Side[]): Prose[] {
  return sides.flatMap(({ model }, index) =>
    model === null || model.changes.length === 0
      ? []
      : [prose(`${letterOf(index)} ${whatIfText(model.changes)}`)],
  );
}

/** `Lead goal of the year 16,388 → 17,002: +614 (+3.7%), mostly quota (+420) and opportunity → close (+250).` */
export function wholeLine(comparison: Comparison): Prose {
  const { whole, a, causes } = comparison;
  if (whole === null)
    return prose('The two plans have no quarter in common: their goals cannot be compared.');
  const why = whole.a === whole.b ? '' : whyText(causes, a.head.stages);
  return prose(`${wholeText(whole, a)}${why}.`);
}

/** `Lead goal of the year 16,388 → 17,002: +614 (+3.7%)`. */
export function wholeText(whole: Whole, { head }: Side): string {
  const stage = head.stages[whole.stage]!;
  const start = `${stage.charAt(0).toUpperCase()}${stage.slice(1)} goal of ${spanText(whole, head)}`;
  const change = whole.b - whole.a;
  if (change === 0) return `${start} ${count(whole.a)} in both`;
  const share = whole.a === 0 ? '' : ` (${percentText(change / whole.a)})`;
  return `${start} ${count(whole.a)} → ${count(whole.b)}: ${signed(change)}${share}`;
}

/** `+3.7%`; whole percents from 10 % on. */
export function percentText(share: number): string {
  const tenths = Math.round(Math.abs(share) * 1000) / 10;
  if (tenths >= 10 || tenths === 0) return signedPercent(share);
  return `${share > 0 ? '+' : '−'}${tenths.toFixed(1)}%`;
}

/** `the year` where it is one whole fiscal year, else its months. */
function spanText({ quarters }: Whole, { from, calendar }: Side['head']): string {
  const first = addMonths(from, quarters[0]!.a.first);
  const last = addMonths(from, quarters.at(-1)!.a.last);
  const year = periodOf(first, 'year', calendar);
  return year.first === first && year.last === last ? 'the year' : monthSpan(first, last);
}

/** One cause that stands for so much of all that moved is named alone. */
const NEARLY_ALL = 0.9;

function whyText(causes: readonly Cause[], stages: readonly string[]): string {
  const moving = causes
    .filter(({ change }) => Math.round(change) !== 0)
    .sort((first, second) => Math.abs(second.change) - Math.abs(first.change));
  const [largest, next] = moving;
  if (largest === undefined) return '';
  const named = ({ key, change }: Cause) => `${causeWords(key, stages)} (${signed(change)})`;
  if (next === undefined) return `, because of ${causeWords(largest.key, stages)}`;
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
