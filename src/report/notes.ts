/** What was detected in files, said in a line each where it departs from the plainest form. */

import type { Note } from '../files/sheet/sheet-model.ts';
import type { FileReport } from '../files/side-file.ts';

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars (|)',
};
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};
const ORDERS: Readonly<Record<string, string>> = { dmy: 'day first', mdy: 'month first', ymd: 'year first' };

const WORDS: Readonly<Record<string, (args: Note['arguments']) => string>> = {
  note_encoding: ({ encoding }) => `read as ${ENCODINGS[String(encoding)] ?? encoding}`,
  note_delimiter: ({ delimiter }) => `separated by ${DELIMITERS[String(delimiter)] ?? delimiter}`,
  note_decimal: () => 'decimal comma',
  note_date_order: ({ order }) => `dates ${ORDERS[String(order)] ?? order}`,
  note_header_line: ({ line }) => `header in line ${line}`,
  note_column_without_header: ({ column }) => `column ${column} has no header: left out`,
  note_footers: ({ count, line }) =>
    `${count} footer ${count === 1 ? 'row' : 'rows'} from line ${line} left out`,
  note_repeated_headers: ({ count }) => `${count} repeated ${count === 1 ? 'header' : 'headers'} left out`,
};

/** `quotas.csv: 12 rows, separated by semicolons, decimal comma; totals agree`. */
export function noteLines(reports: readonly FileReport[]): string[] {
  return reports.flatMap((report) => {
    const { sheet, totalsAgree } = report;
    if (sheet === null) return [];
    const notes = sheet.detected.map((note) => WORDS[note.code]?.(note.arguments) ?? note.code);
    if (totalsAgree === true) notes.push('totals agree');
    if (sheet.ignoredColumns.length > 0) notes.push(`columns not used: ${sheet.ignoredColumns.join(', ')}`);
    return notes.length === 0 ? [] : [`${report.shown}: ${rows(report.rows)}, ${notes.join(', ')}`];
  });
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
