/** Messy files of other projects: each is read as its manifest says, or refused with its line and reason. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/files/sheet/decode.ts';
import { parseRecords } from '../../../src/files/sheet/records.ts';
import { sharedPath } from '../../support/shared-data.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
const TORTURE = sharedPath('data/csv-torture');
const FEW = resolve(REPOSITORY, 'fixtures/torture');

/** Records of a file, or the code and line of why there are none. */
function read(path: string): number | string {
  const decoded = decodeText(readFileSync(path), path);
  const parsed = decoded.value ? parseRecords(decoded.value.text, path) : decoded;
  if (parsed.value && 'rows' in parsed.value) return parsed.value.rows.length;
  return parsed.problems.map(({ code, where }) => `${code} ${where.line}`).join();
}

/** The manifest's file and count columns (Python's csv module, blank lines left out). */
function manifest(folder: string): [string, number][] {
  const records = parseRecords(readFileSync(resolve(folder, 'MANIFEST.csv'), 'utf8'), null).value!.rows;
  const [header, ...rows] = records.map((row) => row.cells);
  const count = header!.indexOf('nonblank_records_python_csv');
  return rows.map((cells) => [cells[0]!, Number(cells[count])]);
}

/** Where we read a file otherwise than Python's csv module, knowingly. */
const OTHERWISE: Readonly<Record<string, number | string>> = {
  // Nothing in it.
  'agate/empty.csv': 'no_rows null',
  'csvkit/empty.csv': 'no_rows null',
  'frictionless/empty.csv': 'no_rows null',
  // A record of delimiters alone is blank here; Python counts it.
  'agate/test_no_header.csv': 2,
  'csvkit/blanks_converted.csv': 1,
  'csvkit/test_empty_columns.csv': 3,
  'csvkit/test_empty_columns_long_row.csv': 1,
  'csvkit/test_empty_columns_short_row.csv': 1,
  'frictionless/blank-rows-multiple.csv': 3,
  'frictionless/blank-rows.csv': 3,
  'frictionless/structure-errors.csv': 4,
  'node-csv/issues-cjs/lib/399.csv': 1,
  // Records of spaces, of quoted spaces and of empty quotes are blank here.
  'univocity/csv/essential-dos.csv': 17,
  'univocity/csv/essential-mac.csv': 17,
  'univocity/csv/essential.csv': 17,
  'univocity/examples/example.csv': 11,
  // A NUL is never meant; Python used to refuse it too.
  'csvkit/null_byte.csv': 'file_has_nul 2',
  // A cell that goes on after its closing quote (a backslash before the quote, as a rule): Python joins and splits
  // such cells in silence; we ask for the quotes inside to be doubled.
  'frictionless/escaping.csv': 'quote_misplaced 4',
  'univocity/csv/test.csv': 'quote_misplaced 1',
  'univocity/examples/escape.csv': 'quote_misplaced 1',
  'univocity/examples/european.csv': 'quote_misplaced 3',
  'univocity/tsv/essential-dos.tsv': 'quote_misplaced 16',
  'univocity/tsv/essential-mac.tsv': 'quote_misplaced 16',
  'univocity/tsv/essential.tsv': 'quote_misplaced 16',
};

for (const folder of [FEW, TORTURE]) {
  describe.skipIf(!existsSync(folder))(`files of ${folder.slice(REPOSITORY.length + 1) || folder}`, () => {
    const files = existsSync(folder) ? manifest(folder) : [];
    it.each(files)('%s', (file, records) => {
      expect(read(resolve(folder, file))).toBe(OTHERWISE[file] ?? records);
    });
  });
}

it('has no deviation that is none', () => {
  const counts = new Map([...manifest(FEW), ...(existsSync(TORTURE) ? manifest(TORTURE) : [])]);
  const idle = Object.entries(OTHERWISE).filter(([file, ours]) => counts.get(file) === ours);
  expect(idle).toEqual([]);
});
