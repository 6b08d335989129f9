/** Where results go: standard output, or files that are replaced whole. */
import type { Input } from '../files/input.ts';
import { exists, realPath, replaceFiles } from '../files/read.ts';
import { error, NOWHERE, type Problem } from '../problem.ts';
import type { Io } from './io.ts';
import type { Format, TypedOptions } from './options.ts';

/** How a text report is set. */
export interface TextStyle {
  readonly width: number;
  readonly ascii: boolean;
  readonly colour: boolean;
}

/** Columns where there is no terminal. */
const DEFAULT_WIDTH = 100;

/** For the terminal: its width and colours. */
export function terminalStyle(options: TypedOptions, io: Io): TextStyle {
  const { NO_COLOR, TERM } = io.environment;
  return {
    width: options.width ?? io.columns ?? DEFAULT_WIDTH,
    ascii: options.ascii ?? false,
    colour: io.isTerminal && options.color !== false && !NO_COLOR && TERM !== 'dumb',
  };
}

/** For files: the same on every machine. */
export function fileStyle(options: TypedOptions): TextStyle {
  return { width: options.width ?? DEFAULT_WIDTH, ascii: options.ascii ?? false, colour: false };
}

export interface Target<Written extends string = Format> {
  /** Null: standard output. */
  readonly path: string | null;
  readonly format: Written;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  json: 'json',
  csv: 'csv',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'plain',
};

/** The files named with --output, each with the format of its extension; else standard output. */
export function targetsOf<Written extends string = Format>(
  options: TypedOptions,
  more: Readonly<Record<string, Written>> = {},
): { targets: Target<Format | Written>[]; problems: Problem[] } {
  const extensions: Readonly<Record<string, Format | Written>> = { ...EXTENSIONS, ...more };
  const files = options.output ?? [];
  if (files.length === 0) return { targets: [{ path: null, format: options.format }], problems: [] };
  const problems: Problem[] = [];
  for (const path of files.filter((name, index) => files.indexOf(name) !== index)) {
    problems.push(
      error('usage', NOWHERE, { detail: `the file ${path} is named twice`, hint: 'name each file once' }),
    );
  }
  const targets = files.flatMap((path): Target<Format | Written>[] => {
    if (path === '-') return [{ path: null, format: options.format }];
    const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
    const format = Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
    if (format !== undefined) return [{ path, format }];
    const known = Object.keys(extensions)
      .map((name) => `.${name}`)
      .join(', ');
    problems.push(
      error('usage', NOWHERE, { detail: `no format for the file ${path}`, hint: `use one of ${known}` }),
    );
    return [];
  });
  return { targets, problems };
}

/** Files to write that are read too: a result must never take the place of its input. */
export function targetsAmong(targets: readonly Target<string>[], inputs: readonly Input[]): Problem[] {
  const read = new Set(inputs.map(({ shown }) => realPath(shown)));
  return targets.flatMap(({ path }) =>
    path !== null && read.has(realPath(path))
      ? [
          error('usage', NOWHERE, {
            detail: `${path} is an input of this plan`,
            hint: 'write to another file',
          }),
        ]
      : [],
  );
}

/** The goals that people were given are not written over, whatever is made of the plan later. */
export function keepsAgreed(targets: readonly Target[], agreed: string | null): Problem[] {
  const isAgreed = ({ path }: Target) =>
    path !== null && agreed !== null && realPath(path) === realPath(agreed) && exists(agreed);
  return targets.filter(isAgreed).map(({ path }) =>
    error('usage', NOWHERE, {
      detail: `${path} holds the goals that were agreed`,
      hint: 'write to another file; to agree on new goals, remove it first',
    }),
  );
}

/** What is to be written where. */
export interface Result<Written extends string = Format> {
  readonly target: Target<Written>;
  readonly pieces: Iterable<string>;
}

/** Writes the results that go to files: all of them, or none where one cannot be written. */
export function writeFiles(results: readonly Result<string>[]): readonly Problem[] {
  const files = results.flatMap(({ target: { path }, pieces }) => (path === null ? [] : [{ path, pieces }]));
  return replaceFiles(files).problems;
}

/** Prints the results that go to standard output; stops when nobody reads any more. */
export function print(results: readonly Result<string>[], io: Io): void {
  for (const { target, pieces } of results) {
    if (target.path === null) for (const piece of pieces) if (!io.out(piece)) return;
  }
}
