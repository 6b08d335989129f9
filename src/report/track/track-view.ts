/** What the tracking report says, in blocks: how far, ahead or behind, and the tables behind it. */
import { standOf } from '../../track/stand.ts';
import type { TrackLine } from '../../track/track.ts';
import { type Block, mapTexts, printable, prose } from '../block.ts';
import { whatIfLine } from '../what-if.ts';
import { standLine, trackHead, whenLine } from './track-head.ts';
import { selectedLines, type TrackShown } from './track-rows.ts';
import { hasNumbers, topLine } from './track-selection.ts';
import { trackPeriods, trackTables } from './track-table.ts';

/** Blocks of the report; every text in them is safe to print. */
export function trackView(shown: TrackShown): Block[] {
  return blocksOf(shown).map((block) => mapTexts(block, printable));
}

function blocksOf(shown: TrackShown): Block[] {
  const { track, selection } = shown;
  const { teams, reps, sources, owners } = selection;
  const picked = [...teams, ...reps, ...sources, ...owners];
  const head = trackHead(track, picked.length === 0 ? null : picked.join(', '));
  if (selectedLines(shown).length === 0) return [head, prose('Nothing in the plan is selected.')];
  const asked = shown.periods.length > 0 ? shown.periods : [null];
  const top = topLine(shown);
  return [
    head,
    ...whatIfLine(track.model),
    ...whenLine(track),
    ...asked.flatMap((period, index) => {
      const periods = trackPeriods(track, period);
      const stage = firstStage(shown, top);
      const line =
        top === null
          ? []
          : [standLine(track, standOf(track, top, { stage, period: periods.current }), index > 0)];
      return [...line, ...trackTables(shown, periods, stage)];
    }),
  ];
}

/** The first of the stages asked for; else the first of which the whole has any number. */
function firstStage({ track, selection }: TrackShown, top: TrackLine | null): number {
  const { stages } = track.model;
  const asked = stages.findIndex((stage) => selection.stages.includes(stage));
  if (asked >= 0) return asked;
  return Math.max(
    0,
    stages.findIndex((_, stage) => top !== null && hasNumbers(top, stage)),
  );
}
