/** What a backtest says, in blocks: how far to trust the goals, then every earlier day beside what came. */
import type { BacktestResult } from '../../history/backtest.ts';
import type { HistoryEstimate } from '../../history/estimate.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import { dayName } from '../format.ts';
import type { HistoryPlan } from '../history/history-head.ts';
import { counted } from '../plan/plan-words.ts';
import { whatIfLine } from '../what-if.ts';
import { backtestTable } from './backtest-table.ts';
import { trustLines } from './backtest-words.ts';

export interface BacktestShown {
  readonly backtest: BacktestResult;
  readonly history: Pick<HistoryEstimate, 'asOf' | 'stages' | 'rows'>;
  readonly plan: HistoryPlan;
  /** The sources whose records it is of; none: all records. */
  readonly sources?: readonly string[];
  /** Whether transitions were picked: then a table has all there are rows of, else that of the whole funnel alone. */
  readonly isPicked?: boolean;
}

/** Blocks of the report; every text in them is safe to print. */
export function backtestView(shown: BacktestShown): Block[] {
  const { backtest, history, plan } = shown;
  const changes = whatIfLine({ changes: plan.changes ?? [] });
  const blocks = [
    headLine(shown),
    ...changes,
    ...trustLines(backtest, history.stages),
    ...backtestTable(shown),
  ];
  return blocks.map((block) => mapTexts(block, printable));
}

/** `Northwind · backtest on a CRM history of 12,000 records · data to 31 Dec 2026 · only inbound`. */
function headLine({ history, plan, sources = [] }: BacktestShown): Block {
  const parts = [
    ...(plan.name === null || plan.name === '' ? [] : [plan.name]),
    `backtest on a CRM history of ${counted(history.rows, 'record')}`,
    `data to ${dayName(history.asOf)}`,
    ...(sources.length === 0 ? [] : [`only ${sources.join(', ')}`]),
  ];
  return prose(parts.join(' · '), 'strong');
}
