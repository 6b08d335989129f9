/** Loading a plan: the plan file and everything it names → one validated model, or all problems at once. */
import type { PlanModel } from '../plan/model.ts';
import { at, hasErrors, type Parsed } from '../problem.ts';
import type { SavedPlan } from '../track/saved-plan.ts';
import { type BegunPlan, beginFrom, beginPlan } from './begin-plan.ts';
import { withClosedRecords } from './closed-records.ts';
import type { CrmRead } from './crm/crm.ts';
import { crmRates } from './crm/crm-rates.ts';
import type { Input } from './input.ts';
import { loadDealSizes, loadRates } from './load-rates.ts';
import { isUnread, loadRecords, type NamedSources, namedSources, standsIn } from './load-records.ts';
import { type Loading, note } from './loading.ts';
import { withMeasuredLags } from './measured-lags.ts';
import { type MeasuredFile, mayBeMeasured } from './measured-rates.ts';
import { measuredFrom } from './measured-scopes.ts';
import type { Names } from './names.ts';
import { columnsNotFound, requireKeys, sourcesWithoutRates, youngCounts } from './plan-checks.ts';
import type { Lags } from './plan-parts.ts';
import type { PlanRequest } from './plan-request.ts';
import type { PlanFile } from './plan-schema.ts';
import { UNCHANGED } from './raw-plan.ts';
import { type FileReport, shownPath } from './side-file.ts';
import { withWhatIfs } from './what-if/with-what-ifs.ts';

export interface LoadedPlan {
  readonly model: PlanModel;
  readonly inputs: readonly Input[];
  readonly reports: readonly FileReport[];
  /** The goals that were agreed, where they are asked for. */
  readonly agreed: SavedPlan | null;
  /** Where the plan says they stand; null where it does not. */
  readonly agreedFile: string | null;
  /** Names of the plan's scenarios. */
  readonly scenarios: readonly string[];
}

type Loaded = Parsed<LoadedPlan> & { readonly reports: readonly FileReport[] };

/**
 * Model, inputs and what was detected of a plan whose files are all read here and now; `value` is null where any input
 * has an error. Of `crm:` only what is named beside it counts: what its records say
 * takes an engine to count, so that it has to be waited for, between `beginPlan` and `finishPlan`.
 */
export function loadPlan(request: PlanRequest): Loaded {
  const begun = beginPlan(request);
  if (begun.value === null) return { value: null, problems: begun.problems, reports: [] };
  return finishPlan(begun.value, null);
}

/** Reads all else; `crm` is what came of the exports, null where there are none. */
export function finishPlan(begun: BegunPlan, crm: CrmRead | null): Loaded {
  const { loading, agreed } = begun;
  if (crm !== null) {
    note(loading, crm.problems);
    loading.side.inputs.push(...crm.inputs);
  }
  const model = withWhatIfs(loading, begun, assemble(begun, crm));
  const { inputs, reports } = loading.side;
  const sound = model !== null && !hasErrors(loading.problems);
  const scenarios = Object.keys(loading.file.scenarios);
  return {
    value: sound ? { model, inputs, reports, agreed, agreedFile: agreedFile(loading), scenarios } : null,
    problems: loading.problems,
    reports,
  };
}

function agreedFile({ file, side }: Loading): string | null {
  return file.agreed === undefined ? null : shownPath(side, 'agreed', file.agreed);
}

const NO_OPTIONS: PlanRequest = {
  plan: null,
  keys: {},
  fiscalYear: null,
  decimal: null,
  dateOrder: null,
  purpose: 'plan',
  strict: false,
  scenario: null,
  set: [],
};

/**
 * A plan from values instead of text: the keys of a plan file, with rows where it would name files.
 * Problems point at no file. Paths, where there are any, start where the program runs.
 */
export function parsePlan(plan: Readonly<Record<string, unknown>>): Parsed<PlanModel> {
  const raw = { value: plan, whereOf: () => at(null), whereOfKey: () => at(null) };
  const begun = beginFrom({ ...UNCHANGED, raw, shown: null, folder: '.', inputs: [] }, NO_OPTIONS);
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
    hasDealSize: dealSizes.length > 0 || mayHoldDealSizes(file, rates.measured) || isUnread(loading),
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
    ...dealSizesIn(loading, dealSizes),
    ...ratesAndLags,
    measured: measured === null ? null : measuredFrom(measured, measuredLags),
    sources,
    capacity: begun.capacity,
    actuals: withClosedRecords(actuals, pipeline, stages),
    pipeline,
  };
  note(loading, [...youngCounts(model), ...sourcesWithoutRates(model)]);
  return model;
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

/** Where quotas count deals they say nothing of goals, only what leads are worth. */
function dealSizesIn(
  { file, currency: { currency } }: Loading,
  dealSizes: PlanModel['dealSizes'],
): Pick<PlanModel, 'dealSizes' | 'worth'> {
  if (file.quota_unit !== 'deals') return { dealSizes };
  return { dealSizes: [], ...(dealSizes.length > 0 ? { worth: { dealSizes, currency } } : {}) };
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
    changes: [],
    rateChanges: funnel.stages.slice(1).map(() => []),
    dealSizeChanges: [],
  };
}
