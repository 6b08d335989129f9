/** Inputs that differ, one row each: what it is in the first plan and in the other. */
import type { Comparison } from '../../scenario/compare/comparison.ts';
import { type Block, type Choice, prose, type Row, row } from '../block.ts';
import { left } from '../columns.ts';
import { count, GLUE } from '../format.ts';
import { shortStage } from '../plan/plan-words.ts';
import { shortened } from '../text-width.ts';
import { cellText, inputLabel, valueTexts } from './input-words.ts';

/** As many as one reads; JSON has them all. */
const SHOWN = 15;

/** Where there is room, and where there is little. */
const CELL = 38;
const NARROW_CELL = 18;

export function inputsTable({ a, b, inputs }: Comparison, letter: string): Block[] {
  if (inputs.length === 0) return [];
  const kept = mostGeneral(inputs);
  const rows = kept.map((difference): Row => {
    const texts = valueTexts(difference, { a: a.head, b: b.head });
    const [before, after] = [cellText(texts.a), cellText(texts.b)];
    const { stages } = a.head;
    const cells = {
      a: cut(before, CELL),
      b: cut(after, CELL),
      narrowA: cut(before, NARROW_CELL),
      narrowB: cut(after, NARROW_CELL),
    };
    const shortLabel = inputLabel(difference, stages, shortStage);
    return row([inputLabel(difference, stages)], cells, { shortLabel });
  });
  const more = inputs.length - kept.length;
  return [
    {
      kind: 'table',
      flush: null,
      choices: choicesOf(letter),
      sections: [{ title: 'inputs that differ', rows }],
    },
    ...(more > 0 ? [prose(`and ${count(more)}${GLUE}more: -f json lists all`, 'dim')] : []),
  ];
}

/** In their order; those of single reps give way first, all of them, then those of teams and sources. */
function mostGeneral(inputs: Comparison['inputs']): Comparison['inputs'] {
  const detail = ({ key, team, rep, source }: Comparison['inputs'][number]) =>
    rep !== null && key !== 'reps' ? 2 : team !== null || source !== null ? 1 : 0;
  const byDetail = [...inputs].sort((first, second) => detail(first) - detail(second));
  const general = byDetail.filter((difference) => detail(difference) < 2);
  const isLong = inputs.length > SHOWN && general.length > 0;
  const kept = new Set((isLong ? general : byDetail).slice(0, SHOWN));
  return inputs.filter((difference) => kept.has(difference));
}

function cut(text: string, room: number): string {
  return shortened(text, room, '…');
}

function choicesOf(letter: string): Choice[] {
  const columns = (a: string, b: string) => [left(a, 'A', 'values'), left(b, letter, 'values')];
  return [
    { columns: columns('a', 'b'), leftOut: null, labelRoom: 20 },
    { columns: columns('narrowA', 'narrowB'), leftOut: null, labelRoom: 12 },
  ];
}
