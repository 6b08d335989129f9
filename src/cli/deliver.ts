/** The end of every command that has a result: its text to standard output or to files, what is to be said beside it, the exit code. */
import type { FileReport } from '../files/side-file.ts';
import type { Change } from '../plan/change.ts';
import { hasErrors, type Problem } from '../problem.ts';
import { whatIfText } from '../report/what-if.ts';
import { complain, problemFormatOf } from './complain.ts';
import { EXIT, type Io } from './io.ts';
import type { Format, TypedOptions } from './options.ts';
import { fileStyle, print, type Target, type TextStyle, terminalStyle, writeFiles } from './output.ts';
import { remark } from './remark.ts';

export interface Delivery<Written extends string = Format> {
  readonly targets: readonly Target<Written>[];
  /** The result as text, in pieces; those that go to files are asked for before anything is printed. */
  readonly render: (format: Written, style: TextStyle) => Iterable<string>;
  /** How files were read. */
  readonly reports?: readonly FileReport[];
  readonly warnings: readonly Problem[];
  /** What was changed of the plan for a what-if: said beside results that have no room for it. */
  readonly changes?: readonly Change[];
}

/**
 * Writes the files, all or none of them, then says on standard error what is to be said, then prints. The exit code:
 * done, or not done where a file cannot be written; then nothing else is said or printed.
 */
export function deliver<Written extends string>(
  { targets, render, reports = [], warnings, changes = [] }: Delivery<Written>,
  options: TypedOptions,
  io: Io,
): number {
  const results = targets.map((target) => ({
    target,
    pieces: render(
      target.format,
      target.format === 'table' ? terminalStyle(options, io) : fileStyle(options),
    ),
  }));
  const unwritten = writeFiles(results);
  if (hasErrors(unwritten)) return complain(unwritten, io, problemFormatOf(options));
  if (!options.quiet) remark(reports, warnings, io);
  if (!options.quiet && changes.length > 0 && targets.some(({ format: written }) => written === 'csv'))
    io.err(`${whatIfText(changes)}\n`);
  print(results, io);
  return EXIT.done;
}
