/** The tornado as a table: each input with its range, its bar, the leads at its ends and what a point of it saves. */
import type { Bar } from '../../scenario/sensitivity/sensitivity.ts';
import { type Block, type Choice, type Column, prose, type Row, row } from '../block.ts';
import { choicesWithout, left, right } from '../columns.ts';
import { type AmountUnit, count, NONE, signed } from '../format.ts';
import { widthOf } from '../text-width.ts';
import { goalWord, labelOf, rangeText, type SensitivityShown, shortLabelOf } from './sensitivity-words.ts';
import { changesOf, drawn, largestChange, type Marks, type Tornado } from './tornado.ts';

/** More bars than this are counted, not shown. */
const MOST_BARS = 24;

/** Labels are cut down to this many columns. */
const LABEL_ROOM = 24;

/** Characters on either side of the centre line, from the widest bar to the narrowest. */
const SIDES = [30, 18, 10, 7] as const;
const [WIDEST, WIDE, USUAL, NARROW] = SIDES;

/** `marks` null: without bars, for what cannot show them. */
export function tornadoTable({ sensitivity }: SensitivityShown, marks: Marks | null): Block[] {
  const { bars, leads, model } = sensitivity;
  const shown = bars.slice(0, MOST_BARS);
  const unit: AmountUnit = { kind: model.quotaUnit, currency: model.currency };
  const word = goalWord(sensitivity);
  const most = largestChange(shown, leads);
  const isWith = { bars: marks !== null, points: shown.some(({ perPoint }) => perPoint !== null) };
  const rows = shown.map((bar): Row => {
    const short = shortLabelOf(sensitivity, bar);
    const cells = {
      ...cellsOf(bar, leads, unit),
      ...(marks === null ? {} : barsOf(bar, leads, { marks, most })),
    };
    return row(labelOf(sensitivity, bar), cells, { shortLabel: widthOf(short) <= LABEL_ROOM ? short : null });
  });
  const title = `what moves the ${count(leads)} ${word}`;
  const choices = choicesOf(marks, isWith);
  const more = bars.length - shown.length;
  return [
    { kind: 'table', flush: null, sections: [{ title, rows }], choices },
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

/** Bars get shorter before numbers give way: first what a point saves, then the leads at the ends, then the ranges. */
function choicesOf(marks: Marks | null, isWith: { bars: boolean; points: boolean }): Choice[] {
  const columns: Column[] = [
    right('range', 'range', 'tornado'),
    ...(marks === null ? [] : SIDES.map((side) => left(`bar ${side}`, barHead(side, marks), 'tornado'))),
    right('low', 'at low', 'tornado'),
    right('high', 'at high', 'tornado'),
    ...(isWith.points ? [right('point', '+1 point', 'tornado')] : []),
  ];
  if (!isWith.bars) return choicesWithout(columns, LABEL_ROOM, [[[], null]]);
  const only = (side: number) => SIDES.filter((other) => other !== side).map((other) => `bar ${other}`);
  const point = isWith.points ? 'what a point saves' : null;
  const ends = isWith.points ? 'leads at both ends and what a point saves' : 'leads at both ends';
  return choicesWithout(columns, LABEL_ROOM, [
    [only(WIDEST), null],
    [only(WIDE), null],
    [only(USUAL), null],
    [[...only(USUAL), 'point'], point],
    [[...only(NARROW), 'point'], point],
    [[...only(USUAL), 'point', 'low', 'high'], ends],
    [[...only(NARROW), 'point', 'low', 'high'], ends],
    [[...only(NARROW), 'point', 'low', 'high', 'range'], `ranges, ${ends}`],
  ]);
}

/** `     fewer│more`. */
function barHead(side: number, { centre }: Marks): string {
  return `${'fewer'.padStart(side)}${centre}more`;
}
