/** Tallies of a history → its rates, lags and deal sizes, and what they cannot be trusted with. */
import { closedOnlyReps, trusting } from './closed-only.ts';
import { trianglesOf } from './cohorts.ts';
import { dealSizesOf } from './deal-sizes.ts';
import type { HistoryEstimate, LagCurve } from './estimate.ts';
import { rateOf, saysWhen } from './life-table.ts';
import { isLogLate, logStartsOf } from './log-start.ts';
import { type Measure, measuresOf } from './measure.ts';
import { monthCurve } from './month-curve.ts';
import { rateRows } from './rate-rows.ts';
import { sourcesOf } from './slice.ts';
import type { HistoryTallies } from './tallies.ts';
import { unitsOf } from './units.ts';
import { historyWarnings } from './warnings.ts';

export interface EstimateOptions {
  /** Months after which a record weighs half as much as one of the as-of month; null (usual): all weigh the same. */
  readonly halfLife?: number | null;
}

/** Everything a history tells. */
export function estimateHistory(
  tallies: HistoryTallies,
  { halfLife = null }: EstimateOptions = {},
): HistoryEstimate {
  const { asOf, stages, rows, dirt } = tallies;
  const units = unitsOf(tallies.units);
  const measures = measuresOf(tallies, { sources: sourcesOf(tallies), units, halfLife });
  const [overall = []] = measures;
  const closedOnly = closedOnlyReps(tallies);
  const dealSizes = dealSizesOf(tallies.amounts);
  return {
    asOf,
    stages,
    rows,
    rates: rateRows(measures, units.all, trusting(closedOnly)),
    curves: measures.flatMap((places) => places.flatMap(curveOf)),
    dealSizes,
    triangles: trianglesOf(tallies, overall, isLogLate),
    logStarts: logStartsOf(overall),
    dirt,
    problems: historyWarnings({ stages, measures, closedOnly, dealSizes }),
  };
}

/** It ends in the rate; none where nobody is known to convert. */
function curveOf({ slice, table, rate }: Measure): LagCurve[] {
  const { from, to, source } = slice;
  const measured = rateOf(table);
  if (!saysWhen(table) || measured === null || rate === null) return [];
  const curve = monthCurve(table);
  const byMonth = rate === measured ? curve : curve.map((share) => (share * rate) / measured);
  return [{ from, to, source, byMonth }];
}
