/** Sums of tracked lines: each line counts in itself, over all its sources, for its owner, its teams and the company. */
import { type LineKey, plus } from '../plan/line.ts';
import { pathUp } from '../rates/rate-row.ts';
import type { TrackLine, TrackSeries } from './track.ts';

/** Nothing known of any month. */
export function emptySeries(months: number): TrackSeries {
  const nothing = () => new Array<number>(months).fill(Number.NaN);
  return { agreed: nothing(), actual: nothing(), uncounted: nothing(), left: nothing(), coming: nothing() };
}

export function sumInto(sum: TrackLine, line: TrackLine): void {
  for (const [stage, series] of sum.stages.entries()) {
    const part = line.stages[stage]!;
    for (const name of ['agreed', 'actual', 'uncounted', 'left', 'coming'] as const) {
      const into = series[name];
      for (let month = 0; month < into.length; month++) into[month] = plus(into[month]!, part[name][month]!);
    }
  }
}

const NOBODY = { rep: null, repId: null, territory: null } as const;

/** Keys of every row a finest line counts in, each once. */
export function* pathsUp(line: LineKey): Iterable<LineKey> {
  const { level, team, rep, repId, territory, source, owner } = line;
  const bySource = [
    { source: null, owner: null },
    ...(owner === null ? [] : [{ source: null, owner }]),
    ...(source === null ? [] : [{ source, owner }]),
  ];
  for (const of of bySource) {
    if (level === 'rep') yield { level, team, rep, repId, territory, ...of };
    for (const path of pathUp(team)) yield { level: 'team', team: path, ...NOBODY, ...of };
    yield { level: 'company', team: null, ...NOBODY, ...of };
  }
}
