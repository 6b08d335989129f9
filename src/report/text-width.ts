/** How much room text takes on a terminal, as cli-table3 counts it: two columns for wide letters and emoji. */
import CliTable from 'cli-table3';

/** Characters that take one column each: Latin, and the signs of these reports. */
const NARROW =
  /^[\u0020-\u007e\u00a0\u00c0-\u02ff\u2013\u2212\u2192\u00f7\u2502\u00b7\u2026\u20ac\u00a3\u00a5]*$/;

/** No border and no padding: cells side by side. */
const BARE = {
  chars: Object.fromEntries(
    [
      'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right',
      'left left-mid mid mid-mid right right-mid middle',
    ]
      .flatMap((names) => names.split(' '))
      .map((name) => [name, '']),
  ),
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

export interface BareColumn {
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Rows that cli-table3 is given at once: its work grows with the square of them. */
const ROWS_AT_ONCE = 32;

/** Rows of cells as lines; every cell must fit its column. Where all letters are narrow, setting them is counting. */
export function layOut(rows: readonly (readonly string[])[], columns: readonly BareColumn[]): string[] {
  if (rows.every((row) => row.every((cell) => NARROW.test(cell)))) {
    return rows.map((row) => row.map((cell, index) => aligned(cell, columns[index]!)).join(''));
  }
  const lines: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const table = new CliTable({
      ...BARE,
      colWidths: columns.map(({ width }) => width),
      colAligns: columns.map(({ align }) => align),
    });
    for (const row of rows.slice(start, start + ROWS_AT_ONCE)) table.push([...row]);
    lines.push(...table.toString().split('\n'));
  }
  return lines;
}

/** A cell of narrow letters, as wide as its column. */
function aligned(cell: string, { width, align }: BareColumn): string {
  return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
}

/** Columns the text takes. Asks cli-table3 where letters may be wide, so that both always agree. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  const room = text.length * 2 + 2;
  const [line] = layOut([[`|${text}`]], [{ width: room, align: 'right' }]) as [string];
  return room - 1 - line.indexOf('|');
}

/** The text in at most so many columns, `mark` in place of what is cut; never half a letter. */
export function shortened(text: string, width: number, mark: string): string {
  if (widthOf(text) <= width) return text;
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  let kept = '';
  for (const { segment } of letters) {
    if (widthOf(kept + segment) + mark.length > width) break;
    kept += segment;
  }
  return width < mark.length ? '' : kept.trimEnd() + mark;
}

/** Spaces up to the width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Lines of at most `width` columns, broken at spaces; what continues is set in by `indent`. */
export function wrapped(text: string, of: { width: number; indent: string; mark: string }): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= of.width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line.replace(/ \u00b7$/, ''));
    line = '';
    if (word === '·') continue;
    const start = lines.length === 0 ? '' : of.indent;
    line = shortened(start + word, of.width, of.mark);
  }
  return line === '' ? lines : [...lines, line];
}
