/** Steps from what is late and the required pace to arrivals at later stages, the open territory and the whole number. */
import { arrivedBy } from '../../funnel/timing.ts';
import type { Context } from '../context.ts';
import { partShares } from '../finest.ts';
import { ceilWithTolerance } from '../whole.ts';
import {
  type Cell,
  firstStage,
  labelOf,
  type Quantity,
  quantity,
  type Sizing,
  type Step,
  yieldOf,
} from './explain-step.ts';

/** What of the year nothing brings in time, and how much of it later leads catch up. */
export function lateStep(context: Context, { planned, month }: Cell): Step {
  const gap = planned.unit.gaps.find(({ first, last }) => month >= first && month <= last)!;
  return {
    step: 'late',
    inputs: [
      quantity('no source in time', gap.closes, 'closes'),
      quantity('caught up by later leads', gap.caughtUp, 'closes'),
    ],
    result: quantity('only reported', gap.closes - gap.caughtUp, 'closes'),
    details: { until: labelOf(context, gap.until) },
  };
}

/** What is still needed by the month-end that decides the pace, and what one lead a month from now on brings by then. */
export function paceSteps(context: Context, cell: Cell): Step[] {
  const { planned, month } = cell;
  const { unit, source } = planned;
  const decided = unit.pace.decidedBy[month]!;
  if (decided < 0) return [];
  const leverage = context.leverage(source.startsAt, planned.activity);
  let brought = 0;
  for (let s = 0; s < month; s++) brought += unit.pace.closes[s]! * arrivedBy(leverage.timing, decided - s);
  const rate = yieldOf(cell);
  const required = unit.required[decided]!;
  const need = quantity('closes still to bring', required - brought, 'closes');
  const perLead = leverage.lev[month * leverage.length + decided]! * rate;
  const until = labelOf(context, decided);
  return [
    {
      step: 'required',
      inputs: [
        quantity(`closes that new leads must have brought by ${until}`, required, 'closes'),
        quantity('of these from leads of earlier months', brought, 'closes'),
      ],
      result: need,
      details: { until },
    },
    {
      step: 'pace',
      inputs: [
        need,
        quantity('closes by then per lead a month', perLead, 'factor'),
        quantity('activity', leverage.activity[month]!, 'share'),
      ],
      result: quantity(firstStage(context, cell), unit.pace.closes[month]! / rate, 'records'),
      details: { until, month: labelOf(context, month), stage: firstStage(context, cell) },
    },
  ];
}

/** What is enough on average, so many times: goals that are sized for a chance. */
export function confidenceStep(context: Context, cell: Cell, { times, confidence, years }: Sizing): Step {
  const { unit } = cell.planned;
  const name = firstStage(context, cell);
  const enough = unit.pace.closes[cell.month]! / yieldOf(cell);
  const year = years.find(({ period: { first, last } }) => first <= cell.month && cell.month <= last);
  return {
    step: 'confidence',
    inputs: [quantity(`${name} on average`, enough, 'records'), quantity('times as many', times, 'factor')],
    result: quantity(name, unit.leads[cell.month]!, 'records'),
    details: {
      confidence,
      ...(year?.chance == null ? {} : { year: year.period.label, chance: year.chance }),
    },
  };
}

/** Arrivals at a later stage: of the leads of each month, and of records that exist. */
export function arrivalsStep(context: Context, { planned, month }: Cell, stage: number): Step {
  const { source, unit, answers } = planned;
  const timing = context.timing(source.startsAt, stage);
  const rate = answers.rates
    .slice(source.startsAt, stage)
    .reduce((product, answer) => product * (answer?.value ?? 1), 1);
  const inputs: Quantity[] = [];
  let fromLeads = 0;
  for (let wait = timing.share.length - 1; wait >= 0; wait--) {
    const s = month - wait;
    if (s < 0 || timing.share[wait] === 0) continue;
    const value = unit.leads[s]! * rate * timing.share[wait]!;
    fromLeads += value;
    inputs.push({ name: `from ${labelOf(context, s)}`, value, unit: 'records', where: null });
  }
  const total = unit.stages[stage]![month]!;
  if (total - fromLeads > 1e-9)
    inputs.unshift({
      name: 'from records that exist',
      value: total - fromLeads,
      unit: 'records',
      where: null,
    });
  const name = context.model.stages[stage]!;
  return {
    step: 'arrivals',
    inputs,
    result: { name, value: total, unit: 'records', where: null },
    details: { stage: name },
  };
}

export function territoryStep(context: Context, { planned, month, part }: Cell, stage: number): Step {
  const exact = planned.unit.stages[stage]![month]!;
  const share = partShares(planned.carrier, context.clock)[part]![month]!;
  const name = context.model.stages[stage]!;
  return {
    step: 'territory',
    inputs: [
      { name, value: exact, unit: 'records', where: null },
      { name: 'part of the month', value: share, unit: 'share', where: planned.carrier.rep!.where },
    ],
    result: { name, value: exact * share, unit: 'records', where: null },
    details: { who: planned.carrier.rep!.name },
  };
}

export function reachedStep(context: Context, { month, goal }: Cell, stage: number): Step {
  const result: Quantity = { name: context.model.stages[stage]!, value: goal, unit: 'records', where: null };
  return { step: 'reached', inputs: [], result, details: { month: labelOf(context, month) } };
}

/** Running total rounded up, less what was given before; of the as-of month, on top of what was reached so far. */
export function wholeStep(context: Context, cell: Cell, stage: number): Step {
  const { planned, month, part, goal, expected } = cell;
  const share = partShares(planned.carrier, context.clock)[part]!;
  const exact = planned.unit.stages[stage]!;
  let before = 0;
  for (let t = 0; t < month; t++) before += exact[t]! * share[t]!;
  const now = exact[month]! * share[month]!;
  const name = context.model.stages[stage]!;
  const quantity = (label: string, value: number): Quantity => ({
    name: label,
    value,
    unit: 'records',
    where: null,
  });
  const soFar = month === context.clock.asOfMonth ? [quantity('reached so far', expected - now)] : [];
  return {
    step: 'whole',
    inputs: [
      ...soFar,
      quantity(`${name} ${soFar.length > 0 ? 'still to come' : 'of this month'}`, now),
      quantity('running total with it', before + now),
      quantity('given before', Math.max(0, ceilWithTolerance(before))),
    ],
    result: quantity(name, goal),
    details: { month: labelOf(context, month) },
  };
}
