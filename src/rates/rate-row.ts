/** Conversion rates as they are given: a row of stage counts or of shares, for all or for a team, rep or source. */
import type { Month } from '../period/month.ts';
import type { Where } from '../problem.ts';
import type { Tally } from './blend.ts';

/** Who or what a row speaks of; null means "whichever". */
export interface Scope {
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
}

/** What a row says of one transition. */
export type Measure =
  | { readonly kind: 'share'; readonly value: number; readonly where: Where }
  | { readonly kind: 'counts'; readonly tally: Tally; readonly where: Where }
  | MeasuredRate;

/** A rate measured of a history, blended there with those above it: it stands as it is. */
export interface MeasuredRate {
  readonly kind: 'measured';
  readonly value: number;
  /** Records that entered the transition, and of those the converted ones. */
  readonly records: number;
  readonly converted: number;
  /** Records that have had the time to convert: what the rate weighs as evidence. */
  readonly effective: number;
  /** 80 % interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whose records carry it, where they are not those of whom the row speaks. */
  readonly carriedBy: 'rep' | 'team' | 'all' | null;
  readonly where: Where;
}

export interface RateRow extends Scope {
  /** One per transition, in funnel order; null where the row does not say. */
  readonly measures: readonly (Measure | null)[];
  /** Last month of the counts, where the row says it. */
  readonly lastMonth: Month | null;
  readonly where: Where;
}

/** The levels a look-up tries, by the words used in output. */
export type AnsweredBy = 'rep and source' | 'team and source' | 'source' | 'rep' | 'team' | 'all';

/** `EMEA/UK`, `EMEA`: the team and those above it, nearest first. */
export function pathUp(team: string | null): string[] {
  if (team === null) return [];
  const parts = team.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}
