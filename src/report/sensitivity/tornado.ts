/** Bars of a tornado: fewer leads to the left of a common centre line, more to the right, all to one scale. */
import type { Bar } from '../../scenario/sensitivity/sensitivity.ts';

/** The characters a bar is drawn with. */
export interface Marks {
  /** Where the input is at its low end, and at its high end. */
  readonly low: string;
  readonly high: string;
  readonly centre: string;
}

export const BLOCKS: Marks = { low: '░', high: '█', centre: '│' };
export const PLAIN: Marks = { low: '-', high: '#', centre: '|' };

export interface Tornado {
  readonly marks: Marks;
  /** Characters on either side of the centre line. */
  readonly side: number;
  /** The change of leads that fills a side. */
  readonly most: number;
}

/** The largest change of leads at any end; 0 where nothing changes. */
export function largestChange(bars: readonly Bar[], leads: number): number {
  return bars.reduce(
    (most, bar) => Math.max(most, ...changesOf(bar, leads).map((change) => Math.abs(change ?? 0))),
    0,
  );
}

/** At the low and at the high end; null where there is no plan. */
export function changesOf(
  { leadsLow, leadsHigh }: Bar,
  leads: number,
): readonly [low: number | null, high: number | null] {
  return [leadsLow === null ? null : leadsLow - leads, leadsHigh === null ? null : leadsHigh - leads];
}

/** `     ████│░░░░░  `: as wide for every bar; where both ends lie on one side, the nearer one is drawn before the other. */
export function drawn(bar: Bar, leads: number, { marks, side, most }: Tornado): string {
  const [low, high] = changesOf(bar, leads);
  const cells = (change: number | null, way: 1 | -1) =>
    most > 0 ? Math.round((Math.max(0, (change ?? 0) * way) / most) * side) : 0;
  const half = (way: 1 | -1): string[] => {
    const ofLow = cells(low, way);
    const ofHigh = cells(high, way);
    return Array.from({ length: side }, (_, cell) => {
      const isLow = cell < ofLow;
      const isHigh = cell < ofHigh;
      if (isLow && isHigh) return ofLow <= ofHigh ? marks.low : marks.high;
      return isLow ? marks.low : isHigh ? marks.high : ' ';
    });
  };
  return `${half(-1).reverse().join('')}${marks.centre}${half(1).join('')}`;
}
