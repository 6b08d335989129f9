/** What is to be counted of a history, and its stages, steps and days as SQL has them. */
import type { Day } from '../../period/day.ts';

export interface TallyRequest {
  /** A SELECT of records, as `recordSelect` makes them, with the stage each begins at as `begins`. */
  readonly records: string;
  readonly stages: number;
  readonly asOf: Day;
  readonly recentFrom: Day;
  readonly logFrom: Day | null;
  /** Whether records have ids. */
  readonly hasIds: boolean;
  /** Records of every so manieth day are looked at for ids that come twice; 1: all. */
  readonly daysPerLook: number;
  /** Whether records of one id are put together first. */
  readonly isMerged: boolean;
}

/** No history has days from here on, nor before, nor the day computers count from: they stand for "none". */
export const NEVER = `DATE '2100-01-01'`;
const BEFORE_ALL = `DATE '1930-01-01'`;
export const ZERO = `DATE '1970-01-01'`;

export const stagesOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A day as it is counted everywhere: days since 1970-01-01. */
export const numberOf = (day: string): string => `CAST(${day} - ${ZERO} AS INTEGER)`;

export const dayAt = (day: Day): string => `(${ZERO} + ${day})`;

export const isPlaceholder = (day: string): string =>
  `(${day} >= ${NEVER} OR ${day} < ${BEFORE_ALL} OR ${day} = ${ZERO})`;

/** Two transitions apart where a funnel has three stages or more: between neighbours, and from first to last. */
export interface Step {
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

export function stepsOf({ stages }: Pick<TallyRequest, 'stages'>): Step[] {
  const end = stages - 1;
  const neighbours = stagesOf(end).map((from) => ({ place: from, from, to: from + 1 }));
  return stages > 2 ? [...neighbours, { place: end, from: 0, to: end }] : neighbours;
}

/** Days that split a history: what happened from each on is counted apart. */
export function cutsOf({ recentFrom, logFrom }: Pick<TallyRequest, 'recentFrom' | 'logFrom'>): Day[] {
  return logFrom === null ? [recentFrom] : [recentFrom, logFrom];
}

/** A calendar month as it is counted everywhere: year × 12 + (month − 1). */
export const monthOf = (day: string): string => `(year(${day}) * 12 + month(${day}) - 1)`;
