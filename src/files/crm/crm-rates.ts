/** What was measured of the CRM's records → the same document that a rates file holds. */
import type { DealSizeEstimate, HistoryEstimate, RateEstimate } from '../../history/estimate.ts';
import { formatDay } from '../../period/day.ts';
import { at } from '../../problem.ts';
import type { MeasuredFile } from '../measured-rates.ts';
import type { MeasuredDocument } from '../measured-schema.ts';
import type { CrmRead } from './crm.ts';

/** A rates file has so many digits: a plan comes out the same from one and from the records themselves. */
const SIGNIFICANT = 10;

const written = (value: number): number => Number(value.toPrecision(SIGNIFICANT));
const writtenOrNull = (value: number | null): number | null => (value === null ? null : written(value));

/** Null where nothing was counted. What it says stands nowhere but in the files it was measured of: the first. */
export function crmRates({ history, files }: CrmRead, currency: string | null): MeasuredFile | null {
  if (history === null) return null;
  const where = at(files[0]?.shown ?? null);
  return {
    asOf: history.estimate.asOf,
    document: documentOf(
      history.estimate,
      files.map(({ path }) => path),
      currency,
    ),
    whereOf: () => where,
  };
}

function documentOf(
  { asOf, stages, rows, rates, curves, dealSizes }: HistoryEstimate,
  paths: readonly string[],
  currency: string | null,
): MeasuredDocument {
  return {
    format: 'leadgoal.rates',
    version: '1.0',
    plan: { currency, stages: [...stages] },
    inputs: paths.map((path) => ({ path })),
    made: { as_of: formatDay(asOf), rows },
    rates: rates.map((rate) => rateRow(rate, stages)),
    curves: curves.map(({ from, to, source, byMonth }) => ({
      from: stages[from]!,
      to: stages[to]!,
      source,
      by_month: byMonth.map(written),
    })),
    deal_sizes: dealSizes.map(dealSizeRow),
  };
}

function rateRow(rate: RateEstimate, stages: readonly string[]): MeasuredDocument['rates'][number] {
  const { level, team, rep, source, from, to, records, converted, answeredBy } = rate;
  return {
    ...{ level, team, rep, source, records, converted },
    from: stages[from]!,
    to: stages[to]!,
    rate: writtenOrNull(rate.rate),
    low: writtenOrNull(rate.low),
    high: writtenOrNull(rate.high),
    maturity: writtenOrNull(rate.maturity),
    answered_by: answeredBy,
  };
}

/** The mean to the cent. */
function dealSizeRow(size: DealSizeEstimate): MeasuredDocument['deal_sizes'][number] {
  const { level, team, rep, source, deals, mean, variation } = size;
  const cents = Math.round(mean * 100) / 100 + 0;
  return {
    ...{ level, team, rep, source, deals },
    mean: cents,
    variation: variation === null ? null : Math.round(variation * 1e4) / 1e4 + 0,
  };
}
