/** The head of results that are made from a history: the keys of a plan's, null where there is none. */
import type { Input } from '../../files/input.ts';
import type { HistoryEstimate } from '../../history/estimate.ts';
import { type Day, formatDay } from '../../period/day.ts';
import type { Change } from '../../plan/change.ts';
import type { Problem } from '../../problem.ts';

/** What a plan file beside the history says of it; all null and empty without one. */
export interface HistoryPlan {
  readonly name: string | null;
  readonly currency: string | null;
  readonly definitions: Readonly<Record<string, string>>;
  /** What was changed of it for a what-if; none where that is not said. */
  readonly changes?: readonly Change[];
}

/** How a history was read, so that the same can be made again. */
export interface Made {
  /** As it was named; null: at the first recorded exit. */
  readonly logFrom: Day | null;
  /** Months in which a record comes to weigh half; null: all weigh the same. */
  readonly halfLife: number | null;
  /** What else was asked for, by the keys of the file: stages, columns, join, time_zone, date_order … */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What every document made from a history says of how it was. */
export interface HistoryMade {
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
  readonly made: Made;
}

/** What stands under `made`. */
export function madeRow(
  { logFrom, halfLife, options }: Made,
  { asOf, rows }: Pick<HistoryEstimate, 'asOf' | 'rows'>,
): object {
  return {
    as_of: formatDay(asOf),
    log_from: logFrom === null ? null : formatDay(logFrom),
    half_life: halfLife,
    options,
    rows,
  };
}

/** What stands under `plan`. */
export function historyHead(
  { name, currency, definitions }: HistoryPlan,
  { asOf, stages }: Pick<HistoryEstimate, 'asOf' | 'stages'>,
): object {
  return {
    name,
    currency,
    quota_unit: null,
    from: null,
    to: null,
    fiscal_year_starts: null,
    fiscal_year_named_by: null,
    as_of: formatDay(asOf),
    stages,
    definitions,
  };
}
