/** Files that a plan names (or rows it holds) → sheets, remembering what was read for hashes, notes and `check`. */
import { dirname, isAbsolute, join } from 'node:path';
import type { Parsed, Problem, Severity } from '../problem.ts';
import { inlineSheet, withoutColumns } from './inline.ts';
import type { Input } from './input.ts';
import type { RawPlan } from './plan-file.ts';
import type { InlineRows } from './plan-schema.ts';
import { readBytes, STANDARD_INPUT } from './read.ts';
import type { Decimal } from './sheet/decimal.ts';
import type { Encoding } from './sheet/decode.ts';
import type { PeriodContext } from './sheet/period-text.ts';
import { readSheet } from './sheet/sheet.ts';
import type { Sheet, SheetSpec, WantedColumn } from './sheet/sheet-model.ts';
import { checkTotals } from './sheet/totals.ts';

/** What was found in one file, for notes and `check`. */
export interface FileReport {
  readonly path: string;
  readonly shown: string;
  readonly kind: string;
  readonly encoding: Encoding;
  /** The sheet without its rows, which are not kept; null where the file is none. */
  readonly sheet: Omit<Sheet, 'rows' | 'totalRows'> | null;
  readonly rows: number;
  readonly totalRows: number;
  readonly totalsAgree: boolean | null;
}

/** How side files are found and read, and what was read of them so far. */
export interface SideFiles {
  readonly raw: RawPlan;
  /** Folder of the plan file: paths written in it start there. */
  readonly folder: string;
  /** Keys given as options: their paths start where the command was run. */
  readonly fromOptions: ReadonlySet<string>;
  readonly columns: Readonly<Record<string, string>>;
  readonly periods: PeriodContext;
  readonly decimal: Decimal | null;
  readonly inputs: Input[];
  readonly reports: FileReport[];
}

export interface SideSpec {
  readonly key: string;
  readonly kind: string;
  readonly wanted: readonly WantedColumn[];
  readonly wide: readonly string[] | null;
  readonly stages: readonly string[];
  readonly rowFaults: Severity;
  /** Columns that a Total row adds up. */
  readonly summed: readonly string[];
}

/** A file that the plan names, as it was read. */
export interface SideFile {
  readonly path: string;
  readonly shown: string;
  readonly bytes: Uint8Array;
}

/** The file behind a key, from now on one of the inputs. Errors: those of reading it, at the key. */
export function readSide(side: SideFiles, key: string, path: string): Parsed<SideFile> {
  const shown = shownPath(side, key, path);
  const file = readBytes(shown);
  if (file.value === null) {
    const where = side.raw.whereOf([key]);
    return { value: null, problems: file.problems.map((problem) => ({ ...problem, where })) };
  }
  const { bytes, sha256 } = file.value;
  side.inputs.push({ path, shown, sha256 });
  return { value: { path, shown, bytes }, problems: [] };
}

/** What may stand behind a key: the name of a file, the file if it is read already, or rows. */
export type Written = string | SideFile | InlineRows;

const isRows = (written: SideFile | InlineRows): written is InlineRows => Array.isArray(written);

/** The sheet behind a key: the file it names, or the rows that stand there. */
export function sheetFor(side: SideFiles, written: Written, of: SideSpec): Parsed<Sheet> {
  const { columns: mapping, periods, decimal } = side;
  const spec = { ...of, mapping, periods, decimal };
  if (typeof written === 'string') {
    const file = readSide(side, of.key, written);
    return file.value === null ? { value: null, problems: file.problems } : sheetIn(side, file.value, spec);
  }
  if (!isRows(written)) return sheetIn(side, written, spec);
  const inline = inlineSheet(written, spec, { raw: side.raw, path: [of.key] });
  return { value: inline.value, problems: inline.problems };
}

function sheetIn(side: SideFiles, { path, shown, bytes }: SideFile, of: SheetSpec & SideSpec): Parsed<Sheet> {
  const sheet = readSheet(bytes, shown, of);
  if (sheet.value === null) return sheet;
  const totals = checkTotals(sheet.value, of.summed);
  const { rows, totalRows, ...kept } = sheet.value;
  const counts = { rows: rows.length, totalRows: totalRows.length };
  side.reports.push({
    path,
    shown,
    kind: of.kind,
    encoding: kept.encoding,
    sheet: kept,
    ...counts,
    totalsAgree: totals.agreed,
  });
  return { value: sheet.value, problems: [...sheet.problems, ...totals.problems] };
}

/** Rows in the plan file have no field numbers. */
export function placed(sheet: Sheet, problems: readonly Problem[]): readonly Problem[] {
  return sheet.headerLine === 0 ? withoutColumns(problems) : problems;
}

/** A path as it is opened and shown: one written in the plan starts at its folder. */
export function shownPath(side: SideFiles, key: string, written: string): string {
  return side.fromOptions.has(key) ? written : shownFrom(side.folder, written);
}

/** A path written in a plan file of that folder. */
export function shownFrom(folder: string, written: string): string {
  return written === STANDARD_INPUT || isAbsolute(written) ? written : join(folder, written);
}

/** The folder that paths of a plan file start from. */
export function folderOf(planPath: string | null): string {
  return planPath === null || planPath === STANDARD_INPUT ? '.' : dirname(planPath);
}
