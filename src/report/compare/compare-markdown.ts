/** A comparison as a comment on a change: a heading, the sentence, small tables; the long one is folded. */
import type { Comparison } from '../../scenario/compare/comparison.ts';
import { type Block, prose } from '../block.ts';
import { renderMarkdown } from '../markdown.ts';
import { changesTables } from './changes-table.ts';
import type { CompareShown } from './compare-shown.ts';
import { safe, summaryBlocks } from './compare-view.ts';
import { letterOf } from './compare-words.ts';

export function compareMarkdown({ sides, comparisons, selection }: CompareShown): string {
  const parts = comparisons.map((comparison, index) => {
    const letter = letterOf(index + 1);
    const changes = changesTables(comparison, selection, letter);
    return [
      `## ${headingOf(comparison, letter)}`,
      written(summaryBlocks(comparison, letter)),
      ...(changes.length === 0 ? [] : [`<details>\n<summary>${summaryOf(sides.length, letter)}</summary>`]),
      ...(changes.length === 0 ? [] : [written(changes), '</details>']),
    ].join('\n\n');
  });
  return `${parts.join('\n\n')}\n`;
}

const summaryOf = (sides: number, letter: string): string =>
  sides > 2 ? `Goals that differ: A and ${letter}` : 'Goals that differ';

function headingOf({ a, b }: Comparison, letter: string): string {
  return written([prose(`Goals: A ${a.called.name} → ${letter} ${b.called.name}`)]);
}

function written(blocks: readonly Block[]): string {
  return renderMarkdown(blocks.map(safe)).trimEnd();
}
