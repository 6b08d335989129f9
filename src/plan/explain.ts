/** Explaining a goal: the steps from quota to a whole number, every input with its value and its row. */
import { addMonths, formatMonth } from '../period/month.ts';
import { error, hasErrors, NOWHERE, type Parsed, type Where } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import { isWithin } from '../quota/rep.ts';
import { quotaPerClose } from './assumptions.ts';
import type { Context } from './context.ts';
import { partShares } from './finest.ts';
import type { PlanModel } from './model.ts';
import { type PlannedUnit, prepare } from './prepare.ts';
import { ceilWithTolerance, wholeOf } from './whole.ts';

/** What a number counts: money and deals come in minor units (hundredths). */
export type Unit = 'money' | 'deals' | 'closes' | 'records' | 'share' | 'months' | 'factor';

/** A number with its name, what it counts, and the row it comes from. */
export interface Quantity {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly where: Where | null;
}

export type StepKind =
  | 'sum'
  | 'spread'
  | 'territory'
  | 'closes'
  | 'yield'
  | 'naive'
  | 'curve'
  | 'late'
  | 'required'
  | 'pace'
  | 'arrivals'
  | 'reached'
  | 'whole';

/** One step: what goes in, what comes out. `details` fill in the sentence. */
export interface Step {
  readonly step: StepKind;
  readonly inputs: readonly Quantity[];
  readonly result: Quantity;
  readonly details: Readonly<Record<string, string | number>>;
}

/** Which goal: of whom, in which plan months, of which stage. Empty lists: of all. */
export interface Question {
  readonly reps: readonly string[];
  readonly teams: readonly string[];
  readonly sources: readonly string[];
  /** First and last plan month. */
  readonly first: number;
  readonly last: number;
  readonly stage: number;
}

export interface Explanation {
  readonly model: PlanModel;
  readonly question: Question;
  readonly steps: readonly Step[];
}

/** One month's goal of one unit's part: the smallest thing to explain. */
interface Cell {
  readonly planned: PlannedUnit;
  readonly month: number;
  /** 0: the rep's own (or the whole) part, 1: the open territory. */
  readonly part: number;
  readonly goal: number;
}

/**
 * Steps of a goal. One that has several parts (sources, months, reps) is a sum first; then its largest part is
 * explained to the end. Errors: those of planning, and `no_goal`.
 */
export function explainGoal(model: PlanModel, question: Question): Parsed<Explanation> {
  const prepared = prepare(model);
  if (prepared.value === null) return { value: null, problems: prepared.problems };
  const { context } = prepared.value;
  const cells: Cell[] = [];
  for (const planned of prepared.value.units()) cells.push(...cellsOf(context, planned, question));
  if (cells.length === 0) {
    const who = [...question.reps, ...question.teams, ...question.sources].join(', ') || 'the company';
    const period = `${labelOf(context, question.first)} – ${labelOf(context, question.last)}`;
    return { value: null, problems: [error('no_goal', NOWHERE, { who, period })] };
  }
  const largest = cells.reduce((best, cell) => (cell.goal > best.goal ? cell : best));
  const sum = cells.length > 1 ? [sumStep(context, cells, question)] : [];
  const steps = [...sum, ...cellSteps(context, largest, question.stage)];
  return {
    value: { model, question, steps },
    problems: hasErrors(prepared.problems) ? prepared.problems : [],
  };
}

function labelOf(context: Context, month: number): string {
  return formatMonth(addMonths(context.clock.from, month));
}

/** The months of a unit that the question is about, with their whole goals. */
function cellsOf(context: Context, planned: PlannedUnit, question: Question): Cell[] {
  const { carrier, source, unit, past } = planned;
  const { reps, teams, sources, stage } = question;
  const exact = unit.stages[stage];
  if (!exact) return [];
  if (sources.length > 0 && !sources.includes(source.name ?? '')) return [];
  if (teams.length > 0 && !teams.some((team) => isWithin(carrier.team, team))) return [];
  if (reps.length > 0 && !(carrier.rep !== null && reps.includes(carrier.rep.name))) return [];
  const { clock } = context;
  return partShares(carrier, clock).flatMap((share, part) => {
    if (part === 1 && reps.length > 0) return [];
    const whole = wholeOf(exact.slice(0, clock.months).map((value, t) => value * share[t]!));
    const cells: Cell[] = [];
    for (let month = question.first; month <= question.last; month++) {
      if (!(share[month]! > 0)) continue;
      const reached =
        month <= clock.asOfMonth ? (past?.reached[stage]?.[context.back + month] ?? 0) * share[month]! : 0;
      cells.push({ planned, month, part, goal: whole[month]! + Math.round(reached) });
    }
    return cells;
  });
}

/** The parts by whom, source and month, largest first as far as the eye wants them; they add up to the result. */
function sumStep(context: Context, cells: readonly Cell[], question: Question): Step {
  const byPart = new Map<string, number>();
  const several = (pick: (cell: Cell) => string) => new Set(cells.map(pick)).size > 1;
  const who = several(nameOf);
  const source = several((cell) => cell.planned.source.name ?? '');
  for (const cell of cells) {
    const parts = [
      ...(who ? [nameOf(cell)] : []),
      ...(source ? [cell.planned.source.name ?? ''] : []),
      ...(!who && !source ? [labelOf(context, cell.month)] : []),
    ];
    const name = parts.join(', ');
    byPart.set(name, (byPart.get(name) ?? 0) + cell.goal);
  }
  const inputs = [...byPart].map(
    ([name, value]): Quantity => ({ name, value, unit: 'records', where: null }),
  );
  const total = inputs.reduce((sum, input) => sum + input.value, 0);
  return {
    step: 'sum',
    inputs,
    result: { name: 'goal', value: total, unit: 'records', where: null },
    details: { first: labelOf(context, question.first), last: labelOf(context, question.last) },
  };
}

function nameOf({ planned, part }: Cell): string {
  const { rep, team } = planned.carrier;
  if (rep === null) return team ?? 'the company';
  return part === 1 ? `open (was ${rep.name})` : rep.name;
}

/** Quota → month → closes → yield → curve → pace → whole number, for one month of one unit. */
function cellSteps(context: Context, cell: Cell, stage: number): Step[] {
  const { planned, month } = cell;
  const { source } = planned;
  const last = context.model.stages.length - 1;
  if (month < context.clock.asOfMonth) return [reachedStep(context, cell, stage)];
  const quota = quotaSteps(context, cell);
  if (stage === last) return [...quota, wholeStep(context, cell, stage)];
  const rates = [yieldStep(context, cell), naiveStep(context, cell)];
  const curve = context.timing(source.startsAt, last).share.length > 1 ? [curveStep(context, cell)] : [];
  const gap = planned.unit.gaps.find(({ first, last: end }) => month >= first && month <= end);
  const late = gap && gap.closes > 1e-9 ? [lateStep(context, cell)] : [];
  const pace = curve.length > 0 ? paceSteps(context, cell) : [];
  const arrivals = stage > source.startsAt ? [arrivalsStep(context, cell, stage)] : [];
  const territory = planned.carrier.rep?.end ? [territoryStep(context, cell, stage)] : [];
  return [
    ...quota,
    ...rates,
    ...curve,
    ...late,
    ...pace,
    ...arrivals,
    ...territory,
    wholeStep(context, cell, stage),
  ];
}

const amountUnit = (model: PlanModel): Unit => (model.quotaUnit === 'deals' ? 'deals' : 'money');

/** The quota rows behind a month, the month's part of them, the source's part of that, and its closes. */
function quotaSteps(context: Context, cell: Cell): Step[] {
  const { model, clock } = context;
  const { planned, month } = cell;
  const { carrier, source, closes, answers } = planned;
  const unit = amountUnit(model);
  const rows = model.quotas.filter(
    (quota) => covers(quota, addMonths(clock.from, month)) && isFor(quota, planned),
  );
  const given = rows.map((quota): Quantity => {
    const months = quota.last - quota.first + 1;
    return {
      name: `quota for ${months === 1 ? 'the month' : `${months} months`}`,
      value: quota.amount,
      unit,
      where: quota.where,
    };
  });
  const ofMonth: Quantity = {
    name: `quota of ${labelOf(context, month)}`,
    value: carrier.quota[month]!,
    unit,
    where: null,
  };
  const steps: Step[] = [
    {
      step: 'spread',
      inputs: given,
      result: ofMonth,
      details: { who: nameOf(cell), month: labelOf(context, month) },
    },
  ];
  const inputs: Quantity[] = [ofMonth];
  if (source.name !== null)
    inputs.push({ name: `share of ${source.name}`, value: source.share, unit: 'share', where: source.where });
  if (model.overAssigned > 0)
    inputs.push({ name: '1 + over-assigned', value: 1 + model.overAssigned, unit: 'factor', where: null });
  const size = answers.dealSize?.dealSize;
  if (size)
    inputs.push({ name: 'deal size', value: quotaPerClose(answers), unit: 'money', where: size.where });
  const result: Quantity = { name: 'closes needed', value: closes[month]!, unit: 'closes', where: null };
  return [...steps, { step: 'closes', inputs, result, details: { month: labelOf(context, month) } }];
}

function covers(quota: Quota, month: number): boolean {
  return quota.first <= month && month <= quota.last;
}

function isFor(quota: Quota, { carrier }: PlannedUnit): boolean {
  if (quota.rep !== null) return quota.rep === carrier.rep;
  return isWithin(carrier.team, quota.team);
}

function yieldOf({ planned }: Cell): number {
  return planned.answers.rates.reduce((product, answer) => product * (answer?.value ?? 1), 1);
}

function yieldStep(context: Context, cell: Cell): Step {
  const { stages } = context.model;
  const inputs = cell.planned.answers.rates.flatMap((answer, transition): Quantity[] => {
    if (answer === null) return [];
    const name = `${stages[transition]} → ${stages[transition + 1]}`;
    return [{ name, value: answer.value, unit: 'share', where: answer.where }];
  });
  const first = stages[cell.planned.source.startsAt]!;
  const result: Quantity = {
    name: `${first} → ${stages.at(-1)}`,
    value: yieldOf(cell),
    unit: 'share',
    where: null,
  };
  const answers = cell.planned.answers.rates.filter((answer) => answer !== null);
  return {
    step: 'yield',
    inputs,
    result,
    details: { answered_by: [...new Set(answers.map((answer) => answer.answeredBy))].join(', ') },
  };
}

function naiveStep(context: Context, cell: Cell): Step {
  const { planned, month } = cell;
  const closes: Quantity = {
    name: 'closes needed',
    value: planned.closes[month]!,
    unit: 'closes',
    where: null,
  };
  const rate: Quantity = { name: 'yield', value: yieldOf(cell), unit: 'share', where: null };
  const result: Quantity = {
    name: 'the plain division',
    value: closes.value / rate.value,
    unit: 'records',
    where: null,
  };
  return { step: 'naive', inputs: [closes, rate], result, details: { stage: firstStage(context, cell) } };
}

function firstStage({ model }: Context, { planned }: Cell): string {
  return model.stages[planned.source.startsAt]!;
}

function curveStep(context: Context, cell: Cell): Step {
  const { model } = context;
  const { startsAt } = cell.planned.source;
  const timing = context.timing(startsAt, model.stages.length - 1);
  const inputs = timing.share.map(
    (share, wait): Quantity => ({
      name: `close ${wait} months after`,
      value: share,
      unit: 'share',
      where: null,
    }),
  );
  const mean = timing.share.reduce((sum, share, wait) => sum + share * wait, 0);
  return {
    step: 'curve',
    inputs,
    result: { name: 'mean wait', value: mean, unit: 'months', where: null },
    details: { stage: firstStage(context, cell) },
  };
}

function lateStep(context: Context, { planned, month }: Cell): Step {
  const gap = planned.unit.gaps.find(({ first, last }) => month >= first && month <= last)!;
  const quantity = (name: string, value: number): Quantity => ({ name, value, unit: 'closes', where: null });
  return {
    step: 'late',
    inputs: [quantity('no source in time', gap.closes), quantity('caught up by later leads', gap.caughtUp)],
    result: quantity('only reported', gap.closes - gap.caughtUp),
    details: { until: labelOf(context, gap.until) },
  };
}

/** What is still needed by the month-end that decides the pace, and what one lead a month from now on brings by then. */
function paceSteps(context: Context, cell: Cell): Step[] {
  const { planned, month } = cell;
  const { unit, source } = planned;
  const decided = unit.pace.decidedBy[month]!;
  if (decided < 0) return [];
  const leverage = context.leverage(source.startsAt, planned.activity);
  const last = leverage.timing.cumulative.length - 1;
  let brought = 0;
  for (let s = 0; s < month; s++)
    brought += unit.pace.closes[s]! * leverage.timing.cumulative[Math.min(decided - s, last)]!;
  const rate = yieldOf(cell);
  const required = unit.required[decided]!;
  const closes = (name: string, value: number): Quantity => ({ name, value, unit: 'closes', where: null });
  const need = closes('closes still to bring', required - brought);
  const perLead: Quantity = {
    name: 'closes by then per lead a month',
    value: leverage.lev[month * leverage.length + decided]! * rate,
    unit: 'factor',
    where: null,
  };
  const until = labelOf(context, decided);
  return [
    {
      step: 'required',
      inputs: [
        closes(`closes that new leads must have brought by ${until}`, required),
        closes('of these from leads of earlier months', brought),
      ],
      result: need,
      details: { until },
    },
    {
      step: 'pace',
      inputs: [
        need,
        perLead,
        { name: 'activity', value: leverage.activity[month]!, unit: 'share', where: null },
      ],
      result: { name: firstStage(context, cell), value: unit.leads[month]!, unit: 'records', where: null },
      details: { until, month: labelOf(context, month), stage: firstStage(context, cell) },
    },
  ];
}

/** Arrivals at a later stage: of the leads of each month, and of records that exist. */
function arrivalsStep(context: Context, { planned, month }: Cell, stage: number): Step {
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

function territoryStep(context: Context, { planned, month, part }: Cell, stage: number): Step {
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

function reachedStep(context: Context, { month, goal }: Cell, stage: number): Step {
  const result: Quantity = { name: context.model.stages[stage]!, value: goal, unit: 'records', where: null };
  return { step: 'reached', inputs: [], result, details: { month: labelOf(context, month) } };
}

/** Running total rounded up, less what was given before. */
function wholeStep(context: Context, { planned, month, part, goal }: Cell, stage: number): Step {
  const share = partShares(planned.carrier, context.clock)[part]!;
  const exact = planned.unit.stages[stage]!;
  let before = 0;
  for (let t = 0; t < month; t++) before += exact[t]! * share[t]!;
  const name = context.model.stages[stage]!;
  const quantity = (label: string, value: number): Quantity => ({
    name: label,
    value,
    unit: 'records',
    where: null,
  });
  return {
    step: 'whole',
    inputs: [
      quantity(`${name} of this month`, exact[month]! * share[month]!),
      quantity('running total with it', before + exact[month]! * share[month]!),
      quantity('given before', Math.max(0, ceilWithTolerance(before))),
    ],
    result: quantity(name, goal),
    details: { month: labelOf(context, month) },
  };
}
