/** The start of a CSV file: decoded, taken apart into records, and copied where an engine could not read it as it is. */
import { at, error, type Parsed } from '../../problem.ts';
import {
  isWholeGzip,
  readBytes,
  readHead,
  type TemporaryFile,
  temporaryFile,
  unzippedHead,
} from '../read.ts';
import { decodeText } from '../sheet/decode.ts';
import { type Delimiter, parseRecords, type Records, type Row } from '../sheet/records.ts';
import type { FoundFile } from './find-files.ts';

/** So much of each file is looked at for its form. */
const LOOKED_AT = 131_072;

export interface CsvHead {
  /** As engines are to open it: a copy, where it is no plain text in UTF-8. */
  readonly opened: string;
  readonly size: number;
  readonly rows: readonly Row[];
  readonly delimiter: Delimiter;
  /** Whether the rows are all there are. */
  readonly isWhole: boolean;
}

/**
 * The start of a file. Errors: those of reading, decoding and of records; `history_unreadable` for a damaged gzip file.
 */
export function csvHead(file: FoundFile, copies: TemporaryFile[]): Parsed<CsvHead> {
  const read = readHead(file.opened, LOOKED_AT);
  if (read.value === null) return { value: null, problems: read.problems };
  const { size } = read.value;
  const isZipped = isGzip(read.value.bytes);
  const bytes = isZipped ? unzipped(read.value.bytes) : read.value.bytes;
  if (bytes === null || (isZipped && (bytes.length === 0 || isCut(file, size)))) return damaged(file);
  const isWhole = !isZipped && bytes.length >= size;
  const decoded = decodeText(isWhole ? bytes : wholeLines(bytes), file.path);
  if (decoded.value === null) return { value: null, problems: decoded.problems };
  const records = recordsOf(decoded.value.text, { path: file.path, isWhole });
  if (records.value === null) return { value: null, problems: records.problems };
  const { rows, delimiter } = records.value;
  const isPlain =
    decoded.value.encoding === 'utf-8' &&
    !hasLoneReturns(bytes) &&
    (isWhole || isZipped || isUtf8(file, size));
  const opened = isPlain && isZipped === /\.gz$/i.test(file.opened) ? file.opened : copied(file, copies);
  if (opened === null) return damaged(file);
  return { value: { opened, size, rows, delimiter, isWhole }, problems: [] };
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Null where what looks zipped is damaged. */
function unzipped(bytes: Uint8Array): Uint8Array | null {
  try {
    return unzippedHead(bytes);
  } catch {
    return null;
  }
}

function damaged({ path }: FoundFile): Parsed<never> {
  return {
    value: null,
    problems: [error('history_unreadable', at(path), { cause: 'the gzip file is damaged' })],
  };
}

/** Files of up to so many bytes are looked at whole for what engines do not see, or do not say. */
const LOOKED_AT_WHOLE = 16_777_216;

/** Whether a gzip file ends early, as after a broken download: engines take what there is for all of it. */
function isCut(file: FoundFile, size: number): boolean {
  if (size > LOOKED_AT_WHOLE) return false;
  const { value } = readBytes(file.opened);
  return value !== null && !isWholeGzip(value.bytes);
}

/** Whether all of a file is UTF-8: names with accents may come only far down. */
function isUtf8(file: FoundFile, size: number): boolean {
  if (size > LOOKED_AT_WHOLE) return true;
  const { value } = readBytes(file.opened);
  if (value === null) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(value.bytes);
    return true;
  } catch {
    return false;
  }
}

/** All records of a file, to tell what its start does not; null where it is too large, or damaged further down. */
export function allRows({ path, opened }: FoundFile): readonly Row[] | null {
  const read = readHead(opened, 1);
  if (read.value === null || read.value.size > LOOKED_AT_WHOLE) return null;
  const whole = readBytes(opened).value?.bytes ?? new Uint8Array();
  const bytes = isGzip(whole) ? unzipped(whole) : whole;
  const text = bytes === null ? null : decodeText(bytes, path).value;
  return text === null ? null : (parseRecords(text.text, path).value?.rows ?? null);
}

/** The records of the start of a file; where that ends inside a quoted cell, those before it. */
function recordsOf(text: string, { path, isWhole }: { path: string; isWhole: boolean }): Parsed<Records> {
  const records = parseRecords(text, path);
  const [fault] = records.problems;
  const line = fault?.where.line ?? 1;
  if (isWhole || fault?.code !== 'quote_not_closed' || line < 2) return records;
  const lines = text.split('\n').slice(0, line - 1);
  return parseRecords(`${lines.join('\n')}\n`, path);
}

/** Whether lines end with CR alone, which engines take for one long line. */
function hasLoneReturns(bytes: Uint8Array): boolean {
  const first = bytes.indexOf(0x0d);
  return first >= 0 && bytes[first + 1] !== 0x0a;
}

/** Up to the last line's end, so that no cell and no character is cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

/** The same text in UTF-8, with line feeds; null where it is zipped and damaged. */
function copied(file: FoundFile, copies: TemporaryFile[]): string | null {
  const whole = readBytes(file.opened).value?.bytes ?? new Uint8Array();
  const bytes = isGzip(whole) ? unzipped(whole) : whole;
  if (bytes === null) return null;
  const text = decodeText(bytes, file.path).value?.text ?? '';
  const copy = temporaryFile('history.csv', text);
  copies.push(copy);
  return copy.path;
}
