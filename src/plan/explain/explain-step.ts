/** The steps of an explanation: what a step is, and the goal of one month of one unit that steps are made for. */

import { yieldOver } from '../../funnel/rate.ts';
import { addMonths, formatMonth } from '../../period/month.ts';
import type { Where } from '../../problem.ts';
import type { Context } from '../context.ts';
import type { ChanceRow } from '../plan.ts';
import type { PlannedUnit } from '../prepare.ts';

/**
 * What a number counts: money and deals come in minor units (hundredths); a `chance` is a probability, written with
 * four digits at most.
 */
export type Unit =
  | 'money'
  | 'deals'
  | 'closes'
  | 'records'
  | 'share'
  | 'chance'
  | 'months'
  | 'factor'
  | 'changes';

/** A number with its name, what it counts, and the row it comes from. */
export interface Quantity {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly where: Where | null;
  /** Of a measured rate: what it was measured of. */
  readonly evidence?: Evidence;
}

/** A number without evidence; of no row unless said. */
export function quantity(name: string, value: number, unit: Unit, where: Where | null = null): Quantity {
  return { name, value, unit, where };
}

/** So many converted of so many records, and the 80 % interval of their rate. */
export interface Evidence {
  readonly records: number;
  readonly converted: number;
  readonly low: number | null;
  readonly high: number | null;
}

export type StepKind =
  | 'what_if'
  | 'change'
  | 'sum'
  | 'spread'
  | 'territory'
  | 'closes'
  | 'yield'
  | 'naive'
  | 'curve'
  | 'late'
  | 'required'
  | 'pace'
  | 'arrivals'
  | 'reached'
  | 'whole'
  | ChanceStepKind;

/** Those of goals sized for a chance, and of the chance. */
export type ChanceStepKind =
  | 'confidence'
  | 'quota_left'
  | 'expected_closes'
  | 'variance'
  | 'matched_chance'
  | 'matched_records'
  | 'deal_size'
  | 'deal_spread'
  | 'closes_wanted'
  | 'chance_at_fixed_rates'
  | 'doubt'
  | 'chance'
  | 'extra_leads';

/** One step: what goes in, what comes out. `details` fill in the sentence. */
export interface Step {
  readonly step: StepKind;
  readonly inputs: readonly Quantity[];
  readonly result: Quantity;
  readonly details: Readonly<Record<string, string | number>>;
}

/** How goals are sized for a chance: so many times what is enough on average, and how sure each year is with them. */
export interface Sizing {
  readonly times: number;
  /** The chance wanted. */
  readonly confidence: number;
  /** The company's chances by year. */
  readonly years: readonly Pick<ChanceRow, 'period' | 'chance'>[];
}

/** One month's goal of one unit's part: the smallest thing to explain. */
export interface Cell {
  readonly planned: PlannedUnit;
  readonly month: number;
  /** 0: the rep's own (or the whole) part, 1: the open territory. */
  readonly part: number;
  readonly goal: number;
  /** The exact number behind it. */
  readonly expected: number;
  /** Null where goals are met on average. */
  readonly sizing: Sizing | null;
}

/** `2027-01`. */
export function labelOf(context: Context, month: number): string {
  return formatMonth(addMonths(context.clock.from, month));
}

/** Whose goal it is. */
export function nameOf({ planned, part }: Cell): string {
  const { rep, team } = planned.carrier;
  if (rep === null) return team ?? 'the company';
  return part === 1 ? `open (was ${rep.name})` : rep.name;
}

/** Share of records at the source's first stage that ever closes. */
export function yieldOf({ planned }: Cell): number {
  return yieldOver(planned.answers.rates.map((answer) => answer?.value ?? 1));
}

/** Name of the source's first stage. */
export function firstStage({ model }: Context, { planned }: Cell): string {
  return model.stages[planned.source.startsAt]!;
}
