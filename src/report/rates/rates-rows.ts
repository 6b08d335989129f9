/** The document of measured rates by the keys of its formats: the same rows as JSON, YAML and CSV. */
import type { DealSizeEstimate, LagCurve, LogStart, RateEstimate } from '../../history/estimate.ts';
import type { Dirt } from '../../history/tallies.ts';
import { formatDay } from '../../period/day.ts';
import type { HistoryMade } from '../history/history-head.ts';
import { decimals, significant, warningRow } from '../json-document.ts';
import { selectsTransition, selectsWhose } from './rates-selection.ts';
import type { RatesShown } from './rates-view.ts';

export const RATES_FORMAT = 'leadgoal.rates';

export interface RatesFile extends RatesShown, HistoryMade {}

const orNull = (value: number | null, write: (value: number) => number): number | null =>
  value === null ? null : write(value);

/** Keys after `made`, each with its rows. */
export function ratesParts(file: RatesFile): (readonly [key: string, rows: readonly object[]])[] {
  const { estimate, inputs, warnings, selection } = file;
  const { stages } = estimate;
  const isAsked = (of: { from: number; to: number }) => selectsTransition(selection, { ...of, stages });
  const { sources } = selection;
  const curves = estimate.curves.filter(
    (curve) =>
      isAsked(curve) && (sources.length === 0 || (curve.source !== null && sources.includes(curve.source))),
  );
  const dealSizes = estimate.dealSizes.filter((size) => selectsWhose(selection, size));
  return [
    ['rates', rateRows(file)],
    ['curves', curves.map((curve) => curveRow(curve, stages))],
    ['deal_sizes', dealSizes.map(dealSizeRow)],
    ['dirt', estimate.dirt.map(dirtRow)],
    ['log_starts', estimate.logStarts.filter(isAsked).map((start) => logStartRow(start, stages))],
    ['warnings', warnings.map((problem) => warningRow(problem, inputs))],
  ];
}

export function rateRows({ estimate, selection }: RatesShown): Readonly<Record<string, unknown>>[] {
  const { stages } = estimate;
  return estimate.rates
    .filter((rate) => selectsTransition(selection, { ...rate, stages }) && selectsWhose(selection, rate))
    .map((rate) => rateRow(rate, stages));
}

function rateRow(rate: RateEstimate, stages: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    level: rate.level,
    team: rate.team,
    rep: rate.rep,
    source: rate.source,
    from: stages[rate.from]!,
    to: stages[rate.to]!,
    records: rate.records,
    converted: rate.converted,
    lost: rate.lost,
    open: rate.open,
    naive: orNull(rate.naive, significant),
    rate: orNull(rate.rate, significant),
    low: orNull(rate.low, significant),
    high: orNull(rate.high, significant),
    maturity: orNull(rate.maturity, significant),
    median_lag_days: orNull(rate.medianLagDays, decimals),
    lag_80_days: orNull(rate.lag80Days, decimals),
    answered_by: rate.answeredBy,
  };
}

/** Columns of a file, in the order of the rows. */
export const RATE_COLUMNS: readonly string[] = [
  'level',
  'team',
  'rep',
  'source',
  'from',
  'to',
  'records',
  'converted',
  'lost',
  'open',
  'naive',
  'rate',
  'low',
  'high',
  'maturity',
  'median_lag_days',
  'lag_80_days',
  'answered_by',
];

function curveRow({ from, to, source, byMonth }: LagCurve, stages: readonly string[]): object {
  return { from: stages[from]!, to: stages[to]!, source, by_month: byMonth.map(significant) };
}

/** The mean to the cent. */
function dealSizeRow({ level, team, rep, source, deals, mean, variation }: DealSizeEstimate): object {
  const cents = Math.round(mean * 100) / 100 + 0;
  return { level, team, rep, source, deals, mean: cents, variation: orNull(variation, decimals) };
}

function dirtRow({ kind, count, rows }: Dirt): object {
  return { kind, count, rows: rows.map(({ row, file, id, text }) => ({ row, file, id, text })) };
}

function logStartRow({ from, to, day, isLate }: LogStart, stages: readonly string[]): object {
  return { from: stages[from]!, to: stages[to]!, day: formatDay(day), late: isLate };
}
