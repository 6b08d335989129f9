/** Rows of tracking: which are wanted, and by the keys of the formats. */
import { type PlanPeriod, planPeriods } from '../../plan/row.ts';
import { pathUp } from '../../rates/rate-row.ts';
import { standOf } from '../../track/stand.ts';
import type { Track, TrackLine, TrackRow } from '../../track/track.ts';
import { decimals } from '../json-document.ts';
import { type Selection, selectedStages, selects } from '../selection.ts';

export interface TrackShown {
  readonly track: Track;
  readonly selection: Selection;
  /** Periods asked for; empty: all months, quarters and years of the plan. */
  readonly periods: readonly PlanPeriod[];
}

/** Lines the selection leaves; those of owners, over their sources, too. */
export function selectedLines({ track, selection }: TrackShown): TrackLine[] {
  return track.lines.filter((line) => selects(selection, line));
}

/** Every line's every stage and period that has any number. */
export function* trackRows(shown: TrackShown): Iterable<TrackRow> {
  const stages = selectedStages(shown.selection, shown.track.model.stages);
  const periods = periodsOf(shown);
  for (const line of selectedLines(shown)) yield* rowsOf(shown.track, line, { stages, periods });
}

interface Of {
  readonly stages: readonly number[];
  readonly periods: readonly PlanPeriod[];
}

function* rowsOf(track: Track, line: TrackLine, { stages, periods }: Of): Iterable<TrackRow> {
  for (const stage of stages) {
    for (const period of periods) {
      const row = standOf(track, line, { stage, period });
      if (row.agreed !== null || row.actual !== null || row.goalLeft !== null) yield row;
    }
  }
}

function periodsOf({ track, selection, periods }: TrackShown): readonly PlanPeriod[] {
  if (periods.length > 0) return periods;
  const grains = (['month', 'quarter', 'year'] as const).filter(
    (grain) => selection.by === null || selection.by === grain,
  );
  return grains.flatMap((grain) => planPeriods(track.clock, grain));
}

/**
 * Rows of one level and one grain that can be summed per stage: those that have goals of their own unless a level is
 * asked for; of teams the uppermost, as they hold the teams below them.
 */
export function* finestRows(shown: TrackShown): Iterable<TrackRow> {
  const { track, selection } = shown;
  const { level } = selection;
  const periods =
    shown.periods.length > 0 ? shown.periods : planPeriods(track.clock, selection.by ?? 'month');
  const stages = selectedStages(selection, track.model.stages);
  const hasSources = track.model.sources.some(({ name }) => name !== null);
  const lines = selectedLines(shown).filter(
    (line) =>
      (level === null ? line.finest : true) && (hasSources ? line.source !== null : line.owner === null),
  );
  const teams = new Set(lines.map(({ team }) => team));
  for (const line of lines) {
    const isBelow =
      level === 'team' &&
      pathUp(line.team)
        .slice(1)
        .some((above) => teams.has(above));
    if (!isBelow) yield* rowsOf(track, line, { stages, periods });
  }
}

const exact = (value: number | null): number | null => (value === null ? null : decimals(value));

export function trackRow({ model }: Track, row: TrackRow): Readonly<Record<string, unknown>> {
  const { level, team, rep, repId, territory, source, owner } = row.key;
  const { period } = row;
  return {
    level,
    team,
    rep,
    rep_id: repId,
    territory,
    source,
    owner,
    stage: model.stages[row.stage]!,
    grain: period.grain,
    period: period.label,
    period_start: period.start,
    period_end: period.end,
    agreed: row.agreed,
    due: exact(row.due),
    actual: row.actual,
    attainment: exact(row.attainment),
    ahead: exact(row.ahead),
    ahead_days: row.aheadDays,
    goal_left: row.goalLeft,
    estimate: exact(row.estimate),
  };
}

/** Columns of a file, in the order of `trackRow`. */
export const TRACK_COLUMNS: readonly string[] = [
  'level',
  'team',
  'rep',
  'rep_id',
  'territory',
  'source',
  'owner',
  'stage',
  'grain',
  'period',
  'period_start',
  'period_end',
  'agreed',
  'due',
  'actual',
  'attainment',
  'ahead',
  'ahead_days',
  'goal_left',
  'estimate',
];
