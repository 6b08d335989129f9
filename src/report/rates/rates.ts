/** The report on a history in every format. */
import { renderMarkdown } from '../markdown.ts';
import { renderBlocks, type TextOptions } from '../table.ts';
import { ratesCsv, ratesJson } from './rates-json.ts';
import type { RatesFile } from './rates-rows.ts';
import { ratesView } from './rates-view.ts';
import { ratesYaml } from './rates-yaml.ts';

export type RatesFormat = 'table' | 'plain' | 'json' | 'csv' | 'yaml' | 'markdown';

export interface RatesStyle extends TextOptions {
  /** csv: a byte order mark, for Excel. */
  readonly bom: boolean;
}

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<RatesFormat, (file: RatesFile, style: RatesStyle) => Iterable<string>>> = {
  table: (file, style) => [renderBlocks(ratesView(file), { ...style, line: style.ascii ? '|' : '│' })],
  plain: (file, style) => [renderBlocks(ratesView(file), { ...style, colour: false, line: ' ' })],
  json: (file) => ratesJson(file),
  csv: (file, { bom }) => ratesCsv(file, bom),
  yaml: (file) => ratesYaml(file),
  markdown: (file) => [renderMarkdown(ratesView(file))],
};

/** Text in pieces. */
export function renderRates(format: RatesFormat, file: RatesFile, style: RatesStyle): Iterable<string> {
  return RENDERERS[format](file, style);
}
