/** Words of a comparison: causes, transitions, whose rows, why they are on one side only. */
import type { LineKey } from '../../plan/line.ts';
import type { Comparison } from '../../scenario/compare/comparison.ts';
import type { Pair } from '../../scenario/compare/goals/pairs.ts';
import { GLUE, signedPercent } from '../format.ts';

/** What the parts of a change are called. */
const CAUSES: Readonly<Record<string, string>> = {
  quotas: 'quota',
  quotas_include_ramp: 'ramp in quotas',
  size_on: 'what is sized on',
  over_assigned: 'over-assignment',
  deal_size: 'deal size',
  rates_for_reps: 'rates of reps',
  late: 'what is late',
  carry_in: 'what exists already',
  as_of: 'what is known by now',
  rounding: 'whole leads',
  other: 'all else',
};

/** The step of a saved bridge; where quotas count deals there is no deal size. */
const NAIVE = 'quota ÷ deal size ÷ rates';

type Sides = Pick<Comparison, 'a' | 'b'>;

/** `opportunity → close`, `quota + deal size`, `wait lead → conversation`. */
export function causeWords(key: string, sides: Sides): string {
  const words = (part: string) => {
    if (part === 'quota_unit') return `quotas count ${sides.b.head.quotaUnit}`;
    if (part === NAIVE && sides.b.head.quotaUnit === 'deals') return 'quota ÷ rates';
    return CAUSES[part];
  };
  return key
    .split(' + ')
    .map((part) => words(part) ?? transitionWords(part, stagesOf(sides)) ?? part.replaceAll('_', ' '))
    .join(' + ');
}

/** Stages that either plan has. */
export function stagesOf({ a, b }: Sides): string[] {
  return [...new Set([...a.head.stages, ...b.head.stages])];
}

/** `lead → conversation` of the key of its rate, with `wait` before it of that of its lag; null for other keys. */
export function transitionWords(
  key: string,
  stages: readonly string[],
  wordOf: (stage: string) => string = (stage) => stage,
): string | null {
  const [, section, pair] = /^(rates|lags)\.(.+_to_.+)$/s.exec(key) ?? [];
  if (pair === undefined) return null;
  const known = stages.find(
    (stage) => pair.startsWith(`${stage}_to_`) && stages.includes(pair.slice(stage.length + TO)),
  );
  const from = known ?? pair.slice(0, pair.indexOf('_to_'));
  const words = `${wordOf(from)} → ${wordOf(pair.slice(from.length + TO))}`;
  return section === 'lags' ? `wait ${words}` : words;
}

const TO = '_to_'.length;

/** `Company`, `East`, `Ana Ruiz (East)`; with its source where it has one. */
export function whoseRow({ team, rep, territory, source }: LineKey): string {
  const person = rep ?? territory;
  const name = person === null ? (team ?? 'Company') : team === null ? person : `${person} (${team})`;
  return source === null ? name : `${name}, ${source}`;
}

/** `joined`, `moved from East`, `renamed`. */
export function noteWords({ note, was }: Pick<Pair, 'note' | 'was'>): string {
  if (was !== null && note === 'moved here') return `moved from ${was}`;
  if (was !== null && note === 'moved away') return `moved to ${was}`;
  return note ?? '';
}

/** `+3.7%`; whole percents from 10 % on. */
export function percentText(share: number): string {
  const tenths = Math.round(Math.abs(share) * 1000) / 10;
  if (tenths >= 10 || tenths === 0) return signedPercent(share);
  return `${share > 0 ? '+' : '−'}${tenths.toFixed(1)}%`;
}

/** `−2.1 points`. */
export function pointsText(share: number): string {
  return `${share > 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)}${GLUE}points`;
}

/** The letter of a plan in the order they were named: A, B, C; beyond Z by number. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode('A'.charCodeAt(0) + index) : `plan ${index + 1}`;
}
