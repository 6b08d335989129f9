/** A backtest in every format. */
import { renderMarkdown } from '../markdown.ts';
import type { RatesStyle } from '../rates/rates.ts';
import { renderBlocks } from '../table.ts';
import { type BacktestFile, backtestCsv, backtestJson } from './backtest-json.ts';
import { backtestView } from './backtest-view.ts';

export type BacktestFormat = 'table' | 'plain' | 'json' | 'csv' | 'markdown';

type Renderer = (file: BacktestFile, style: RatesStyle) => Iterable<string>;

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<BacktestFormat, Renderer>> = {
  table: (file, style) => [renderBlocks(backtestView(file), { ...style, line: style.ascii ? '|' : '│' })],
  plain: (file, style) => [renderBlocks(backtestView(file), { ...style, colour: false, line: ' ' })],
  json: (file) => backtestJson(file),
  csv: (file, { bom }) => backtestCsv(file, bom),
  markdown: (file) => [renderMarkdown(backtestView(file))],
};

/** Text in pieces. */
export function renderBacktest(
  format: BacktestFormat,
  file: BacktestFile,
  style: RatesStyle,
): Iterable<string> {
  return RENDERERS[format](file, style);
}
