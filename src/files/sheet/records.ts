/** Text → records: which delimiter a file uses, its cells, and the line each record starts in. */
import { parse } from 'csv-parse/sync';
import { at, error, type Parsed } from '../../problem.ts';

export const DELIMITERS = ['\t', ';', '|', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface Row {
  /** The line, from 1, in which the record starts. */
  readonly line: number;
  /** Without the white space around them; an empty cell is ''. */
  readonly cells: readonly string[];
}

export interface Records {
  readonly delimiter: Delimiter;
  /** All records with something in them. */
  readonly rows: readonly Row[];
  /** How many records had nothing in any cell. */
  readonly blank: number;
  /** Lines of the rows that follow a blank record. */
  readonly afterBlank: ReadonlySet<number>;
}

/** How many records the delimiter is judged by. */
const SNIFFED_RECORDS = 50;

/**
 * The records of a delimited text; `delimiter` in the options goes before `sep=;` in the first line, and both
 * before what the first records look like. Blank records are left out and counted.
 * Errors: `no_rows`; `quote_not_closed` and `quote_misplaced` with the line in which the quoted cell starts.
 */
export function parseRecords(
  text: string,
  file: string | null,
  options: { readonly delimiter?: Delimiter } = {},
): Parsed<Records> {
  const separator = /^"?sep=(.)"?[ \t]*(?:\n|$)/i.exec(text);
  const body = separator ? text.slice(separator[0].length) : text;
  const named = DELIMITERS.find((delimiter) => delimiter === separator?.[1]);
  const delimiter = options.delimiter ?? named ?? sniffDelimiter(body);
  const firstLine = separator ? 2 : 1;
  const hasQuotes = body.includes('"');
  const cells = hasQuotes ? quotedCells(body, delimiter) : plainCells(body, delimiter);
  if ('code' in cells) {
    return { value: null, problems: [error(cells.code, at(file, cells.line + firstLine - 1))] };
  }
  const records = numbered(cells, firstLine, hasQuotes);
  if (records.rows.length === 0) return { value: null, problems: [error('no_rows', at(file))] };
  return { value: { delimiter, ...records }, problems: [] };
}

/** Without a quote in the text, a newline always ends a record and a delimiter always ends a cell. */
function plainCells(text: string, delimiter: Delimiter): string[][] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split(delimiter));
}

/** The cells as csv-parse reads them, blank records kept: they are lines. Its `trim` would read `"" "x"` as x. */
function quotedCells(text: string, delimiter: Delimiter): string[][] | QuoteFault {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true });
  } catch {
    return looselyQuotedCells(text, delimiter);
  }
}

/** Trims the cells in place, and gives each record the line after the newlines of all records before it. */
function numbered(records: string[][], firstLine: number, hasQuotes: boolean): Omit<Records, 'delimiter'> {
  const rows: Row[] = [];
  const afterBlank = new Set<number>();
  let line = firstLine;
  let wasBlank = false;
  for (const cells of records) {
    const start = line;
    line += 1;
    let blank = true;
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index]!;
      if (cell === '') continue;
      if (hasQuotes && cell.includes('\n')) line += newlinesIn(cell);
      const trimmed = isTrim(cell) ? cell : cell.trim();
      cells[index] = trimmed;
      if (trimmed !== '') blank = false;
    }
    if (!blank) {
      rows.push({ line: start, cells });
      if (wasBlank) afterBlank.add(start);
    }
    wasBlank = blank;
  }
  return { rows, blank: records.length - rows.length, afterBlank };
}

/** Whether a cell starts and ends with a visible ASCII character: cheaper than trimming it. */
function isTrim(cell: string): boolean {
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  return first > 32 && first < 127 && last > 32 && last < 127;
}

function newlinesIn(cell: string): number {
  return cell.split('\n').length - 1;
}

/**
 * The delimiter that splits most of the first records into the same number of cells: a comma inside decimals or
 * names does not reach the header and so splits fewer of them alike. Where two do equally well, the rarer in prose.
 */
function sniffDelimiter(text: string): Delimiter {
  const counts = delimitersPerRecord(text);
  let best: Delimiter = ',';
  let bestAlike = 0;
  for (const [index, delimiter] of DELIMITERS.entries()) {
    const alike = mostAlike(counts.map((record) => record[index]!));
    if (alike > bestAlike) {
      best = delimiter;
      bestAlike = alike;
    }
  }
  return best;
}

/** Of numbers per record, how often the commonest one that is not 0 occurs. */
function mostAlike(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
  return Math.max(0, ...times.values());
}

/** For each of the first records that is not blank, how often each delimiter stands outside quotes. */
function delimitersPerRecord(text: string): number[][] {
  const records: number[][] = [];
  let counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let start = 0;
  for (let index = 0; index <= text.length && records.length < SNIFFED_RECORDS; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (character === undefined || (character === '\n' && !quoted)) {
      if (text.slice(start, index).trim() !== '') records.push(counts);
      counts = DELIMITERS.map(() => 0);
      start = index + 1;
    } else if (!quoted) {
      const delimiter = (DELIMITERS as readonly string[]).indexOf(character);
      if (delimiter >= 0) counts[delimiter]! += 1;
    }
  }
  return records;
}

interface QuoteFault {
  readonly code: 'quote_not_closed' | 'quote_misplaced';
  readonly line: number;
}

/**
 * The cells of a text that csv-parse refuses: white space may stand around a quoted cell, and a quote inside a
 * cell that does not start with one is text (`5" pipe`), as spreadsheets have it. Else what is wrong, and the line in which the cell starts.
 */
function looselyQuotedCells(text: string, delimiter: Delimiter): string[][] | QuoteFault {
  const blanks = `[^\\S\\n${delimiter}]*`;
  const cell = new RegExp(`${blanks}"([^"]*(?:""[^"]*)*)"${blanks}|(?!${blanks}")[^\\n${delimiter}]*`, 'y');
  const records: string[][] = [];
  let record: string[] = [];
  let line = 1;
  while (cell.lastIndex < text.length || record.length > 0) {
    const [whole, quoted] = cell.exec(text) ?? [];
    const next = text[cell.lastIndex];
    if (whole === undefined || next === '"') return { code: 'quote_not_closed', line };
    if (next !== undefined && next !== delimiter && next !== '\n') return { code: 'quote_misplaced', line };
    record.push(quoted?.replaceAll('""', '"') ?? whole);
    line += newlinesIn(whole);
    if (next !== delimiter) {
      records.push(record);
      record = [];
      line += 1;
    }
    cell.lastIndex += 1;
  }
  return records;
}
