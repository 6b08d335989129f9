/** What a CRM's words for stages mean: texts → stages, flags → won or lost. */
import type { HistoryFiles, StageMeaning } from '../../history/layout.ts';
import { type Engine, quoted } from '../engine.ts';
import { type CellReading, cellsOf } from './cell-sql.ts';
import { tableOf } from './file-tables.ts';
import type { Cells } from './record-cells.ts';

/** What a file's texts for stages mean, as far as somebody said. */
export interface StageTexts {
  /** By the text as it stands in the file. */
  readonly meanings: ReadonlyMap<string, number | 'lost'>;
  /** Where records of the file begin; stages before it are not measured. */
  readonly begins: number;
}

/** `CASE` from texts to stages; those nobody gave a meaning are null. */
export function meaningOf(text: string, texts: StageTexts | null): string {
  const entries = [...(texts?.meanings ?? [])].map(
    ([name, meaning]) => `WHEN ${quoted(name)} THEN ${meaning === 'lost' ? LOST : meaning}`,
  );
  return entries.length === 0 ? 'CAST(NULL AS INTEGER)' : `CASE ${text} ${entries.join(' ')} END`;
}

/** Stands for a lost record among the indexes of stages. */
export const LOST = -1;

const YES = `('true', 't', 'yes', 'y', '1', 'x', 'won', 'closed won')`;

/** What a status says of a lost deal; a flag that says no is no word on its loss. */
export const NO = `('lost', 'closed lost', 'deal lost')`;

export function flag(index: number | null, cells: Cells): string | null {
  return index === null ? null : `coalesce(lower(${cells.text(index)}) IN ${YES}, false)`;
}

export interface StagesAsked {
  readonly reading: CellReading;
  readonly meaning: StageMeaning;
  readonly stages: readonly string[];
}

/** The texts of stages in some files with their meanings; null where a record has a date per stage instead. */
export async function stageTextsIn(
  engine: Engine,
  files: HistoryFiles,
  { reading, meaning, stages }: StagesAsked,
): Promise<StageTexts | null> {
  if (files.layout.shape === 'records') return null;
  const sql = stageTextsSql(files, reading);
  const names = sql === null ? [] : (await engine.rows(sql)).columns[0]!;
  const known = names.filter((name): name is string => typeof name === 'string');
  return stageTextsOf(known, meaning, stages);
}

/** The texts of stages in a file, to be given a meaning. */
function stageTextsSql(files: HistoryFiles, reading: CellReading): string | null {
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
function stageTextsOf(
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
