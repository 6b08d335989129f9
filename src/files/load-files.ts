/** The files a plan names, one function each: sheet → rows of the model, problems noted on the way. */
import type { Day } from '../period/day.ts';
import type { Pipeline, PlanModel } from '../plan/model.ts';
import { error, type Problem } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { DealSize } from '../rates/deal-size.ts';
import { actualColumns, parseActuals } from './actuals.ts';
import { DEAL_SIZE_COLUMNS, parseDealSizes } from './deal-sizes.ts';
import { type Loading, load, note, noteOf } from './loading.ts';
import { type Names, namesOf } from './names.ts';
import { PIPELINE_COLUMNS, parsePipeline } from './pipeline.ts';
import type { InlineRows } from './plan-schema.ts';
import { parseQuotas, QUOTA_COLUMNS, WIDE_QUOTA_COLUMNS } from './quotas.ts';
import { parseRates, type RatesContext, rateColumns } from './rates.ts';
import { parseReps, REP_COLUMNS } from './reps.ts';
import { faulty, MISSING, type Reading } from './sheet/cell-fault.ts';
import { type Decimal, decideDecimal } from './sheet/decimal.ts';
import { type Amount, parseAmount } from './sheet/number-text.ts';
import { stageWordsOf } from './stage-words.ts';

export function loadReps(loading: Loading): Names {
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
  noteOf(loading, sheet, problems);
  return namesOf(reps);
}

export function loadQuotas(loading: Loading, names: Names): Quota[] | null {
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
  noteOf(loading, sheet, problems);
  return quotas;
}

export function loadRates(loading: Loading, context: RatesContext): PlanModel['rates'] {
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
  noteOf(
    loading,
    sheet,
    problems.filter((problem) => !isFollowUp(problem)),
  );
  return rates;
}

export function loadDealSizes(loading: Loading, names: Names, sources: readonly string[]): DealSize[] {
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
  noteOf(loading, sheet, problems);
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

export function loadActuals(
  loading: Loading,
  of: { names: Names; sources: readonly string[]; startsAt: ReadonlyMap<string, number>; asOf: Day | null },
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
  noteOf(loading, sheet, problems);
  return actuals.length > 0 ? actuals : null;
}

export function loadPipeline(
  loading: Loading,
  of: { names: Names; sources: readonly string[]; asOf: Day | null },
): Pipeline | null {
  const { file, found, funnel, currency } = loading;
  const { stages } = funnel;
  const { words, problems: ofWords } = stageWordsOf(file, found.raw, stages);
  note(loading, ofWords);
  const rowFaults = loading.request.strict ? ('error' as const) : ('warning' as const);
  const spec = {
    key: 'pipeline',
    kind: 'pipeline',
    wanted: PIPELINE_COLUMNS,
    wide: null,
    rowFaults,
    summed: [],
  };
  const sheet = load(loading, file.pipeline, spec);
  if (sheet === null) return null;
  const needsAge = file.rates !== undefined && Object.keys(file.lags).length > 0;
  const context = { ...of, stages, words, currency, unit: file.quota_unit, needsAge };
  const { pipeline, problems } = parsePipeline(sheet, context);
  noteOf(loading, sheet, problems);
  return pipeline;
}
