/** The loading of one plan: what was asked for, what was found, and the problems so far. */
import { type FiscalCalendar, fiscalYearOf } from '../period/fiscal.ts';
import type { Problem } from '../problem.ts';
import { type CurrencyWatch, watchCurrency } from './currency-watch.ts';
import type { PlanFileRead } from './plan-file.ts';
import { type Funnel, funnelOf } from './plan-parts.ts';
import type { PlanRequest } from './plan-request.ts';
import type { PlanFile } from './plan-schema.ts';
import type { RawPlanFile } from './raw-plan.ts';
import type { Sheet } from './sheet/sheet-model.ts';
import { placed, type SideFiles, type SideSpec, sheetFor, type Written } from './side-file.ts';

export interface Loading {
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

export function startLoading(
  request: PlanRequest,
  found: RawPlanFile,
  { file, faulty }: PlanFileRead,
): Loading {
  const calendar = { starts: file.fiscal_year_starts, namedBy: file.fiscal_year_named_by };
  const { funnel, problems } = funnelOf(file, found.raw);
  const side: SideFiles = {
    raw: found.raw,
    folder: found.folder,
    fromOptions: new Set([...Object.keys(request.keys), ...found.typedKeys]),
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
    problems: [...found.changeFaults, ...problems],
  };
}

/** The fiscal year that `from` … `to` is (a part of); null where it is not one. */
function oneFiscalYear(request: PlanRequest, file: PlanFile, calendar: FiscalCalendar): number | null {
  if (request.fiscalYear !== null) return request.fiscalYear;
  if (file.from === undefined || file.to === undefined) return null;
  const year = fiscalYearOf(file.from, calendar);
  return year === fiscalYearOf(file.to, calendar) ? year : null;
}

/** Notes problems: there may be as many as a file has rows. */
export function note(loading: Loading, problems: readonly Problem[]): void {
  for (const problem of problems) loading.problems.push(problem);
}

/** Notes problems of a sheet's rows, at their places. */
export function noteOf(loading: Loading, sheet: Sheet, problems: readonly Problem[]): void {
  note(loading, placed(sheet, problems));
}

/** The sheet of a key of the plan, its problems noted; null where the key is not there or its file cannot be read. */
export function load(
  loading: Loading,
  written: Written | undefined,
  spec: Omit<SideSpec, 'stages'>,
): Sheet | null {
  if (written === undefined) return null;
  const sheet = sheetFor(loading.side, written, { ...spec, stages: loading.funnel.stages });
  note(loading, sheet.problems);
  return sheet.value;
}
