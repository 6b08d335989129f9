/** Exports of a CRM, as a plan reads them: once they are found and counted by whoever may wait for an engine. */
import type { HistoryEstimate } from '../../history/estimate.ts';
import type { HistoryLayout, StageMeaning } from '../../history/layout.ts';
import type { PlainRecord } from '../../history/plain-record.ts';
import type { UnitTally } from '../../history/tallies.ts';
import type { Day } from '../../period/day.ts';
import type { Problem } from '../../problem.ts';
import type { Input } from '../input.ts';
import type { DateOrder } from '../sheet/date-text.ts';
import type { Decimal } from '../sheet/decimal.ts';

/** What a plan asks of its exports. */
export interface CrmAsked {
  /** As the plan or the command line writes them, and as they can be opened from here. */
  readonly named: readonly { readonly path: string; readonly shown: string }[];
  readonly stages: readonly string[];
  /** Our name (a stage too) → header. */
  readonly columns: Readonly<Record<string, string>>;
  readonly meaning: StageMeaning;
  readonly dateOrder: DateOrder | null;
  readonly decimal: Decimal | null;
  /** Last day whose facts are known. */
  readonly asOf: Day;
  /** What closed before it is of no interest. */
  readonly since: Day;
  /** Whether waits are as measured: then records that waited longer than any did bring nothing any more. */
  readonly isMeasured: boolean;
  /** Whether anything rests on counts: rates, lags, deal sizes or actuals that the plan does not give itself. */
  readonly isCounted: boolean;
  /** Whether dirty records are errors. */
  readonly strict: boolean;
}

export interface CrmFile {
  readonly path: string;
  readonly shown: string;
  /** As it is opened: a copy where it came by standard input. */
  readonly opened: string;
  /** Whether it can be read as a sheet: CSV, and no larger than a sheet may be. */
  readonly isSheet: boolean;
  readonly headers: readonly string[];
  /** Null where nothing in it tells how long anything took: then it can only hold deals. */
  readonly layout: HistoryLayout | null;
  /** Its records, open and closed of late, where it can be no sheet: then an engine has read them. */
  readonly records: readonly PlainRecord[] | null;
}

/** What the records were counted into, up to the as-of day. */
export interface CrmHistory {
  readonly estimate: HistoryEstimate;
  readonly units: readonly UnitTally[];
}

export interface CrmRead {
  readonly files: readonly CrmFile[];
  /** Null where nothing was to be counted, or nothing could be. */
  readonly history: CrmHistory | null;
  readonly inputs: readonly Input[];
  readonly problems: readonly Problem[];
}
