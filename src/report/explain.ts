/** An explanation as text (one sentence and one line of arithmetic a step) and as JSON. */

import type { Input } from '../files/input.ts';
import type { Explanation } from '../plan/explain/explain.ts';
import type { Quantity, Step, Unit } from '../plan/explain/explain-step.ts';
import type { PlanModel } from '../plan/model.ts';
import { CHANCE_SENTENCES } from './explain-chance.ts';
import { percentRange, records } from './format.ts';
import { placeText, writtenWhere } from './input.ts';
import { jsonDocument } from './json-document.ts';
import { whatIfText } from './what-if.ts';

type Details = (name: string) => string;

/** What each step does, in one sentence. */
const SENTENCES: Readonly<Record<Step['step'], (details: Details, model: PlanModel) => string>> = {
  what_if: (_, { changes }) => `W${whatIfText(changes).slice(1)}: all that follows rests on it.`,
  change: (d) => changeSentence(d),
  sum: (d) =>
    d('first') === d('last')
      ? `The goal of ${d('first')} is the sum of these parts.`
      : `The goal of ${d('first')} to ${d('last')} is the sum of these parts.`,
  spread: (d) =>
    `The quota of ${d('who')} is spread over its months by season, ramp and days there; this is the part of ${d('month')}.`,
  territory: (d) => `${d('who')} leaves: the month is split by days between the rep and the open territory.`,
  closes: () => 'Divided by the deal size, that many closes are needed.',
  yield: (d) =>
    `The conversion rates multiplied are the share of records that ever closes (answered by: ${d('answered_by')}${measuredText(d)}).`,
  naive: (d) => `If every ${d('stage')} closed in its own month, the plain division would do.`,
  curve: (d) => `But a ${d('stage')} takes time: this share of its closes comes so many months after.`,
  late: (d) =>
    `By ${d('until')} some closes have no source: neither what exists nor new leads in step can bring them.`,
  required: (d) =>
    `The month-end that decides this month is ${d('until')}: until then so many closes are still to bring.`,
  pace: (d) => `That is the pace which, held from ${d('month')} on, is enough by ${d('until')}.`,
  arrivals: (d) => `Every ${d('stage')} of the month comes from leads of this and earlier months.`,
  reached: (d) => `${d('month')} is over: its goal is what was reached.`,
  whole: () => 'Whole records: the running total rounded up, less what was given before.',
  ...CHANCE_SENTENCES,
};

function changeSentence(d: Details): string {
  const name = d('name').replace(/^[a-z]/, (letter) => letter.toUpperCase());
  switch (d('how')) {
    case 'gives way':
      return `${name} gives way: sources that nothing was asked of share what is left, as they did before.`;
    case 'total':
      return `Quotas are set ${setText(d('set'))} together for the what-if, each in proportion.`;
    default:
      return `${name} is set ${setText(d('set'))} for the what-if${d('capped') === '' ? '' : ', as far as that can be'}.`;
  }
}

/** `+10%`; what stands in place of what was there: `to 25%`. */
function setText(set: string): string {
  return /^[+\u2212-]/.test(set) ? set : `to ${set}`;
}

function measuredText(d: Details): string {
  if (d('measured_to') === '') return '';
  return `; measured${d('measured_from') === '' ? '' : ` from ${d('measured_from')}`}, data to ${d('measured_to')}`;
}

/** `lead → close, measured: 373 of 9,590 (3.6–4.1)`: the name with what a measured rate was measured of. */
export function nameOf({ name, evidence }: Quantity): string {
  if (evidence === undefined) return name;
  const { records: entered, converted, low, high } = evidence;
  const range = low === null || high === null ? '' : ` (${percentRange(low, high)})`;
  const counts = entered > 0 ? `: ${records(converted)} of ${records(entered)}` : '';
  return `${name}, measured${counts}${range}`;
}

export function sentenceOf({ model }: Explanation, step: Step): string {
  return SENTENCES[step.step]((name) => String(step.details[name] ?? ''), model);
}

/** The format `leadgoal.explain`. */
export function explainJson(explanation: Explanation, inputs: readonly Input[]): string {
  const { model } = explanation;
  const steps = stepRows(explanation, inputs);
  return [...jsonDocument({ format: 'leadgoal.explain', model, inputs, parts: [['steps', steps]] })].join('');
}

function* stepRows(explanation: Explanation, inputs: readonly Input[]): Iterable<string> {
  const { currency } = explanation.model;
  const bare = ({ name, value, unit }: Quantity) => ({
    name,
    value: bareNumber(value, unit),
    unit: unitText(unit, currency),
  });
  for (const step of explanation.steps) {
    const given = step.inputs.map((input) => {
      const { where } = input;
      return {
        ...bare(input),
        where: where === null ? null : placeText(writtenWhere(where, inputs)) || null,
      };
    });
    const text = sentenceOf(explanation, step);
    yield JSON.stringify({ step: step.step, text, inputs: given, result: bare(step.result) });
  }
}

/** Amounts in major units; chances with four decimals, all else with six. */
export function bareNumber(value: number, unit: Unit): number {
  if (unit === 'money' || unit === 'deals') return Math.round(value) / 100;
  const steps = unit === 'chance' ? 1e4 : 1e6;
  return Math.round(value * steps) / steps;
}

export function unitText(unit: Unit, currency: string | null): string {
  return unit === 'money' ? (currency ?? 'money') : unit;
}
