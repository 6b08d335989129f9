/** Loading a plan: the plan file and everything it names → one validated model, or all problems at once. */
import { meanWait } from '../funnel/lag.ts';
import { addDays, type Day, formatDay } from '../period/day.ts';
import { type FiscalCalendar, fiscalYear, fiscalYearOf } from '../period/fiscal.ts';
import { DAYS_PER_MONTH, firstDay, formatMonth, lastDay, type Month } from '../period/month.ts';
import type { PlanModel } from '../plan/model.ts';
import { at, error, hasErrors, type Parsed, type Problem, warning } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { DealSize } from '../rates/deal-size.ts';
import { actualColumns, parseActuals } from './actuals.ts';
import { faulty, MISSING, type Reading } from './cell-fault.ts';
import { type CurrencyWatch, watchCurrency } from './currency-watch.ts';
import type { DateOrder } from './date-text.ts';
import { DEAL_SIZE_COLUMNS, parseDealSizes } from './deal-sizes.ts';
import { type Decimal, decideDecimal } from './decimal.ts';
import type { Input } from './input.ts';
import { type Names, namesOf } from './names.ts';
import { nearestWord } from './nearest.ts';
import { type Amount, parseAmount } from './number-text.ts';
import { type PlanFileRead, parsePlanFile } from './plan-file.ts';
import { type Funnel, funnelOf, lagsOf, sourcesOf } from './plan-parts.ts';
import type { InlineRows, PlanFile } from './plan-schema.ts';
import { parseQuotas, QUOTA_COLUMNS, WIDE_QUOTA_COLUMNS } from './quotas.ts';
import { parseRates, rateColumns } from './rates.ts';
import { type RawPlanFile, readRawPlan } from './raw-plan.ts';
import { parseReps, REP_COLUMNS } from './reps.ts';
import type { Sheet } from './sheet-model.ts';
import { type FileReport, placed, type SideFiles, type SideSpec, sheetFor } from './side-file.ts';
import { matchKey } from './synonyms.ts';

/** What was asked for, typed: the plan file and what options say in its place. */
export interface PlanRequest {
  /** Path of the plan file, `-` for standard input; null to look for `leadgoal.yaml` here and above. */
  readonly plan: string | null;
  /** Keys of the plan file given as options; they win over the file. */
  readonly keys: Readonly<Record<string, string>>;
  /** Number of the fiscal year that is planned, in place of `from` and `to`. */
  readonly fiscalYear: number | null;
  readonly decimal: Decimal | null;
  readonly dateOrder: DateOrder | null;
  /** Faults in actuals rows are errors. */
  readonly strict: boolean;
}

export interface LoadedPlan {
  readonly model: PlanModel;
  readonly inputs: readonly Input[];
  readonly reports: readonly FileReport[];
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
  loading.problems.push(...read.problems);
  const model = assemble(loading);
  const { inputs, reports } = loading.side;
  const sound = model !== null && !hasErrors(loading.problems);
  return { value: sound ? { model, inputs, reports } : null, problems: loading.problems, reports };
}

const NO_OPTIONS: PlanRequest = {
  plan: null,
  keys: {},
  fiscalYear: null,
  decimal: null,
  dateOrder: null,
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

interface Loading {
  readonly request: PlanRequest;
  readonly found: RawPlanFile;
  readonly file: PlanFile;
  /** Keys that are there but could not be read: they are not missing. */
  readonly faulty: ReadonlySet<string>;
  readonly calendar: FiscalCalendar;
  readonly funnel: Funnel;
  /** Whether the funnel is sound: what refers to its stages is checked only then. */
  readonly knowsStages: boolean;
  readonly side: SideFiles;
  readonly currency: CurrencyWatch;
  readonly problems: Problem[];
}

function startLoading(request: PlanRequest, found: RawPlanFile, { file, faulty }: PlanFileRead): Loading {
  const calendar = { starts: file.fiscal_year_starts, namedBy: file.fiscal_year_named_by };
  const { funnel, problems } = funnelOf(file, found.raw);
  const side: SideFiles = {
    raw: found.raw,
    folder: found.folder,
    fromOptions: new Set(Object.keys(request.keys)),
    columns: file.columns,
    periods: { calendar, fiscalYear: oneFiscalYear(request, file, calendar), dateOrder: request.dateOrder },
    decimal: request.decimal,
    inputs: [...found.inputs],
    reports: [],
  };
  const currency = watchCurrency(file.currency ?? null);
  const knowsStages = problems.length === 0 && !faulty.has('funnel');
  return {
    request,
    found,
    file,
    faulty,
    calendar,
    funnel,
    knowsStages,
    side,
    currency,
    problems: [...problems],
  };
}

/** The fiscal year that `from` … `to` is (a part of); null where it is not one. */
function oneFiscalYear(request: PlanRequest, file: PlanFile, calendar: FiscalCalendar): number | null {
  if (request.fiscalYear !== null) return request.fiscalYear;
  if (file.from === undefined || file.to === undefined) return null;
  const year = fiscalYearOf(file.from, calendar);
  return year === fiscalYearOf(file.to, calendar) ? year : null;
}

/** Reads every side file, so that all their problems are told at once; the model only where none is an error. */
function assemble(loading: Loading): PlanModel | null {
  const { file, found, funnel, problems, currency } = loading;
  const { stages } = funnel;
  const { sources, problems: ofSources } = sourcesOf(file, found.raw, stages);
  const { lags, problems: ofLags } = lagsOf(file, found.raw, stages);
  if (loading.knowsStages) problems.push(...ofSources, ...ofLags);
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
  const actuals = !loading.knowsStages ? null : loadActuals(loading, { names, sources: sourceNames, asOf });
  problems.push(...currency.problems, ...columnsNotFound(loading));
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
    actuals,
  };
  problems.push(...youngCounts(model), ...sourcesWithoutRates(model));
  return model;
}

interface KeySpec extends Omit<SideSpec, 'stages'> {}

/** The sheet of a key of the plan, its problems noted; null where the key is not there or its file cannot be read. */
function load(loading: Loading, written: string | InlineRows | undefined, spec: KeySpec): Sheet | null {
  if (written === undefined) return null;
  const sheet = sheetFor(loading.side, written, { ...spec, stages: loading.funnel.stages });
  loading.problems.push(...sheet.problems);
  return sheet.value;
}

function loadReps(loading: Loading): Names {
  const spec = {
    key: 'reps',
    kind: 'reps',
    wanted: REP_COLUMNS,
    wide: null,
    rowFaults: 'error' as const,
    summed: [],
  };
  const sheet = load(loading, loading.file.reps, spec);
  if (sheet === null) return namesOf([]);
  const { reps, problems } = parseReps(sheet);
  loading.problems.push(...placed(sheet, problems));
  return namesOf(reps);
}

function loadQuotas(loading: Loading, names: Names): Quota[] | null {
  const spec = {
    key: 'quotas',
    kind: 'quotas',
    wanted: QUOTA_COLUMNS,
    wide: WIDE_QUOTA_COLUMNS,
    rowFaults: 'error' as const,
    summed: ['quota'],
  };
  const sheet = load(loading, loading.file.quotas, spec);
  if (sheet === null) return null;
  const { quotas, problems } = parseQuotas(sheet, { names, currency: loading.currency });
  loading.problems.push(...placed(sheet, problems));
  return quotas;
}

function loadRates(loading: Loading, context: Parameters<typeof parseRates>[1]): PlanModel['rates'] {
  const { file, funnel } = loading;
  const written = file.rates;
  const rows =
    typeof written === 'string' || written === undefined || Array.isArray(written)
      ? (written as string | InlineRows | undefined)
      : [written as InlineRows[number]];
  const wanted = rateColumns(funnel.stages);
  const spec = {
    key: 'rates',
    kind: 'rates',
    wanted,
    wide: null,
    rowFaults: 'error' as const,
    summed: funnel.stages,
  };
  const sheet = load(loading, rows, spec);
  if (sheet === null) return [];
  const { rows: rates, problems } = parseRates(sheet, context);
  const isFollowUp = ({ code }: Problem) => code === 'rates_need_sources' && loading.faulty.has('sources');
  loading.problems.push(...placed(sheet, problems).filter((problem) => !isFollowUp(problem)));
  return rates;
}

function loadDealSizes(loading: Loading, names: Names, sources: readonly string[]): DealSize[] {
  const { file, found, currency, problems: faults } = loading;
  const written = file.deal_size;
  const where = found.raw.whereOf(['deal_size']);
  const everywhere = { team: null, rep: null, source: null, where };
  if (typeof written === 'number') return [{ ...everywhere, amount: Math.round(written * 100) }];
  if (typeof written === 'string') {
    const read = amountWritten(written, loading.request.decimal);
    const { value: amount } = read;
    if (read.fault !== null) {
      faults.push(error(read.fault.code, where, read.fault.arguments));
      return [];
    }
    if (amount !== null) {
      currency.cell(amount.written, where);
      return [{ ...everywhere, amount: Math.round(amount.value * 100) }];
    }
  }
  const spec = {
    key: 'deal_size',
    kind: 'deal sizes',
    wanted: DEAL_SIZE_COLUMNS,
    wide: null,
    rowFaults: 'error' as const,
    summed: [],
  };
  const sheet = load(loading, written, spec);
  if (sheet === null) return [];
  const { sizes, problems } = parseDealSizes(sheet, { names, sources, currency });
  loading.problems.push(...placed(sheet, problems));
  return sizes;
}

/** A deal size as text: an amount, a fault of one, or neither: then it is the name of a file. */
function amountWritten(text: string, option: Decimal | null): Reading<Amount> {
  const { ambiguous, decimal } = decideDecimal([text], { delimiter: ',', option });
  if (ambiguous) {
    const { asPoint, asComma } = ambiguous;
    return faulty('decimal_ambiguous', { text, as_point: asPoint, as_comma: asComma });
  }
  const read = parseAmount(text, decimal);
  if (read.value !== null && !(Math.round(read.value.value * 100) > 0))
    return faulty('deal_size_not_positive', { text });
  const isFileName = /[./\\][^\d.,/\\]\w*$/.test(text);
  return read.value === null && isFileName ? MISSING : read;
}

function loadActuals(
  loading: Loading,
  of: { names: Names; sources: readonly string[]; asOf: Day | null },
): PlanModel['actuals'] {
  const { stages } = loading.funnel;
  const rowFaults = loading.request.strict ? ('error' as const) : ('warning' as const);
  const wanted = actualColumns(stages);
  const spec = {
    key: 'actuals',
    kind: 'actuals',
    wanted,
    wide: null,
    rowFaults,
    summed: [...stages, 'amount'],
  };
  const sheet = load(loading, loading.file.actuals, spec);
  if (sheet === null) return null;
  const { actuals, problems } = parseActuals(sheet, { ...of, stages, currency: loading.currency });
  loading.problems.push(...placed(sheet, problems));
  return actuals.length > 0 ? actuals : null;
}

/** First and last month: as said, else those of the fiscal year asked for, else those of the quotas. */
function monthsOf(loading: Loading, quotas: readonly Quota[]): { from: Month; to: Month } | null {
  const { request, file, calendar, faulty, found } = loading;
  const year = request.fiscalYear === null ? null : fiscalYear(request.fiscalYear, calendar);
  if (faulty.has('from') || faulty.has('to')) return null;
  const given = quotas.length > 0;
  const from = year?.first ?? file.from ?? (given ? least(quotas.map((quota) => quota.first)) : null);
  const to = year?.last ?? file.to ?? (given ? -least(quotas.map((quota) => -quota.last)) : null);
  if (from === null || to === null) return null;
  if (from > to) {
    const args = { from: formatMonth(from as Month), to: formatMonth(to as Month) };
    const key = file.from === undefined ? 'to' : 'from';
    loading.problems.push(error('plan_ends_before_start', found.raw.whereOf([key]), args));
    return null;
  }
  return { from: from as Month, to: to as Month };
}

function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}

/** The as-of day: as said, else the day before the plan. */
function asOfOf({ file, found, problems }: Loading, { from, to }: { from: Month; to: Month }): Day {
  const asOf = file.as_of ?? addDays(firstDay(from), -1);
  if (asOf > lastDay(to)) {
    const args = { as_of: formatDay(asOf), to: formatMonth(to) };
    problems.push(error('as_of_after_plan', found.raw.whereOf(['as_of']), args));
  }
  return asOf;
}

/** Keys and headers under `columns:` that no file has. */
function columnsNotFound({ file, found, funnel, side, knowsStages, faulty }: Loading): Problem[] {
  const kinds = [
    QUOTA_COLUMNS,
    rateColumns(funnel.stages),
    REP_COLUMNS,
    DEAL_SIZE_COLUMNS,
    actualColumns(funnel.stages),
  ];
  const known = [...new Set(kinds.flat().map((column) => column.name))];
  const headers = new Set(
    side.reports.flatMap(({ sheet }) =>
      [...sheet.columns, ...sheet.periodColumns, ...sheet.totalColumns].map(({ header }) => matchKey(header)),
    ),
  );
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

function requireKeys({ file, faulty, found, problems }: Loading, needsRates: boolean): void {
  const where = at(found.shown);
  const missing = (key: keyof PlanFile) => file[key] === undefined && !faulty.has(key);
  if (missing('quotas')) problems.push(error('quotas_missing', where));
  if (needsRates && missing('rates')) problems.push(error('rates_missing', where));
  if (file.quota_unit === 'money' && missing('deal_size')) problems.push(error('deal_size_missing', where));
}

/** Counts whose window ends within twice the lag of the as-of day have not had the time to convert. */
function youngCounts(model: PlanModel): Problem[] {
  const lag = model.lags.reduce((sum, wait) => sum + meanWait(wait), 0);
  if (lag === 0) return [];
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
function sourcesWithoutRates(model: PlanModel): Problem[] {
  const counted = model.rates.some((row) => row.measures.some((measure) => measure?.kind === 'counts'));
  const named = new Set(model.rates.map((row) => row.source));
  if (!counted || named.has(null)) return [];
  return model.sources
    .filter((source) => source.startsAt < model.stages.length - 1 && !named.has(source.name))
    .map((source) => warning('source_without_rates', source.where, { source: source.name ?? '' }));
}
