/** Cells → records: one row each, with the day it entered every stage, the day it was lost, and whose it is. */
import type { HistoryFiles, StageMeaning } from '../history/layout.ts';
import type { Day } from '../period/day.ts';
import { quoted } from './engine.ts';
import { type CellReading, cellsOf, tableOf } from './read-files.ts';

/** What a file's texts for stages mean, as far as somebody said. */
export interface StageTexts {
  /** By the text as it stands in the file. */
  readonly meanings: ReadonlyMap<string, number | 'lost'>;
  /** Where records of the file begin; stages before it are not measured. */
  readonly begins: number;
}

export interface RecordReading extends CellReading {
  /** Whether records say in which row they stand. */
  readonly withRows?: boolean;
  /** A log of changes is read up to that day: what came after it cannot undo a loss. Null: to its end. */
  readonly asOf: Day | null;
  readonly stages: readonly string[];
  readonly texts: StageTexts | null;
}

/**
 * Columns `id, rep, team, source, s0 … , lost, amount, unread, amount_unread, stage_unknown, shown`: days of stages are
 * null where a record did not enter them; `unread` tells that a date could not be read, `shown` a text to find it by.
 */
export function recordSelect(files: HistoryFiles, reading: RecordReading): string {
  const { shape } = files.layout;
  if (shape === 'records') return datedRecords(files, reading);
  return shape === 'deals' ? dealRecords(files, reading) : changedRecords(files, reading);
}

type Cells = ReturnType<typeof cellsOf>;

const NO_DAY = 'CAST(NULL AS DATE)';

/** The earliest of several; null where none is there. */
export function earliest(days: readonly string[]): string {
  return days.length === 0 ? NO_DAY : days.length === 1 ? days[0]! : `least(${days.join(', ')})`;
}

function whose({ layout }: HistoryFiles, cells: Cells): string[] {
  return [
    `${cells.text(layout.id)} AS id`,
    `${cells.text(layout.rep)} AS rep`,
    `${cells.text(layout.team)} AS team`,
    `${cells.text(layout.source)} AS source`,
    `${cells.text(layout.link)} AS link`,
  ];
}

const rowOf = ({ withRows = false }: RecordReading): string =>
  withRows ? 'row' : 'CAST(NULL AS BIGINT) AS row';

const anyOf = (conditions: readonly string[]): string => {
  const real = conditions.filter((condition) => condition !== 'false');
  return real.length === 0 ? 'false' : `(${real.join(' OR ')})`;
};

function amountOf({ layout }: HistoryFiles, cells: Cells): string[] {
  const amount = cells.number(layout.amount);
  const unread = layout.amount === null ? 'false' : cells.isUnread(layout.amount, amount);
  return [`${amount} AS amount`, `${unread} AS amount_unread`];
}

function unreadAmong(columns: readonly number[], cells: Cells): string[] {
  const texts = columns.map(
    (index) => `CASE WHEN ${cells.isUnread(index, cells.day(index))} THEN c${index} END`,
  );
  const real = texts.filter((text) => !text.startsWith('CASE WHEN false'));
  const unread = anyOf(columns.map((index) => cells.isUnread(index, cells.day(index))));
  return [
    `${unread} AS unread`,
    `${real.length === 0 ? 'CAST(NULL AS VARCHAR)' : `coalesce(${real.join(', ')})`} AS shown`,
  ];
}

/** Lines that are no record: footers and blank ones have nothing in any column but the first. */
function isRow(columns: readonly (number | null)[], id: number | null): string {
  const others = columns.filter((index): index is number => index !== null && index !== id);
  return others.length === 0 ? 'true' : `(${others.map((index) => `c${index} IS NOT NULL`).join(' OR ')})`;
}

function datedRecords(files: HistoryFiles, reading: RecordReading): string {
  const { layout } = files;
  const cells = cellsOf(files, reading);
  const days = reading.stages.map((_, stage) => earliest((layout.stageDates[stage] ?? []).map(cells.day)));
  const dated = [...layout.stageDates.flat(), ...layout.lost];
  const columns = [
    ...whose(files, cells),
    ...days.map((day, stage) => `${day} AS s${stage}`),
    `${earliest(layout.lost.map(cells.day))} AS lost`,
    ...amountOf(files, cells),
    ...unreadAmong(dated, cells),
    'false AS stage_unknown',
    rowOf(reading),
  ];
  const used = [...dated, layout.rep, layout.team, layout.source, layout.amount];
  const where = reading.isTyped ? '' : ` WHERE ${isRow(used, layout.id)}`;
  return `SELECT ${columns.join(', ')} FROM ${tableOf(files, reading)}${where}`;
}

/** `CASE` from texts to stages; those nobody gave a meaning are null. */
function meaningOf(text: string, texts: StageTexts | null): string {
  const entries = [...(texts?.meanings ?? [])].map(
    ([name, meaning]) => `WHEN ${quoted(name)} THEN ${meaning === 'lost' ? LOST : meaning}`,
  );
  return entries.length === 0 ? 'CAST(NULL AS INTEGER)' : `CASE ${text} ${entries.join(' ')} END`;
}

/** Stands for a lost record among the indexes of stages. */
const LOST = -1;

const YES = `('true', 't', 'yes', 'y', '1', 'x', 'won', 'closed won')`;

function flag(index: number | null, cells: Cells): string | null {
  return index === null ? null : `coalesce(lower(${cells.text(index)}) IN ${YES}, false)`;
}

/**
 * A deal came to where the file begins on the day it was created, and to its stage when it entered it, or, where that
 * is not known, when it was lost, or created. It closed on its close date only where it is closed: for one that is
 * open that is a guess.
 */
function dealRecords(files: HistoryFiles, reading: RecordReading): string {
  const { layout } = files;
  const { stages, texts } = reading;
  const cells = cellsOf(files, reading);
  const end = stages.length - 1;
  const begins = texts?.begins ?? end - 1;
  const stage = meaningOf(cells.text(layout.stage), texts);
  const won = flag(layout.isWon, cells) ?? `coalesce(${stage} = ${end}, false)`;
  const closedFlag = flag(layout.isClosed, cells) ?? 'false';
  const lost = `(coalesce(${stage} = ${LOST}, false) OR (${closedFlag} AND NOT ${won}))`;
  const lostAt =
    layout.lostAt === null ? stage : `coalesce(${meaningOf(cells.text(layout.lostAt), texts)}, ${stage})`;
  const own = (index: number): string[] => (layout.stageDates[index] ?? []).map(cells.day);
  const created = layout.created === null ? NO_DAY : cells.day(layout.created);
  const closed = layout.closed === null ? NO_DAY : cells.day(layout.closed);
  const entered = layout.entered === null ? NO_DAY : cells.day(layout.entered);
  const dated = [
    ...layout.stageDates.flat(),
    ...layout.lost,
    layout.created,
    layout.closed,
    layout.entered,
  ].filter((index) => index !== null);
  const inner = [
    ...whose(files, cells),
    ...stages.map((_, index) => `${earliest(own(index))} AS d${index}`),
    `${earliest(layout.lost.map(cells.day))} AS lost_on`,
    `${created} AS created`,
    `${closed} AS closed`,
    `${entered} AS entered`,
    `${won} AS won`,
    `${lost} AS was_lost`,
    `CASE WHEN ${won} THEN ${end} WHEN ${lost} THEN ${lostAt} ELSE ${stage} END AS furthest`,
    ...amountOf(files, cells),
    ...unreadAmong(dated, cells),
    `NOT ${won} AND NOT ${lost} AND ${stage} IS NULL AND ${cells.text(layout.stage)} IS NOT NULL AS stage_unknown`,
    rowOf(reading),
  ];
  const used = [...dated, layout.rep, layout.stage, layout.amount];
  const where = reading.isTyped ? '' : ` WHERE ${isRow(used, layout.id)}`;
  const days = stages.map((_, index) => {
    if (index < begins) return `d${index} AS s${index}`;
    if (index === end) return `coalesce(d${index}, CASE WHEN won THEN closed END) AS s${index}`;
    if (index === begins) return `coalesce(d${index}, created) AS s${index}`;
    const since = 'coalesce(entered, CASE WHEN was_lost THEN coalesce(lost_on, closed) END, created)';
    return `coalesce(d${index}, CASE WHEN furthest = ${index} THEN ${since} END) AS s${index}`;
  });
  const columns = ['id', 'rep', 'team', 'source', 'link', ...days];
  const rest =
    'coalesce(lost_on, CASE WHEN was_lost AND NOT won THEN closed END) AS lost, amount, amount_unread, unread, shown, stage_unknown, row';
  return `SELECT ${columns.join(', ')}, ${rest} FROM (SELECT ${inner.join(', ')} FROM ${tableOf(files, reading)}${where})`;
}

/** A record enters a stage when it first does; it is lost where nothing that is known came after. */
function changedRecords(files: HistoryFiles, reading: RecordReading): string {
  const { layout } = files;
  const { stages, texts, asOf } = reading;
  const cells = cellsOf(files, reading);
  const text = cells.text(layout.stage);
  const day = layout.entered === null ? NO_DAY : cells.day(layout.entered);
  const inner = [
    ...whose(files, cells),
    `${meaningOf(text, texts)} AS stage`,
    `${day} AS entered`,
    ...amountOf(files, cells),
    ...unreadAmong(layout.entered === null ? [] : [layout.entered], cells),
    `${text} AS stage_text`,
    rowOf(reading),
  ];
  const table = tableOf(files, reading);
  const changes = `SELECT ${inner.join(', ')} FROM ${table} WHERE ${ofStages(layout.field, cells)} AND (${text} IS NOT NULL OR ${day} IS NOT NULL)`;
  const days = stages.map((_, index) => `min(CASE WHEN stage = ${index} THEN entered END) AS s${index}`);
  const isKnown = asOf === null ? 'entered IS NOT NULL' : `entered <= DATE '1970-01-01' + ${asOf}`;
  const loss = (test: string): string => `max(CASE WHEN stage = ${LOST} AND ${test} THEN entered END)`;
  const columns = [
    'id, max(rep) AS rep, max(team) AS team, max(source) AS source, max(link) AS link',
    ...days,
    `CASE WHEN ${loss(isKnown)} >= max(CASE WHEN ${isKnown} THEN entered END) THEN ${loss(isKnown)} ELSE ${loss(`NOT (${isKnown})`)} END AS lost`,
    'max(amount) AS amount, bool_or(amount_unread) AS amount_unread, bool_or(unread) AS unread',
    'coalesce(max(shown), max(CASE WHEN stage IS NULL THEN stage_text END)) AS shown',
    'bool_or(stage IS NULL) AS stage_unknown, min(row) AS row',
  ];
  return `SELECT ${columns.join(', ')} FROM (${changes}) GROUP BY id`;
}

/** Whether a row of a log is a change of the stage, where it has changes of all properties. */
function ofStages(field: number | null, cells: Cells): string {
  if (field === null) return 'true';
  return `regexp_replace(lower(${cells.text(field)}), '[^a-z]', '', 'g') IN ${STAGE_FIELDS}`;
}

/** Names of the property that holds the stage, where a log has changes of all. */
const STAGE_FIELDS = `('stagename', 'stage', 'dealstage', 'status', 'leadstatus', 'lifecyclestage')`;

/** The texts of stages in a file, to be given a meaning. */
export function stageTextsSql(files: HistoryFiles, reading: CellReading): string | null {
  const { stage, lostAt } = files.layout;
  const cells = cellsOf(files, reading);
  const columns = [stage, lostAt].filter((index) => index !== null);
  if (columns.length === 0) return null;
  const table = tableOf(files, reading);
  return (
    columns.map((index) => `SELECT DISTINCT ${cells.text(index)} AS name FROM ${table}`).join(' UNION ') +
    ' ORDER BY name'
  );
}

/** Every text's meaning, and where the records of the file begin: at the first stage that any of them names. */
export function stageTextsOf(
  names: readonly string[],
  meaning: StageMeaning,
  stages: readonly string[],
): StageTexts {
  const end = stages.length - 1;
  const said = names.map((name) => [name, meaning(name)] as const);
  const open = said.flatMap(([, stage]) => (typeof stage === 'number' && stage < end ? [stage] : []));
  // CRMs call everything open by names of their own: without a word on them they are the stage before the last.
  const isUnsaid = open.length === 0;
  const meanings = new Map<string, number | 'lost'>();
  for (const [name, stage] of said) {
    const meant = stage ?? (isUnsaid ? end - 1 : null);
    if (meant !== null) meanings.set(name, meant);
  }
  return { meanings, begins: isUnsaid ? end - 1 : Math.min(...open) };
}
