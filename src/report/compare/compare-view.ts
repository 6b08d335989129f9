/** What a comparison says, in blocks: the lead goal, what differs, why, and whose goals change. */
import { type Comparison, isUnchanged } from '../../scenario/compare/comparison.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import type { Selection } from '../selection.ts';
import { causesTable } from './causes-table.ts';
import { changesTables } from './changes-table.ts';
import { compareHead, loneLine, whatIfLines, wholeLine } from './compare-head.ts';
import type { CompareShown } from './compare-shown.ts';
import { letterOf } from './compare-words.ts';
import { inputsTable } from './inputs-table.ts';

/** Blocks of the report; every text in them is safe to print. */
export function compareView({ sides, comparisons, selection }: CompareShown): Block[] {
  const blocks = [
    compareHead(sides),
    ...whatIfLines(sides),
    ...comparisons.flatMap((comparison, index) => {
      const letter = letterOf(index + 1);
      const title =
        comparisons.length > 1 ? [prose(`A → ${letter} ${comparison.b.called.name}`, 'strong', true)] : [];
      return [
        ...title,
        ...summaryBlocks(comparison, letter),
        ...changesTables(comparison, selection, letter),
        ...nothingPicked(comparison, selection, letter),
      ];
    }),
  ];
  return blocks.map(safe);
}

export const safe = (block: Block): Block => mapTexts(block, printable);

/** The sentence, the inputs and the causes; of plans that are the same one sentence. */
export function summaryBlocks(comparison: Comparison, letter: string): Block[] {
  if (isUnchanged(comparison))
    return [prose(`Nothing differs: A and ${letter} rest on the same inputs and have the same goals.`)];
  return [
    wholeLine(comparison),
    ...loneLine(comparison, letter),
    ...inputsTable(comparison, letter),
    ...causesTable(comparison, letter),
  ];
}

/** That goals are the same though inputs differ, or those that were picked are. */
function nothingPicked(comparison: Comparison, selection: Selection, letter: string): Block[] {
  if (isUnchanged(comparison) || comparison.whole === null) return [];
  if (changesTables(comparison, selection, letter).length > 0) return [];
  const text =
    comparison.changes.length === 0
      ? 'Every goal and quota is the same.'
      : 'No goal of those asked for differs.';
  return [prose(text, 'usual', true)];
}
