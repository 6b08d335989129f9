/** The tracking tables: by owner and source, by team and rep, by stage; this quarter, what is left, and the year. */
import { addMonths } from '../../period/month.ts';
import { type PlanPeriod, planPeriods } from '../../plan/row.ts';
import { standOf } from '../../track/stand.ts';
import type { Track, TrackLine } from '../../track/track.ts';
import { type Block, type Choice, type Column, type Row, row, type Section, type Table } from '../block.ts';
import { right } from '../columns.ts';
import { count, monthName, NONE, signed, wholePercent } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { plural } from '../plan/plan-words.ts';
import { selectedStages, selects } from '../selection.ts';
import type { TrackShown } from './track-rows.ts';
import { hasNumbers, inTeams, sourceLines, topLine } from './track-selection.ts';
import { nameOfLine } from './track-words.ts';

export interface TrackPeriods {
  /** The quarter tracked, and the year it lies in. */
  readonly current: PlanPeriod;
  readonly year: PlanPeriod;
  /** Months of the quarter of which something is left. */
  readonly months: readonly PlanPeriod[];
}

export function trackPeriods({ clock }: Track, asked: PlanPeriod | null): TrackPeriods {
  const quarters = planPeriods(clock, 'quarter');
  const years = planPeriods(clock, 'year');
  const within = (periods: readonly PlanPeriod[]) =>
    periods.find(({ first, last }) => first <= clock.asOfMonth && clock.asOfMonth <= last) ?? periods[0]!;
  const current = asked ?? within(quarters);
  const year =
    years.find(({ first, last }) => first <= current.first && current.first <= last) ?? within(years);
  const months = planPeriods(clock, 'month').filter(
    ({ first }) => first >= Math.max(current.first, clock.asOfMonth) && first <= current.last,
  );
  const isOver = ({ first }: PlanPeriod) => first === clock.asOfMonth && clock.gone === 1;
  return { current, year, months: months.filter((month) => !isOver(month)) };
}

/** The first stage by owner and source, then by team and rep; then every stage of the whole. */
export function trackTables(shown: TrackShown, periods: TrackPeriods, stage: number): Block[] {
  const { track, selection } = shown;
  const name = plural(track.model.stages[stage]!);
  const picked = { ...selection, level: null };
  const lines = track.lines.filter((line) => selects(picked, line) && hasNumbers(line, stage));
  const top = topLine(shown);
  const sections: Section[] = [];
  const bySource = sourceLines(shown, stage);
  const rowFor: RowFor = (line, label, more, at = stage) =>
    trackTableRow(track, line, { stage: at, periods, label, more });
  if (bySource.length > 0 || top !== null) {
    const rows = bySource.map((line) => rowFor(line, [line.owner ?? '', line.source ?? ''], {}));
    const total = top === null ? [] : [rowFor(top, [nameOfLine(top)], { tone: 'strong' })];
    sections.push({ title: bySource.length > 0 ? `${name} by owner` : name, rows: [...rows, ...total] });
  }
  sections.push(...laterSources(shown, { stage, rowFor }));
  const whose = lines.filter(
    (line) =>
      line.level !== 'company' &&
      line.source === null &&
      line.owner === null &&
      (selection.level === null || line.level === selection.level),
  );
  if (whose.length > 1) {
    const rows = inTeams(whose).map((line) =>
      rowFor(line, [nameOfLine(line)], {
        depth: line.team === null ? 0 : line.team.split('/').length - (line.level === 'rep' ? 0 : 1),
      }),
    );
    sections.push({ title: `${name} by team and rep`, rows });
  }
  const stages = selectedStages(shown.selection, shown.track.model.stages).filter((later) => later > stage);
  if (top !== null && stages.length > 0) {
    const rows = stages.map((later) =>
      trackTableRow(track, top, {
        stage: later,
        periods,
        label: [plural(track.model.stages[later]!)],
        more: {},
      }),
    );
    sections.push({ title: 'later stages', rows });
  }
  const table: Table = { kind: 'table', flush: 'track', choices: choicesOf(track, periods), sections };
  return sections.length === 0 ? [] : [table];
}

type RowFor = (line: TrackLine, label: readonly string[], more: Partial<Row>, stage?: number) => Row;

/** Sources that begin at a later stage than the one shown: a section for each such stage. */
function laterSources(shown: TrackShown, { stage, rowFor }: { stage: number; rowFor: RowFor }): Section[] {
  const { track, selection } = shown;
  const { stages, sources } = track.model;
  if (selection.stages.length > 0) return [];
  return [...stages.keys()].slice(stage + 1, -1).flatMap((later) => {
    const begun = sources.filter(({ startsAt }) => startsAt === later).map(({ name }) => name);
    const lines = sourceLines(shown, later).filter(({ source }) => begun.includes(source));
    if (lines.length === 0) return [];
    const rows = lines.map((line) => rowFor(line, [line.owner ?? '', line.source ?? ''], {}, later));
    const names = lines.map(({ source }) => source).join(' and ');
    return [
      { title: `${plural(stages[later]!)}, where ${names} ${lines.length === 1 ? 'begins' : 'begin'}`, rows },
    ];
  });
}

interface RowOf {
  readonly stage: number;
  readonly periods: TrackPeriods;
  readonly label: readonly string[];
  readonly more: Partial<Row>;
}

function trackTableRow(track: Track, line: TrackLine, { stage, periods, label, more }: RowOf): Row {
  const now = standOf(track, line, { stage, period: periods.current });
  const year = standOf(track, line, { stage, period: periods.year });
  const whole = (value: number | null) => (value === null ? NONE : count(Math.round(value)));
  const cells: Record<string, string> = {
    agreed: whole(now.agreed),
    actual: whole(now.actual),
    attainment: now.attainment === null ? NONE : wholePercent(now.attainment),
    ahead: now.ahead === null || now.aheadDays === null ? NONE : signed(now.ahead),
    days: now.aheadDays === null ? NONE : signed(now.aheadDays),
    left: whole(now.goalLeft),
    estimate: whole(now.estimate),
    yearAgreed: whole(year.agreed),
    yearActual: whole(year.actual),
    yearLeft: whole(year.goalLeft),
    yearEstimate: whole(year.estimate),
  };
  for (const month of periods.months)
    cells[`month ${month.first}`] = whole(standOf(track, line, { stage, period: month }).goalLeft);
  return row(label, cells, more);
}

function choicesOf(track: Track, { current, year, months }: TrackPeriods): Choice[] {
  const { model, clock } = track;
  const title = periodTitle(model, current);
  const now = [
    right('agreed', title, 'now'),
    right('actual', 'actual', 'now'),
    right('attainment', '%', 'now'),
    right('ahead', 'ahead', 'now'),
    right('days', 'days', 'now'),
  ];
  const part = clock.asOfMonth >= current.first && clock.gone < 1;
  const byMonth = months.map(({ first }, index) => {
    const name = monthName(addMonths(model.from, first));
    return right(
      `month ${first}`,
      index === 0 && part && first === clock.asOfMonth ? `rest of ${name}` : name,
      'left',
    );
  });
  const left = [right('left', 'goal left', 'left'), right('estimate', 'estimate', 'left')];
  const isYear = year.first === current.first && year.last === current.last;
  const ofYear = isYear
    ? []
    : [
        right('yearAgreed', periodTitle(model, year), 'year'),
        right('yearActual', 'actual', 'year'),
        right('yearLeft', 'goal left', 'year'),
        right('yearEstimate', 'estimate', 'year'),
      ];
  const choice = (columns: readonly Column[], leftOut: string | null): Choice => ({
    columns,
    leftOut,
    labelRoom: 24,
  });
  return [
    choice([...now, ...byMonth, ...left, ...ofYear], null),
    choice([...now, ...left, ...ofYear], 'months'),
    choice([...now, ...left], 'months and year'),
    choice(now, 'what is left, months and year'),
    choice(now.slice(0, 3), 'ahead, what is left, months and year'),
  ];
}
