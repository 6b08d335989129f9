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
