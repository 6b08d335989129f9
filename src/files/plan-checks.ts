/** Checks across the files of a plan: keys that are missing, columns nobody has, rates that cannot be trusted. */
import { meanWait } from '../funnel/lag.ts';
import { addDays, formatDay } from '../period/day.ts';
import { DAYS_PER_MONTH, lastDay, type Month } from '../period/month.ts';
import type { PlanModel } from '../plan/model.ts';
import { at, error, type Problem, warning } from '../problem.ts';
import { actualColumns } from './actuals.ts';
import type { CrmRead } from './crm/crm.ts';
import { DEAL_SIZE_COLUMNS } from './deal-sizes.ts';
import { HISTORY_COLUMNS } from './history/history-plan.ts';
import type { Loading } from './loading.ts';
import { PIPELINE_COLUMNS } from './pipeline.ts';
import type { PlanFile } from './plan-schema.ts';
import { QUOTA_COLUMNS } from './quotas.ts';
import { rateColumns } from './rates.ts';
import { REP_COLUMNS } from './reps.ts';
import { matchKey } from './sheet/column-keys.ts';
import { nearestWord } from './sheet/nearest.ts';

/** Keys and headers under `columns:` that no file has. */
export function columnsNotFound(
  { file, found, funnel, side, knowsStages, faulty }: Loading,
  crm: CrmRead | null,
): Problem[] {
  const kinds = [
    QUOTA_COLUMNS,
    rateColumns(funnel.stages),
    REP_COLUMNS,
    DEAL_SIZE_COLUMNS,
    actualColumns(funnel.stages),
    PIPELINE_COLUMNS,
  ];
  const ofCrm = file.crm === undefined ? [] : HISTORY_COLUMNS;
  const known = [...new Set([...kinds.flat().map((column) => column.name), ...ofCrm])];
  const headers = new Set(
    side.reports.flatMap(({ sheet }) =>
      sheet === null
        ? []
        : [...sheet.columns, ...sheet.periodColumns, ...sheet.totalColumns].map(({ header }) =>
            matchKey(header),
          ),
    ),
  );
  for (const header of crm?.files.flatMap((of) => of.headers) ?? []) headers.add(matchKey(header));
  if (!knowsStages || faulty.has('columns')) return [];
  return Object.entries(file.columns).flatMap(([key, header]) => {
    const where = found.raw.whereOfKey(['columns'], key);
    if (!known.includes(key)) {
      const args = { key, nearest: nearestWord(key, known) ?? '', in: 'columns', known: known.join(', ') };
      return [error('key_unknown', where, args)];
    }
    return side.reports.length === 0 || headers.has(matchKey(header))
      ? []
      : [error('column_not_found', where, { header })];
  });
}

/** The keys that the command cannot do without. Coverage does without rates, and then without deal sizes. */
export function requireKeys(
  { file, faulty, found, problems, request }: Loading,
  {
    needsRates,
    hasDealSize,
    crm,
  }: {
    readonly needsRates: boolean;
    readonly hasDealSize: boolean;
    /** What the CRM stands in for. */
    readonly crm: { readonly hasRates: boolean; readonly hasPipeline: boolean };
  },
): void {
  const where = at(found.shown);
  const missing = (key: keyof PlanFile) => file[key] === undefined && !faulty.has(key);
  const { purpose } = request;
  if (missing('quotas')) problems.push(error('quotas_missing', where));
  if (purpose === 'coverage' && missing('pipeline') && !crm.hasPipeline)
    problems.push(error('pipeline_missing', where));
  if (purpose === 'track' && missing('actuals') && missing('pipeline') && !crm.hasRates && !crm.hasPipeline)
    problems.push(error('actuals_missing', where));
  const isRated = !missing('rates') || crm.hasRates;
  if (needsRates && purpose !== 'coverage' && !isRated) problems.push(error('rates_missing', where));
  const isPlanned = purpose !== 'coverage' || isRated;
  if (isPlanned && file.quota_unit === 'money' && missing('deal_size') && !hasDealSize)
    problems.push(error('deal_size_missing', where));
}

/** Counts whose window ends within twice the lag of the as-of day have not had the time to convert. */
export function youngCounts(model: PlanModel): Problem[] {
  const lag = model.lags.reduce((sum, wait) => sum + meanWait(wait), 0);
  const youngest = addDays(model.asOf, -Math.round(2 * lag * DAYS_PER_MONTH));
  return model.rates
    .filter((row) => row.lastMonth !== null && lastDay(row.lastMonth) > youngest)
    .map((row) =>
      warning('counts_too_young', row.where, {
        until: formatDay(lastDay(row.lastMonth as Month)),
        lag: Math.round(lag * 10) / 10,
        as_of: formatDay(model.asOf),
      }),
    );
}

/** Sources that no row of a rates file per source speaks of: the overall line answers, which may not be theirs. */
export function sourcesWithoutRates(model: PlanModel): Problem[] {
  const counted = model.rates.some((row) => row.measures.some((measure) => measure?.kind === 'counts'));
  const named = new Set(model.rates.map((row) => row.source));
  if (!counted || named.has(null)) return [];
  return model.sources
    .filter((source) => source.startsAt < model.stages.length - 1 && !named.has(source.name))
    .map((source) => warning('source_without_rates', source.where, { source: source.name ?? '' }));
}
