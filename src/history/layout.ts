/** Which columns of a history say what: how its files were understood, before anything is counted. */

/** A record a row, with a date per stage; a stage change a row; or a deal a row, with its stage and when it closed. */
export type HistoryShape = 'records' | 'changes' | 'deals';

/** Columns by what they say, as places in the header; null where there is none. */
export interface HistoryLayout {
  readonly shape: HistoryShape;
  readonly id: number | null;
  readonly rep: number | null;
  readonly team: number | null;
  readonly source: number | null;
  readonly amount: number | null;
  /** By stage, the columns that hold when a record entered it. */
  readonly stageDates: readonly (readonly number[])[];
  /** When a record was lost. */
  readonly lost: readonly number[];
  /** `deals`: when the record was made, in whatever stage such records begin. */
  readonly created: number | null;
  /** Shapes `changes` and `deals`: what the CRM calls the stage. */
  readonly stage: number | null;
  /** `changes`: when the stage was entered. `deals`: when the record came to where it is. */
  readonly entered: number | null;
  /** `deals`: when a deal closed or is to close: an event only where it is closed. */
  readonly closed: number | null;
  readonly isWon: number | null;
  readonly isClosed: number | null;
  /** `deals`: the stage at which a lost one was lost. */
  readonly lostAt: number | null;
  /** `changes`: which property changed, where a file has changes of several. */
  readonly field: number | null;
  /** The id of the record in the other file, where two are joined. */
  readonly link: number | null;
}

/** Columns that say when a record entered a stage or was lost. */
export function eventColumns({ stageDates, lost }: Pick<HistoryLayout, 'stageDates' | 'lost'>): number[] {
  return [...stageDates.flat(), ...lost];
}

/** All columns that hold dates, in the order in which they are looked at; one may come twice. */
export function dateColumns(layout: HistoryLayout): number[] {
  const others = [layout.created, layout.closed, layout.entered];
  return [...eventColumns(layout), ...others.filter((index) => index !== null)];
}

/** How text is laid out in a CSV file. */
export interface CsvForm {
  readonly delimiter: string;
  /** Physical lines before the first row of data. */
  readonly skip: number;
  /** Columns whose cells are all plain days, such as 2026-12-31, as far as the file was looked at. */
  readonly days: ReadonlySet<number>;
  /** The same of plain times, such as 2026-12-31 10:15:00. */
  readonly times: ReadonlySet<number>;
  /** And of plain numbers. */
  readonly numbers: ReadonlySet<number>;
  readonly decimal: 'point' | 'comma';
}

/** Files of one header. */
export interface HistoryFiles {
  /** As they are opened. */
  readonly paths: readonly string[];
  /** What people call them, one per path. */
  readonly names: readonly string[];
  /** All of them together, as they lie on disk. */
  readonly bytes: number;
  readonly kind: 'csv' | 'parquet' | 'json';
  /** As written. */
  readonly headers: readonly string[];
  /** Null where the files are no CSV. */
  readonly csv: CsvForm | null;
  readonly layout: HistoryLayout;
}

/** What a CRM's stage is to us: the index of a stage, or that the record was lost; null where nobody said. */
export type StageMeaning = (text: string) => number | 'lost' | null;

/** What databases and tables write in a cell where there is nothing. */
export const NOTHING_WRITTEN = [
  '',
  'NULL',
  'null',
  'None',
  'NaN',
  'NaT',
  'N/A',
  'n/a',
  '#N/A',
  '\\N',
  '-',
] as const;

const NOTHING: ReadonlySet<string> = new Set(NOTHING_WRITTEN);

/** Whether a cell says nothing. */
export function isNothing(cell: string): boolean {
  return NOTHING.has(cell);
}
