/** Finding the header row of a sheet among titles, and what each of its columns is. */
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import {
  headerMatcher,
  isTotalHeader,
  type MatchedHeader,
  nearestHeader,
  periodPart,
  type SheetColumn,
} from './header.ts';
import { periodColumns } from './period-columns.ts';
import { isPeriodHeader } from './period-text.ts';
import type { Row } from './records.ts';
import type { PeriodColumn, SheetSpec, TotalColumn } from './sheet-model.ts';

export interface SheetHeader {
  readonly row: Row;
  /** How many rows stand above it. */
  readonly titles: number;
  readonly columns: readonly SheetColumn[];
  readonly periodColumns: readonly PeriodColumn[];
  readonly totalColumns: readonly TotalColumn[];
  /** Positions of columns with a header that means nothing here. */
  readonly ignored: readonly number[];
}

interface Candidate {
  readonly row: Row;
  readonly titles: number;
  readonly matched: MatchedHeader;
  /** Positions of unclaimed headers that name a period, where the sheet may be wide. */
  readonly periods: readonly number[];
  readonly missing: readonly string[];
}

/** How many rows may stand above the header, it included. */
const SEARCHED_ROWS = 50;

/** How much of a row is quoted in a message. */
const QUOTED_LENGTH = 80;

/**
 * The first row with all required columns (or periods in their place); one recognised header alone is a header only
 * where no row has more. Errors: `read_as_one_column`, `header_not_found`, `column_missing`, `duplicate_column`,
 * `duplicate_period`, `periods_overlap`, and the faults of `parsePeriod` in a header.
 */
export function findHeader(rows: readonly Row[], spec: SheetSpec, file: string | null): Parsed<SheetHeader> {
  const match = headerMatcher({ ...spec, wanted: spec.wanted.map((column) => column.name) });
  const candidates: Candidate[] = [];
  for (const [titles, row] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const candidate = candidateOf({ row, titles, matched: match(row.cells) }, spec);
    if (scoreOf(candidate) > 1 && candidate.missing.length === 0) return describe(candidate, spec, file);
    if (scoreOf(candidate) > 0) candidates.push(candidate);
  }
  const complete = candidates.filter((candidate) => candidate.missing.length === 0);
  const most = Math.max(0, ...candidates.map(scoreOf));
  const chosen = most === 1 ? complete[0] : undefined;
  if (chosen) return describe(chosen, spec, file);
  const oneColumn = rows.slice(0, SEARCHED_ROWS).every((row) => row.cells.length === 1);
  if (oneColumn) return { value: null, problems: [readAsOneColumn(rows, file)] };
  const nearest = candidates.find((candidate) => scoreOf(candidate) === most);
  return {
    value: null,
    problems: nearest ? columnsMissing(nearest, spec, file) : [headerNotFound(rows, spec, file)],
  };
}

function candidateOf(found: Pick<Candidate, 'row' | 'titles' | 'matched'>, spec: SheetSpec): Candidate {
  const present = new Set(found.matched.columns.map((column) => column.name));
  const claimed = claimedBy(found.matched);
  const missing = spec.wanted.filter((column) => column.required && !present.has(column.name));
  const names = missing.map((column) => column.name);
  if (!spec.wide || names.length === 0) return { ...found, periods: [], missing: names };
  const named = [...found.row.cells.keys()].filter(
    (index) => !claimed.has(index) && isPeriodHeader(periodPart(found.row.cells[index]!)),
  );
  // One period among cells that mean nothing is a data row of a file without a header.
  const alone = named.length === 1 && claimed.size === 0;
  const periods = alone && found.row.cells.filter((cell) => cell !== '').length > 1 ? [] : named;
  const replaced = periods.length > 0 ? spec.wide : [];
  return { ...found, periods, missing: names.filter((name) => !replaced.includes(name)) };
}

function claimedBy({ columns, duplicates }: MatchedHeader): Set<number> {
  return new Set([...columns, ...duplicates].map((column) => column.index));
}

function scoreOf(candidate: Candidate): number {
  return candidate.matched.columns.length + candidate.periods.length;
}

function describe(found: Candidate, spec: SheetSpec, file: string | null): Parsed<SheetHeader> {
  const { row, titles, matched } = found;
  const problems: Problem[] = matched.duplicates.map(({ name, index, headers }) =>
    error('duplicate_column', at(file, row.line, index + 1), {
      column: name,
      first: headers[0],
      second: headers[1],
    }),
  );
  const wide = found.periods.length > 0;
  const { value: periods, problems: periodProblems } = periodColumns(found, spec.periods, file);
  problems.push(...periodProblems);
  // In a wide sheet a `Quota` column beside the periods is their total.
  const columns = matched.columns.filter((column) => !wide || !spec.wide?.includes(column.name));
  const claimed = claimedBy({ columns, duplicates: matched.duplicates });
  const rest = [...row.cells.keys()].filter(
    (index) => row.cells[index] !== '' && !claimed.has(index) && !found.periods.includes(index),
  );
  const sums = wide
    ? rest.filter(
        (index) =>
          isTotalHeader(row.cells[index]!) || matched.columns.some((column) => column.index === index),
      )
    : [];
  const everything = periods.finest.map((column) => column.index);
  const totals = sums.map((index) => ({ index, header: row.cells[index]!, covers: everything }));
  const ignored = rest.filter((index) => !sums.includes(index));
  const value = {
    row,
    titles,
    columns,
    periodColumns: periods.finest,
    totalColumns: [...periods.coarser, ...totals],
    ignored,
  };
  return { value, problems };
}

function columnsMissing({ row, missing }: Candidate, spec: SheetSpec, file: string | null): Problem[] {
  const headers = row.cells.filter((cell) => cell !== '');
  return missing.map((column) => {
    const meant = nearestHeader(column, headers, spec.stages) ?? '';
    const args = { kind: spec.kind, column, meant, found: quoted(headers) };
    return error('column_missing', at(file, row.line), args);
  });
}

function headerNotFound(rows: readonly Row[], spec: SheetSpec, file: string | null): Problem {
  const row = rows[0]!;
  const required = spec.wanted.filter((column) => column.required);
  const wanted = (required.length > 0 ? required : spec.wanted).map((column) => column.name);
  const nearest = wanted
    .map((name) => nearestHeader(name, row.cells, spec.stages))
    .find((header) => header !== null);
  const args = { kind: spec.kind, wanted: wanted.join(', '), meant: nearest ?? '', found: quoted(row.cells) };
  return error('header_not_found', at(file, row.line), args);
}

function quoted(cells: readonly string[]): string {
  const text = cells
    .filter((cell) => cell !== '')
    .join(', ')
    .replace(/\s+/g, ' ');
  return text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text;
}

/** Which character looks like the delimiter: the first that all of the first rows have equally often. */
function readAsOneColumn(rows: readonly Row[], file: string | null): Problem {
  const texts = rows.slice(0, 5).map((row) => row.cells[0]!);
  const times = (text: string, character: string) => text.split(character).length - 1;
  const guess = ['^', '~', ':', '/', '  ', ' '].find((character) => {
    const first = times(texts[0]!, character);
    return first > 0 && texts.every((text) => times(text, character) === first);
  });
  return error('read_as_one_column', at(file, rows[0]!.line), {
    found: quoted([texts[0]!]),
    guess: guess ?? '',
  });
}
