/** A comparison as a comment on a change: a heading, the sentence, small tables; the long one is folded. */
import type { Comparison } from '../../scenario/compare/comparison.ts';
import { type Block, prose } from '../block.ts';
import { renderMarkdown } from '../markdown.ts';
import { whatIfLines } from './compare-head.ts';
import type { CompareShown } from './compare-shown.ts';
import { checkBlocks, goalBlocks, safe, summaryBlocks } from './compare-view.ts';
import { letterOf } from './compare-words.ts';

export function compareMarkdown(shown: CompareShown): string {
  const { sides, comparisons } = shown;
  const parts = comparisons.map((comparison, index) => {
    const letter = letterOf(index + 1);
    const of = { comparison, shown, letter };
    const goals = goalBlocks(of);
    return [
      `## ${headingOf(comparison, letter)}`,
      ...texts(whatIfLines(sides, [0, index + 1])),
      ...texts(summaryBlocks(of)),
      ...(goals.some(({ kind }) => kind === 'table')
        ? folded(goals, summaryOf(sides.length, letter))
        : texts(goals)),
      ...texts(checkBlocks(of)),
    ].join('\n\n');
  });
  return `${parts.join('\n\n')}\n`;
}

const texts = (blocks: readonly Block[]): string[] => (blocks.length === 0 ? [] : [written(blocks)]);

function folded(blocks: readonly Block[], summary: string): string[] {
  return [`<details>\n<summary>${summary}</summary>`, written(blocks), '</details>'];
}

const summaryOf = (sides: number, letter: string): string =>
  sides > 2 ? `Goals that differ: A and ${letter}` : 'Goals that differ';

function headingOf({ a, b }: Comparison, letter: string): string {
  return written([prose(`Goals: A ${a.called.name} → ${letter} ${b.called.name}`)]);
}

function written(blocks: readonly Block[]): string {
  return renderMarkdown(blocks.map(safe)).trimEnd();
}
