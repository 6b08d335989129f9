/** Which columns of an export hold the days of its records, and the same as a sheet where an engine has read them. */
import { type Day, formatDay } from '../../period/day.ts';
import { inlineSheet } from '../inline.ts';
import type { Loading } from '../loading.ts';
import { matchKey } from '../sheet/column-keys.ts';
import type { Sheet, WantedColumn } from '../sheet/sheet-model.ts';
import type { CrmFile } from './crm.ts';

/** Columns that rows keep as they are. */
export const KEPT = ['id', 'name', 'account', 'rep', 'rep_id', 'team', 'source', 'currency'] as const;

/** What a sheet of dated records has, and the headers that the layout says its days stand under. */
export interface DatedColumns {
  readonly wanted: readonly WantedColumn[];
  readonly mapping: Readonly<Record<string, string>>;
  /** By stage, our names of the columns of its days. */
  readonly days: readonly (readonly string[])[];
  readonly lost: readonly string[];
}

/** Names that columns beside the stages have. */
const TAKEN: ReadonlySet<string> = new Set([...KEPT, 'amount', 'link', 'status', 'lost']);

/** What the column of a stage's days is called. */
const dayName = (stage: string): string => (TAKEN.has(stage) ? `${stage} entered` : stage);

/** Headers under which CRMs say how a lead stands. */
const STATUS = new Set(['status', 'lead status', 'stage', 'lead stage', 'lifecycle stage'].map(matchKey));

/** Where a file says how its records stand; null where it does not. */
export function statusColumn({ layout, headers }: CrmFile): number | null {
  const index = layout?.stage ?? headers.findIndex((header) => STATUS.has(matchKey(header)));
  return index < 0 ? null : index;
}

export function datedColumns(file: CrmFile, stages: readonly string[]): DatedColumns {
  const { layout, headers } = file;
  const mapping: Record<string, string> = {};
  const named = (name: string, index: number): string => {
    mapping[name] = headers[index]!;
    return name;
  };
  const several = (name: string, columns: readonly number[]): string[] =>
    columns.map((index, place) => named(place === 0 ? name : `${name} ${place + 1}`, index));
  const days = stages.map((stage, at) => several(dayName(stage), layout?.stageDates[at] ?? []));
  const lost = several('lost', layout?.lost ?? []);
  const status = statusColumn(file);
  if (layout?.link != null) named('link', layout.link);
  if (status !== null) named('status', status);
  const texts = [...KEPT, 'link', 'status'].map(
    (name): WantedColumn => ({ name, holds: 'text', required: false }),
  );
  return {
    wanted: [
      ...texts,
      { name: 'amount', holds: 'number', required: false },
      ...[...days.flat(), ...lost].map((name): WantedColumn => ({ name, holds: 'date', required: true })),
    ],
    mapping,
    days,
    lost,
  };
}

/** The columns of records that an engine has read. */
export function plainColumns(stages: readonly string[]): DatedColumns {
  const days = stages.map((stage) => [dayName(stage)]);
  const texts = KEPT.map((name): WantedColumn => ({ name, holds: 'text', required: false }));
  const dates = [...days.flat(), 'lost'].map(
    (name): WantedColumn => ({ name, holds: 'date', required: false }),
  );
  const wanted = [...texts, { name: 'amount', holds: 'number', required: false } as const, ...dates];
  return { wanted, mapping: {}, days, lost: ['lost'] };
}

/** The records as rows; they stand in no line. */
export function plainSheet({ side, found, request }: Loading, file: CrmFile, of: DatedColumns): Sheet | null {
  const names = of.days.flat();
  const rows = (file.records ?? []).map(({ id, rep, team, source, amount, days, lost }) => ({
    ...{ id, rep, team, source, amount },
    ...Object.fromEntries(names.map((name, stage) => [name, dayText(days[stage])])),
    lost: dayText(lost),
  }));
  const spec = {
    kind: 'crm',
    wanted: of.wanted,
    wide: null,
    stages: [],
    mapping: {},
    periods: side.periods,
    decimal: 'point' as const,
    rowFaults: request.strict ? ('error' as const) : ('warning' as const),
  };
  const { value } = inlineSheet(rows, spec, { raw: found.raw, path: ['crm'] });
  return value === null ? null : { ...value, file: file.shown };
}

const dayText = (day: Day | null | undefined): string | null => (day == null ? null : formatDay(day));
