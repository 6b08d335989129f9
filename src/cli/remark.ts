/** What is said beside a result, on standard error: how files were read, and warnings. */
import type { FileReport } from '../files/side-file.ts';
import type { Problem } from '../problem.ts';
import { noteLines } from '../report/notes.ts';
import { problemLines } from '../report/problems.ts';
import type { Io } from './io.ts';

export function remark(reports: readonly FileReport[], warnings: readonly Problem[], io: Io): void {
  const lines = [...noteLines(reports), ...problemLines(warnings)];
  if (lines.length > 0) io.err(`${lines.join('\n')}\n`);
}
