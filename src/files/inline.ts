/** Rows written in the plan file itself → a sheet, so that they are read like those of a file. */
import { at, error, type Parsed, type Problem } from '../problem.ts';
import type { RawPlan } from './plan-file.ts';
import type { InlineRows } from './plan-schema.ts';
import { isSameKey, nearestWord } from './sheet/nearest.ts';
import type { Row } from './sheet/records.ts';
import type { Sheet, SheetSpec } from './sheet/sheet-model.ts';

/** Where the rows stand in the plan: `['quotas']`. */
export interface InlineAt {
  readonly raw: RawPlan;
  readonly path: readonly PropertyKey[];
}

/** Errors: `key_unknown`, `no_data_rows`, `value_not_allowed` for anything but a text, a number, yes or no. */
export function inlineSheet(rows: InlineRows, spec: SheetSpec, { raw, path }: InlineAt): Parsed<Sheet> {
  const problems: Problem[] = [];
  const names = spec.wanted.map((column) => column.name);
  const columns = names.map((name, index) => ({ name, index, header: name, currency: null }));
  const file = raw.whereOf(path).file;
  const read: Row[] = [];
  for (const [index, row] of rows.entries()) {
    const here = [...path, index];
    const cells = new Array<string>(names.length).fill('');
    let isSound = true;
    for (const [key, value] of Object.entries(row)) {
      const exact = names.indexOf(key);
      const position = exact >= 0 ? exact : names.findIndex((name) => isSameKey(name, key));
      if (position < 0) {
        const args = { key, nearest: nearestWord(key, names) ?? '', in: spec.kind, known: names.join(', ') };
        problems.push(error('key_unknown', raw.whereOfKey(here, key), args));
        continue;
      }
      const text = cellText(value);
      if (text === null) {
        const args = {
          key: `${spec.kind}.${key}`,
          value: JSON.stringify(value),
          expected: 'a text or a number',
        };
        problems.push(error('value_not_allowed', raw.whereOf([...here, key]), args));
        isSound = false;
      } else cells[position] = text;
    }
    if (isSound) read.push({ line: raw.whereOf(here).line ?? 0, cells });
  }
  if (rows.length === 0) problems.push(error('no_data_rows', raw.whereOf(path), { kind: spec.kind }));
  return { value: sheetOf({ file, columns, rows: read }, spec), problems };
}

/** A list of aliases is written with a semicolon between, as in a file. */
function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(';') : null;
}

function sheetOf(of: Pick<Sheet, 'file' | 'columns' | 'rows'>, spec: SheetSpec): Sheet {
  return {
    ...of,
    encoding: 'utf-8',
    delimiter: ',',
    decimal: spec.decimal ?? 'point',
    dateOrder: spec.periods.dateOrder,
    periods: spec.periods,
    headerLine: 0,
    periodColumns: [],
    totalColumns: [],
    ignoredColumns: [],
    totalRows: [],
    skipped: { titles: 0, blank: 0, footers: 0, repeatedHeaders: 0 },
    detected: [],
    rowFaults: spec.rowFaults,
  };
}

/** Problems of inline rows point at the row: a field number means nothing there. */
export function withoutColumns(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, where: at(problem.where.file, problem.where.line) }));
}
