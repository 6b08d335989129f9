/** Words of a comparison: causes, transitions, whose rows. */
import type { LineKey } from '../../plan/line.ts';

/** What the parts of a change are called. */
const CAUSES: Readonly<Record<string, string>> = {
  quotas: 'quota',
  over_assigned: 'over-assignment',
  deal_size: 'deal size',
  rates_for_reps: 'rates of reps',
  late: 'what is late',
  carry_in: 'what exists already',
  as_of: 'what is known by now',
  rounding: 'whole leads',
  other: 'all else',
};

/** `opportunity → close`, `quota + deal size`, `wait lead → conversation`. */
export function causeWords(key: string, stages: readonly string[]): string {
  return key
    .split(' + ')
    .map((part) => CAUSES[part] ?? transitionWords(part, stages) ?? part.replaceAll('_', ' '))
    .join(' + ');
}

/** `lead → conversation` of the key of its rate, with `wait` before it of that of its lag; null for other keys. */
export function transitionWords(
  key: string,
  stages: readonly string[],
  wordOf: (stage: string) => string = (stage) => stage,
): string | null {
  for (const [index, to] of stages.slice(1).entries()) {
    const from = stages[index]!;
    const words = `${wordOf(from)} → ${wordOf(to)}`;
    if (key === `rates.${from}_to_${to}`) return words;
    if (key === `lags.${from}_to_${to}`) return `wait ${words}`;
  }
  return null;
}

/** `Company`, `East`, `Ana Ruiz (East)`; with its source where it has one. */
export function whoseRow({ team, rep, territory, source }: LineKey): string {
  const person = rep ?? territory;
  const name = person === null ? (team ?? 'Company') : team === null ? person : `${person} (${team})`;
  return source === null ? name : `${name}, ${source}`;
}

/** The letter of a plan in the order they were named: A, B, C; beyond Z by number. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode('A'.charCodeAt(0) + index) : `plan ${index + 1}`;
}
