/** Everything a plan is computed from, validated: dates resolved, names known, money in minor units. */
import type { Lag } from '../funnel/lag.ts';
import type { Day } from '../period/day.ts';
import type { FiscalCalendar } from '../period/fiscal.ts';
import type { Month } from '../period/month.ts';
import type { Where } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { Rep } from '../quota/rep.ts';
import type { Adjustment } from '../rates/adjust.ts';
import type { DealSize } from '../rates/deal-size.ts';
import type { RateRow } from '../rates/rate-row.ts';
import type { Change, Unchanged } from './change.ts';

/** Where leads come from, who owes them, and for which share of the quota they stand. */
export interface Source {
  /** Null where the plan knows no sources. */
  readonly name: string | null;
  readonly owner: string | null;
  /** Share of the quota, 0 … 1. */
  readonly share: number;
  /** Index of the first stage that has goals; the last stage for a source without leads. */
  readonly startsAt: number;
  readonly where: Where;
}

/** What reached the stages in a past month, for a rep, a team or the company, of a source or of all. */
export interface Actual {
  readonly team: string | null;
  readonly rep: Rep | null;
  readonly source: string | null;
  readonly month: Month;
  /** One per stage; null where not counted. */
  readonly counts: readonly (number | null)[];
  /** Amount closed in minor units; null where not given. */
  readonly amount: number | null;
  /** Whether it was made of a closed record of the pipeline rather than counted in a row of its own. */
  readonly isRecord: boolean;
}

/** A record of the CRM as of the as-of day. */
export interface PipelineRecord {
  readonly id: string | null;
  readonly name: string | null;
  readonly account: string | null;
  /** Whom the CRM says it belongs to. */
  readonly owner: string | null;
  /** Null where its owner carries nothing in the plan: then it is the team's, or the company's. */
  readonly rep: Rep | null;
  readonly team: string | null;
  /** Null where it is not said, or of no source of the plan. */
  readonly source: string | null;
  readonly outcome: 'open' | 'won' | 'lost';
  /** Index of the stage it is at, or was lost at; the last one where it is won. */
  readonly stage: number;
  /** What the CRM calls that stage. */
  readonly crmStage: string;
  /** Minor units (hundredths of deals where quotas are deals); null where the CRM has none. */
  readonly amount: number | null;
  /** The day it first reached its stage; null where it is not known. */
  readonly since: Day | null;
  /** The day it closed, or is expected to. */
  readonly closeDate: Day | null;
  readonly where: Where;
}

/** Open and closed records, and how many could not be placed. */
export interface Pipeline {
  readonly records: readonly PipelineRecord[];
  /** Whether it holds closed records, so that what closed is known from it. */
  readonly knowsClosed: boolean;
  /** Deals with faults, in no number of the plan. */
  readonly leftOut: { readonly count: number; readonly amount: number };
}

/** A history that rates were measured of. */
export interface Measured {
  /** Its files, as they were named then. */
  readonly files: readonly string[];
  /** Last day whose facts were known. */
  readonly asOf: Day;
  readonly records: number;
  /** Whether the lag is measured too, by transition. */
  readonly lags: readonly boolean[];
  /** Standard deviation ÷ mean of the amounts of so many closed deals; null where they were not measured. */
  readonly dealSpread: { readonly variation: number; readonly deals: number } | null;
}

export interface PlanModel {
  readonly name: string | null;
  readonly currency: string | null;
  readonly quotaUnit: 'money' | 'deals';
  readonly from: Month;
  readonly to: Month;
  readonly calendar: FiscalCalendar;
  /** Last day whose facts are known. */
  readonly asOf: Day;
  /** Stage names in funnel order, at least two. */
  readonly stages: readonly string[];
  readonly definitions: Readonly<Record<string, string>>;
  readonly quotas: readonly Quota[];
  /** One per quota, null where a what-if left it as it was; not there where none changed any. */
  readonly unchangedQuotas?: readonly (Unchanged | null)[];
  readonly reps: readonly Rep[];
  readonly ramp: readonly number[];
  readonly quotasIncludeRamp: boolean;
  /** Weight of each month of the fiscal year (12 numbers, first fiscal month first). */
  readonly seasonality: readonly number[];
  readonly sizeOn: 'reps' | 'team' | null;
  /** 0.2 where quotas are over-assigned by 20 %: goals are sized on quota ÷ 1.2. */
  readonly overAssigned: number;
  /** Empty where quotas are deals. */
  readonly dealSizes: readonly DealSize[];
  /** Deal sizes of a plan whose quotas are deals: for what leads are worth and nothing else; not there where none are given. */
  readonly worth?: { readonly dealSizes: readonly DealSize[]; readonly currency: string | null };
  readonly rates: readonly RateRow[];
  /** Whether small samples are drawn to their team; otherwise ratios stand as they are. */
  readonly blended: boolean;
  /** One per transition; null where no wait is given. */
  readonly lags: readonly (Lag | null)[];
  readonly lagsWhere: readonly (Where | null)[];
  /** The lags before a what-if changed some of them; not there where none was. */
  readonly unchangedLags?: readonly (Lag | null)[];
  /** The history that rates and lags were measured of; null where nobody measured them. */
  readonly measured: Measured | null;
  readonly sources: readonly Source[];
  /** One per source: its share before, null where it is what it was; not there where no what-if changed any. */
  readonly unchangedShares?: readonly (Unchanged | null)[];
  readonly late: 'spread' | 'report';
  /** Share of a lead's closes that the pace looks ahead for, 0.8 unless said otherwise. */
  readonly lookahead: number;
  /** Null where nothing of the past is known. */
  readonly actuals: readonly Actual[] | null;
  /** Null where no records are given. */
  readonly pipeline: Pipeline | null;
  /** The chance that goals are sized for; null: goals are met on average. */
  readonly confidence: number | null;
  /** Records of a stage that a full rep can work in a month, one per stage; null where nobody said. */
  readonly capacity: readonly (number | null)[];
  /** What was changed of all this for a what-if, in the order it was applied; empty: nothing. */
  readonly changes: readonly Change[];
  /** What is laid over the rates, one list per transition, and over the deal sizes. */
  readonly rateChanges: readonly (readonly Adjustment[])[];
  readonly dealSizeChanges: readonly Adjustment[];
}
