/** The plan file that `init` writes: it stands in the package, beside the program. */
import { fileURLToPath } from 'node:url';
import type { Parsed } from '../problem.ts';
import { readBytes } from './read.ts';

/** From `src/files/` as from `dist/` and its chunks, the package is the nearest folder above that has it. */
const PLACES = ['../fixtures/init/leadgoal.yaml', '../../fixtures/init/leadgoal.yaml'];

/** Text of the template. Errors: `file_missing` where the package is incomplete. */
export function initTemplate(): Parsed<string> {
  const found = PLACES.map((place) => readBytes(fileURLToPath(new URL(place, import.meta.url))));
  const read = found.find((file) => file.value !== null) ?? found[0]!;
  if (read.value === null) return { value: null, problems: read.problems };
  return { value: new TextDecoder().decode(read.value.bytes), problems: [] };
}
