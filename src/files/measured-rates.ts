/** The rates file that `leadgoal rates` writes, YAML or JSON → what it says, with the place of every row. */
import type { Day } from '../period/day.ts';
import type { Parsed, Where } from '../problem.ts';
import { issueProblems, rowProblems, valueProblem } from './measured-faults.ts';
import { type MeasuredDocument, measuredSchema } from './measured-schema.ts';
import { parseDate } from './sheet/date-text.ts';
import { parseYaml } from './yaml-text.ts';

export interface MeasuredFile {
  /** Last day whose facts were known. */
  readonly asOf: Day;
  readonly document: MeasuredDocument;
  readonly whereOf: (path: readonly PropertyKey[]) => Where;
}

/** The key that tells it from every other file; in JSON it may stand anywhere in a line. */
const FORMAT = /(^|[{,\s])["']?format["']?\s*:\s*["']?leadgoal\.rates["']?\s*(,|\}|#|\n|$)/;

/** Whether a text says that it holds measured rates. */
export function isMeasured(text: string): boolean {
  return FORMAT.test(text);
}

/** Whether a file of that name may hold measured rates: all that can be said of one that could not be read. */
export function mayBeMeasured(path: string): boolean {
  return /^-$|\.(ya?ml|json)$/i.test(path);
}

/** Rows of many reps are longer than a plan ever is. */
const LONGEST = 50_000_000;

/**
 * Errors: those of YAML; `value_not_allowed` and `value_empty` at the value (of another version only that it is);
 * `rate_twice` and `deal_size_twice` at the second row.
 */
export function parseMeasured(text: string, shown: string): Parsed<MeasuredFile> {
  const yaml = parseYaml(text, shown, LONGEST);
  if (yaml.value === null) return { value: null, problems: yaml.problems };
  const { value, whereOf } = yaml.value;
  const read = measuredSchema.safeParse(value, { jitless: true });
  if (!read.success) return { value: null, problems: issueProblems(read.error.issues, { value, whereOf }) };
  const { value: asOf } = parseDate(read.data.made.as_of, null);
  const problems = rowProblems(read.data, whereOf);
  const path = ['made', 'as_of'];
  if (asOf === null) problems.push(valueProblem(whereOf(path), { path, value: read.data.made.as_of }));
  if (asOf === null || problems.length > 0) return { value: null, problems };
  return { value: { asOf, document: read.data, whereOf }, problems };
}
