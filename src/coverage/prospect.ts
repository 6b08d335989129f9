/** Prospects: open deals with what they are worth, when they are due and how likely they close. */
import { monthOfDay } from '../period/month.ts';
import type { Clock } from '../plan/clock.ts';
import type { PipelineRecord, PlanModel } from '../plan/model.ts';
import { chanceBy, type Odds, type OddsOf } from '../plan/odds.ts';
import type { PlanPeriod } from '../plan/row.ts';

export interface Prospect {
  /** Minor units. */
  readonly amount: number;
  /** Plan month in which it is dated; NaN without a date. */
  readonly month: number;
  /** Null without rates. */
  readonly odds: Odds | null;
  readonly isStale: boolean;
  /** Dated before the as-of day, and still open. */
  readonly isOverdue: boolean;
  readonly isUndated: boolean;
}

/**
 * Whether a record is only on its way to becoming a deal: at a stage before the last but one, with neither an amount
 * nor a date. It counts among what is still to be created, by its chance.
 */
export function isEarly({ stages, quotaUnit }: PlanModel, record: PipelineRecord): boolean {
  const isBefore = record.stage < stages.length - 2;
  return isBefore && record.closeDate === null && (quotaUnit === 'deals' || record.amount === null);
}

/** Chance of closing within a period of the plan: by its end, less by its start; 0 where it is over. */
export function chanceWithin(odds: Odds, { first, last }: PlanPeriod, { asOfMonth }: Clock): number {
  return chanceBy(odds, last - asOfMonth) - chanceBy(odds, first - 1 - asOfMonth);
}

export function prospectOf(record: PipelineRecord, model: PlanModel, oddsOf: OddsOf | null): Prospect {
  const { closeDate } = record;
  const odds = oddsOf === null ? null : oddsOf(record, model.stages.length - 1);
  return {
    amount: record.amount ?? 0,
    month: closeDate === null ? Number.NaN : monthOfDay(closeDate) - model.from,
    odds,
    isStale: odds?.isStale ?? false,
    isOverdue: closeDate !== null && closeDate < model.asOf,
    isUndated: closeDate === null,
  };
}

/** Whether it counts as open in a period: dated in it, and not overdue. */
export function isDatedIn({ month, isOverdue }: Prospect, { first, last }: PlanPeriod): boolean {
  return !isOverdue && month >= first && month <= last;
}
