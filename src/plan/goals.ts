/** Planning: from a validated model to the goals of every carrier, source, stage and month. */
import { yieldOver } from '../funnel/rate.ts';
import { NOWHERE, type Parsed, type Problem, warning } from '../problem.ts';
import { quotaPerClose } from './answers.ts';
import { type Assumed, assume, assumedRows, emptyAssumed } from './assumed.ts';
import { assumptionsOf } from './assumptions.ts';
import { addSteps, type BridgeSteps, bridgeOf, emptySteps } from './bridge.ts';
import { capacityRows } from './capacity.ts';
import { type ChanceBook, chanceBook } from './chances/chances.ts';
import type { Clock } from './clock.ts';
import { timesForConfidence } from './confidence.ts';
import type { Context } from './context.ts';
import { finestLines } from './finest.ts';
import { lateRows } from './late.ts';
import { type PricedUnit, pricedUnit } from './lead-value.ts';
import { compareKeys, type Line, sumOver } from './line.ts';
import type { PlanModel } from './model.ts';
import { addOrigin, emptyOrigin, type Origin } from './origin.ts';
import type { LateRow, Plan } from './plan.ts';
import { type PlannedUnit, prepare } from './prepare.ts';
import { rollUp } from './roll-up.ts';

/**
 * Lead goals of a plan. Problems stand in place of a plan where the quotas contradict each other or a quota has no
 * rate or deal size; warnings come with the plan.
 */
export function planGoals(model: PlanModel): Parsed<Plan> {
  const prepared = prepare(model);
  if (prepared.value === null) return { value: null, problems: prepared.problems };
  const { context } = prepared.value;
  const { times, problems: outOfReach } = timesForConfidence(prepared.value);
  const totals: Totals = {
    lines: [],
    late: [],
    assumed: emptyAssumed(context.horizon),
    bridge: new Map(),
    chances: chanceBook(context),
    origin: emptyOrigin(),
    priced: [],
  };
  for (const planned of prepared.value.units({ times })) collect(context, totals, planned);
  const lines = totals.lines.sort(compareKeys);
  const rollUps = rollUp(lines);
  const warnings = [...prepared.problems, ...outOfReach, ...roundingWarning(totals.bridge)];
  const plan: Plan = {
    model,
    clock: context.clock,
    lines,
    rollUps,
    allLines: [...lines, ...rollUps].sort(compareKeys),
    bridge: bridgeOf(totals.bridge, context.clock),
    chances: totals.chances.rows(),
    capacity: capacityRows(context, prepared.value.carriers, lines),
    priced: totals.priced,
    origin: totals.origin,
    late: totals.late.sort(
      (first, second) => compareKeys(first.key, second.key) || first.month - second.month,
    ),
    assumed: assumedRows(totals.assumed),
    assumptions: assumptionsOf(prepared.value),
    warnings,
  };
  return { value: plan, problems: warnings };
}

/** The finest lines alone; none where the plan cannot be made. */
export function collectLines(model: PlanModel): Line[] {
  const prepared = prepare(model);
  if (prepared.value === null) return [];
  const { clock, back } = prepared.value.context;
  const { times } = timesForConfidence(prepared.value);
  const lines: Line[] = [];
  for (const { carrier, source, unit, past, quota } of prepared.value.units({ times }))
    lines.push(...finestLines({ carrier, source, unit, past, quota, clock, back }));
  return lines;
}

interface Totals {
  readonly lines: Line[];
  readonly late: LateRow[];
  readonly assumed: Assumed;
  readonly bridge: Map<string | null, BridgeSteps>;
  readonly chances: ChanceBook;
  readonly origin: Origin;
  readonly priced: PricedUnit[];
}

/** Adds one unit to what the plan shows. */
function collect(context: Context, totals: Totals, planned: PlannedUnit): void {
  const { clock, model } = context;
  const { unit, source, carrier } = planned;
  const lines = finestLines({
    carrier,
    source,
    unit,
    past: planned.past,
    quota: planned.quota,
    clock,
    back: context.back,
  });
  totals.lines.push(...lines);
  totals.chances.add(planned, lines);
  if (source.startsAt < model.stages.length - 1) totals.priced.push(pricedUnit(context, planned, lines));
  addOrigin(totals.origin, planned, { clock, back: context.back, perClose: quotaPerClose(planned.answers) });
  const amountPerClose = model.quotaUnit === 'deals' ? null : quotaPerClose(planned.answers);
  const reachable = context.leverage(source.startsAt, planned.activity).reachable;
  // a source without leads is not paced: nothing of it is late, and no records are assumed
  if (source.startsAt < model.stages.length - 1) {
    totals.late.push(...lateRows(planned, { clock, reachable, amountPerClose }));
    for (const [month, closes] of unit.carryIn.assumed.entries()) {
      if (closes > 0) assume(totals.assumed.carryIn, month, { closes, amountPerClose });
    }
  }
  for (const [month, assumed] of planned.assumedMonths.entries()) {
    if (assumed === 1)
      assume(totals.assumed.quota, month, { closes: planned.closes[month]!, amountPerClose });
  }
  if (source.startsAt === 0) addToBridge(totals.bridge, { planned, lines, clock, back: context.back });
}

function addToBridge(
  bridge: Totals['bridge'],
  of: { planned: PlannedUnit; lines: readonly Line[]; clock: Clock; back: number },
): void {
  const { planned, lines, clock } = of;
  const { unit, source, answers, closes } = planned;
  let sum = bridge.get(source.name);
  if (sum === undefined) bridge.set(source.name, (sum = emptySteps(clock.months)));
  const rate = yieldOver(answers.rates.map((answer) => answer?.value ?? 1));
  const reached = (t: number) => planned.past?.counts[0]?.[t + of.back] ?? 0;
  const known = (steps: number[]) =>
    steps.map((leads, t) => (t <= clock.asOfMonth ? leads + reached(t) : leads));
  addSteps(sum, {
    naive: closes.map((value) => value / rate),
    timing: unit.steps.timing,
    carryIn: known(unit.steps.carryIn),
    late: known(unit.steps.late),
    sized: known(unit.steps.sized),
    goal: emptySteps(clock.months).goal,
  });
  for (const line of lines) {
    for (let t = 0; t < clock.months; t++) if (!Number.isNaN(line.goals[t]!)) sum.goal[t]! += line.goals[t]!;
  }
}

/** Whole leads of many small reps can exceed what is needed; above this share it is said. */
const ROUNDING_WORTH_SAYING = 0.02;

/** A few leads in all are not worth a warning, whatever their share. */
const FEW_LEADS = 5;

function roundingWarning(bridge: ReadonlyMap<string | null, BridgeSteps>): Problem[] {
  let exact = 0;
  let whole = 0;
  for (const steps of bridge.values()) {
    exact += sumOver(steps.sized, 0, steps.sized.length - 1);
    whole += sumOver(steps.goal, 0, steps.goal.length - 1);
  }
  if (!(whole > exact * (1 + ROUNDING_WORTH_SAYING)) || whole - exact < FEW_LEADS) return [];
  return [
    warning('rounding_adds', NOWHERE, {
      extra: Math.round(whole - exact),
      percent: Math.round((whole / exact - 1) * 100),
    }),
  ];
}
