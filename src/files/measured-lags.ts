/** Measured curves → the lags of a plan. */
import type { Lag } from '../funnel/lag.ts';
import type { Where } from '../problem.ts';
import { transitionsBetween } from './measured-names.ts';
import type { MeasuredFile } from './measured-rates.ts';
import type { Lags } from './plan-parts.ts';

/**
 * The plan's own lags, and in place of those it does not give the measured ones of all sources together. `measured`
 * says by transition which are.
 */
export function withMeasuredLags(
  { lags, lagsWhere }: Lags,
  { document, whereOf }: MeasuredFile,
  stages: readonly string[],
): Lags & { readonly measured: readonly boolean[] } {
  const transitionOf = transitionsBetween(document.plan.stages, stages);
  const found = new Map<number, { lag: Lag; where: Where }>();
  for (const [index, { from, to, source, by_month: byMonth }] of document.curves.entries()) {
    const transition = source === null ? transitionOf({ from, to }) : null;
    const lag = transition === null ? null : lagOf(byMonth);
    if (transition !== null && lag !== null)
      found.set(transition, { lag, where: whereOf(['curves', index]) });
  }
  const own = (transition: number) => lags[transition] !== null;
  return {
    lags: lags.map((lag, transition) => lag ?? found.get(transition)?.lag ?? null),
    lagsWhere: lagsWhere.map((where, transition) =>
      own(transition) ? where : (found.get(transition)?.where ?? null),
    ),
    measured: lags.map((_, transition) => !own(transition) && found.has(transition)),
  };
}

/**
 * Shares of those that ever convert, by months waited, from the shares converted by the end of each month: .1, .3, .4,
 * .4 are 25 %, 50 %, 25 %. They sum to 1. Null where nothing ever converts.
 */
export function lagOf(byMonth: readonly number[]): Lag | null {
  const parts = byMonth.map((value, month) => Math.max(0, value - (byMonth[month - 1] ?? 0)));
  while (parts.at(-1) === 0) parts.pop();
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return whole > 0 ? { kind: 'shares', shares: parts.map((part) => part / whole) } : null;
}
