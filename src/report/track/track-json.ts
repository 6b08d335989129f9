/** Tracking as JSON, the format `leadgoal.track`, and as CSV. */
import type { Input } from '../../files/input.ts';
import { formatDay } from '../../period/day.ts';
import type { Problem } from '../../problem.ts';
import { csvCell } from '../csv.ts';
import { jsonDocument, warningRows } from '../json-document.ts';
import { finestRows, TRACK_COLUMNS, type TrackShown, trackRow, trackRows } from './track-rows.ts';

export interface TrackFile extends TrackShown {
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
}

/** Text of the document in pieces. */
export function trackJson(of: TrackFile): Iterable<string> {
  const { track, inputs, warnings } = of;
  return jsonDocument({
    format: 'leadgoal.track',
    model: track.model,
    inputs,
    parts: [
      ['track', rowTexts(of)],
      ['warnings', warningRows(warnings, inputs)],
    ],
  });
}

function* rowTexts(of: TrackFile): Iterable<string> {
  for (const row of trackRows(of)) yield JSON.stringify(trackRow(of.track, row));
}

/** Long rows of one level and grain, safe to sum per stage. */
export function* trackCsv(shown: TrackShown, bom: boolean): Iterable<string> {
  const { track } = shown;
  const head = [csvCell(track.model.name ?? ''), formatDay(track.model.asOf)];
  yield `${bom ? '\uFEFF' : ''}${['plan', 'as_of', ...TRACK_COLUMNS].join(',')}\n`;
  for (const row of finestRows(shown)) {
    const cells = Object.values(trackRow(track, row)).map((value) => csvCell(String(value ?? '')));
    yield `${[...head, ...cells].join(',')}\n`;
  }
}
