/** What-ifs that need the whole model: what is changed, for whom, and how. */
import type { Change } from '../plan/change.ts';
import type { Where } from '../problem.ts';

/** `to`: in place of what was there; `times` 1.1: 10 % more; `plus`: that much more, in the unit of what is changed. */
export interface Move {
  readonly kind: 'to' | 'times' | 'plus';
  readonly value: number;
}

/**
 * What a change does: `rate` (shares) and `lag` (months) of transitions, `deal_size` and `quota` (minor units; `to` is
 * the total over the plan), the `share` of a source.
 */
export type Effect =
  | { readonly of: 'rate'; readonly transitions: readonly number[]; readonly move: Move }
  | { readonly of: 'lag'; readonly transitions: readonly number[]; readonly move: Move }
  | { readonly of: 'deal_size' | 'quota'; readonly move: Move }
  | { readonly of: 'share'; readonly source: string; readonly move: Move };

export interface WhatIf {
  /** As it was asked for, with the plan's own names in its scope. */
  readonly change: Change;
  readonly effect: Effect;
  readonly where: Where;
}

/** 0.2 with `times` 1.1: 0.22. */
export function moved(value: number, { kind, value: by }: Move): number {
  if (kind === 'to') return by;
  return kind === 'times' ? value * by : value + by;
}
