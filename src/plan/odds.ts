/** The odds of records in hand: the chance that an open record reaches a later stage by the end of each month to come. */
import { yieldOver } from '../funnel/rate.ts';
import { arrivedBy, type Timing } from '../funnel/timing.ts';
import { type Month, monthOfDay } from '../period/month.ts';
import type { Scope } from '../rates/rate-row.ts';
import { rateFor } from '../rates/rate-table.ts';
import type { Context } from './context.ts';
import type { PipelineRecord } from './model.ts';

/** The chance by month-end: `min(1, ratio × base[i])` by the end of the i-th month from the as-of month on. */
export interface Odds {
  /** By the rates of all reps together, never falling. */
  readonly base: readonly number[];
  /** The rep's yield ÷ that of all. */
  readonly ratio: number;
  /** Older than the curve: it will not close any more, by all that is known. */
  readonly isStale: boolean;
  /** Whether no rate answers for it, so that nothing can be said. */
  readonly isUnrated: boolean;
}

/** Chance by the end of a month, counted from the as-of month (0); before it 0. */
export function chanceBy({ base, ratio }: Odds, month: number): number {
  if (month < 0 || base.length === 0) return 0;
  return Math.min(1, ratio * base[Math.min(month, base.length - 1)]!);
}

export interface Age {
  /** Calendar months from the month in which a record came to its stage to that of the as-of day. */
  readonly months: number;
  /** Part of the as-of month that is gone. */
  readonly gone: number;
}

/**
 * Chances that a record still where it is gets to the later stage by the end of this month, the next, and so on:
 * (K[a + i] − G) ÷ open, G = K[a − 1] + gone × (K[a] − K[a − 1]), where K is the share of records that has got
 * there by the end of the a-th month after. `open` is the share still there at each month-end: 1 − K where losses
 * are not recorded. Beyond the curve all are 0. With K = [.025 .0875 .1625 …] and open = [.825 .5375 …] a record of
 * age 0 at a month-end has (.0875 − .025) ÷ .825 = .0758 of closing within the next month.
 */
export function maturing(
  reached: readonly number[],
  age: Age,
  open: readonly number[] = reached.map((share) => 1 - share),
): number[] {
  const last = reached.length - 1;
  const within = (series: readonly number[], before: number) => {
    const from = age.months === 0 ? before : series[age.months - 1]!;
    return from + age.gone * (series[age.months]! - from);
  };
  if (age.months > last) return [0];
  const gone = within(reached, 0);
  const left = within(open, 1);
  if (!(left > 0) || !(reached[last]! - gone > 1e-12)) return [0];
  return reached.slice(age.months).map((share) => Math.max(0, share - gone) / left);
}

/** The odds of a record to reach a later stage. */
export type OddsOf = (record: PipelineRecord, target: number) => Odds;

/** What the odds of all records of one rep, source and stage to reach a target share. */
interface Line {
  /** Yield by the rates of all reps together (the rep's own where there are none); null where nobody has a rate. */
  readonly rate: number | null;
  readonly ratio: number;
  /** Whether no lag is given, so that the close date decides. */
  readonly dated: boolean;
  /** By months at the stage, or until the close date. */
  readonly odds: (Odds | undefined)[];
  /** The bases behind them, which lines of the same rate share. */
  readonly bases: (readonly number[] | undefined)[];
}

const UNRATED: Odds = { base: [0], ratio: 1, isStale: false, isUnrated: true };

/** Curves are worked out once per source, stage and age, rates once per rep. Null rates count as no chance. */
export function oddsTable(context: Context): OddsOf {
  const { model, clock } = context;
  const asOf = (clock.from + clock.asOfMonth) as Month;
  const last = model.stages.length - 1;
  const first = clock.gone === 1 ? 1 : 0;
  const lineOf = linesOf(context);
  const oddsAt = (
    line: Line,
    { stage, target, month }: { stage: number; target: number; month: number },
  ): Odds => {
    const { rate, ratio, dated, bases } = line;
    if (rate === null) return UNRATED;
    const reached = () => reachedBy(context.timing(stage, target), rate);
    const base = (bases[month] ??= dated
      ? datedBase(rate, month)
      : maturing(reached(), { months: month, gone: clock.gone }));
    return { base, ratio, isStale: !dated && base.at(-1) === 0, isUnrated: false };
  };
  return (record, target) => {
    const line = lineOf(record, target);
    const close = target === last && record.closeDate !== null ? monthOfDay(record.closeDate) - asOf : 0;
    const month = line.dated ? Math.max(first, close) : ageOf(record, asOf);
    return (line.odds[month] ??= oddsAt(line, { stage: record.stage, target, month }));
  };
}

/** Lines by whose they are, then by source, stage and target; curves of the same stage, target and rate are one. */
function linesOf(context: Context): (record: PipelineRecord, target: number) => Line {
  const { model } = context;
  const stages = model.stages.length;
  const byPerson = new Map<unknown, Map<string | null, (Line | undefined)[]>>();
  const bases = new Map<string, Line['bases']>();
  const make = ({ team, rep, source, stage }: PipelineRecord, target: number): Line => {
    const between = { from: stage, to: target };
    const pooled = yieldFor(context, { team: null, rep: null, source }, between);
    const own = yieldFor(context, { team, rep: rep?.name ?? null, source }, between) ?? pooled;
    const rate = pooled ?? own;
    const key = `${stage}|${target}|${rate}`;
    const shared = bases.get(key) ?? [];
    bases.set(key, shared);
    return {
      rate,
      ratio: rate !== null && rate > 0 && own !== null ? own / rate : 1,
      dated: model.lags.slice(stage, target).every((lag) => lag === null),
      odds: [],
      bases: shared,
    };
  };
  return (record, target) => {
    const whose = record.rep ?? record.team;
    let bySource = byPerson.get(whose);
    if (bySource === undefined) byPerson.set(whose, (bySource = new Map()));
    let lines = bySource.get(record.source);
    if (lines === undefined) bySource.set(record.source, (lines = []));
    return (lines[record.stage * stages + target] ??= make(record, target));
  };
}

/** Without a lag a record closes in the month of its close date, with its whole yield: 0 until then. */
function datedBase(rate: number, month: number): number[] {
  return [...new Array<number>(month).fill(0), rate];
}

function reachedBy(timing: Timing, rate: number): number[] {
  return timing.share.map((_, month) => rate * arrivedBy(timing, month));
}

/** Months a record has been at its stage; one without a date is taken as new. */
function ageOf({ since }: PipelineRecord, asOf: Month): number {
  return since === null ? 0 : Math.max(0, asOf - monthOfDay(since));
}

function yieldFor(context: Context, of: Scope, { from, to }: { from: number; to: number }): number | null {
  const rates: number[] = [];
  for (let transition = from; transition < to; transition++) {
    const answer = rateFor(context.rates, of, transition);
    if (answer === null) return null;
    rates.push(answer.value);
  }
  return yieldOver(rates);
}
