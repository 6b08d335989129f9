/** Periods of two plans beside each other: those both have, and those only one has. */
import type { Grain } from '../../../period/fiscal.ts';
import { type PlanPeriod, planPeriods } from '../../../plan/row.ts';
import type { Side } from '../side.ts';

/** A period of the same months in both, with its place in each. */
export interface SharedPeriod {
  readonly a: PlanPeriod;
  readonly b: PlanPeriod;
}

/** A period that only one has, or has with other months. */
export interface LonePeriod {
  readonly period: PlanPeriod;
  readonly only: 'a' | 'b';
}

const monthsOf = ({ start, end }: PlanPeriod): string => `${start} ${end}`;

/** In order of time, under the names that the first plan's calendar gives them. */
export function sharedPeriods(a: Side, b: Side, grain: Grain): SharedPeriod[] {
  const inB = new Map(planPeriods(b.clock, grain).map((period) => [monthsOf(period), period]));
  return planPeriods(a.clock, grain).flatMap((period) => {
    const other = inB.get(monthsOf(period));
    return other === undefined ? [] : [{ a: period, b: other }];
  });
}

/** Those of the first, then those of the second. */
export function lonePeriods(a: Side, b: Side, grain: Grain): LonePeriod[] {
  const shared = new Set(sharedPeriods(a, b, grain).map((period) => monthsOf(period.a)));
  const alone = (side: Side, only: 'a' | 'b') =>
    planPeriods(side.clock, grain)
      .filter((period) => !shared.has(monthsOf(period)))
      .map((period) => ({ period, only }));
  return [...alone(a, 'a'), ...alone(b, 'b')];
}
