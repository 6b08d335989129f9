/** Places in input files, by the names the plan gives them. */
import type { Input } from '../files/input.ts';
import type { Where } from '../problem.ts';

/** The place with the file's written name, for results that must not depend on where the command was run. */
export function writtenWhere(where: Where, inputs: readonly Input[]): Where {
  const input = inputs.find((candidate) => candidate.shown === where.file);
  return input ? { ...where, file: input.path } : where;
}
