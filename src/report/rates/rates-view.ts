/** What a history says, in blocks: the rates in a sentence, what was left out, the tables behind it. */
import type { HistoryEstimate } from '../../history/estimate.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import type { HistoryPlan } from '../history/history-head.ts';
import type { Selection } from '../selection.ts';
import { whatIfLine } from '../what-if.ts';
import { cohortTable } from './cohort-table.ts';
import { curveTable } from './curve-table.ts';
import { dealSizeTable } from './deal-size-table.ts';
import { belowNaiveLine, dirtLines, headLine, logLine, sentences } from './rates-head.ts';
import { rateTables } from './rates-table.ts';

export interface RatesShown {
  readonly estimate: HistoryEstimate;
  readonly plan: HistoryPlan;
  readonly selection: Selection;
}

/** Blocks of the report; every text in them is safe to print. */
export function ratesView(shown: RatesShown): Block[] {
  return blocksOf(shown).map((block) => mapTexts(block, printable));
}

function blocksOf(shown: RatesShown): Block[] {
  const { estimate, selection } = shown;
  const tables = rateTables(estimate, selection);
  if (tables.length === 0) return [headLine(shown), prose('Nothing in the history is selected.')];
  return [
    headLine(shown),
    ...whatIfLine({ changes: shown.plan.changes ?? [] }),
    ...sentences(shown),
    ...dirtLines(estimate.dirt),
    ...logLine(estimate),
    ...tables,
    ...belowNaiveLine(shown),
    ...curveTable(estimate, selection),
    ...cohortTable(estimate, selection),
    ...dealSizeTable(shown),
  ];
}
