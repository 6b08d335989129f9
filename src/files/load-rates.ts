/** What `rates:` and `deal_size:` of a plan name: a file that `leadgoal rates` wrote, sheets, rows, an amount; else what the CRM's records say. */
import type { PlanModel } from '../plan/model.ts';
import { error, type Problem } from '../problem.ts';
import type { DealSize } from '../rates/deal-size.ts';
import { DEAL_SIZE_COLUMNS, parseDealSizes } from './deal-sizes.ts';
import { type Loading, load, note, noteOf } from './loading.ts';
import type { KnownNames } from './measured-names.ts';
import { isMeasured, type MeasuredFile, parseMeasured } from './measured-rates.ts';
import { measuredDealSizes, measuredRates } from './measured-scopes.ts';
import type { InlineRows, PlanFile } from './plan-schema.ts';
import { parseRates, type RatesContext, rateColumns } from './rates.ts';
import { faulty, MISSING, type Reading } from './sheet/cell-fault.ts';
import { type Decimal, decideDecimal } from './sheet/decimal.ts';
import { type DecodedText, decodeText } from './sheet/decode.ts';
import { type Amount, parseAmount } from './sheet/number-text.ts';
import { readSide, type SideFile } from './side-file.ts';

export interface LoadedRates {
  readonly rows: PlanModel['rates'];
  /** What was measured: the file that `leadgoal rates` wrote, where they come from one and it is sound; else the CRM. */
  readonly measured: MeasuredFile | null;
}

/** The plan's rates: measured ones, a sheet of counts or shares, or else those of the CRM's own records. */
export function loadRates(loading: Loading, context: RatesContext, crm: MeasuredFile | null): LoadedRates {
  const written = loading.file.rates;
  const typed = (of: SideFile | InlineRows | undefined): LoadedRates => ({
    rows: loadTypedRates(loading, of, context),
    measured: crm,
  });
  if (written === undefined && crm !== null && !loading.faulty.has('rates'))
    return loadCrmRates(loading, crm, context);
  if (typeof written !== 'string') return typed(rowsOf(written));
  const { value: file, problems } = readSide(loading.side, 'rates', written);
  note(loading, problems);
  if (file === null) return { rows: [], measured: null };
  const decoded = decodeText(file.bytes, file.shown).value;
  if (decoded === null || !isMeasured(decoded.text)) return typed(file);
  return loadMeasuredRates(loading, { file, decoded }, context);
}

/** Deals alone tell no rate of leads: coverage does without, as without any rates. */
function loadCrmRates(loading: Loading, measured: MeasuredFile, context: RatesContext): LoadedRates {
  const { rows, problems } = measuredRates(measured, context);
  const isNeeded = loading.request.purpose !== 'coverage';
  note(
    loading,
    problems.map((problem) => (isNeeded ? problem : { ...problem, severity: 'warning' as const })),
  );
  return { rows, measured };
}

function loadMeasuredRates(
  loading: Loading,
  { file, decoded }: { readonly file: SideFile; readonly decoded: DecodedText },
  context: RatesContext,
): LoadedRates {
  const { value: measured, problems } = parseMeasured(decoded.text, file.shown);
  note(loading, problems);
  if (measured === null) return { rows: [], measured };
  const { path, shown } = file;
  const { encoding } = decoded;
  const rows = measured.document.rates.length;
  const report = { path, shown, kind: 'measured rates', encoding, rows };
  loading.side.reports.push({ ...report, sheet: null, totalRows: 0, totalsAgree: null });
  const meant = measuredRates(measured, context);
  note(loading, meant.problems);
  return { rows: meant.rows, measured };
}

/** Rows in the plan, or one set of rates that stands for all. */
function rowsOf(written: Exclude<PlanFile['rates'], string>): InlineRows | undefined {
  if (written === undefined) return undefined;
  return Array.isArray(written) ? (written as InlineRows) : [written as InlineRows[number]];
}

function loadTypedRates(
  loading: Loading,
  written: SideFile | InlineRows | undefined,
  context: RatesContext,
): PlanModel['rates'] {
  const { funnel } = loading;
  const wanted = rateColumns(funnel.stages);
  const spec = {
    key: 'rates',
    kind: 'rates',
    wanted,
    wide: null,
    rowFaults: 'error' as const,
    summed: funnel.stages,
  };
  const sheet = load(loading, written, spec);
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

/** Deal sizes that the plan names; else the measured ones. */
export function loadDealSizes(
  loading: Loading,
  known: KnownNames,
  measured: MeasuredFile | null,
): DealSize[] {
  const { file, faulty: unread, currency } = loading;
  if (file.deal_size !== undefined || unread.has('deal_size') || measured === null)
    return loadTypedDealSizes(loading, known);
  const sizes = file.quota_unit === 'deals' ? [] : measuredDealSizes(measured, known);
  const { plan } = measured.document;
  if (sizes.length > 0) currency.cell(plan.currency, measured.whereOf(['plan', 'currency']));
  return sizes;
}

function loadTypedDealSizes(loading: Loading, known: KnownNames): DealSize[] {
  const { file, found, currency, problems: faults } = loading;
  const written = file.deal_size;
  const where = found.raw.whereOf(['deal_size']);
  const everywhere = { team: null, rep: null, source: null, deals: null, where };
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
  const { sizes, problems } = parseDealSizes(sheet, { ...known, currency });
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
