/** An explanation for people: one sentence and its arithmetic a step, as text, Markdown or CSV rows. */
import type { Explanation } from '../plan/explain/explain.ts';
import type { Quantity, Step } from '../plan/explain/explain-step.ts';
import { csvCell } from './csv.ts';
import { bareNumber, nameOf, sentenceOf } from './explain.ts';
import { amount, decimal, GLUE, percentExact, typedPercent } from './format.ts';
import { placeText } from './input.ts';
import { toAscii } from './table.ts';
import { padded, widthOf, wrapped } from './text-width.ts';

/** How many inputs of a step are shown as text. */
const SHOWN = 14;

/** How many of the inputs of an average. */
const EVENLY = 8;

/** Columns that values are aligned in. */
const VALUE_WIDTH = 14;

export interface ExplainStyle {
  readonly width: number;
  readonly ascii: boolean;
}

/** Each step numbered: its sentence, its inputs, its result. */
export function explainText(explanation: Explanation, style: ExplainStyle): string {
  const lines = explanation.steps.flatMap((step, index) =>
    stepLines(explanation, step, { number: index + 1, style }),
  );
  const text = `${lines.join('\n')}\n`.replaceAll(GLUE, ' ');
  return style.ascii ? toAscii(text) : text;
}

function stepLines(
  explanation: Explanation,
  step: Step,
  of: { number: number; style: ExplainStyle },
): string[] {
  const start = `${of.number}. `;
  const indent = ' '.repeat(start.length);
  const shown = shownInputs(step);
  const longest = [...shown, step.result].reduce(
    (most, quantity) => Math.max(most, widthOf(nameOf(quantity))),
    0,
  );
  const width = Math.min(longest, of.style.width - indent.length - VALUE_WIDTH - 3);
  const lines = (quantity: Quantity, sign: string) => {
    const value = valueText(explanation, quantity).padStart(VALUE_WIDTH);
    const name = wrapped(nameOf(quantity), { width, indent: '  ', mark: '…' });
    const last = `${padded(name.at(-1) ?? '', width)} ${value}`;
    const named = [...name.slice(0, -1), last].map((text, at) => `${indent}${at === 0 ? sign : ' '} ${text}`);
    const place = placeText(quantity.where);
    if (place === '') return named;
    const beside = `${named.at(-1)}   ${place}`;
    return widthOf(beside) <= of.style.width
      ? [...named.slice(0, -1), beside]
      : [...named, `${indent}    ${place}`];
  };
  const left = step.inputs.length - shown.length;
  return [
    ...wrapped(start + sentenceOf(explanation, step), { width: of.style.width, indent, mark: '…' }),
    ...shown.flatMap((quantity) => lines(quantity, ' ')),
    ...(left > 0 ? [`${indent}  … and ${left} more`] : []),
    ...(hasResult(step) ? lines(step.result, '=') : []),
  ];
}

/** That so many changes were asked for is in the sentence already. */
function hasResult({ step }: Step): boolean {
  return step !== 'what_if';
}

/** All inputs where they are few; of the many chances of one average some from the lowest to the highest. */
function shownInputs({ step, inputs }: Step): readonly Quantity[] {
  if (step !== 'chance' || inputs.length <= SHOWN) return inputs.slice(0, SHOWN);
  const last = EVENLY - 1;
  return Array.from({ length: EVENLY }, (_, at) => inputs[Math.round((at * (inputs.length - 1)) / last)]!);
}

/** A heading and a table a step. */
export function explainMarkdown(explanation: Explanation): string {
  const cell = (text: string) => text.replaceAll(GLUE, ' ').replace(/[\\|]/g, (sign) => `\\${sign}`);
  const row = (quantity: Quantity, mark: string) => {
    const value = cell(valueText(explanation, quantity));
    return `| ${mark}${cell(nameOf(quantity))}${mark} | ${mark}${value}${mark} | ${cell(placeText(quantity.where))} |`;
  };
  const steps = explanation.steps.map((step, index) =>
    [
      `**${index + 1}.** ${cell(sentenceOf(explanation, step))}`,
      ...(hasResult(step)
        ? [
            '',
            '| | value | where |',
            '|---|--:|---|',
            ...step.inputs.map((quantity) => row(quantity, '')),
            row(step.result, '**'),
          ]
        : []),
    ].join('\n'),
  );
  return `${steps.join('\n\n')}\n`;
}

/** A row per number: inputs, then the result of each step. Amounts are in major units. */
export function explainCsv(explanation: Explanation): string {
  const rows = explanation.steps.flatMap((step, index) =>
    [...step.inputs.map((quantity) => ['input', quantity] as const), ['result', step.result] as const].map(
      ([role, { name, value, unit, where }]) => {
        const bare = bareNumber(value, unit);
        return [index + 1, step.step, role, csvCell(name), bare, unit, csvCell(placeText(where))].join(',');
      },
    ),
  );
  return `${['number,step,role,name,value,unit,where', ...rows].join('\n')}\n`;
}

function valueText({ model }: Explanation, { value, unit }: Quantity): string {
  switch (unit) {
    case 'money':
      return amount(value, { kind: 'money', currency: model.currency });
    case 'deals':
      return amount(value, { kind: 'deals', currency: null });
    case 'share':
      return percentExact(value);
    case 'chance':
      return typedPercent(value);
    default:
      return decimal(value);
  }
}
