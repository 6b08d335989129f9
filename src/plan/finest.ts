/** The finest lines: a unit's exact goals given to the rep up to the end and to the open territory after it. */
import { addMonths } from '../period/month.ts';
import { apportion } from '../quota/apportion.ts';
import type { Carrier } from '../quota/quota.ts';
import { presenceUntil } from '../quota/rep.ts';
import type { Clock } from './clock.ts';
import type { Line, LineKey } from './line.ts';
import type { Source } from './model.ts';
import type { Past } from './past.ts';
import type { Unit } from './unit.ts';
import { wholeSeries } from './whole.ts';

export interface UnitLines {
  readonly carrier: Carrier;
  readonly source: Source;
  readonly unit: Unit;
  readonly past: Past | null;
  /** The source's part of the carrier's quota, minor units by plan month. */
  readonly quota: Float64Array;
  readonly clock: Clock;
  /** Months of the plan that come before the as-of day, at the start of `past.counts`. */
  readonly back: number;
}

/** One part of a unit: whose it is, and which share of each month. */
interface Part {
  readonly key: LineKey;
  readonly share: Float64Array;
  /** 0 for the rep, 1 for the territory: which of the two shares of a whole number it takes. */
  readonly position: number;
}

/** One line, or two where the rep leaves within the plan; each is made whole by itself. */
export function finestLines(of: UnitLines): Line[] {
  return partsOf(of).map((part) => lineOf(of, part));
}

/** The shares in which months go to the rep (first) and to the territory (second). */
export function partShares(carrier: Carrier, clock: Clock): readonly [Float64Array, Float64Array] {
  const rep = new Float64Array(clock.months);
  const end = carrier.rep?.end ?? null;
  for (let t = 0; t < clock.months; t++) rep[t] = presenceUntil(end, addMonths(clock.from, t));
  return [rep, rep.map((share) => 1 - share)];
}

export function keyOfCarrier(carrier: Carrier, source: Source): LineKey {
  const rep = carrier.rep;
  return {
    level: carrier.open ? 'rep' : carrier.level,
    team: carrier.team,
    rep: rep?.name ?? null,
    repId: rep?.id ?? null,
    territory: carrier.open ? 'open' : null,
    source: source.name,
    owner: source.owner,
  };
}

export function territoryKey(key: LineKey): LineKey {
  return { ...key, rep: null, repId: null, territory: `open (was ${key.rep})` };
}

function partsOf({ carrier, source, clock }: UnitLines): Part[] {
  const key = keyOfCarrier(carrier, source);
  if (carrier.rep === null || carrier.rep.end === null) {
    return [{ key, share: new Float64Array(clock.months).fill(1), position: 0 }];
  }
  const [rep, territory] = partShares(carrier, clock);
  const parts: Part[] = [
    { key, share: rep, position: 0 },
    { key: territoryKey(key), share: territory, position: 1 },
  ];
  return parts.filter((part) => part.share.some((share) => share > 0));
}

function lineOf(of: UnitLines, { key, share, position }: Part): Line {
  const { unit, past, clock, back } = of;
  const { months } = clock;
  const stages = unit.stages.length;
  const goals = new Float64Array(stages * months).fill(Number.NaN);
  const expected = new Float64Array(stages * months).fill(Number.NaN);
  for (const [stage, exact] of unit.stages.entries()) {
    if (exact === null) continue;
    const mine = exact.slice(0, months).map((value, t) => value * share[t]!);
    const whole = wholeSeries(mine);
    for (let t = 0; t < months; t++) {
      const index = stage * months + t;
      goals[index] = whole[t]!;
      expected[index] = mine[t]!;
      if (t > clock.asOfMonth) continue;
      const reached = past?.reached[stage] ?? null;
      if (reached === null) {
        if (t < clock.asOfMonth) goals[index] = expected[index] = Number.NaN;
        continue;
      }
      const soFar = reached[back + t]!;
      goals[index] = goals[index]! + wholePart(soFar, share[t]!, position);
      expected[index] = expected[index]! + past!.counts[stage]![back + t]! * share[t]!;
    }
  }
  return { ...key, finest: true, quota: shareOfQuota(of.quota, { share, position }), goals, expected };
}

/** The leaving month's quota is split by days, to the cent; the two parts add up to it. */
function shareOfQuota(
  quota: Float64Array,
  { share, position }: Pick<Part, 'share' | 'position'>,
): Float64Array {
  return quota.map((amount, t) => wholePart(amount, share[t]!, position));
}

/** One of the two whole parts of a whole number that rep (position 0) and territory (1) share. */
function wholePart(total: number, share: number, position: number): number {
  if (share === 1) return total;
  return apportion(total, position === 0 ? [share, 1 - share] : [1 - share, share])[position]!;
}
