/** A backtest as JSON, the format `leadgoal.backtest`, and as CSV. */
import type { BacktestRow, BacktestSummary } from '../../history/backtest.ts';
import { formatDay } from '../../period/day.ts';
import { csvTable } from '../csv.ts';
import { type HistoryMade, historyHead, madeRow } from '../history/history-head.ts';
import { decimals, headedDocument, significant, warningRows } from '../json-document.ts';
import type { BacktestShown } from './backtest-view.ts';

export interface BacktestFile extends BacktestShown, HistoryMade {}

/** Text of the document in pieces. */
export function backtestJson({
  backtest,
  history,
  plan,
  inputs,
  made,
  warnings,
}: BacktestFile): Iterable<string> {
  return headedDocument({
    format: 'leadgoal.backtest',
    head: historyHead(plan, history),
    inputs,
    parts: [
      ['made', { value: madeRow(made, history) }],
      ['backtest', backtest.rows.map((row) => JSON.stringify(rowOf(row, history.stages)))],
      ['summary', { value: summaryOf(backtest.summary) }],
      ['warnings', warningRows(warnings, inputs)],
    ],
  });
}

const COLUMNS = [
  'as_of',
  'from',
  'to',
  'records',
  'truth',
  'leadgoal',
  'naive',
  'won_of_closed',
  'last_year',
  'low',
  'high',
  'inside',
] as const;

/** A line an earlier day; `as_of` is that day, `data_to` the last day of the history. */
export function backtestCsv({ backtest, history, plan }: BacktestShown, bom: boolean): Iterable<string> {
  const head = { plan: plan.name, data_to: formatDay(history.asOf) };
  return csvTable(
    backtest.rows.map((row) => ({ ...head, ...rowOf(row, history.stages) })),
    { columns: [...Object.keys(head), ...COLUMNS], bom },
  );
}

const share = (value: number | null): number | null => (value === null ? null : significant(value));

function rowOf(row: BacktestRow, stages: readonly string[]): Record<(typeof COLUMNS)[number], unknown> {
  return {
    as_of: formatDay(row.asOf),
    from: stages[row.from]!,
    to: stages[row.to]!,
    records: row.records,
    truth: share(row.truth),
    leadgoal: share(row.leadgoal),
    naive: share(row.naive),
    won_of_closed: share(row.wonOfClosed),
    last_year: share(row.lastYear),
    low: share(row.low),
    high: share(row.high),
    inside: row.inside,
  };
}

/** Scores come from logarithms, whose last bits differ between engines: four digits. */
const score = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(4)));

function summaryOf({ rows, inside, insideLow, insideHigh, errors, pinball, brier }: BacktestSummary): object {
  return {
    rows,
    inside,
    inside_low: decimals(insideLow),
    inside_high: decimals(insideHigh),
    errors: errors.map(({ method, rms, bias }) => ({ method, rms: score(rms), bias: score(bias) })),
    pinball: score(pinball),
    brier: score(brier),
  };
}
