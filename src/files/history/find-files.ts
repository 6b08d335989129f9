/** What a history is read from: files, folders, patterns and standard input → the files there are. */
import { basename, dirname, extname, join } from 'node:path';
import type { HistoryFiles } from '../../history/layout.ts';
import { at, error, type Parsed, type Problem } from '../../problem.ts';
import type { Input } from '../input.ts';
import {
  exists,
  filesIn,
  hashOfFile,
  readBytes,
  readHead,
  STANDARD_INPUT,
  type TemporaryFile,
  temporaryFile,
} from '../read.ts';

const KINDS: Readonly<Record<string, HistoryFiles['kind']>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.parquet': 'parquet',
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
};

export interface FoundFile {
  /** As it was named, or found in a folder that was. */
  readonly path: string;
  /** Its own name, the same wherever it was opened from. */
  readonly name: string;
  /** As it is opened: a copy, where it is no plain text in UTF-8. */
  readonly opened: string;
  readonly kind: HistoryFiles['kind'];
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly inputs: readonly Input[];
  /** Removes copies. */
  readonly close: () => void;
}

function kindOf(path: string): HistoryFiles['kind'] | null {
  const plain = path.replace(/\.gz$/i, '');
  return KINDS[extname(plain).toLowerCase()] ?? null;
}

/** Errors: `history_nothing_there` where a folder or pattern has no such file, and those of reading. */
export function findHistoryFiles(names: readonly string[]): Parsed<FoundFiles> {
  const problems: Problem[] = [];
  const copies: TemporaryFile[] = [];
  const files = names.flatMap((name): FoundFile[] => {
    if (name === STANDARD_INPUT) return fromStandardInput(copies, problems);
    const paths = pathsOf(name);
    if (paths.length === 0) problems.push(error('history_nothing_there', at(name), { path: name }));
    // An engine would only say that there is no such file.
    problems.push(...paths.flatMap(unreadable));
    return paths.map((path) => ({ path, name: basename(path), opened: path, kind: kindOf(path) ?? 'csv' }));
  });
  const inputs = files.map(({ path, name, opened }) => ({
    path: name,
    shown: path,
    sha256: () => hashOfFile(opened),
  }));
  const close = (): void => {
    for (const copy of copies) copy.remove();
  };
  if (problems.length > 0) close();
  return { value: problems.length > 0 ? null : { files, inputs, close }, problems };
}

function unreadable(path: string): readonly Problem[] {
  const { value, problems } = readHead(path, 1);
  return value?.size === 0 ? [error('no_rows', at(path))] : problems;
}

function fromStandardInput(copies: TemporaryFile[], problems: Problem[]): FoundFile[] {
  const read = readBytes(STANDARD_INPUT);
  problems.push(...read.problems);
  if (read.value === null) return [];
  const { bytes } = read.value;
  const kind = startsWith(bytes, 'PAR1')
    ? 'parquet'
    : startsWith(bytes, '{') || startsWith(bytes, '[')
      ? 'json'
      : 'csv';
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const copy = temporaryFile(`history.${kind}${isZipped ? '.gz' : ''}`, bytes);
  copies.push(copy);
  return [{ path: STANDARD_INPUT, name: STANDARD_INPUT, opened: copy.path, kind }];
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((character, index) => bytes[index] === character.charCodeAt(0));

/** A file is itself; of a folder the files in it that hold tables; a pattern is those whose name fits. */
function pathsOf(name: string): string[] {
  const inside = filesIn(name);
  if (inside !== null)
    return inside.filter((file) => kindOf(file) !== null && !isHidden(file)).map((file) => join(name, file));
  const pattern = basename(name);
  if (!/[*?]/.test(pattern) || exists(name)) return [name];
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const fits = new RegExp(`^${escaped}$`);
  return (filesIn(dirname(name)) ?? [])
    .filter((file) => fits.test(file) && (!isHidden(file) || pattern.startsWith('.')))
    .map((file) => join(dirname(name), file));
}

/** What systems and editors leave beside files. */
const isHidden = (file: string): boolean => file.startsWith('.');
