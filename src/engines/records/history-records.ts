/** The files of a history, understood → SELECTs of their records: of all, of one, with the joined ones or apart. */
import type { HistoryFiles } from '../../history/layout.ts';
import type { Day } from '../../period/day.ts';
import type { CellReading } from './cell-sql.ts';
import { joinedRecords, unmatchedSql } from './join-sql.ts';
import type { RecordReading } from './record-cells.ts';
import { recordSelect } from './record-sql.ts';
import type { StageTexts } from './stage-texts.ts';

/** Files and how they are to be read. */
export interface Understood {
  readonly files: readonly HistoryFiles[];
  /** Files whose rows belong to records of the others, by id. */
  readonly joined: readonly HistoryFiles[];
  readonly stages: readonly string[];
  readonly reading: CellReading;
  /** What the stages are called in each of the files. */
  readonly texts: ReadonlyMap<HistoryFiles, StageTexts | null>;
  /** Null while it is not known: it is the last day of the records then. */
  readonly asOf: Day | null;
}

/** All records, with those of the joined files where there are any. */
export function allRecords(of: Understood): string {
  return recordsOf(of, of.files);
}

/** The records of one file; those of a CSV file with their rows. */
export function recordsInFile(of: Understood, files: HistoryFiles, path: string): string {
  const one = { ...files, paths: [path] };
  const texts = new Map([...of.texts, [one, of.texts.get(files) ?? null]]);
  return recordsOf({ ...of, texts }, [one], files.kind === 'csv');
}

/** Rows of the joined files that no record has. */
export function unmatchedRows(of: Understood): string {
  const apart = { ...of, joined: [] };
  return unmatchedSql({
    first: recordsOf(apart, of.files),
    second: recordsOf(apart, of.joined),
    ...linksOf(of),
  });
}

/** The first stage that each of the files can say anything of. */
export function firstStages({ files, texts }: Pick<Understood, 'files' | 'texts'>): number[] {
  return files.map((of) => beginsOf(of, texts.get(of) ?? null));
}

/** The first stage that any of the files can say anything of: what comes before is not measured. */
export function firstStage(of: Pick<Understood, 'files' | 'texts' | 'stages'>): number {
  return Math.min(...firstStages(of), of.stages.length - 2);
}

function beginsOf({ layout }: HistoryFiles, texts: StageTexts | null): number {
  const dated = layout.stageDates.findIndex((columns) => columns.length > 0);
  if (texts === null) return Math.max(0, dated);
  return dated < 0 ? texts.begins : Math.min(dated, texts.begins);
}

function recordsOf(of: Understood, files: readonly HistoryFiles[], withRows = false): string {
  const { asOf, stages, joined } = of;
  const all = (some: readonly HistoryFiles[]): string =>
    some.map((one) => selectOf(of, one, withRows)).join(' UNION ALL ');
  const records =
    joined.length === 0
      ? all(files)
      : joinedRecords({
          first: all(files),
          second: all(joined),
          stages: stages.length,
          asOf,
          ...linksOf(of),
        });
  // Of all files, whichever are asked for: records of all have the same stages.
  return fromStage(records, firstStage(of), stages.length);
}

function selectOf({ reading, texts, asOf, stages }: Understood, of: HistoryFiles, withRows: boolean): string {
  const own: RecordReading = { ...reading, withRows, asOf, stages, texts: texts.get(of) ?? null };
  return `SELECT *, ${beginsOf(of, own.texts)} AS begins FROM (${recordSelect(of, own)})`;
}

/** Records with the stages from that one on, which is then the first. */
function fromStage(records: string, first: number, stages: number): string {
  if (first === 0) return records;
  const days = Array.from({ length: stages - first }, (_, index) => `s${first + index} AS s${index}`);
  const rest = 'lost, amount, amount_unread, unread, shown, stage_unknown, row';
  return `SELECT id, rep, team, source, link, ${days.join(', ')}, ${rest}, begins - ${first} AS begins FROM (${records})`;
}

/** Which ids two joined files share. */
function linksOf({ files, joined }: Pick<Understood, 'files' | 'joined'>): {
  firstKey: 'id' | 'link';
  secondKey: 'id' | 'link';
} {
  const hasLink = (some: readonly HistoryFiles[]): boolean =>
    some.every(({ layout }) => layout.link !== null);
  if (hasLink(joined)) return { firstKey: 'id', secondKey: 'link' };
  return { firstKey: hasLink(files) ? 'link' : 'id', secondKey: 'id' };
}
