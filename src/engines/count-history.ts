/** A history's files → its tallies, counted by an engine. */
import type { HistoryFiles, StageMeaning } from '../history/layout.ts';
import type { HistoryTallies } from '../history/tallies.ts';
import { addDays, type Day, dateOf, dayOf, daysInMonth } from '../period/day.ts';
import { addMonths, monthOfDay, monthOfYear, yearOfMonth } from '../period/month.ts';
import { at, error, hasErrors, type Parsed, type Problem, type Where, warning } from '../problem.ts';
import type { Engine } from './engine.ts';
import type { CellReading } from './records/cell-sql.ts';
import { dateOrderIn, type OrderOf } from './records/date-order.ts';
import { allRecords, firstStage, type Understood } from './records/history-records.ts';
import { type StageTexts, stageTextsIn } from './records/stage-texts.ts';
import { typedThenText } from './records/typed-then-text.ts';
import { lastDaySql } from './tally/judge-sql.ts';
import { tallied } from './tally/tally.ts';

export interface HistoryRequest {
  readonly files: readonly HistoryFiles[];
  /** Files whose rows belong to records of the others, by id. */
  readonly joined: readonly HistoryFiles[];
  readonly stages: readonly string[];
  /** Null: the last day that anything happened on. */
  readonly asOf: Day | null;
  readonly logFrom: Day | null;
  readonly timezone: string;
  readonly meaning: StageMeaning;
  readonly orderOf: OrderOf;
}

/** Ids are all looked at in files of up to so many bytes, beyond that every 64th. */
const ALL_IDS = 150_000_000;

/**
 * Errors: `history_unreadable` with what the engine says, `history_without_dates`, and those of `orderOf`. Warnings:
 * `history_stage_unmeasured`.
 */
export async function countHistory(engine: Engine, request: HistoryRequest): Promise<Parsed<HistoryTallies>> {
  return typedThenText(whereOf(request), (isTyped) => counted(engine, request, isTyped));
}

/** The first file by its name: it may have been opened from a copy. */
const whereOf = ({ files }: Pick<HistoryRequest, 'files'>): Where => at(files[0]?.names[0] ?? null);

async function counted(
  engine: Engine,
  request: HistoryRequest,
  isTyped: boolean,
): Promise<Parsed<HistoryTallies>> {
  const order = await dateOrderIn(engine, [...request.files, ...request.joined], {
    isTyped,
    orderOf: request.orderOf,
  });
  if (hasErrors(order.problems)) return { value: null, problems: order.problems };
  const { timezone } = request;
  const of = await understood(engine, request, { isTyped, dateOrder: order.value, timezone });
  const begins = firstStage(of);
  const stages = request.stages.length - begins;
  const asOf = request.asOf ?? (await lastDay(engine, of, stages));
  if (asOf === null) {
    const args = { text: await unreadText(engine, of) };
    return { value: null, problems: [error('history_without_dates', whereOf(request), args)] };
  }
  const known = { ...of, asOf };
  const bytes = request.files.reduce((sum, files) => sum + files.bytes, 0);
  const value = await tallied(engine, known, {
    records: allRecords(known),
    stages,
    asOf,
    recentFrom: sixMonthsBefore(asOf),
    logFrom: request.logFrom,
    hasIds: request.files.every(({ layout }) => layout.id !== null),
    daysPerLook: bytes > ALL_IDS ? 64 : 1,
    isMerged: false,
  });
  return { value, problems: unmeasured(of, begins) };
}

async function understood(
  engine: Engine,
  { files, joined, stages, meaning, asOf }: HistoryRequest,
  reading: CellReading,
): Promise<Understood> {
  const texts = new Map<HistoryFiles, StageTexts | null>();
  for (const of of [...files, ...joined])
    texts.set(of, await stageTextsIn(engine, of, { reading, meaning, stages }));
  return { files, joined, stages, reading, texts, asOf };
}

/** Stages between the first and the last that no column dates and no text names. */
function unmeasured(of: Understood, begins: number): Problem[] {
  const { stages, texts } = of;
  const all = [...of.files, ...of.joined];
  const isSaid = (stage: number): boolean =>
    all.some((files) => {
      const meanings = texts.get(files)?.meanings ?? new Map();
      return (files.layout.stageDates[stage] ?? []).length > 0 || [...meanings.values()].includes(stage);
    });
  const between = stages.map((_, stage) => stage).slice(begins + 1, -1);
  return between
    .filter((stage) => !isSaid(stage))
    .map((stage) => {
      const others = stages.filter((_, index) => index !== stage).join(',');
      const args = { stage: stages[stage]!, next: stages[stage + 1]!, others };
      return warning('history_stage_unmeasured', whereOf(of), args);
    });
}

async function lastDay(engine: Engine, of: Understood, stages: number): Promise<Day | null> {
  const { columns } = await engine.rows(lastDaySql({ records: allRecords(of), stages }));
  return (columns[0]?.[0] ?? null) as Day | null;
}

/** What stands where a date should be; empty where nothing does. */
async function unreadText(engine: Engine, of: Understood): Promise<string> {
  const { columns } = await engine.rows(
    `SELECT substr(min(shown), 1, 60) FROM (${allRecords(of)}) WHERE unread`,
  );
  const [text] = columns[0]!;
  return typeof text === 'string' ? text : '';
}

/** The day after the one six months before: six months up to the as-of day. */
function sixMonthsBefore(asOf: Day): Day {
  const month = addMonths(monthOfDay(asOf), -6);
  const [year, number] = [yearOfMonth(month), monthOfYear(month)];
  const { dayOfMonth } = dateOf(asOf);
  return addDays(dayOf(year, number, Math.min(dayOfMonth, daysInMonth(year, number)))!, 1);
}
