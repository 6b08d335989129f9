/** Loading a plan: the plan file and everything it names → one validated model, or all problems at once. */
import type { PlanModel, Source } from '../plan/model.ts';
import { at, hasErrors, type Parsed } from '../problem.ts';
import type { SavedPlan } from '../track/saved-plan.ts';
import { withClosedRecords } from './closed-records.ts';
import type { Input } from './input.ts';
import { loadActuals, loadPipeline, loadQuotas, loadReps } from './load-files.ts';
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
export function loadPlan(
  request: PlanRequest,
): Parsed<LoadedPlan> & { readonly reports: readonly FileReport[] } {
  const found = readRawPlan(request);
  if (found.value === null) return { value: null, problems: found.problems, reports: [] };
  return loadFrom(found.value, request);
}

function loadFrom(found: RawPlanFile, request: PlanRequest): ReturnType<typeof loadPlan> {
  const read = parsePlanFile(found.raw);
  if (read.value === null) return { value: null, problems: read.problems, reports: [] };
  const loading = startLoading(request, found, read.value);
  note(loading, read.problems);
  const agreed = request.purpose === 'track' ? loadAgreed(loading) : null;
  const model = assemble(loading);
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
  const { value, problems } = loadFrom({ raw, shown: null, folder: '.', inputs: [] }, NO_OPTIONS);
  return { value: value === null ? null : value.model, problems };
}

/** Reads every side file, so that all their problems are told at once; the model only where none is an error. */
function assemble(loading: Loading): PlanModel | null {
  const { file, found, funnel, problems, currency } = loading;
  const { stages } = funnel;
  const { sources, problems: ofSources } = sourcesOf(file, found.raw, stages);
  const given = lagsOf(file, found.raw, stages);
  if (loading.knowsStages) note(loading, [...ofSources, ...given.problems]);
  const names = loadReps(loading);
  const quotas = loadQuotas(loading, names);
  const known = { names, ...namedSources(sources) };
  const rates = loadRatesAndLags(loading, known, given.lags);
  const dealSizes = loadDealSizes(loading, known, rates.measured);
  const months = monthsOf(loading, quotas ?? []);
  const asOf = months === null ? null : asOfOf(loading, months);
  const actuals = loading.knowsStages ? loadActuals(loading, { ...known, asOf }) : null;
  const hasLags = rates.lags.some((lag) => lag !== null);
  const pipeline = loading.knowsStages ? loadPipeline(loading, { ...known, asOf, hasLags }) : null;
  note(loading, [...currency.problems, ...columnsNotFound(loading)]);
  requireKeys(loading, {
    needsRates: sources.some((source) => source.startsAt < stages.length - 1),
    hasDealSize: dealSizes.length > 0 || mayHoldDealSizes(file, rates.measured),
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
function loadRatesAndLags(loading: Loading, known: NamedSources & { readonly names: Names }, given: Lags) {
  const { knowsStages, funnel } = loading;
  const { stages } = funnel;
  if (!knowsStages) return { rates: [], ...given, measured: null, measuredLags: [] };
  const { rows: rates, measured } = loadRates(loading, { ...known, stages });
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
