/** Sensitivity: what the lead goal becomes at either end of every input, and what a percentage point of a rate saves. */
import type { Clock } from '../../plan/clock.ts';
import { compareText } from '../../plan/line.ts';
import type { PlanModel } from '../../plan/model.ts';
import { type Prepared, prepare } from '../../plan/prepare.ts';
import type { Parsed } from '../../problem.ts';
import { leadGoal, leadGoalOf, leadStage } from '../lead-goal.ts';
import type { Input, TriedInput } from './input.ts';
import { dealSizeInput, lagInputs, quotaInput, shareInputs } from './other-inputs.ts';
import { rateInput } from './rate-inputs.ts';
import { type AskedInputs, rateScopes } from './rate-scopes.ts';

/** An input with the company's lead goal at its ends. */
export interface Bar extends Input {
  /** Null where there is no plan at that end. */
  readonly leadsLow: number | null;
  readonly leadsHigh: number | null;
  /** Leads a quarter still to come that one more percentage point saves; null for all but rates. */
  readonly perPoint: number | null;
}

export interface Sensitivity {
  readonly model: PlanModel;
  /** Index of the stage that the goal is of. */
  readonly stage: number;
  /** The lead goal with every input as it is. */
  readonly leads: number;
  /** The widest first, ties by key. */
  readonly bars: readonly Bar[];
  /** Plans that were made for it, that of the inputs as they are among them. */
  readonly replans: number;
  /** Teams whose rates differ and that were too many to be tried. */
  readonly teamsLeftOut: number;
}

/** Problems stand in its place where the plan itself cannot be made. */
export function sensitivityOf(model: PlanModel, asked: AskedInputs): Parsed<Sensitivity> {
  const { value: prepared, problems } = prepare(model);
  if (prepared === null) return { value: null, problems };
  const { leads, quota } = leadGoalOf(prepared);
  const { inputs, teamsLeftOut } = inputsOf(prepared, { asked, quota });
  const quarters = quartersToCome(prepared.context.clock);
  let replans = 1;
  const leadsOf = (changed: PlanModel | null): number | null => {
    if (changed === null) return null;
    replans += 1;
    return leadGoal(changed)?.leads ?? null;
  };
  const bars = inputs.map((tried) => barOf(tried, { leads, leadsOf, quarters }));
  return {
    value: {
      model,
      stage: leadStage(model),
      leads,
      bars: bars.sort(byWidth),
      replans,
      teamsLeftOut,
    },
    problems,
  };
}

/** A third of the months that are not over, the as-of month by the part that is left; all where none is. */
function quartersToCome({ months, asOfMonth, gone }: Clock): number {
  const over = Math.max(0, asOfMonth + gone);
  return (over < months ? months - over : months) / 3;
}

interface Inputs {
  readonly inputs: readonly TriedInput[];
  readonly teamsLeftOut: number;
}

/** In funnel order: rates, deal size, lags, quota, shares. */
function inputsOf(prepared: Prepared, { asked, quota }: { asked: AskedInputs; quota: number }): Inputs {
  const { stages } = prepared.context.model;
  const rates = stages.slice(1).map((_, transition) => {
    const { scopes, teamsLeftOut } = rateScopes(prepared, transition, asked);
    return { inputs: scopes.flatMap((scope) => rateInput(prepared, transition, scope) ?? []), teamsLeftOut };
  });
  const ofTeams = asked.teams.length > 0 || asked.level === 'team';
  const ofAll = !ofTeams && asked.sources.length === 0;
  const isAsked = ({ name }: { name: string | null }) =>
    asked.sources.length === 0 || asked.sources.includes(name!);
  return {
    inputs: [
      ...rates.flatMap(({ inputs }) => inputs),
      ...(ofAll ? [...dealSizeInput(prepared), ...lagInputs(prepared)] : []),
      ...(ofAll && quota > 0 ? [quotaInput(prepared, quota)] : []),
      ...(ofTeams ? [] : shareInputs(prepared, isAsked)),
    ],
    teamsLeftOut: Math.max(0, ...rates.map(({ teamsLeftOut }) => teamsLeftOut)),
  };
}

interface Base {
  readonly leads: number;
  readonly leadsOf: (changed: PlanModel | null) => number | null;
  readonly quarters: number;
}

function barOf({ input, atLow, atHigh, pointMore }: TriedInput, { leads, leadsOf, quarters }: Base): Bar {
  const end = (value: number, at: PlanModel | null) => (value === input.base ? leads : leadsOf(at));
  const leadsLow = end(input.low, atLow);
  const leadsHigh = end(input.high, atHigh);
  const then = leadsOf(pointMore);
  return { ...input, leadsLow, leadsHigh, perPoint: then === null ? null : (leads - then) / quarters };
}

/** How far the lead goal moves between the ends; below every number where an end has no plan. */
function widthOf({ leadsLow, leadsHigh }: Bar): number {
  return leadsLow === null || leadsHigh === null ? -1 : Math.abs(leadsHigh - leadsLow);
}

function byWidth(first: Bar, second: Bar): number {
  return widthOf(second) - widthOf(first) || compareText(first.key, second.key);
}
