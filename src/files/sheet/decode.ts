/** Bytes → text: which encoding a file is in, and which files are not text at all. Newlines come out as LF. */
import { at, error, type Parsed, type Problem } from '../../problem.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** The characters of the bytes 80 to 9F; five of them mean nothing. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** How many bytes are looked at to tell UTF-16 without a byte order mark, and web pages, from other files. */
const SAMPLE_BYTES = 4096;

/** A text may hold a stray control character; more than this share of the sample is no text. */
const MOST_CONTROL_CHARACTERS = 0.05;

const CONTROL_CHARACTER = /[\x01-\x08\x0e-\x1a\x1c-\x1f]/g;

/**
 * The text of a file: by its byte order mark, as UTF-16 where every other byte is NUL, as UTF-8 where it is
 * valid, else as Windows-1252. CRLF and a bare CR become LF; the byte order mark is left out.
 * Errors: `file_is_workbook`, `file_is_html`, `file_is_binary`, `file_has_nul` (with its line).
 */
export function decodeText(bytes: Uint8Array, file: string | null): Parsed<DecodedText> {
  if (isWorkbook(bytes)) return fault(error('file_is_workbook', at(file)));
  const encoding = encodingOf(bytes);
  const text = withLineFeeds(textIn(bytes, encoding));
  const sample = text.slice(0, SAMPLE_BYTES);
  if (isMarkup(sample)) return fault(error('file_is_html', at(file)));
  if (isBinary(bytes, sample)) return fault(error('file_is_binary', at(file)));
  const nul = text.indexOf('\0');
  if (nul >= 0) return fault(error('file_has_nul', at(file, lineAt(text, nul))));
  return { value: { text, encoding }, problems: [] };
}

/** The number of the line, from 1, in which the character at `index` stands. */
function lineAt(text: string, index: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < index; next = text.indexOf('\n', next + 1))
    line += 1;
  return line;
}

function fault(problem: Problem): Parsed<DecodedText> {
  return { value: null, problems: [problem] };
}

/** An .xlsx or .ods is a zip archive, an .xls an OLE container. */
function isWorkbook(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  return utf16WithoutMark(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
}

/** ASCII characters in UTF-16 have a zero as their high byte, and hardly ever one as their low byte. */
function utf16WithoutMark(bytes: Uint8Array): Encoding | null {
  const pairs = Math.floor(Math.min(bytes.length, SAMPLE_BYTES) / 2);
  if (pairs < 2 || bytes.length % 2 === 1) return null;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (bytes[2 * pair] === 0) even += 1;
    if (bytes[2 * pair + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.7 && even === 0) return 'utf-16le';
  return even > pairs * 0.7 && odd === 0 ? 'utf-16be' : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Node 20 decodes Windows-1252 as Latin-1, which leaves control characters where € and curly quotes stand. */
function textIn(bytes: Uint8Array, encoding: Encoding): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!);
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Some CRMs export a web page, or XML, under the name .xls. */
function isMarkup(sample: string): boolean {
  return /^\s*<(!doctype|html|head|body|table|meta|\?xml|style|div)\b/i.test(sample);
}

/** PDF and gzip by their first bytes; anything else by its share of control characters, NULs included. */
function isBinary(bytes: Uint8Array, sample: string): boolean {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46]) || startsWith(bytes, [0x1f, 0x8b])) return true;
  const nuls = sample.split('\0').length - 1;
  const controls = (sample.match(CONTROL_CHARACTER)?.length ?? 0) + nuls;
  return controls > 1 && controls > sample.length * MOST_CONTROL_CHARACTERS;
}
