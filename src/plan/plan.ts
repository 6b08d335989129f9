/** What planning makes: everything a report of the plan needs, in minor units and months. */

import type { Problem, Where } from '../problem.ts';
import type { AnsweredBy } from '../rates/rate-row.ts';
import type { CapacityRow } from './capacity.ts';
import type { Clock } from './clock.ts';
import type { PricedUnit } from './lead-value.ts';
import type { Line, LineKey } from './line.ts';
import type { PlanModel } from './model.ts';
import type { Origin } from './origin.ts';
import type { PlanPeriod } from './row.ts';

/** Closes of a month that nothing brings in time. */
export interface LateRow {
  readonly key: LineKey;
  readonly month: number;
  readonly closes: number;
  /** Minor units; null where quotas are deals. */
  readonly amount: number | null;
  /** Caught up by later leads, or only reported. */
  readonly treated: 'spread' | 'reported';
}

/** Closes of a month that the plan assumes: from records not known, or quotas not given. Over the company. */
export interface AssumedRow {
  readonly what: 'carry_in' | 'quota';
  /** Month from the first plan month on; beyond the plan for quotas. */
  readonly month: number;
  readonly closes: number;
  readonly amount: number | null;
}

/** From quota ÷ deal size ÷ rates to the lead goal, in ten-thousandths of a lead so that it adds up exactly. */
export interface BridgeRow {
  /** Null: over all sources that begin at the first stage. */
  readonly source: string | null;
  readonly grain: 'quarter' | 'year';
  /** First and last plan month of the period. */
  readonly first: number;
  readonly last: number;
  readonly naive: number;
  readonly timing: number;
  readonly late: number;
  readonly carryIn: number;
  /** What sizing goals for a chance adds. */
  readonly confidence: number;
  readonly rounding: number;
  readonly goal: number;
}

/** How likely a quota is reached with the goals as they stand. */
export interface ChanceRow {
  readonly level: 'company' | 'team';
  readonly team: string | null;
  /** A quarter or year of the plan. */
  readonly period: PlanPeriod;
  /** Null where there is no quota. */
  readonly chance: number | null;
  /** How sure one wants to be. */
  readonly confidence: number;
  /** The lead goal of the period. */
  readonly leads: number;
  /** Leads more that would make it as sure; null where even three times as many would not. Worked out when asked for. */
  readonly extraLeads: () => number | null;
  /** What the chance can be worked out from again. Worked out when asked for. */
  readonly basis: () => ChanceBasis;
}

/** The closes of a period as a chance sees them. */
export interface ChanceBasis {
  /** Closes still expected, and the variance of their number. */
  readonly expectedCloses: number;
  readonly variance: number;
  /** What is still to close ÷ the deal size, below 0 where more closed; null where nothing is expected. */
  readonly wantedCloses: number | null;
  /** Minor units of quota that one of them brings on average; null where nothing is expected. */
  readonly dealSize: number | null;
  /** Coefficient of variation of their sizes; 0: all alike, or not known. */
  readonly dealVariation: number;
  /** Mean yield of these closes, and the coefficient of variation of all rates together; 0 where none come by a rate. */
  readonly rate: number;
  readonly doubt: number;
}

/** A rate, lag or deal size the goals rest on. */
export interface Assumption {
  readonly what: 'rate' | 'lag' | 'deal_size';
  /** Stage names; null for a deal size. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whom it is used for; null: for all. */
  readonly team: string | null;
  readonly rep: string | null;
  readonly source: string | null;
  readonly value: number;
  readonly basis: 'typed' | 'counted' | 'measured';
  readonly records: number | null;
  readonly converted: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly answeredBy: AnsweredBy | null;
  /** What was changed of it for a what-if, as it was asked for: `+10%`; null: nothing. */
  readonly set: string | null;
  /** Of a lag: the share that waits 0, 1, 2 … months; null where all wait `value` months, and for all else. */
  readonly shares: readonly number[] | null;
  readonly where: Where | null;
}

export interface Plan {
  readonly model: PlanModel;
  readonly clock: Clock;
  /** The finest lines, in order: adding them up is the truth. */
  readonly lines: readonly Line[];
  /** Every roll-up, in order; none has the key of a finest line. */
  readonly rollUps: readonly Line[];
  /** Both together, in order. */
  readonly allLines: readonly Line[];
  readonly bridge: readonly BridgeRow[];
  readonly chances: readonly ChanceRow[];
  /** What is asked of reps and open territories, and what they can work; empty where no capacity is given. */
  readonly capacity: readonly CapacityRow[];
  /** The units whose leads are worth something, as `leadValues` takes them. */
  readonly priced: readonly PricedUnit[];
  readonly origin: Readonly<Origin>;
  readonly late: readonly LateRow[];
  readonly assumed: readonly AssumedRow[];
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly Problem[];
}
