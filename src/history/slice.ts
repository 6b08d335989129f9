/** What was counted by day, of each transition over all sources and of each source. */
import type { Day } from '../period/day.ts';
import type { EnteredTally, ExitTally, HistoryTallies } from './tallies.ts';

/** `place` as in the tallies: neighbours in funnel order, then first to last. */
export interface Transition {
  readonly place: number;
  /** Indexes of stages. */
  readonly from: number;
  readonly to: number;
}

export interface Slice extends Transition {
  /** Null over all sources. */
  readonly source: string | null;
  readonly asOf: Day;
  readonly recentFrom: Day;
  /** First day whose exits were recorded: as named, else that of the first recorded exit; null without any. */
  readonly logStart: Day | null;
  readonly entered: readonly EnteredTally[];
  readonly exits: readonly ExitTally[];
}

/** Of four stages: 0→1, 1→2, 2→3, then 0→3. Of two stages 0→1 alone, of fewer none. */
export function transitionsOf(stages: readonly string[]): Transition[] {
  const end = stages.length - 1;
  const neighbours = stages.slice(1).map((_, from) => ({ place: from, from, to: from + 1 }));
  return end < 2 ? neighbours : [...neighbours, { place: end, from: 0, to: end }];
}

/** Null (all sources together), then the named ones in the order of their letters. */
export function sourcesOf(tallies: HistoryTallies): (string | null)[] {
  const named = new Set<string>();
  for (const { source } of tallies.entered) if (source !== null) named.add(source);
  return [null, ...[...named].sort()];
}

/**
 * By source (all together first), then by place. Tallies of sources not asked for count over all; those of one day
 * count together there. Where the log starts is the transition's, not the source's.
 */
export function slicesOf(tallies: HistoryTallies, sources: readonly (string | null)[]): Slice[][] {
  const { asOf, recentFrom, logFrom, firstExits } = tallies;
  const slices = sources.map((source) =>
    transitionsOf(tallies.stages).map((transition) => ({
      ...transition,
      source,
      asOf,
      recentFrom,
      logStart: logFrom ?? firstExits[transition.place] ?? null,
      entered: [] as EnteredTally[],
      exits: [] as ExitTally[],
    })),
  );
  const scopeOf = new Map(sources.map((source, scope) => [source, scope]));
  const byDay = slices[0]!.map(() => [] as Entered[]);
  for (const tally of tallies.entered) {
    const { transition, source } = tally;
    if (transition >= byDay.length) continue;
    join(byDay[transition]!, asOf - tally.day, tally);
    const own = source === null ? undefined : slices[scopeOf.get(source) ?? -1];
    own?.[transition]?.entered.push(tally);
  }
  for (const tally of tallies.exits) {
    const { transition, source } = tally;
    if (transition >= byDay.length) continue;
    slices[0]![transition]!.exits.push(tally);
    const own = source === null ? undefined : slices[scopeOf.get(source) ?? -1];
    own?.[transition]?.exits.push(tally);
  }
  for (const [place, days] of byDay.entries()) slices[0]![place]!.entered = Object.values(days);
  return slices;
}

type Entered = { -readonly [Key in keyof EnteredTally]: EnteredTally[Key] };

/** `days` by days ago. */
function join(days: Entered[], ago: number, tally: EnteredTally): void {
  const { transition, day, count, observed, recent, open } = tally;
  const sum = days[ago];
  if (sum === undefined) {
    days[ago] = { transition, source: null, day, count, observed, recent, open };
    return;
  }
  sum.count += count;
  sum.observed += observed;
  sum.recent += recent;
  sum.open += open;
}

/** First day on which records entered; null without any. */
export function firstEntry(slice: Slice): Day | null {
  let first: Day | null = null;
  for (const { day, count } of slice.entered) if (count > 0 && (first === null || day < first)) first = day;
  return first;
}
