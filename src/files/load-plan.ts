/** Loading a plan: the plan file and everything it names → one validated model, or all problems at once. */
import type { PlanModel } from '../plan/model.ts';
import { at, hasErrors, type Parsed } from '../problem.ts';
import type { SavedPlan } from '../track/saved-plan.ts';
import { withClosedRecords } from './closed-records.ts';
import type { Input } from './input.ts';
import { loadActuals, loadDealSizes, loadPipeline, loadQuotas, loadRates, loadReps } from './load-files.ts';
import { type Loading, note, startLoading } from './loading.ts';
import { columnsNotFound, requireKeys, sourcesWithoutRates, youngCounts } from './plan-checks.ts';
import { parsePlanFile } from './plan-file.ts';
import { asOfOf, monthsOf } from './plan-months.ts';
import { lagsOf, sourcesOf } from './plan-parts.ts';
import type { PlanRequest } from './plan-request.ts';
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
  const { lags, problems: ofLags } = lagsOf(file, found.raw, stages);
  if (loading.knowsStages) note(loading, [...ofSources, ...ofLags]);
  const sourceNames = sources.flatMap((source) => (source.name === null ? [] : [source.name]));
  const startsAt = new Map(
    sources.flatMap(({ name, startsAt: stage }) => (name === null ? [] : [[name, stage] as const])),
  );
  const names = loadReps(loading);
  const quotas = loadQuotas(loading, names);
  const rates = !loading.knowsStages
    ? []
    : loadRates(loading, { names, sources: sourceNames, startsAt, stages });
  const dealSizes = loadDealSizes(loading, names, sourceNames);
  const months = monthsOf(loading, quotas ?? []);
  const asOf = months === null ? null : asOfOf(loading, months);
  const actuals = !loading.knowsStages
    ? null
    : loadActuals(loading, { names, sources: sourceNames, startsAt, asOf });
  const pipeline = !loading.knowsStages ? null : loadPipeline(loading, { names, sources: sourceNames, asOf });
  note(loading, [...currency.problems, ...columnsNotFound(loading)]);
  const needsRates = sources.some((source) => source.startsAt < stages.length - 1);
  requireKeys(loading, needsRates);
  if (quotas === null || months === null || asOf === null || hasErrors(problems)) return null;
  const model: PlanModel = {
    name: file.name ?? null,
    currency: file.quota_unit === 'deals' ? null : currency.currency,
    quotaUnit: file.quota_unit,
    ...months,
    calendar: loading.calendar,
    asOf,
    ...funnel,
    quotas,
    reps: names.listed,
    ramp: file.ramp,
    quotasIncludeRamp: file.quotas_include_ramp,
    seasonality: file.seasonality ?? new Array<number>(12).fill(1),
    sizeOn: file.size_on ?? null,
    overAssigned: file.over_assigned,
    dealSizes: file.quota_unit === 'deals' ? [] : dealSizes,
    rates,
    blended: file.rates_for_reps === 'blended',
    ...lags,
    sources,
    late: file.late,
    lookahead: file.lookahead,
    actuals: withClosedRecords(actuals, pipeline, stages),
    pipeline,
    confidence: file.confidence ?? null,
  };
  note(loading, [...youngCounts(model), ...sourcesWithoutRates(model)]);
  return model;
}
