/** A history's files → its tallies, counted by an engine. */
import type { HistoryFiles, StageMeaning } from '../history/layout.ts';
import type { HistoryTallies } from '../history/tallies.ts';
import { addDays, type Day, dateOf, dayOf, daysInMonth } from '../period/day.ts';
import { addMonths, monthOfDay, monthOfYear, yearOfMonth } from '../period/month.ts';
import { at, error, hasErrors, type Parsed, type Problem, type Where, warning } from '../problem.ts';
import { countOf, isSound, recordsIn } from './answer.ts';
import { dirtOf, unmatchedIn } from './dirt-rows.ts';
import { type Engine, refusalOf } from './engine.ts';
import { joinedRecords, unmatchedSql } from './join-sql.ts';
import { lastDaySql } from './judge-sql.ts';
import { type CellReading, numericDatesSql } from './read-files.ts';
import { talliesOf } from './read-tallies.ts';
import type { RecordReading } from './record-cells.ts';
import { recordSelect } from './record-sql.ts';
import { type StageTexts, stageTextsOf, stageTextsSql } from './stage-texts.ts';
import type { TallyRequest } from './tally-request.ts';
import { tallySql } from './tally-sql.ts';

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
  /** Decides the order of numeric dates from some of them. */
  readonly orderOf: (texts: readonly string[]) => Parsed<CellReading['dateOrder']>;
}

/** Ids are all looked at in files of up to so many bytes, beyond that every 64th. */
const ALL_IDS = 150_000_000;

/**
 * Errors: `history_unreadable` with what the engine says, `history_without_dates`, and those of `orderOf`.
 */
export async function countHistory(engine: Engine, request: HistoryRequest): Promise<Parsed<HistoryTallies>> {
  try {
    return await counted(engine, request, true);
  } catch (fault) {
    if (refusalOf(fault) === null) throw fault;
  }
  // A cell further down was not as plain as those above: everything is text then.
  try {
    return await counted(engine, request, false);
  } catch (fault) {
    const cause = refusalOf(fault);
    if (cause === null) throw fault;
    return { value: null, problems: [error('history_unreadable', whereOf(request), { cause })] };
  }
}

/** The first file by its name: it may have been opened from a copy. */
const whereOf = ({ files }: HistoryRequest): Where => at(files[0]?.names[0] ?? null);

interface Prepared {
  readonly asOf: Day | null;
  readonly engine: Engine;
  readonly request: HistoryRequest;
  readonly reading: CellReading;
  readonly texts: ReadonlyMap<HistoryFiles, StageTexts | null>;
}

async function counted(
  engine: Engine,
  request: HistoryRequest,
  isTyped: boolean,
): Promise<Parsed<HistoryTallies>> {
  const order = await dateOrder(engine, request, isTyped);
  if (hasErrors(order.problems)) return { value: null, problems: order.problems };
  const reading: CellReading = { isTyped, dateOrder: order.value, timezone: request.timezone };
  const texts = new Map<HistoryFiles, StageTexts | null>();
  for (const files of [...request.files, ...request.joined])
    texts.set(files, await textsOf(files, { engine, request, reading }));
  const prepared: Prepared = { asOf: request.asOf, engine, request, reading, texts };
  const begins = firstStage(prepared, request.files);
  const stages = request.stages.length - begins;
  const asOf = request.asOf ?? (await lastDay(prepared, stages));
  if (asOf === null)
    return {
      value: null,
      problems: [error('history_without_dates', whereOf(request), await unreadText(prepared))],
    };
  const bytes = request.files.reduce((sum, files) => sum + files.bytes, 0);
  const tally: TallyRequest = {
    records: recordsOf({ ...prepared, asOf }, request.files),
    stages,
    asOf,
    recentFrom: sixMonthsBefore(asOf),
    logFrom: request.logFrom,
    hasIds: request.files.every(({ layout }) => layout.id !== null),
    daysPerLook: bytes > ALL_IDS ? 64 : 1,
    isMerged: false,
  };
  const problems = unmeasured(prepared, begins);
  return { value: await tallied({ ...prepared, asOf }, tally), problems };
}

/** Stages between the first and the last that no column dates and no text names. */
function unmeasured({ request, texts }: Prepared, begins: number): Problem[] {
  const { stages } = request;
  const all = [...request.files, ...request.joined];
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
      return warning('history_stage_unmeasured', whereOf(request), args);
    });
}

/** Order of the numeric dates in columns that are read as text. */
async function dateOrder(engine: Engine, { files, joined, orderOf }: HistoryRequest, isTyped: boolean) {
  const texts: string[] = [];
  for (const of of [...files, ...joined]) {
    const sql = numericDatesSql(of, isTyped);
    if (sql !== null) texts.push(...((await engine.rows(sql)).columns[0] as string[]));
  }
  return orderOf(texts);
}

async function textsOf(
  files: HistoryFiles,
  { engine, request, reading }: Pick<Prepared, 'engine' | 'request' | 'reading'>,
): Promise<StageTexts | null> {
  if (files.layout.shape === 'records') return null;
  const sql = stageTextsSql(files, reading);
  const names = sql === null ? [] : (await engine.rows(sql)).columns[0]!;
  const known = names.filter((name): name is string => typeof name === 'string');
  return stageTextsOf(known, request.meaning, request.stages);
}

/** The first stage that a file can say anything of. */
function beginsOf({ layout }: HistoryFiles, texts: StageTexts | null): number {
  const dated = layout.stageDates.findIndex((columns) => columns.length > 0);
  if (texts === null) return Math.max(0, dated);
  return dated < 0 ? texts.begins : Math.min(dated, texts.begins);
}

async function lastDay(prepared: Prepared, stages: number): Promise<Day | null> {
  const records = recordsOf(prepared, prepared.request.files);
  const { columns } = await prepared.engine.rows(lastDaySql({ records, stages }));
  return (columns[0]?.[0] ?? null) as Day | null;
}

/** What stands where a date should be, if anything does. */
async function unreadText(prepared: Prepared): Promise<{ text: string }> {
  const records = recordsOf(prepared, prepared.request.files);
  const { columns } = await prepared.engine.rows(
    `SELECT substr(min(shown), 1, 60) FROM (${records}) WHERE unread`,
  );
  const [text] = columns[0]!;
  return { text: typeof text === 'string' ? text : '' };
}

/** The day after the one six months before: six months up to the as-of day. */
function sixMonthsBefore(asOf: Day): Day {
  const month = addMonths(monthOfDay(asOf), -6);
  const [year, number] = [yearOfMonth(month), monthOfYear(month)];
  const { dayOfMonth } = dateOf(asOf);
  return addDays(dayOf(year, number, Math.min(dayOfMonth, daysInMonth(year, number)))!, 1);
}

/** Records of some files, with those of the joined ones where there are any. */
function recordsOf(
  { asOf, request, reading, texts }: Prepared,
  files: readonly HistoryFiles[],
  withRows = false,
): string {
  const selectOf = (of: HistoryFiles): string => {
    const own: RecordReading = {
      ...reading,
      withRows,
      asOf,
      stages: request.stages,
      texts: texts.get(of) ?? null,
    };
    return `SELECT *, ${beginsOf(of, own.texts)} AS begins FROM (${recordSelect(of, own)})`;
  };
  const all = (some: readonly HistoryFiles[]): string => some.map(selectOf).join(' UNION ALL ');
  const records =
    request.joined.length === 0
      ? all(files)
      : joinedRecords({
          first: all(files),
          second: all(request.joined),
          stages: request.stages.length,
          asOf,
          ...linksOf(request),
        });
  // Of all files, whichever are asked for: records of all have the same stages.
  return fromStage(records, firstStage({ request, texts }, request.files), request.stages.length);
}

/** The first stage that any of the files can say anything of: what comes before is not measured. */
function firstStage(
  { request, texts }: Pick<Prepared, 'request' | 'texts'>,
  files: readonly HistoryFiles[],
): number {
  const firsts = files.map((of) => beginsOf(of, texts.get(of) ?? null));
  return Math.min(...firsts, request.stages.length - 2);
}

/** Records with the stages from that one on, which is then the first. */
function fromStage(records: string, first: number, stages: number): string {
  if (first === 0) return records;
  const days = Array.from({ length: stages - first }, (_, index) => `s${first + index} AS s${index}`);
  const rest = 'lost, amount, amount_unread, unread, shown, stage_unknown, row';
  return `SELECT id, rep, team, source, link, ${days.join(', ')}, ${rest}, begins - ${first} AS begins FROM (${records})`;
}

/** Which ids two joined files share. */
function linksOf({ files, joined }: HistoryRequest): { firstKey: 'id' | 'link'; secondKey: 'id' | 'link' } {
  const hasLink = (some: readonly HistoryFiles[]): boolean =>
    some.every(({ layout }) => layout.link !== null);
  if (hasLink(joined)) return { firstKey: 'id', secondKey: 'link' };
  return { firstKey: hasLink(files) ? 'link' : 'id', secondKey: 'id' };
}

async function tallied(prepared: Prepared, tally: TallyRequest): Promise<HistoryTallies> {
  const { engine, request } = prepared;
  const trusted = mayTrust(prepared) ? await engine.rows(tallySql(tally, true)) : null;
  const first = trusted !== null && isSound(trusted, tally) ? trusted : await engine.rows(tallySql(tally));
  const looked = countOf(first, 'twice');
  const isWhole = tally.daysPerLook === 1;
  const twice = looked === 0 || isWhole ? looked : await allTwice(engine, tally);
  // Put together before they are counted, which takes longer: done only where there are any.
  const used = twice > 0 ? { ...tally, isMerged: true, daysPerLook: 1 } : tally;
  const rows = twice > 0 ? await engine.rows(tallySql(used)) : first;
  const dirt = await dirtOf({
    engine,
    files: request.files,
    tally: used,
    counted: rows,
    twice,
    recordsIn: (files, path) => recordsInFile(prepared, { files, path }),
  });
  const stages = request.stages.slice(request.stages.length - tally.stages);
  const unmatched =
    request.joined.length === 0 ? [] : unmatchedIn(await engine.rows(unmatchedRows(prepared)));
  return talliesOf(rows, { tally, stages, dirt: [...dirt, ...unmatched], rows: recordsIn(first) });
}

/** Whether every cell is of a type that cannot be misread, so that counts alone show whether a history is sound. */
function mayTrust({ request, reading, texts }: Prepared): boolean {
  const { files, joined } = request;
  const firsts = files.map((of) => beginsOf(of, texts.get(of) ?? null));
  return reading.isTyped && joined.length === 0 && new Set(firsts).size === 1 && files.every(isPlain);
}

function isPlain({ layout, csv }: HistoryFiles): boolean {
  if (layout.shape !== 'records' || csv === null) return false;
  const days = [...layout.stageDates.flat(), ...layout.lost];
  const isDated = days.every((index) => csv.days.has(index) || csv.times.has(index));
  return isDated && (layout.amount === null || csv.numbers.has(layout.amount));
}

/** The records of one file; those of a CSV file with their rows. */
function recordsInFile(prepared: Prepared, { files, path }: { files: HistoryFiles; path: string }): string {
  const one = { ...files, paths: [path] };
  const texts = new Map([...prepared.texts, [one, prepared.texts.get(files) ?? null]]);
  return recordsOf({ ...prepared, texts }, [one], files.kind === 'csv');
}

function unmatchedRows(prepared: Prepared): string {
  const { request } = prepared;
  const apart = { ...prepared, request: { ...request, joined: [] } };
  return unmatchedSql({
    first: recordsOf(apart, request.files),
    second: recordsOf(apart, request.joined),
    ...linksOf(request),
  });
}

async function allTwice(engine: Engine, tally: TallyRequest): Promise<number> {
  const { columns } = await engine.rows(
    `SELECT CAST(count(*) - count(DISTINCT id) AS DOUBLE) FROM (${tally.records}) WHERE id IS NOT NULL`,
  );
  return Number(columns[0]![0]);
}
