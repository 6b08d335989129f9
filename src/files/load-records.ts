/** What happened so far and what is open: files of their own, else the exports of the CRM. */
import type { Pipeline, PlanModel, Source } from '../plan/model.ts';
import { hasErrors } from '../problem.ts';
import type { DealSize } from '../rates/deal-size.ts';
import type { BegunPlan } from './begin-plan.ts';
import type { CrmRead } from './crm/crm.ts';
import { loadCrmActuals, loadCrmPipeline } from './load-crm.ts';
import { loadActuals, loadPipeline, pipelineContext } from './load-files.ts';
import type { Loading } from './loading.ts';
import type { Names } from './names.ts';

export interface NamedSources {
  readonly sources: readonly string[];
  /** Index of the first stage of each. */
  readonly startsAt: ReadonlyMap<string, number>;
}

export function namedSources(sources: readonly Source[]): NamedSources {
  const named = sources.flatMap(({ name, startsAt }) => (name === null ? [] : [[name, startsAt] as const]));
  return { sources: named.map(([name]) => name), startsAt: new Map(named) };
}

export interface RecordsAsked {
  readonly crm: CrmRead | null;
  readonly dealSizes: readonly DealSize[];
  readonly rates: PlanModel['rates'];
  readonly lags: PlanModel['lags'];
}

/** What happened so far: files of their own before the CRM. */
export function loadRecords(
  { loading, months, asOf }: BegunPlan,
  known: NamedSources & { readonly names: Names },
  { crm, dealSizes, rates, lags }: RecordsAsked,
): Pick<PlanModel, 'actuals' | 'pipeline'> {
  const { file, faulty } = loading;
  if (!loading.knowsStages) return { actuals: null, pipeline: null };
  const isOfCrm = (key: 'actuals' | 'pipeline') => file[key] === undefined && !faulty.has(key);
  const actuals =
    crm !== null && isOfCrm('actuals') && months !== null && asOf !== null
      ? loadCrmActuals(loading, crm, { ...known, from: months.from, asOf, lags })
      : loadActuals(loading, { ...known, asOf });
  const isRated = file.rates !== undefined || rates.length > 0;
  const needsAge = isRated && lags.some((lag) => lag !== null);
  const context = pipelineContext(loading, { names: known.names, sources: known.sources, asOf, needsAge });
  const pipeline =
    crm !== null && isOfCrm('pipeline')
      ? loadCrmPipeline(loading, crm, { context, dealSizes })
      : loadPipeline(loading, context);
  return { actuals, pipeline };
}

/** Whether the CRM was not read for what is wrong elsewhere, or is faulty itself: nothing is missing then. */
export function isUnread({ file, problems }: Loading): boolean {
  return file.crm !== undefined && hasErrors(problems);
}

/** What the CRM gives in place of keys; where faults kept it from being read, nothing is missing for that. */
export function standsIn(
  { loading }: BegunPlan,
  { crm, pipeline }: { readonly crm: CrmRead | null; readonly pipeline: Pipeline | null },
): { hasRates: boolean; hasPipeline: boolean } {
  const isFaulty = isUnread(loading);
  return {
    hasRates: isFaulty || (crm?.history ?? null) !== null,
    hasPipeline: isFaulty || pipeline !== null,
  };
}
