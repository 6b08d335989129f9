/** What is asked of a sheet, and what is found in it. */
import type { Period } from '../../period/fiscal.ts';
import type { ProblemArguments, Severity } from '../../problem.ts';
import type { DateOrder } from './date-text.ts';
import type { Decimal } from './decimal.ts';
import type { Encoding } from './decode.ts';
import type { SheetColumn } from './header.ts';
import type { PeriodContext } from './period-text.ts';
import type { Delimiter, Row } from './records.ts';

export interface WantedColumn {
  /** Our name: one of `SYNONYMS`, a stage, or `<stage>_to_<stage>`. */
  readonly name: string;
  readonly holds: 'text' | 'number' | 'date' | 'period';
  readonly required: boolean;
}

/** What one kind of file looks like. */
export interface SheetSpec {
  /** What the file is called in messages: `quotas`. */
  readonly kind: string;
  readonly wanted: readonly WantedColumn[];
  /** The required columns that a column per period stands for, as `['period', 'quota']`; null: no wide form. */
  readonly wide: readonly string[] | null;
  readonly stages: readonly string[];
  /** The plan's `columns:`, our name → header. */
  readonly mapping: Readonly<Record<string, string>>;
  /** How periods are read; its `dateOrder` is the `--date-order` option. */
  readonly periods: PeriodContext;
  /** The `--decimal` option. */
  readonly decimal: Decimal | null;
  /** What a fault in a row or cell is; a fault of the whole file is always an error. */
  readonly rowFaults: Severity;
}

export interface PeriodColumn {
  readonly index: number;
  readonly header: string;
  readonly period: Period;
}

/** A column that adds up period columns: `Total`, or a quarter beside its months. */
export interface TotalColumn {
  readonly index: number;
  readonly header: string;
  /** Positions of the period columns it adds up. */
  readonly covers: readonly number[];
}

/** A row that adds up others; never data. */
export interface TotalRow extends Row {
  /** The cell that says so: `Total`, `West Total`. */
  readonly label: string;
  /** What it is the total of, where it says so: a team, as a rule. */
  readonly scope: string | null;
  /** The cells that rows must share to be in it; empty for a total of everything, or of the rows just above. */
  readonly within: readonly { readonly index: number; readonly text: string }[];
}

/** Something detected that the user should hear, worded like a problem: a code and arguments. */
export interface Note {
  readonly code: string;
  readonly arguments: ProblemArguments;
}

export interface Sheet {
  readonly file: string | null;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** The decimal sign; null where no number needs one or they do not decide (that is among the problems). */
  readonly decimal: Decimal | null;
  /** The order of numeric dates; null where no date needs one or they do not decide. */
  readonly dateOrder: DateOrder | null;
  /** How this sheet's periods are read: the spec's context with the order its month dates are in. */
  readonly periods: PeriodContext;
  readonly headerLine: number;
  readonly columns: readonly SheetColumn[];
  /** One column per period, in a wide sheet; none in a long one. */
  readonly periodColumns: readonly PeriodColumn[];
  readonly totalColumns: readonly TotalColumn[];
  /** Headers of columns that nothing is read from. */
  readonly ignoredColumns: readonly string[];
  readonly rows: readonly Row[];
  readonly totalRows: readonly TotalRow[];
  /** Rows and records left out, by why. */
  readonly skipped: {
    readonly titles: number;
    readonly blank: number;
    readonly footers: number;
    readonly repeatedHeaders: number;
  };
  /** What departs from UTF-8, commas, a decimal point, ISO dates and a header in line 1. */
  readonly detected: readonly Note[];
  readonly rowFaults: Severity;
}
