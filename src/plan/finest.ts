/** The finest lines: a unit's exact goals given to the rep up to the end and to the open territory after it. */
import { filled } from '../funnel/series.ts';
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
  readonly quota: number[];
  readonly clock: Clock;
  /** Months before the plan at the start of `past.counts`. */
  readonly back: number;
}

interface PartsOf {
  readonly carrier: Carrier;
  readonly source: Pick<Source, 'name' | 'owner'>;
  readonly clock: Clock;
}

/** One part of a unit: whose it is, and which share of each month. */
interface Part {
  readonly key: LineKey;
  readonly share: number[];
  /** 0 for the rep, 1 for the territory: which of the two shares of a whole number it takes. */
  readonly position: number;
}

/** One line, or two where the rep leaves within the plan; each is made whole by itself. */
export function finestLines(of: UnitLines): Line[] {
  return partsOf(of).map((part) => lineOf(of, part));
}

/** The shares in which months go to the rep (first) and to the territory (second). */
export function partShares(carrier: Carrier, clock: Clock): readonly [number[], number[]] {
  const rep = filled(clock.months, 0);
  const end = carrier.rep?.end ?? null;
  for (let t = 0; t < clock.months; t++) rep[t] = presenceUntil(end, addMonths(clock.from, t));
  return [rep, rep.map((share) => 1 - share)];
}

/** What a part of a unit reached by stage, whole records by plan month up to the as-of month; null where not counted. */
export interface ReachedPart {
  readonly share: readonly number[];
  readonly reached: readonly (readonly number[] | null)[];
}

/** In the order of `finestLines`. */
export function reachedParts(of: UnitLines): ReachedPart[] {
  const { past, clock, back, unit } = of;
  return partsOf(of).map(({ share, position }) => ({
    share,
    reached: unit.stages.map((_, stage) => {
      const series = past?.reached[stage] ?? null;
      if (series === null) return null;
      return share.map((part, month) =>
        month <= clock.asOfMonth ? wholePart(series[back + month]!, part, position) : 0,
      );
    }),
  }));
}

/** Whose quota a carrier's is, by plan month in whole minor units: the rep's, and after the end the territory's. */
export interface QuotaPart {
  readonly key: LineKey;
  /** Share of each month. */
  readonly share: readonly number[];
  readonly quota: readonly number[];
}

/** A carrier's quota over all sources, in one part or in two that add up to it. */
export function quotaParts(carrier: Carrier, clock: Clock): QuotaPart[] {
  const quota = carrier.quota.slice(0, clock.months);
  return partsOf({ carrier, source: { name: null, owner: null }, clock }).map((part) => ({
    key: part.key,
    share: part.share,
    quota: shareOfQuota(quota, part),
  }));
}

export function keyOfCarrier(carrier: Carrier, source: Pick<Source, 'name' | 'owner'>): LineKey {
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

function partsOf({ carrier, source, clock }: PartsOf): Part[] {
  const key = keyOfCarrier(carrier, source);
  if (carrier.rep === null || carrier.rep.end === null) {
    return [{ key, share: filled(clock.months, 1), position: 0 }];
  }
  const [rep, territory] = partShares(carrier, clock);
  const parts: Part[] = [
    { key, share: rep, position: 0 },
    { key: territoryKey(key), share: territory, position: 1 },
  ];
  return parts.filter((part) => part.share.some((share) => share > 0));
}

function lineOf(of: UnitLines, part: Part): Line {
  const { unit, clock } = of;
  const length = unit.stages.length * clock.months;
  const goals = filled(length, Number.NaN);
  const expected = filled(length, Number.NaN);
  for (const [stage, exact] of unit.stages.entries()) {
    if (exact === null) continue;
    const offset = stage * clock.months;
    for (let t = 0; t < clock.months; t++) expected[offset + t] = exact[t]! * part.share[t]!;
    wholeSeries(expected, goals, { offset, length: clock.months });
    if (clock.asOfMonth >= 0) addReached(of, part, { stage, goals, expected });
  }
  return { ...part.key, finest: true, quota: shareOfQuota(of.quota, part), goals, expected };
}

interface StageSeries {
  readonly stage: number;
  readonly goals: number[];
  readonly expected: number[];
}

/** Months that are over: what was reached, or nothing where that is not known; of the as-of month, both. */
function addReached(of: UnitLines, { share, position }: Part, { stage, goals, expected }: StageSeries): void {
  const { past, clock, back } = of;
  const reached = past?.reached[stage] ?? null;
  for (let t = 0; t <= Math.min(clock.asOfMonth, clock.months - 1); t++) {
    const index = stage * clock.months + t;
    if (reached !== null) {
      goals[index]! += wholePart(reached[back + t]!, share[t]!, position);
      expected[index]! += past!.counts[stage]![back + t]! * share[t]!;
    } else if (t < clock.asOfMonth || clock.gone === 1) goals[index] = expected[index] = Number.NaN;
  }
}

/** The leaving month's quota is split by days, to the cent; the two parts add up to it. */
function shareOfQuota(quota: number[], { share, position }: Pick<Part, 'share' | 'position'>): number[] {
  return quota.map((amount, t) => wholePart(amount, share[t]!, position));
}

/** One of the two whole parts of a whole number that rep (position 0) and territory (1) share. */
function wholePart(total: number, share: number, position: number): number {
  if (share === 1) return total;
  return apportion(total, position === 0 ? [share, 1 - share] : [1 - share, share])[position]!;
}
