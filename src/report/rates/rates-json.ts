/** Measured rates as JSON, the format `leadgoal.rates`, and as CSV. */
import { formatDay } from '../../period/day.ts';
import { csvTable } from '../csv.ts';
import { historyHead, madeRow } from '../history/history-head.ts';
import { headedDocument } from '../json-document.ts';
import { RATE_COLUMNS, RATES_FORMAT, type RatesFile, rateRows, ratesParts } from './rates-rows.ts';
import type { RatesShown } from './rates-view.ts';

/** Text of the document in pieces. */
export function ratesJson(file: RatesFile): Iterable<string> {
  const { plan, estimate, inputs, made } = file;
  return headedDocument({
    format: RATES_FORMAT,
    head: historyHead(plan, estimate),
    inputs,
    parts: [
      ['made', { value: madeRow(made, estimate) }],
      ...ratesParts(file).map(([key, rows]) => [key, texts(rows)] as const),
    ],
  });
}

function* texts(rows: readonly object[]): Iterable<string> {
  for (const row of rows) yield JSON.stringify(row);
}

/** A line a rate, of all levels and sources: rates are not summed. */
export function ratesCsv(shown: RatesShown, bom: boolean): Iterable<string> {
  const head = { plan: shown.plan.name, as_of: formatDay(shown.estimate.asOf) };
  return csvTable(
    rateRows(shown).map((row) => ({ ...head, ...row })),
    { columns: [...Object.keys(head), ...RATE_COLUMNS], bom },
  );
}
