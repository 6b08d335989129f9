/** Measured rates as YAML: the same document as the JSON, a row a line, to be read by a plan and by people. */
import { formatDay } from '../../period/day.ts';
import { printable } from '../block.ts';
import { GLUE } from '../format.ts';
import { historyHead, madeRow } from '../history/history-head.ts';
import { inputRows } from '../input.ts';
import { VERSION } from '../json-document.ts';
import { counted, listed } from '../plan/plan-words.ts';
import { RATES_FORMAT, type RatesFile, ratesParts } from './rates-rows.ts';
import { flowText } from './yaml-flow.ts';

/** Text of the document in pieces. */
export function* ratesYaml(file: RatesFile): Iterable<string> {
  const { plan, estimate, inputs, made } = file;
  yield comment(file);
  yield `format: ${flowText(RATES_FORMAT)}\nversion: ${flowText(VERSION)}\n`;
  yield `plan: ${flowText(historyHead(plan, estimate))}\n`;
  yield* rowLines('inputs', inputRows(inputs));
  yield `made: ${flowText(madeRow(made, estimate))}\n`;
  for (const [key, rows] of ratesParts(file)) yield* rowLines(key, rows);
}

function comment({ estimate, inputs }: RatesFile): string {
  const from = inputs.length === 0 ? '' : ` of ${listed(inputs.map(({ path }) => path))}`;
  const what = `Conversion rates and lags measured by leadgoal rates from ${counted(estimate.rows, 'record')}${from}`;
  const line = `${what}, as known on ${formatDay(estimate.asOf)}; how: see made.`;
  const use = 'A plan reads them: write "rates: <this file>" in it. Made anew by each run: edits are lost.';
  return `# ${printable(line).replaceAll(GLUE, ' ')}\n# ${use}\n`;
}

function* rowLines(key: string, rows: readonly object[]): Iterable<string> {
  yield rows.length === 0 ? `${key}: []\n` : `${key}:\n`;
  for (const row of rows) yield `  - ${flowText(row)}\n`;
}
