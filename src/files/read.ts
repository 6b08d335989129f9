/** The only file that touches the disk and standard input. */

import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { at, error, type Parsed, type Problem } from '../problem.ts';

export interface FileBytes {
  readonly bytes: Uint8Array;
  /** Made when asked for: most results name no hash. */
  readonly sha256: () => string;
}

/** The name of standard input. */
export const STANDARD_INPUT = '-';

/**
 * The bytes of a file, or of standard input for `-`.
 * Errors: `file_missing`, `file_is_folder`, `file_unreadable`.
 */
export function readBytes(path: string): Parsed<FileBytes> {
  try {
    const bytes = readFileSync(path === STANDARD_INPUT ? 0 : path);
    return { value: { bytes, sha256: () => sha256Of(bytes) }, problems: [] };
  } catch (fault) {
    return unread(path, fault);
  }
}

function unread(path: string, fault: unknown): Parsed<never> {
  const cause = (fault as NodeJS.ErrnoException).code ?? '';
  const code =
    cause === 'ENOENT' ? 'file_missing' : cause === 'EISDIR' ? 'file_is_folder' : 'file_unreadable';
  return { value: null, problems: [error(code, at(path), { path, cause })] };
}

/** Loads Node's hashes only now: they take a good part of a short run to start. */
function sha256Of(bytes: Uint8Array): string {
  const { createHash } = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(bytes).digest('hex');
}

/** The start of a file, and how long it is. Errors: as of `readBytes`. */
export function readHead(
  path: string,
  most: number,
): Parsed<{ readonly bytes: Uint8Array; readonly size: number }> {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(most);
      const length = readSync(file, bytes, 0, most, 0);
      return { value: { bytes: bytes.subarray(0, length), size: statSync(path).size }, problems: [] };
    } finally {
      closeSync(file);
    }
  } catch (fault) {
    return unread(path, fault);
  }
}

/** The start of what a gzip file holds, from the start of the file. */
export function unzippedHead(bytes: Uint8Array): Uint8Array {
  const { gunzipSync, constants } = createRequire(import.meta.url)('node:zlib') as typeof import('node:zlib');
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
}

/** Whether a gzip file goes to its end. */
export function isWholeGzip(bytes: Uint8Array): boolean {
  const { gunzipSync } = createRequire(import.meta.url)('node:zlib') as typeof import('node:zlib');
  try {
    gunzipSync(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The hash of a file of any length, a piece at a time. */
export function hashOfFile(path: string): string {
  const { createHash } = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(HASHED_PIECE);
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece))
      hash.update(piece.subarray(0, length));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

const HASHED_PIECE = 4_194_304;

/** Names of the files in a folder, by name; null where it is none. */
export function filesIn(path: string): string[] | null {
  if (!existsSync(path) || !statSync(path).isDirectory()) return null;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

export interface TemporaryFile {
  readonly path: string;
  readonly remove: () => void;
}

/** A file outside of the user's folders, for what has to be read again by another reader. */
export function temporaryFile(name: string, content: string | Uint8Array): TemporaryFile {
  const folder = mkdtempSync(join(tmpdir(), 'leadgoal-'));
  const path = join(folder, name);
  const file = openSync(path, 'w');
  try {
    writeSync(file, content as string);
  } finally {
    closeSync(file);
  }
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The nearest file of that name, in the folder or above it; null where there is none. */
export function findUpwards(name: string, folder: string): string | null {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const path = join(here, name);
    if (existsSync(path) && statSync(path).isFile()) return path;
    if (dirname(here) === here) return null;
  }
}

/** Whether there is a file of that name. */
export function exists(path: string): boolean {
  return existsSync(path);
}

/** The one path of a file, whatever links and dots it is named by. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

export interface NewFile {
  readonly path: string;
  readonly pieces: Iterable<string>;
}

/**
 * Replaces files whole: all are written beside their places first, then renamed, so that nobody ever sees half of
 * one, and none is there where another cannot be written. Errors: `file_not_writable`.
 */
export function replaceFiles(files: readonly NewFile[]): Parsed<true> {
  const problems = files.flatMap(writeBeside);
  if (problems.length === 0) problems.push(...files.flatMap(moveInPlace));
  for (const { path } of files) rmSync(beside(path), { force: true });
  return { value: problems.length === 0 ? true : null, problems };
}

/** A file that must not be there yet. Errors: `file_exists`, `file_not_writable`. */
export function writeNewFile(file: NewFile): Parsed<true> {
  const { path } = file;
  if (existsSync(path)) return { value: null, problems: [error('file_exists', at(path), { path })] };
  return replaceFiles([file]);
}

function beside(path: string): string {
  return `${path}.partial`;
}

function writeBeside({ path, pieces }: NewFile): Problem[] {
  return told(path, () => {
    const file = openSync(beside(path), 'w');
    try {
      for (const piece of pieces) writeSync(file, piece);
    } finally {
      closeSync(file);
    }
  });
}

function moveInPlace({ path }: NewFile): Problem[] {
  return told(path, () => renameSync(beside(path), path));
}

function told(path: string, write: () => void): Problem[] {
  try {
    write();
    return [];
  } catch (fault) {
    const cause = (fault as NodeJS.ErrnoException).code;
    if (cause === undefined) throw fault;
    return [error('file_not_writable', at(path), { path, cause })];
  }
}
