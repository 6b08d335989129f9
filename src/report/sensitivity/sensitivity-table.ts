/** The tornado as a table: each input with its range, its bar, the leads at its ends and what a point of it saves. */
import type { Bar } from '../../scenario/sensitivity/sensitivity.ts';
import { type Block, type Choice, type Column, prose, type Row, row } from '../block.ts';
import { choicesWithout, type LeftOut, left, right } from '../columns.ts';
import { type AmountUnit, count, NONE, signed } from '../format.ts';
import { listed } from '../plan/plan-words.ts';
import { shortened } from '../text-width.ts';
import { goalWord, labelOf, rangeText, type SensitivityShown, shortLabelOf } from './sensitivity-words.ts';
import { changesOf, drawn, largestChange, type Marks, type Tornado } from './tornado.ts';

/** More bars than this are counted, not shown. */
const MOST_BARS = 24;

/** Labels are cut down to this many columns, short ones with the ends of long names. */
const LABEL_ROOM = 28;

/** Characters on either side of the centre line, from the widest bar to the narrowest. */
const SIDES = [30, 18, 10, 7, 5] as const;

/** `marks` null: without bars, for what cannot show them. */
export function tornadoTable({ sensitivity, picked }: SensitivityShown, marks: Marks | null): Block[] {
  const { bars, leads, model } = sensitivity;
  const shown = bars.slice(0, MOST_BARS);
  const unit: AmountUnit = { kind: model.quotaUnit, currency: model.currency };
  const word = goalWord(sensitivity);
  const most = largestChange(shown, leads);
  const isWith = { bars: marks !== null, points: shown.some(({ perPoint }) => perPoint !== null) };
  const rows = shown.map((bar): Row => {
    const shortLabel = shortened(shortLabelOf(sensitivity, bar), LABEL_ROOM, '…');
    const cells = {
      ...cellsOf(bar, leads, unit),
      ...(marks === null ? {} : barsOf(bar, leads, { marks, most })),
    };
    return row(labelOf(sensitivity, bar), cells, { shortLabel });
  });
  const whose = picked.length === 0 ? 'the' : "the company's";
  const title = `what moves ${whose} ${count(leads)} ${word}`;
  const choices = choicesOf(marks, isWith);
  const more = bars.length - shown.length;
  return [
    { kind: 'table', flush: null, alike: true, sections: [{ title, rows }], choices },
    ...(more > 0 ? [prose(`and ${count(more)} more: --format json has them all`, 'dim')] : []),
  ];
}

function cellsOf(bar: Bar, leads: number, unit: AmountUnit): Record<string, string> {
  const [low, high] = changesOf(bar, leads).map((change) => (change === null ? NONE : signed(change)));
  return {
    range: rangeText(bar, unit),
    low: low!,
    high: high!,
    point: bar.perPoint === null ? '' : signed(-bar.perPoint),
  };
}

function barsOf(bar: Bar, leads: number, of: Pick<Tornado, 'marks' | 'most'>): Record<string, string> {
  return Object.fromEntries(SIDES.map((side) => [`bar ${side}`, drawn(bar, leads, { ...of, side })]));
}

/** Bars get shorter, then give way, then what a point saves, then the ranges; the leads at both ends stay. */
function choicesOf(marks: Marks | null, isWith: { bars: boolean; points: boolean }): Choice[] {
  const columns: Column[] = [
    right('range', 'range', 'tornado'),
    ...(marks === null ? [] : SIDES.map((side) => left(`bar ${side}`, barHead(side, marks), 'tornado'))),
    right('low', 'at low', 'tornado'),
    right('high', 'at high', 'tornado'),
    ...(isWith.points ? [right('point', '+1 point', 'tornado')] : []),
  ];
  if (!isWith.bars) return choicesWithout(columns, LABEL_ROOM, [[[], null]]);
  const all = SIDES.map((side) => `bar ${side}`);
  const shorter = SIDES.map((side): LeftOut => [all.filter((bar) => bar !== `bar ${side}`), null]);
  const words = ['bars', ...(isWith.points ? ['what a point saves'] : [])];
  return choicesWithout(columns, LABEL_ROOM, [
    ...shorter,
    [all, 'bars'],
    ...(isWith.points ? [[[...all, 'point'], listed(words)] as const] : []),
    [[...all, 'point', 'range'], listed([...words, 'ranges'])],
  ]);
}

/** `     fewer│more`. */
function barHead(side: number, { centre }: Marks): string {
  return `${'fewer'.padStart(side)}${centre}more`;
}
