/** Inputs that differ, a row each: what it is in the first plan and in the other; many of a kind in a few words. */
import type { Comparison } from '../../scenario/compare/comparison.ts';
import { isSameMoney } from '../../scenario/compare/goals/changes.ts';
import type { InputDifference } from '../../scenario/compare/inputs/input-value.ts';
import { type Block, type Choice, prose, type Row, row } from '../block.ts';
import { left } from '../columns.ts';
import { count, GLUE, shortAmount } from '../format.ts';
import { shortStage } from '../plan/plan-words.ts';
import type { Selection } from '../selection.ts';
import { shortened } from '../text-width.ts';
import { pointsText, stagesOf, transitionWords, whoseRow } from './compare-words.ts';
import { chosenInputs, concerning, type InShort, sizeOf } from './input-choice.ts';
import { cellText, inputLabel, unitOf, valueTexts } from './input-words.ts';

/** Where there is room, and where there is little. */
const CELL = 38;
const NARROW_CELL = 18;

export function inputsTable(comparison: Comparison, selection: Selection, letter: string): Block[] {
  const { inputs, causes } = comparison;
  const meant = concerning(comparison, selection);
  const { shown, inShort } = chosenInputs(meant, causes);
  const others = inputs.length - meant.length;
  const rest = [
    ...inShort.map((of) => shortText(comparison, of)),
    ...(others > 0 ? [`${count(others)}${GLUE}of other teams, reps or sources`] : []),
  ];
  const title = 'inputs that differ';
  const table: Block = {
    kind: 'table',
    flush: null,
    choices: choicesOf(letter),
    sections: [{ title, rows: shown.map((difference) => inputRow(comparison, difference)) }],
  };
  return [
    ...(shown.length === 0 ? [] : [table]),
    ...(rest.length === 0 ? [] : [prose(`and ${rest.join('; ')}: -f${GLUE}json lists all`, 'dim')]),
  ];
}

function inputRow({ a, b }: Comparison, difference: InputDifference): Row {
  const texts = valueTexts(difference, { a: a.head, b: b.head });
  const [before, after] = [cellText(texts.a), cellText(texts.b)];
  const stages = stagesOf({ a, b });
  const cells = {
    a: cut(before, CELL),
    b: cut(after, CELL),
    narrowA: cut(before, NARROW_CELL),
    narrowB: cut(after, NARROW_CELL),
  };
  const shortLabel = inputLabel(difference, stages, shortStage);
  return row([inputLabel(difference, stages)], cells, { shortLabel });
}

/** `12 quotas of reps, most Jon Weiss (West) +$116k`, `opportunity → close: 34 rates of reps, most Ana Ruiz −2.1 points`. */
function shortText(comparison: Comparison, { group, detail, isRest, inputs }: InShort): string {
  const { a, b } = comparison;
  const number = `${count(inputs.length)}${GLUE}${isRest ? `more${GLUE}` : ''}`;
  const whose = detail === 2 ? ' of reps' : '';
  const most = mostText(comparison, inputs);
  const transition = transitionWords(group, stagesOf({ a, b }));
  if (transition !== null) {
    const what = group.startsWith('lags') ? 'waits' : 'rates';
    return `${transition}: ${number}${what}${whose}${most}`;
  }
  const word = NOUNS[group] ?? group.replaceAll('_', ' ');
  return `${number}${word}${group === 'quotas' && detail === 1 ? ' of teams' : whose}${most}`;
}

const NOUNS: Readonly<Record<string, string>> = {
  quotas: 'quotas',
  deal_size: 'deal sizes',
  reps: 'reps',
  sources: 'of sources',
  as_of: 'files',
};

/** Of those that both plans have the one that changes most. */
function mostText({ a, b }: Comparison, inputs: readonly InputDifference[]): string {
  const sizes = inputs.flatMap((difference) => {
    const size = sizeOf(difference);
    return size === null ? [] : [{ difference, size }];
  });
  const [first] = sizes.sort((one, other) => Math.abs(other.size) - Math.abs(one.size));
  if (first === undefined) return '';
  const { team, rep, source } = first.difference;
  const whose = whoseRow({ ...NOBODY, team, rep, source });
  const isRate = first.difference.a?.kind === 'rate';
  if (!isRate && !isSameMoney(a, b)) return '';
  const money = shortAmount(first.size, unitOf(a.head));
  return `, most ${whose} ${isRate ? pointsText(first.size) : first.size > 0 ? `+${money}` : money}`;
}

const NOBODY = { level: 'rep', repId: null, territory: null, owner: null } as const;

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
