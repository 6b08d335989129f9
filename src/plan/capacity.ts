/** Capacity: who is asked for more records of a stage in a month than people can work, and how many that leaves. */
import { filled } from '../funnel/series.ts';
import { addMonths } from '../period/month.ts';
import type { Carrier } from '../quota/quota.ts';
import { workingPart } from '../quota/rep.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { keyOfCarrier } from './finest.ts';
import { compareKeys, keyOf, type Line, type LineKey, plus } from './line.ts';
import { overSources } from './roll-up.ts';
import { ceilWithTolerance } from './whole.ts';

/** One stage of one month of a rep or an open territory, over all sources. */
export interface CapacityRow {
  readonly key: LineKey;
  /** Index of the stage. */
  readonly stage: number;
  /** Month from the first plan month on. */
  readonly month: number;
  /** Whole records asked for. */
  readonly goal: number;
  /** Records that can be worked, exactly: those of a full rep × ramp × days there; 0 where nobody is there. */
  readonly capacity: number;
  /** Whole records that nobody can work. */
  readonly unworked: number;
}

/**
 * A row for every rep and open territory, stage with a capacity and month that is not over, in order; none where no
 * capacity is given. A month of which a part is over counts as a whole: its goal holds what was reached already, where
 * that was counted. A quota planned as a team or the company is of an unknown number of people: it has no row.
 */
export function capacityRows(
  { model, clock }: Pick<Context, 'model' | 'clock'>,
  carriers: readonly Carrier[],
  lines: readonly Line[],
): CapacityRow[] {
  if (model.capacity.every((perRep) => perRep === null)) return [];
  const working = workingParts(carriers, clock, model.ramp);
  const rows: CapacityRow[] = [];
  for (const { key, goals } of askedOf(lines)) {
    const parts = working.get(keyOf(key));
    for (const [stage, perRep] of model.capacity.entries()) {
      if (perRep === null) continue;
      for (let month = firstComing(clock); month < clock.months; month++) {
        const goal = goals[stage * clock.months + month]!;
        const capacity = perRep * (parts?.[month] ?? 0);
        if (goal > 0 || (goal === 0 && capacity > 0))
          rows.push({ key, stage, month, goal, capacity, unworked: unworkedOf(goal, capacity) });
      }
    }
  }
  return rows;
}

/**
 * Records that stay unworked: `goal − ⌈capacity⌉`, not below 0; 66 asked of 60 leave 6, 47 asked of 41.1 leave 5. What is
 * begun counts as worked, because goals are made whole by rounding up: whoever is asked, exactly, for no more than can
 * be worked has nothing unworked (a goal of 22 may be 21.25 exactly, and so may what they can do). `goal − ⌊capacity⌋`
 * would say so of every rep who is asked for just what they can do; the exact goal in its place would not add up.
 */
export function unworkedOf(goal: number, capacity: number): number {
  return Math.max(0, goal - ceilWithTolerance(capacity));
}

/** The first plan month that is not over. */
export function firstComing({ asOfMonth, gone }: Clock): number {
  return Math.max(0, gone === 1 ? asOfMonth + 1 : asOfMonth);
}

/** By rep, how much of a full one works in each plan month; several stays of a rep in one team add up. */
function workingParts(
  carriers: readonly Carrier[],
  { from, months }: Clock,
  ramp: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const parts = new Map<string, number[]>();
  for (const carrier of carriers) {
    if (carrier.rep === null) continue;
    const key = keyOf(keyOfCarrier(carrier, NO_SOURCE));
    const known = parts.get(key) ?? filled(months, 0);
    for (let month = 0; month < months; month++)
      known[month] = Math.min(1, known[month]! + workingPart(carrier.rep, addMonths(from, month), ramp));
    parts.set(key, known);
  }
  return parts;
}

const NO_SOURCE = { name: null, owner: null };

interface Asked {
  readonly key: LineKey;
  /** Whole goals over all sources, entry `stage × months + month`; NaN where there is none. */
  readonly goals: number[];
}

/** What is asked of each rep and open territory, in order. */
function askedOf(lines: readonly Line[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const line of lines) {
    if (line.level !== 'rep') continue;
    const key = overSources(line);
    const known = asked.get(keyOf(key));
    if (known === undefined) asked.set(keyOf(key), { key, goals: [...line.goals] });
    else
      for (const [index, goal] of line.goals.entries()) known.goals[index] = plus(known.goals[index]!, goal);
  }
  return [...asked.values()].sort((one, other) => compareKeys(one.key, other.key));
}
