/** The bridge: why the lead goal is not just quota ÷ deal size ÷ rates. */
import { filled } from '../funnel/series.ts';
import { type Clock, quarterSpans, type Span, yearSpans } from './clock.ts';
import { compareText } from './line.ts';
import type { BridgeRow } from './plan.ts';

/** Leads by plan month of one source, at each step from the plain division to whole goals. */
export interface BridgeSteps {
  readonly naive: number[];
  readonly timing: number[];
  readonly carryIn: number[];
  readonly late: number[];
  readonly sized: number[];
  readonly goal: number[];
}

export function emptySteps(months: number): BridgeSteps {
  const zeros = () => filled(months, 0);
  return { naive: zeros(), timing: zeros(), carryIn: zeros(), late: zeros(), sized: zeros(), goal: zeros() };
}

/** Adds what one unit contributes; months it has no number for count 0. */
export function addSteps(sum: BridgeSteps, part: Readonly<Record<keyof BridgeSteps, number[]>>): void {
  for (const step of ['naive', 'timing', 'carryIn', 'late', 'sized', 'goal'] as const) {
    const into = sum[step];
    for (let t = 0; t < into.length; t++) {
      const value = part[step][t]!;
      if (!Number.isNaN(value)) into[t] = into[t]! + value;
    }
  }
}

/** Ten-thousandths of a lead: whole numbers, so that the bridge adds up exactly however it is summed. */
const FINENESS = 10_000;

/**
 * Rows per source and over all (null first), quarters before years. Quarters of one source are rounded to four
 * decimals; all else is their sum, so that sources, quarters and steps add up exactly.
 */
export function bridgeOf(bySource: ReadonlyMap<string | null, BridgeSteps>, clock: Clock): BridgeRow[] {
  const rows: BridgeRow[] = [];
  const quarters = quarterSpans(clock, clock.months);
  const sources = [...bySource.keys()].sort(compareText);
  for (const source of sources) {
    for (const span of quarters) rows.push(quarterRow(bySource.get(source)!, source, span));
  }
  const named = sources.filter((source) => source !== null);
  if (named.length > 0) {
    for (const span of quarters)
      rows.push(sumRows(rows, { source: null, grain: 'quarter', span, of: named }));
  }
  for (const source of named.length > 0 ? [null, ...named] : sources) {
    for (const span of yearSpans(clock, clock.months)) {
      rows.push(sumRows(rows, { source, grain: 'year', span, of: [source] }));
    }
  }
  return rows.sort(
    (first, second) =>
      compareText(first.source, second.source) || byGrain(first, second) || first.first - second.first,
  );
}

function byGrain(first: BridgeRow, second: BridgeRow): number {
  return first.grain === second.grain ? 0 : first.grain === 'quarter' ? -1 : 1;
}

function quarterRow(steps: BridgeSteps, source: string | null, span: Span): BridgeRow {
  const total = (series: number[]): number => {
    let sum = 0;
    for (let t = span.first; t <= span.last; t++) sum += series[t]!;
    return Math.round(sum * FINENESS);
  };
  const [naive, timing, carryIn, late, sized, goal] = [
    total(steps.naive),
    total(steps.timing),
    total(steps.carryIn),
    total(steps.late),
    total(steps.sized),
    total(steps.goal),
  ];
  return {
    source,
    grain: 'quarter',
    ...span,
    naive,
    timing: timing - naive,
    carryIn: carryIn - timing,
    late: late - carryIn,
    confidence: sized - late,
    rounding: goal - sized,
    goal,
  };
}

interface SumOf {
  readonly source: string | null;
  readonly grain: 'quarter' | 'year';
  readonly span: Span;
  /** The sources whose quarters are added. */
  readonly of: readonly (string | null)[];
}

function sumRows(rows: readonly BridgeRow[], { source, grain, span, of }: SumOf): BridgeRow {
  const parts = rows.filter(
    (row) =>
      row.grain === 'quarter' && of.includes(row.source) && row.first >= span.first && row.last <= span.last,
  );
  const total = (pick: (row: BridgeRow) => number) => parts.reduce((sum, row) => sum + pick(row), 0);
  return {
    source,
    grain,
    ...span,
    naive: total((row) => row.naive),
    timing: total((row) => row.timing),
    late: total((row) => row.late),
    carryIn: total((row) => row.carryIn),
    confidence: total((row) => row.confidence),
    rounding: total((row) => row.rounding),
    goal: total((row) => row.goal),
  };
}
