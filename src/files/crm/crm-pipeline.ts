/** The pipeline in exports of a CRM: deals as they stand in their file, records with a day per stage by how far they came. */
import type { Day } from '../../period/day.ts';
import type { Pipeline } from '../../plan/model.ts';
import { at, type Problem } from '../../problem.ts';
import { type Loading, load, note, noteOf } from '../loading.ts';
import { PIPELINE_COLUMNS, parsePipeline } from '../pipeline.ts';
import type { PipelineContext } from '../pipeline-reading.ts';
import { readBytes } from '../read.ts';
import { cellReader } from '../sheet/sheet-cells.ts';
import type { Sheet, WantedColumn } from '../sheet/sheet-model.ts';
import type { SideFile } from '../side-file.ts';
import type { CrmFile } from './crm.ts';
import { datedColumns, plainColumns, plainSheet, statusColumn } from './dated-columns.ts';
import { type DatedRecord, pipelineSheet, recordsIn } from './dated-records.ts';

export interface CrmPipelineContext extends Omit<PipelineContext, 'asOf'> {
  readonly asOf: Day;
  /** What a deal without an amount is taken to be worth, in minor units; null where nobody knows. */
  readonly dealSize: number | null;
}

/**
 * Null where no file holds records that can be read one by one. Where one has deals, leads of another that tells how
 * they stand come with them as long as no deal came of them; leads that nothing is said of are counted by month only.
 */
export function crmPipeline(
  loading: Loading,
  files: readonly CrmFile[],
  context: CrmPipelineContext,
): Pipeline | null {
  const sheets = files.filter(({ isSheet }) => isSheet);
  const read = files.filter(({ records }) => records !== null);
  const isDeals = ({ layout }: CrmFile) => layout === null || layout.shape === 'deals';
  const deals = sheets.filter(isDeals).flatMap((file) => dealsIn(loading, file, context) ?? []);
  const dated = sheets.filter(({ layout }) => layout?.shape === 'records');
  if (deals.length === 0) {
    // leads beside deals are counted by month only
    const readDeals = read.filter(isDeals);
    const own = readDeals.length > 0 ? readDeals : [...dated, ...read];
    return together(own.flatMap((file) => datedIn(loading, file, context) ?? []));
  }
  const begins = firstOpen(deals, context.stages.length);
  const taken = takenBy(deals);
  const early = dated
    .filter((file) => statusColumn(file) !== null)
    .flatMap((file) => datedIn(loading, file, { ...context, begins, taken }) ?? []);
  const whole = together(deals)!;
  return { ...whole, records: [...whole.records, ...early.flatMap(({ records }) => records)] };
}

function together(pipelines: readonly Pipeline[]): Pipeline | null {
  if (pipelines.length === 0) return null;
  return {
    records: pipelines.flatMap(({ records }) => records),
    knowsClosed: pipelines.some(({ knowsClosed }) => knowsClosed),
    leftOut: pipelines.reduce(
      (sum, { leftOut }) => ({ count: sum.count + leftOut.count, amount: sum.amount + leftOut.amount }),
      { count: 0, amount: 0 },
    ),
  };
}

/** The first stage at which deals are open; the stage before the last where none is. */
function firstOpen(deals: readonly Pipeline[], stages: number): number {
  const open = deals.flatMap(({ records }) => records.filter(({ outcome }) => outcome === 'open'));
  return open.reduce((first, { stage }) => Math.min(first, stage), stages - 2);
}

/** Texts by which a lead may be known to have become a deal. */
interface Deals extends Pipeline {
  readonly ids: ReadonlySet<string>;
  /** Null where deals do not name their lead. */
  readonly leads: ReadonlySet<string> | null;
}

type Taken = Pick<Deals, 'ids' | 'leads'>;

function takenBy(deals: readonly Deals[]): Taken {
  const leads = deals.flatMap((file) => (file.leads === null ? [] : [file.leads]));
  return {
    ids: new Set(deals.flatMap(({ ids }) => [...ids])),
    leads: leads.length === 0 ? null : new Set(leads.flatMap((names) => [...names])),
  };
}

/** The sheet of a file, with columns the layout knows by their headers. */
function sheetOf(
  loading: Loading,
  file: CrmFile,
  of: { readonly wanted: readonly WantedColumn[]; readonly mapping: Readonly<Record<string, string>> },
): Sheet | null {
  const { path, shown } = file;
  const { value, problems } = readBytes(file.opened);
  note(loading, problems);
  if (value === null) return null;
  const written: SideFile = { path, shown, bytes: value.bytes };
  const { side, request } = loading;
  const mapped = { ...loading, side: { ...side, columns: { ...side.columns, ...of.mapping } } };
  const rowFaults = request.strict ? ('error' as const) : ('warning' as const);
  return load(mapped, written, {
    key: 'crm',
    kind: 'crm',
    wanted: of.wanted,
    wide: null,
    rowFaults,
    summed: [],
  });
}

function dealsIn(loading: Loading, file: CrmFile, context: CrmPipelineContext): Deals | null {
  const link = file.layout?.link ?? null;
  const mapping = link === null ? {} : { link: file.headers[link]! };
  const wanted = [...PIPELINE_COLUMNS, { name: 'link', holds: 'text', required: false } as const];
  const sheet = sheetOf(loading, file, { wanted: link === null ? PIPELINE_COLUMNS : wanted, mapping });
  if (sheet === null) return null;
  const { pipeline, problems } = parsePipeline(sheet, context);
  noteOf(loading, sheet, problems);
  const read = cellReader(sheet);
  const textsOf = (column: string) => new Set(sheet.rows.flatMap((row) => read.text(row, column) ?? []));
  return { ...pipeline, ids: textsOf('id'), leads: link === null ? null : textsOf('link') };
}

interface DatedContext extends CrmPipelineContext {
  /** Only what is open before this stage; undefined: everything. */
  readonly begins?: number;
  readonly taken?: Taken;
}

function datedIn(loading: Loading, file: CrmFile, context: DatedContext): Pipeline | null {
  const { stages, asOf, dealSize, unit, begins, taken } = context;
  const columns = file.records === null ? datedColumns(file, stages) : plainColumns(stages);
  const sheet = file.records === null ? sheetOf(loading, file, columns) : plainSheet(loading, file, columns);
  if (sheet === null) return null;
  const all = recordsIn(sheet, columns, asOf);
  const records =
    begins === undefined || taken === undefined ? all : leadsAmong(all, { sheet, context, begins, taken });
  const made = pipelineSheet(sheet, records, { stages, dealSize: unit === 'deals' ? null : dealSize });
  const { pipeline, problems } = parsePipeline(made.sheet, context);
  const isRead = file.records !== null;
  const placed = problems.map((problem) => (isRead ? { ...problem, where: at(file.shown) } : problem));
  noteOf(loading, sheet, placed);
  if (made.assumed > 0) note(loading, [amountsAssumed(file, made.assumed)]);
  if (!isRead) return pipeline;
  // what an engine has read stands in no line, and leaves out what closed long ago
  const unplaced = pipeline.records.map((record) => ({ ...record, where: at(file.shown) }));
  return { ...pipeline, records: unplaced, knowsClosed: true };
}

function amountsAssumed({ shown }: CrmFile, count: number): Problem {
  return { code: 'crm_amounts_assumed', severity: 'warning', where: at(shown), arguments: { count } };
}

/** Open leads of which no deal came, and that their status does not call lost. */
function leadsAmong(
  records: readonly DatedRecord[],
  of: {
    readonly sheet: Sheet;
    readonly context: PipelineContext;
    readonly begins: number;
    readonly taken: Taken;
  },
): DatedRecord[] {
  const { sheet, context, begins, taken } = of;
  const read = cellReader(sheet);
  return records.filter(({ row, stage, outcome }) => {
    if (outcome !== 'open' || stage >= begins) return false;
    const status = read.text(row, 'status');
    if (status !== null && context.words.meant(status) === 'lost') return false;
    const id = read.text(row, 'id');
    if (taken.leads !== null) return id === null || !taken.leads.has(id);
    return read.text(row, 'link') === null && (id === null || !taken.ids.has(id));
  });
}
