/** What coverage finds: a row for everybody with a quota, and the open deals behind it. Minor units and months. */
import type { Clock } from '../plan/clock.ts';
import type { PipelineRecord, PlanModel } from '../plan/model.ts';
import type { PlanPeriod } from '../plan/row.ts';
import type { Level } from '../quota/quota.ts';

/** Whose row it is. */
export interface CoverageKey {
  readonly level: Level;
  readonly team: string | null;
  readonly rep: string | null;
  readonly repId: string | null;
  readonly territory: string | null;
}

/** `made`: nothing to go; `enough`: lands on quota; null: rates are needed to say. */
export type Status = 'made' | 'enough' | 'short' | 'no_quota';

/**
 * One row. Amounts are minor units (hundredths of deals where quotas count deals); null stands where a number does
 * not apply, or needs rates that are not given.
 */
export interface CoverageRow extends CoverageKey {
  /** Whether its quota is carried in this very row: these rows can be summed. */
  readonly finest: boolean;
  readonly period: PlanPeriod;
  readonly quota: number;
  readonly closed: number;
  /** Quota less closed, at least 0. */
  readonly toGo: number;
  /** Amount of open deals dated in the period. */
  readonly open: number;
  /** Open ÷ quota. */
  readonly coverage: number | null;
  /** Open ÷ to go. */
  readonly toGoCoverage: number | null;
  /** The to-go coverage at which the quota is landed on average. */
  readonly enough: number | null;
  /** Of all open deals, what closes within the period on average. */
  readonly expectedOpen: number | null;
  /** Of deals still to be created, and of records at earlier stages. */
  readonly expectedNew: number | null;
  readonly lands: number | null;
  readonly versusQuota: number | null;
  /** Chance that what closes reaches the quota. */
  readonly chance: number | null;
  /** New opportunities that would close the gap on average; null where they cannot. */
  readonly shortOpportunities: number | null;
  /** Chance that an opportunity created now closes within the period. */
  readonly freshChance: number | null;
  /** Of opportunities created now that ever close, the share that does so within the period. */
  readonly freshShare: number;
  /** How many deals are open, whatever their date. */
  readonly prospects: number;
  readonly overdue: Tally;
  readonly stale: Tally;
  readonly undated: Tally;
  readonly status: Status | null;
}

/** How many deals, and their amount. */
export interface Tally {
  readonly count: number;
  readonly amount: number;
}

/** An open deal with its chance of closing within the period asked for. */
export interface OpenDeal {
  readonly record: PipelineRecord;
  /** Whose row it stands in. */
  readonly key: CoverageKey;
  readonly amount: number;
  /** Days since it came to its stage; null where that is not known. */
  readonly ageDays: number | null;
  readonly chance: number | null;
  readonly expected: number | null;
  readonly isStale: boolean;
  readonly isOverdue: boolean;
}

export interface Coverage {
  readonly model: PlanModel;
  readonly clock: Clock;
  readonly periods: readonly PlanPeriod[];
  /** By level, team, rep, territory, then period. */
  readonly rows: readonly CoverageRow[];
  /** By expected amount, largest first. */
  readonly deals: readonly OpenDeal[];
  /** Whether rates are known, without which half the columns are empty. */
  readonly hasRates: boolean;
}
