/** Text → records: which delimiter a file uses, its cells, and the line each record starts in. */
import { parse } from 'csv-parse/sync';
import { at, error, type Parsed } from '../problem.ts';

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
  const cells = body.includes('"') ? quotedCells(body, delimiter) : plainCells(body, delimiter);
  if (cells === null) {
    const { code, line } = findQuoteFault(body, delimiter);
    return { value: null, problems: [error(code, at(file, line + firstLine - 1))] };
  }
  const records = numbered(cells, firstLine, delimiter);
  if (records.rows.length === 0) return { value: null, problems: [error('no_rows', at(file))] };
  return { value: records, problems: [] };
}

/** Without a quote in the text, a newline always ends a record and a delimiter always ends a cell. */
function plainCells(text: string, delimiter: Delimiter): string[][] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split(delimiter));
}

/**
 * The cells as csv-parse reads them, blank records kept (they are lines); null where a quote is misplaced.
 * White space around quoted cells is allowed for only where the text needs it: it costs a tenth of the time.
 */
function quotedCells(text: string, delimiter: Delimiter): string[][] | null {
  for (const trim of [false, true]) {
    try {
      return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true, trim });
    } catch {
      // The next try, or a fault that `findQuoteFault` tells.
    }
  }
  return null;
}

/** Trims the cells in place, and gives each record the line after the newlines of all records before it. */
function numbered(records: string[][], firstLine: number, delimiter: Delimiter): Records {
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
      if (cell.includes('\n')) line += newlinesIn(cell);
      const trimmed = cell.trim();
      cells[index] = trimmed;
      if (trimmed !== '') blank = false;
    }
    if (!blank) {
      rows.push({ line: start, cells });
      if (wasBlank) afterBlank.add(start);
    }
    wasBlank = blank;
  }
  return { delimiter, rows, blank: records.length - rows.length, afterBlank };
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

/** Where a text that csv-parse refused goes wrong: the line in which the cell with the stray quote starts. */
function findQuoteFault(text: string, delimiter: Delimiter): { code: string; line: number } {
  const cell = new RegExp(
    `[^\\S\\n${delimiter}]*"[^"]*(?:""[^"]*)*"[^\\S\\n${delimiter}]*|[^"\\n${delimiter}]*`,
    'y',
  );
  let line = 1;
  for (;;) {
    const taken = cell.exec(text)?.[0] ?? '';
    const next = text[cell.lastIndex];
    if (next !== delimiter && next !== '\n') {
      const opens = taken.trim() === '' && next === '"';
      return { code: opens ? 'quote_not_closed' : 'quote_misplaced', line };
    }
    line += newlinesIn(taken) + (next === '\n' ? 1 : 0);
    cell.lastIndex += 1;
  }
}
