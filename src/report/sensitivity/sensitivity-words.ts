/** What inputs are called in reports of sensitivity, and their values in their own words. */
import type { Bar, Sensitivity } from '../../scenario/sensitivity/sensitivity.ts';
import {
  type AmountUnit,
  amount,
  duration,
  GLUE,
  percentRange,
  shortAmount,
  typedPercent,
} from '../format.ts';
import { plural, shortStage, stageWord } from '../plan/plan-words.ts';

export interface SensitivityShown {
  readonly sensitivity: Sensitivity;
  /** Teams and sources that were asked for by name. */
  readonly picked: readonly string[];
}

/** `opportunity → deal`. */
export function transitionName(
  { model }: Sensitivity,
  transition: number,
  name: (stage: string) => string = stageWord,
): string {
  return `${name(model.stages[transition]!)} → ${name(model.stages[transition + 1]!)}`;
}

/** `opportunity → deal`, `deal size`, `lag lead → conversation`, `share of inbound`. */
export function nameOf(of: Sensitivity, bar: Bar, stage: (stage: string) => string = stageWord): string {
  switch (bar.what) {
    case 'rate':
      return transitionName(of, bar.transition!, stage);
    case 'lag':
      return `lag ${transitionName(of, bar.transition!, stage)}`;
    case 'deal_size':
      return 'deal size';
    case 'quota':
      return 'quota';
    case 'share':
      return `share of ${bar.source}`;
  }
}

/** The label in parts: what it is and, of a rate, of whom. */
export function labelOf(of: Sensitivity, bar: Bar): string[] {
  const whose = whoseOf(bar);
  return [nameOf(of, bar), ...(whose === '' ? [] : [whose])];
}

/** The same in few letters: `opp. → deal, West`. */
export function shortLabelOf(of: Sensitivity, bar: Bar): string {
  const whose = whoseOf(bar);
  return `${nameOf(of, bar, shortStage)}${whose === '' ? '' : `, ${whose}`}`;
}

/** `West`, `inbound`, `West, inbound`; empty where it is of all. */
export function whoseOf({ what, team, source }: Bar): string {
  if (what !== 'rate') return '';
  return [...(team === null ? [] : [team]), ...(source === null ? [] : [source])].join(', ');
}

/** `28.3–31.2%`, `$21,400–$26,600`, `2–4 months`, `0–1.3 months`, `10 days – 1.3 months`, `$10.8M–$13.2M`. */
export function rangeText({ low, high, what, unit }: Bar, of: AmountUnit): string {
  if (what === 'share') return `${typedPercent(low).slice(0, -1)}–${typedPercent(high)}`;
  if (unit === 'share') return `${percentRange(low, high)}%`;
  if (unit === 'months') return waits(duration(low), duration(high));
  const money = what === 'quota' ? shortAmount : amount;
  const [from, to] = what === 'quota' ? [low, high] : [inUnits(low), inUnits(high)];
  const first = money(from, of);
  return `${of.kind === 'deals' ? first.split(GLUE)[0] : first}–${money(to, of)}`;
}

/** Deal sizes without cents from 100 on: `$21,400`. */
function inUnits(hundredths: number): number {
  return hundredths < 10_000 ? hundredths : Math.round(hundredths / 100) * 100;
}

function waits(low: string, high: string): string {
  const [number, unit] = low.split(GLUE) as [string, string];
  const one = (word: string) => word.replace(/s$/, '');
  const isAlike = number === '0' || one(high.split(GLUE)[1]!) === one(unit);
  return isAlike ? `${number}–${high}` : `${low}${GLUE}–${GLUE}${high}`;
}

/** What the goal counts: `leads`, or records of the first stage any source begins at. */
export function goalWord({ model, stage }: Sensitivity): string {
  return plural(stageWord(model.stages[stage]!));
}
