/** The only file that touches the disk and standard input. */

import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { at, error, type Parsed } from '../problem.ts';

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
    const cause = (fault as NodeJS.ErrnoException).code ?? '';
    const code =
      cause === 'ENOENT' ? 'file_missing' : cause === 'EISDIR' ? 'file_is_folder' : 'file_unreadable';
    return { value: null, problems: [error(code, at(path), { path, cause })] };
  }
}

/** Loads Node's hashes only now: they take a good part of a short run to start. */
function sha256Of(bytes: Uint8Array): string {
  const { createHash } = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(bytes).digest('hex');
}

/** The nearest file of that name, in the folder or above it; null where there is none. */
export function findUpwards(name: string, folder: string): string | null {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const path = join(here, name);
    if (existsSync(path) && statSync(path).isFile()) return path;
    if (dirname(here) === here) return null;
  }
}

/**
 * Replaces a file whole: written beside it, then renamed, so that nobody ever sees half of it.
 * Errors: `file_not_writable`; `file_exists` where `mustBeNew` is set and it is there.
 */
export function replaceFile(path: string, pieces: Iterable<string>, mustBeNew = false): Parsed<true> {
  if (mustBeNew && existsSync(path))
    return { value: null, problems: [error('file_exists', at(path), { path })] };
  const beside = `${path}.partial`;
  try {
    const file = openSync(beside, 'w');
    try {
      for (const piece of pieces) writeSync(file, piece);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
    return { value: true, problems: [] };
  } catch (fault) {
    rmSync(beside, { force: true });
    const cause = (fault as NodeJS.ErrnoException).code ?? '';
    return { value: null, problems: [error('file_not_writable', at(path), { path, cause })] };
  }
}
