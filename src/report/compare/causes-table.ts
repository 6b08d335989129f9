/** From the goal of one plan to that of the other, step by step: what each cause adds or takes away. */
import type { Cause } from '../../scenario/compare/causes/causes.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { Whole } from '../../scenario/compare/goals/whole.ts';
import { type Block, prose, row } from '../block.ts';
import { choicesWithout, left, right } from '../columns.ts';
import { count, signed } from '../format.ts';
import { wholeParts } from '../plan/plan-bridge.ts';
import { plural } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { isOfPart } from './compare-head.ts';
import { causeWords } from './compare-words.ts';

/** Characters from the least to the most of the steps. */
const BAR = 24;

export function causesTable(comparison: Comparison, selection: Selection, letter: string): Block[] {
  const { a, whole, causes } = comparison;
  if (whole === null || causes.every(({ change }) => change === 0)) return [];
  const { stages } = a.head;
  const steps = stepsOf(whole, causes);
  const moving = steps.filter(({ change }) => change !== 0);
  const still = steps.filter(({ change }) => change === 0);
  const bar = barOf(whole, moving);
  const goal = `${stages[whole.stage]!} goal`;
  const rows = [
    row([`${goal} of A`], { change: count(whole.a), bar: '' }, { tone: 'strong' }),
    ...moving.map(({ key, change, from, to }) =>
      row([causeWords(key, comparison)], { change: signed(change), bar: bar(from, to) }),
    ),
    row([`${goal} of ${letter}`], { change: count(whole.b), bar: '' }, { tone: 'strong' }),
  ];
  const words = still.map(({ key }) => causeWords(key, comparison)).join(', ');
  const columns = [right('change', plural(stages[whole.stage]!), 'change'), left('bar', '', 'change')];
  return [
    {
      kind: 'table',
      flush: null,
      choices: choicesWithout(columns, 24, [
        [[], null],
        [['bar'], null],
      ]),
      sections: [{ title: isOfPart(selection) ? 'why, of the company' : 'why', rows }],
    },
    ...(still.length === 0 ? [] : [prose(`without effect on it: ${words}`, 'dim')]),
  ];
}

interface Step extends Cause {
  readonly from: number;
  readonly to: number;
}

/** In whole records, each where the one before it ends. */
function stepsOf(whole: Whole, causes: readonly Cause[]): Step[] {
  const parts = wholeParts(
    causes.map(({ change }) => change),
    whole.b - whole.a,
  );
  let at = whole.a;
  return causes.map(({ key }, index) => {
    const from = at;
    at += parts[index]!;
    return { key, change: parts[index]!, from, to: at };
  });
}

/** Blocks from where a step begins to where it ends, at least one. */
function barOf(whole: Whole, steps: readonly Step[]): (from: number, to: number) => string {
  const ends = [whole.a, whole.b, ...steps.map(({ to }) => to)];
  const least = Math.min(...ends);
  const scale = BAR / Math.max(1, Math.max(...ends) - least);
  return (from, to) => {
    const start = Math.min(BAR - 1, Math.floor((Math.min(from, to) - least) * scale));
    const end = Math.max(start + 1, Math.round((Math.max(from, to) - least) * scale));
    return `${' '.repeat(start)}${(to > from ? '█' : '░').repeat(end - start)}`;
  };
}
