/** An input of a plan whose ends are tried: what it is, how far it may lie off, and the plan at both ends. */
import type { PlanModel } from '../../plan/model.ts';
import type { Range } from './range.ts';

/** `money` and `deals` come in minor units (hundredths). */
export type InputUnit = 'share' | 'money' | 'deals' | 'months';

export interface Input extends Range {
  /** As `--set` names it: `rates.opportunity_to_close[team=West]`, `sources.inbound.share`. */
  readonly key: string;
  readonly what: 'rate' | 'lag' | 'deal_size' | 'quota' | 'share';
  /** Index of the transition of a rate or lag; else null. */
  readonly transition: number | null;
  /** Whom a rate is of, or the source whose share it is; null: of all. */
  readonly team: string | null;
  readonly source: string | null;
  readonly unit: InputUnit;
}

/** An input with the plans that are made of it; null where an end is what the plan has already, or cannot be. */
export interface TriedInput {
  readonly input: Input;
  readonly atLow: PlanModel | null;
  readonly atHigh: PlanModel | null;
  /** With the rate a percentage point higher; null for all else. */
  readonly pointMore: PlanModel | null;
}
