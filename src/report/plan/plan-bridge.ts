/** Why the lead goal is not just quota ÷ deal size ÷ rates: the bridge in whole leads that add up both ways. */
import { meanWait } from '../../funnel/lag.ts';
import { type Span, yearSpans } from '../../plan/clock.ts';
import type { BridgeRow } from '../../plan/plan.ts';
import { type Row, row, type Table } from '../block.ts';
import { count, duration, factor, signed, typedPercent, wholePercent } from '../format.ts';
import { bridgeChoicesOf, cellKey, type Periods } from './plan-periods.ts';
import { type Scope, shownStages } from './plan-scope.ts';
import { plural } from './plan-words.ts';

const STEPS = ['naive', 'timing', 'late', 'carryIn', 'confidence', 'rounding'] as const;

/** Steps that are shown only where they change something. */
const OPTIONAL: ReadonlySet<string> = new Set(['late', 'carryIn', 'confidence']);
type Step = (typeof STEPS)[number];

/** Ten-thousandths of a lead in which the plan counts the bridge. */
const FINENESS = 10_000;

/** Whole leads of one quarter. */
interface WholeQuarter extends Span {
  readonly steps: Readonly<Record<Step, number>>;
  readonly goal: number;
}

export interface WholeBridge {
  readonly quarters: readonly WholeQuarter[];
  /** Sources it speaks of. */
  readonly sources: readonly (string | null)[];
}

/** Null where there is none for what is shown: it is the company's, and of the first stage. */
export function wholeBridge(scope: Scope): WholeBridge | null {
  const { plan, selection, everybody } = scope;
  if (!everybody || selection.owners.length > 0 || !shownStages(scope).includes(0)) return null;
  const picked = plan.model.sources.filter(({ name, startsAt }) => {
    const asked = selection.sources.length === 0 || selection.sources.includes(name ?? '');
    return startsAt === 0 && asked;
  });
  const sources = picked.map(({ name }) => name);
  const rows = plan.bridge.filter(({ grain, source }) => grain === 'quarter' && sources.includes(source));
  if (rows.length === 0) return null;
  const years = yearSpans(plan.clock, plan.clock.months);
  return { sources, quarters: years.flatMap((year) => wholeQuarters(rows, year)) };
}

/**
 * The quarters of a year in whole leads. Each step's running total is made whole and the quarter is what it grew by:
 * so every quarter adds up to its goal, and the year's steps are as near as whole numbers can be.
 */
function wholeQuarters(rows: readonly BridgeRow[], year: Span): WholeQuarter[] {
  const within = rows.filter(({ first, last }) => first >= year.first && last <= year.last);
  const starts = [...new Set(within.map(({ first }) => first))].sort((one, other) => one - other);
  let before = STEPS.map(() => 0);
  return starts.map((start) => {
    const sum = (step: Step | 'goal') =>
      within.reduce((total, of) => (of.first <= start ? total + of[step] : total), 0) / FINENESS;
    const whole = wholeParts(STEPS.map(sum), Math.round(sum('goal')));
    const grown = whole.map((value, index) => value - before[index]!);
    before = whole;
    const steps = Object.fromEntries(STEPS.map((step, index) => [step, grown[index]!]));
    return {
      first: start,
      last: within.find(({ first }) => first === start)!.last,
      steps: steps as WholeQuarter['steps'],
      goal: grown.reduce((total, value) => total + value, 0),
    };
  });
}

/**
 * Whole numbers near the parts that add up to the whole total: each part rounded down, what is left given to the
 * largest remainders, equal ones to the earlier part. Parts may be negative.
 * `wholeParts([3832.6, 91.5, -0.4, 214.3], 4138)` is `[3833, 91, 0, 214]`.
 */
export function wholeParts(parts: readonly number[], total: number): number[] {
  const whole = parts.map((part) => Math.floor(part + 1e-9));
  const remainder = (index: number): number => Math.round((parts[index]! - whole[index]!) * 1e9);
  const order = [...parts.keys()].sort(
    (first, second) => remainder(second) - remainder(first) || first - second,
  );
  let left = total - whole.reduce((sum, part) => sum + part, 0);
  for (const index of order) {
    if (left <= 0) break;
    whole[index] = whole[index]! + 1;
    left -= 1;
  }
  return whole;
}

/** What catching up adds over the whole plan. */
export function leadsForLate(bridge: WholeBridge): number {
  return bridge.quarters.reduce((sum, { steps }) => sum + steps.late, 0);
}

export function bridgeTable(scope: Scope, periods: Periods, bridge: WholeBridge): Table {
  const { model } = scope.plan;
  const deals = model.quotaUnit === 'deals';
  const rows: Row[] = [];
  for (const step of STEPS) {
    const optional = OPTIONAL.has(step) || (step === 'timing' && waitOf(scope) === 0);
    if (optional && bridge.quarters.every(({ steps }) => steps[step] === 0)) continue;
    const { label, short } = labelOf(scope, bridge, step);
    const cells = bridgeCells(periods, bridge, {
      pick: ({ steps }) => steps[step],
      write: step === 'naive' ? count : signed,
    });
    rows.push(row([label], cells, { shortLabel: short }));
  }
  const total = bridgeCells(periods, bridge, { pick: ({ goal }) => goal, write: count });
  rows.push(row([`${model.stages[0]} goal`], total, { tone: 'strong' }));
  return {
    kind: 'table',
    sections: [{ title: `why not just quota${deals ? '' : ' ÷ deal size'} ÷ rates?`, rows }],
    choices: bridgeChoicesOf(periods, scope.selection.by),
    flush: 'periods',
  };
}

function bridgeCells(
  periods: Periods,
  { quarters }: WholeBridge,
  of: { pick: (quarter: WholeQuarter) => number; write: (value: number) => string },
): Row['cells'] {
  const cells: Record<string, string> = {};
  for (const quarter of quarters) cells[cellKey('quarter', quarter)] = of.write(of.pick(quarter));
  for (const year of periods.years) {
    const within = quarters.filter(({ first, last }) => first >= year.first && last <= year.last);
    cells[cellKey('year', year)] = of.write(within.reduce((sum, quarter) => sum + of.pick(quarter), 0));
  }
  return cells;
}

function labelOf(scope: Scope, bridge: WholeBridge, step: Step): { label: string; short: string } {
  const { model } = scope.plan;
  const leads = plural(model.stages[0]!);
  if (step === 'naive') return { label: naiveLabel(scope, bridge), short: 'plain division' };
  if (step === 'late') return { label: 'catching up on what is late', short: 'catching up' };
  if (step === 'carryIn') {
    const over = scope.plan.clock.asOfMonth < 0 ? '' : ' or is over';
    return { label: `what exists already${over}`, short: 'what exists' };
  }
  if (step === 'confidence') {
    const sure = wholePercent(model.confidence ?? 0);
    return { label: `to be ${sure} sure of the year`, short: `${sure} sure` };
  }
  if (step === 'rounding') return { label: roundingLabel(scope, leads), short: `whole ${leads}` };
  const wait = waitOf(scope);
  return { label: wait > 0 ? `${leads} come ${duration(wait)} before deals` : 'timing', short: 'timing' };
}

/** Mean months from lead to deal. */
function waitOf({ plan }: Scope): number {
  return plan.model.lags.reduce((sum, lag) => sum + meanWait(lag), 0);
}

/** `quota ÷ deal size ÷ rates`; of sources that stand for a part of the quota, which part. */
function naiveLabel({ plan: { model } }: Scope, { sources }: WholeBridge): string {
  const share = model.sources
    .filter(({ name }) => sources.includes(name))
    .reduce((sum, source) => sum + source.share, 0);
  const part = share < 1 - 1e-9 ? `${typedPercent(share)} of ` : '';
  const over = model.overAssigned > 0 ? ` ÷ ${factor(1 + model.overAssigned)}` : '';
  return `${part}quota${over}${model.quotaUnit === 'deals' ? '' : ' ÷ deal size'} ÷ rates`;
}

function roundingLabel({ lines, plan }: Scope, leads: string): string {
  const by = lines.some(({ level }) => level === 'rep')
    ? 'rep'
    : lines.some(({ level }) => level === 'team') && 'team';
  const names = [...(by ? [by] : []), ...(plan.model.sources.length > 1 ? ['source'] : [])];
  return `whole ${leads}${names.length > 0 ? ` per ${names.join(' and ')}` : ''}`;
}
