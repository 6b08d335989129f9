/** Loading a plan: the plan file and everything it names → one validated model, or all problems at once. */
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import type { Pipeline, PlanModel, Source } from '../plan/model.ts';
import { at, hasErrors, type Parsed } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { DealSize } from '../rates/deal-size.ts';
import type { SavedPlan } from '../track/saved-plan.ts';
import { withClosedRecords } from './closed-records.ts';
import type { CrmAsked, CrmRead } from './crm/crm.ts';
import { crmRates } from './crm/crm-rates.ts';
import type { Input } from './input.ts';
import { crmAsked, loadCrmActuals, loadCrmPipeline } from './load-crm.ts';
import { loadActuals, loadPipeline, loadQuotas, loadReps, pipelineContext } from './load-files.ts';
import { loadDealSizes, loadRates } from './load-rates.ts';
import { type Loading, note, startLoading } from './loading.ts';
import { withMeasuredLags } from './measured-lags.ts';
import { type MeasuredFile, mayBeMeasured } from './measured-rates.ts';
import { measuredFrom } from './measured-scopes.ts';
import type { Names } from './names.ts';
import { columnsNotFound, requireKeys, sourcesWithoutRates, youngCounts } from './plan-checks.ts';
import { parsePlanFile } from './plan-file.ts';
import { asOfOf, monthsOf } from './plan-months.ts';
import { type Lags, lagsOf, sourcesOf } from './plan-parts.ts';
import type { PlanRequest } from './plan-request.ts';
import type { PlanFile } from './plan-schema.ts';
import { type RawPlanFile, readRawPlan } from './raw-plan.ts';
import { readSavedPlan } from './saved-plan.ts';
import { type FileReport, shownPath } from './side-file.ts';

export interface LoadedPlan {
  readonly model: PlanModel;
  readonly inputs: readonly Input[];
  readonly reports: readonly FileReport[];
  /** The goals that were agreed, where they are asked for. */
  readonly agreed: SavedPlan | null;
  /** Where the plan says they stand; null where it does not. */
  readonly agreedFile: string | null;
}

/** Model, inputs and what was detected; `value` is null where any input has an error. */
type Loaded = Parsed<LoadedPlan> & { readonly reports: readonly FileReport[] };

/**
 * A plan whose files are all read here and now. Of `crm:` only what is named beside it counts: what its records say
 * takes an engine to count, so that it has to be waited for, between `beginPlan` and `finishPlan`.
 */
export function loadPlan(request: PlanRequest): Loaded {
  const begun = beginPlan(request);
  if (begun.value === null) return { value: null, problems: begun.problems, reports: [] };
  return finishPlan(begun.value, null);
}

/** A plan of which the months and the as-of day are known: what its CRM is to be counted for. */
export interface BegunPlan {
  /** What to ask of the plan's exports of the CRM; null where it names none. */
  readonly crm: CrmAsked | null;
  readonly loading: Loading;
  readonly agreed: SavedPlan | null;
  readonly sources: readonly Source[];
  readonly lags: Lags;
  readonly names: Names;
  readonly quotas: Quota[] | null;
  readonly months: { readonly from: Month; readonly to: Month } | null;
  readonly asOf: Day | null;
}

/** Reads the plan file, reps and quotas. */
export function beginPlan(request: PlanRequest): Parsed<BegunPlan> {
  const found = readRawPlan(request);
  return found.value === null ? { value: null, problems: found.problems } : begin(found.value, request);
}

function begin(found: RawPlanFile, request: PlanRequest): Parsed<BegunPlan> {
  const read = parsePlanFile(found.raw);
  if (read.value === null) return { value: null, problems: read.problems };
  const loading = startLoading(request, found, read.value);
  note(loading, read.problems);
  const { file, funnel } = loading;
  const agreed = request.purpose === 'track' ? loadAgreed(loading) : null;
  const { sources, problems: ofSources } = sourcesOf(file, found.raw, funnel.stages);
  const { lags, problems: ofLags } = lagsOf(file, found.raw, funnel.stages);
  if (loading.knowsStages) note(loading, [...ofSources, ...ofLags]);
  const names = loadReps(loading);
  const quotas = loadQuotas(loading, names);
  const months = monthsOf(loading, quotas ?? []);
  const asOf = months === null ? null : asOfOf(loading, months);
  const crm = crmAsked(loading, asOf);
  return { value: { crm, loading, agreed, sources, lags, names, quotas, months, asOf }, problems: [] };
}

/** Reads all else; `crm` is what came of the exports, null where there are none. */
export function finishPlan(begun: BegunPlan, crm: CrmRead | null): Loaded {
  const { loading, agreed } = begun;
  if (crm !== null) {
    note(loading, crm.problems);
    loading.side.inputs.push(...crm.inputs);
  }
  const model = assemble(begun, crm);
  const { inputs, reports } = loading.side;
  const sound = model !== null && !hasErrors(loading.problems);
  return {
    value: sound ? { model, inputs, reports, agreed, agreedFile: agreedFile(loading) } : null,
    problems: loading.problems,
    reports,
  };
}

function agreedFile({ file, side }: Loading): string | null {
  return file.agreed === undefined ? null : shownPath(side, 'agreed', file.agreed);
}

function loadAgreed(loading: Loading): SavedPlan | null {
  const { file, found, side } = loading;
  if (file.agreed === undefined) return null;
  const where = found.raw.whereOf(['agreed']);
  const { value, problems } = readSavedPlan(shownPath(side, 'agreed', file.agreed), {
    written: file.agreed,
    where,
  });
  note(loading, problems);
  if (value === null) return null;
  side.inputs.push(value.input);
  return value.saved;
}

const NO_OPTIONS: PlanRequest = {
  plan: null,
  keys: {},
  fiscalYear: null,
  decimal: null,
  dateOrder: null,
  purpose: 'plan',
  strict: false,
};

/**
 * A plan from values instead of text: the keys of a plan file, with rows where it would name files.
 * Problems point at no file. Paths, where there are any, start where the program runs.
 */
export function parsePlan(plan: Readonly<Record<string, unknown>>): Parsed<PlanModel> {
  const raw = { value: plan, whereOf: () => at(null), whereOfKey: () => at(null) };
  const begun = begin({ raw, shown: null, folder: '.', inputs: [] }, NO_OPTIONS);
  if (begun.value === null) return { value: null, problems: begun.problems };
  const { value, problems } = finishPlan(begun.value, null);
  return { value: value === null ? null : value.model, problems };
}

/** Reads every side file, so that all their problems are told at once; the model only where none is an error. */
function assemble(begun: BegunPlan, crm: CrmRead | null): PlanModel | null {
  const { loading, sources, names, quotas, months, asOf } = begun;
  const { file, funnel, problems, currency } = loading;
  const { stages } = funnel;
  const known = { names, ...namedSources(sources) };
  const rates = loadRatesAndLags(loading, known, { given: begun.lags, crm });
  const dealSizes = loadDealSizes(loading, known, rates.measured);
  const { actuals, pipeline } = loadRecords(begun, known, { crm, dealSizes, ...rates });
  note(loading, [...currency.problems, ...columnsNotFound(loading, crm)]);
  requireKeys(loading, {
    needsRates: sources.some((source) => source.startsAt < stages.length - 1),
    hasDealSize: dealSizes.length > 0 || mayHoldDealSizes(file, rates.measured),
    crm: standsIn(begun, { crm, pipeline }),
  });
  if (quotas === null || months === null || asOf === null || hasErrors(problems)) return null;
  const { measured, measuredLags, ...ratesAndLags } = rates;
  const model: PlanModel = {
    ...keysOf(loading),
    ...months,
    asOf,
    quotas,
    reps: names.listed,
    dealSizes: file.quota_unit === 'deals' ? [] : dealSizes,
    ...ratesAndLags,
    measured: measured === null ? null : measuredFrom(measured, measuredLags),
    sources,
    actuals: withClosedRecords(actuals, pipeline, stages),
    pipeline,
  };
  note(loading, [...youngCounts(model), ...sourcesWithoutRates(model)]);
  return model;
}

/** What the CRM gives in place of keys; where faults kept it from being read, nothing is missing for that. */
function standsIn(
  { loading }: BegunPlan,
  { crm, pipeline }: { readonly crm: CrmRead | null; readonly pipeline: Pipeline | null },
): { hasRates: boolean; hasPipeline: boolean } {
  if (loading.file.crm === undefined) return { hasRates: false, hasPipeline: false };
  const isFaulty = hasErrors(loading.problems);
  return {
    hasRates: isFaulty || (crm?.history ?? null) !== null,
    hasPipeline: isFaulty || pipeline !== null,
  };
}

interface RecordsAsked {
  readonly crm: CrmRead | null;
  readonly dealSizes: readonly DealSize[];
  readonly rates: PlanModel['rates'];
  readonly lags: PlanModel['lags'];
}

/** What happened so far: files of their own before the CRM. */
function loadRecords(
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

interface NamedSources {
  readonly sources: readonly string[];
  /** Index of the first stage of each. */
  readonly startsAt: ReadonlyMap<string, number>;
}

function namedSources(sources: readonly Source[]): NamedSources {
  const named = sources.flatMap(({ name, startsAt }) => (name === null ? [] : [[name, startsAt] as const]));
  return { sources: named.map(([name]) => name), startsAt: new Map(named) };
}

/** Rates, and the lags beside them; none where the stages are not known. */
function loadRatesAndLags(
  loading: Loading,
  known: NamedSources & { readonly names: Names },
  { given, crm }: { readonly given: Lags; readonly crm: CrmRead | null },
) {
  const { knowsStages, funnel } = loading;
  const { stages } = funnel;
  if (!knowsStages) return { rates: [], ...given, measured: null, measuredLags: [] };
  const { rows: rates, measured } = loadRates(
    loading,
    { ...known, stages },
    crm === null ? null : crmRates(crm, null),
  );
  if (measured === null) return { rates, ...given, measured, measuredLags: [] };
  const { measured: measuredLags, ...waits } = withMeasuredLags(given, measured, stages);
  return { rates, ...waits, measured, measuredLags };
}

/** Whether deal sizes may stand in a file that could not be read: they are not missing then. */
function mayHoldDealSizes({ rates }: PlanFile, measured: MeasuredFile | null): boolean {
  return measured === null && typeof rates === 'string' && mayBeMeasured(rates);
}

/** What the plan file itself says. */
function keysOf({ file, calendar, funnel, currency }: Loading) {
  return {
    name: file.name ?? null,
    currency: file.quota_unit === 'deals' ? null : currency.currency,
    quotaUnit: file.quota_unit,
    calendar,
    ...funnel,
    ramp: file.ramp,
    quotasIncludeRamp: file.quotas_include_ramp,
    seasonality: file.seasonality ?? new Array<number>(12).fill(1),
    sizeOn: file.size_on ?? null,
    overAssigned: file.over_assigned,
    blended: file.rates_for_reps === 'blended',
    late: file.late,
    lookahead: file.lookahead,
    confidence: file.confidence ?? null,
  };
}
