/** What else the goals rest on, a line each: the history that rates were measured of, lags, deal sizes. */
import { meanWait } from '../../funnel/lag.ts';
import { type Block, prose } from '../block.ts';
import { amount, count, dayName, duration } from '../format.ts';
import type { Scope } from './plan-scope.ts';
import { assumptionsFor, firstOf, labelOf, setText } from './plan-subjects.ts';
import { listed, stageWord, tied } from './plan-words.ts';

/** Without its folders: messages say those. */
export function nameOfFile(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** `measured from history.csv, data to 31 Dec 2026, 12,000 records`. */
export function measuredLine({ plan: { model } }: Scope): Block[] {
  const { measured } = model;
  if (measured === null) return [];
  const from = measured.files.length === 0 ? '' : ` from ${listed(measured.files.map(nameOfFile))}`;
  const parts = [`data to ${dayName(measured.asOf)}`, `${count(measured.records)} records`].map(tied);
  return [prose(`measured${from}, ${parts.join(', ')}`, 'dim')];
}

/** `lags: lead → conversation 10 days, conversation → opportunity 1 month, opportunity → deal 2.2 months on average`. */
export function lagLine({ plan: { model } }: Scope): Block {
  const { stages, lags } = model;
  const isMeasured = (index: number) => model.measured?.lags[index] === true;
  if (lags.every((lag) => lag === null))
    return prose('lags: none given, as if every lead closed in its own month', 'dim');
  const whole = lags.every((lag, index) => lag !== null && isMeasured(index));
  const waits = lags.map((lag, index) => {
    const between = `${stageWord(stages[index]!)} → ${stageWord(stages[index + 1]!)}`;
    if (lag === null) return tied(`${between} none given`);
    const average = lag.kind === 'shares' ? ' on average' : '';
    const mark = !whole && isMeasured(index) ? ' (measured)' : '';
    return tied(`${between} ${duration(meanWait(lag))}${average}${mark}`);
  });
  return prose(`lags${whole ? ', measured' : ''}: ${waits.join(', ')}`, 'dim');
}

/** Only where there are several; the head has the one there is. */
export function dealSizeLine(scope: Scope): Block[] {
  const sizes = assumptionsFor(scope, 'deal_size');
  if (new Set(sizes.map(({ value }) => value)).size < 2) return [];
  const shown = firstOf(sizes);
  const texts = shown.map((size) =>
    tied(`${labelOf(size, 'others').join(' ')} ${amount(size.value * 100, scope.unit)}${setText([size])}`),
  );
  const more = sizes.length - shown.length;
  const measured = sizes.every(({ basis }) => basis === 'measured') ? ', measured' : '';
  return [
    prose(`deal sizes${measured}: ${texts.join(', ')}${more > 0 ? `, and ${count(more)} more` : ''}`, 'dim'),
  ];
}
