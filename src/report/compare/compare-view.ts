/** What a comparison says, in blocks: the lead goal, what differs, why, and whose goals change. */
import { type Comparison, isUnchanged } from '../../scenario/compare/comparison.ts';
import { isSameMoney } from '../../scenario/compare/goals/changes.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import { listed, plural } from '../plan/plan-words.ts';
import { brokenLine } from './broken-goals.ts';
import { causesTable } from './causes-table.ts';
import { changesTables } from './changes-table.ts';
import { compareHead, loneLine, moneyLine, whatIfLines, wholeLine } from './compare-head.ts';
import { type CompareShown, selectedChanges } from './compare-shown.ts';
import { letterOf, stagesOf } from './compare-words.ts';
import { inputsTable } from './inputs-table.ts';

/** Blocks of the report; every text in them is safe to print. */
export function compareView(shown: CompareShown): Block[] {
  const { sides, comparisons } = shown;
  const blocks = [
    compareHead(sides),
    ...whatIfLines(sides),
    ...comparisons.flatMap((comparison, index) => {
      const letter = letterOf(index + 1);
      const title =
        comparisons.length > 1 ? [prose(`A → ${letter} ${comparison.b.called.name}`, 'strong', true)] : [];
      const of = { comparison, shown, letter };
      return [...title, ...summaryBlocks(of), ...goalBlocks(of), ...checkBlocks(of)];
    }),
  ];
  return blocks.map(safe);
}

export const safe = (block: Block): Block => mapTexts(block, printable);

/** One of the comparisons, and the letter of its second plan. */
export interface Part {
  readonly comparison: Comparison;
  readonly shown: Pick<CompareShown, 'selection' | 'tolerance'>;
  readonly letter: string;
}

/**
 * The sentence, the inputs and the causes; of plans that are the same one sentence, and of plans that have no quarter
 * in common.
 */
export function summaryBlocks({ comparison, shown: { selection }, letter }: Part): Block[] {
  if (isUnchanged(comparison))
    return [prose(`Nothing differs: A and ${letter} rest on the same inputs and have the same goals.`)];
  const whole = wholeLine(comparison, selection);
  if (comparison.whole === null) return [whole];
  return [
    whole,
    ...loneLine(comparison, letter),
    ...moneyLine(comparison, letter),
    ...inputsTable(comparison, selection, letter),
    ...causesTable(comparison, selection, letter),
  ];
}

/** The goals that differ, or that none does. */
export function goalBlocks({ comparison, shown: { selection }, letter }: Part): Block[] {
  if (isUnchanged(comparison) || comparison.whole === null) return [];
  const tables = changesTables(comparison, selection, letter);
  return tables.length > 0 ? tables : [prose(withoutTable(comparison, selection), 'usual', true)];
}

/** What a check says, where one was asked for. */
export function checkBlocks({ comparison, shown }: Part): Block[] {
  return isUnchanged(comparison) ? [] : brokenLine(comparison, shown);
}

/** That goals are the same though inputs differ, or those asked for are; or which other stages differ. */
function withoutTable(comparison: Comparison, selection: CompareShown['selection']): string {
  const { changes, a, b } = comparison;
  const stages = new Set(selectedChanges(comparison, selection).flatMap(({ stage }) => stage ?? []));
  const [stage] = stages;
  if (stage !== undefined)
    return `Goals of ${listed([...stages].map(plural))} differ: --stage ${stage} shows them.`;
  const lone = comparison.lone.length > 0;
  if (changes.length > 0) return inShared(lone, 'No goal of those asked for differs.');
  const isOneFunnel = stagesOf({ a, b }).length === a.head.stages.length;
  const goals = isOneFunnel ? 'Every goal' : 'Every goal of the stages that both have';
  const quotas = isSameMoney(a, b) ? ' and quota is the same.' : ' is the same; quotas are not compared.';
  return inShared(lone, `${goals}${quotas}`);
}

/** What is said of both plans is said of the periods they share. */
function inShared(isLone: boolean, text: string): string {
  return isLone ? `In the periods that both have ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}
