/** What-if changes of rates and deal sizes: put in the place of an answer, or laid over it. */
import type { Where } from '../problem.ts';
import { isWithin } from '../quota/rep.ts';
import type { Scope } from './rate-row.ts';

/** `to` 0.3: in place of what is known; `times` 1.1: 10 % more; `plus` 0.01: a point more. */
export interface Adjustment extends Scope {
  readonly kind: 'to' | 'times' | 'plus';
  readonly value: number;
  /** As it was asked for: `+10%`. */
  readonly text: string;
  /** Where it was asked for. */
  readonly where: Where;
  /** What the result never exceeds; null: it may, and whoever uses it finds out. */
  readonly atMost: number | null;
}

/**
 * Those that speak of whoever asks, in the order they were asked for: of a team those of its parents too; of all where
 * an adjustment names nobody.
 */
export function adjustmentsFor(all: readonly Adjustment[], asker: Scope): readonly Adjustment[] {
  if (all.length === 0) return all;
  return all.filter(
    ({ team, rep, source }) =>
      isWithin(asker.team, team) &&
      (rep === null || rep === asker.rep) &&
      (source === null || source === asker.source),
  );
}

/** 0.2 with `times` 1.1 and `plus` 0.01, in that order: 0.23. */
export function adjusted(value: number, by: readonly Adjustment[]): number {
  return by.reduce((before, { kind, value: change, atMost }) => {
    const after = kind === 'to' ? change : kind === 'times' ? before * change : before + change;
    return atMost === null ? after : Math.min(after, atMost);
  }, value);
}

/** As they were asked for, one after the other; null where there are none. */
export function textOf(by: readonly Adjustment[]): string | null {
  return by.length === 0 ? null : by.map(({ text }) => text).join(', ');
}
