/** A change to what a plan rests on, for a what-if. */
import type { Scope } from '../rates/rate-row.ts';

/** As somebody asked for it: `rates.opportunity_to_close[team=West]=+10%`. */
export interface Change extends Scope {
  /** Of the plan file: `quota`, `rates.opportunity_to_close`, `sources.inbound.share`. */
  readonly key: string;
  /** `30000` in place of what was there; `+10%`, `-5%`, `+1 month` on top of it. */
  readonly value: string;
  /** The scenario of the plan file that it is a part of; null where it was asked for by itself. */
  readonly scenario: string | null;
}

/** A number that a change is laid over, as it was before. */
export interface Unchanged {
  readonly value: number;
  /** What was done to it, in order; empty: nobody asked for it, it gave way to others. */
  readonly by: readonly Alteration[];
}

/** `to`: in its place; `times` 1.1: 10 % more; `plus`: so much more; `total` 1.02: the part of a total that was set, 2 % more. */
export interface Alteration {
  readonly kind: 'to' | 'times' | 'plus' | 'total';
  readonly value: number;
  /** As it was asked for: `+10%`. */
  readonly text: string;
}
