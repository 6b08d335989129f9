/** One of the plans that are compared: its goals, and as much as is known of what they rest on. */
import type { Change } from '../../plan/change.ts';
import { type Clock, clockOf } from '../../plan/clock.ts';
import type { Line } from '../../plan/line.ts';
import type { PlanModel, Source } from '../../plan/model.ts';
import type { Assumption, BridgeRow, Plan } from '../../plan/plan.ts';
import { oncePerKey } from '../../plan/roll-up.ts';
import type { Rep } from '../../quota/rep.ts';

/** What every result says of the plan it is of. */
export type PlanHead = Pick<
  PlanModel,
  'name' | 'currency' | 'quotaUnit' | 'from' | 'to' | 'calendar' | 'asOf' | 'stages' | 'definitions'
>;

/** What a plan states that is neither a goal nor something goals rest on with evidence. */
export interface Stated
  extends Pick<
    PlanModel,
    | 'stages'
    | 'ramp'
    | 'quotasIncludeRamp'
    | 'seasonality'
    | 'sizeOn'
    | 'overAssigned'
    | 'blended'
    | 'late'
    | 'lookahead'
    | 'confidence'
    | 'capacity'
  > {
  readonly sources: readonly Pick<Source, 'name' | 'owner' | 'share' | 'startsAt'>[];
  /** Those listed; who has a quota alone has goals. */
  readonly reps: readonly Pick<Rep, 'name' | 'team' | 'id' | 'start' | 'end'>[];
}

/** A rate, the mean wait of a lag in months, or a deal size in major units. */
export type Resting = Pick<Assumption, 'what' | 'from' | 'to' | 'team' | 'rep' | 'source' | 'value'>;

/** A file that a plan was made of. */
export interface FileMark {
  readonly path: string;
  readonly sha256: () => string;
}

/** What a side goes by. */
export interface SideName {
  /** As it was typed: `leadgoal.yaml@stretch`. */
  readonly name: string;
  /** The plan file or saved result. */
  readonly path: string;
  readonly scenario: string | null;
  readonly format: 'plan_file' | 'leadgoal.plan';
}

export interface Side {
  readonly called: SideName;
  readonly head: PlanHead;
  readonly clock: Clock;
  /** Finest lines and all their roll-ups, in order, each key once. */
  readonly lines: readonly Line[];
  /** The company's bridge, quarters over all sources. */
  readonly bridge: readonly BridgeRow[];
  readonly restsOn: readonly Resting[];
  /** What was changed of it for a what-if, in order. */
  readonly changes: readonly Change[];
  /** Null where a saved result does not tell. */
  readonly stated: Stated | null;
  /** Null where only a saved result is known. */
  readonly model: PlanModel | null;
  readonly files: readonly FileMark[];
  /** Of those who go here by the name they have in another plan: by `personKey` the name in this one. */
  readonly formerNames: ReadonlyMap<string, string>;
}

/** Nobody goes by another name. */
export const OWN_NAMES: Side['formerNames'] = new Map();

export function sideOf(plan: Plan, called: SideName, files: readonly FileMark[]): Side {
  const { model, allLines, bridge, assumptions } = plan;
  return {
    called,
    head: model,
    clock: clockOf(model),
    lines: oncePerKey(allLines),
    bridge: bridge.filter(({ source, grain }) => source === null && grain === 'quarter'),
    restsOn: assumptions,
    changes: model.changes,
    stated: model,
    model,
    files,
    formerNames: OWN_NAMES,
  };
}
