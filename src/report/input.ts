/** Places in input files, by the names the plan gives them. */
import type { Input } from '../files/input.ts';
import type { Where } from '../problem.ts';

/** The place with the file's written name, for results that must not depend on where the command was run. */
export function writtenWhere(where: Where, inputs: readonly Input[]): Where {
  const input = inputs.find((candidate) => candidate.shown === where.file);
  return input ? { ...where, file: input.path } : where;
}

/** Inputs as results list them. */
export function inputRows(inputs: readonly Input[]): { path: string; sha256: string }[] {
  return inputs.map(({ path, sha256 }) => ({ path, sha256: sha256() }));
}

/** `rates.csv:2`; nothing where there is no row. */
export function placeText(where: Where | null): string {
  if (where === null || where.file === null) return '';
  return where.line === null ? where.file : `${where.file}:${where.line}`;
}
