/** Finding the plan file and laying options over it. */
import { relative } from 'node:path';
import { at, error, type Parsed, type Problem, type Where } from '../problem.ts';
import type { Input } from './input.ts';
import type { RawPlan } from './plan-file.ts';
import type { PlanRequest } from './plan-request.ts';
import { type FileBytes, findUpwards, readBytes, STANDARD_INPUT } from './read.ts';
import { decodeText } from './sheet/decode.ts';
import { folderOf } from './side-file.ts';
import type { ChangeText } from './what-if/change-text.ts';
import { changesAsked } from './what-if/changes-asked.ts';
import { withRawChanges } from './what-if/raw-changes.ts';
import { parseYaml } from './yaml-text.ts';

/** The name under which a plan is looked for. */
export const PLAN_NAME = 'leadgoal.yaml';

export interface RawPlanFile {
  readonly raw: RawPlan;
  /** What messages call the plan; null where there is only the command line. */
  readonly shown: string | null;
  readonly folder: string;
  readonly inputs: readonly Input[];
  /** What is changed for a what-if, in order. */
  readonly changes: readonly ChangeText[];
  /** Those of them that need the whole model. */
  readonly laterChanges: readonly ChangeText[];
  /** What is wrong with others of them. */
  readonly changeFaults: readonly Problem[];
  /** Keys that a change was typed for: paths in them start where the command was run. */
  readonly typedKeys: readonly string[];
}

/** Errors: `plan_missing`, `plan_not_map`, `plan_is_result`, `standard_input_twice`, those of reading and of YAML. */
export function readRawPlan(request: PlanRequest): Parsed<RawPlanFile> {
  const { keys } = request;
  const complete = keys.quotas !== undefined && (keys.rates ?? keys.pipeline ?? keys.crm) !== undefined;
  const path = request.plan ?? (complete ? null : nearestPlan());
  if (path === null) {
    if (complete) return asAsked(EMPTY, request);
    return { value: null, problems: [error('plan_missing', at(null), { name: PLAN_NAME })] };
  }
  const file = readPlanAt(path, request.content ?? null);
  if (file.value === null) return file;
  return asAsked(file.value, request);
}

/** With the options and what-ifs that were typed. */
function asAsked(file: RawPlanFile, request: PlanRequest): Parsed<RawPlanFile> {
  const found = withOptions(file, request);
  const { changes, problems } = changesAsked(found.raw, request);
  const { raw, rest, typed, problems: faults } = withRawChanges(found.raw, changes);
  const changeFaults = [...problems, ...faults];
  return readableOnce({ ...found, raw, changes, laterChanges: rest, changeFaults, typedKeys: typed });
}

/** The plan file that was named, else the nearest one; where there is none, nothing said. */
export function readPlanIfAny(named: string | null): Parsed<RawPlanFile> {
  const path = named ?? nearestPlan();
  return path === null ? { value: EMPTY, problems: [] } : readPlanAt(path);
}

function readPlanAt(path: string, content: FileBytes | null = null): Parsed<RawPlanFile> {
  const file = content === null ? readBytes(path) : { value: content, problems: [] };
  if (file.value === null) return { value: null, problems: file.problems };
  const text = decodeText(file.value.bytes, path);
  if (text.value === null) return { value: null, problems: text.problems };
  const yaml = parseYaml(text.value.text, path);
  if (yaml.value === null) return { value: null, problems: yaml.problems };
  const { value, whereOf, whereOfKey } = yaml.value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { value: null, problems: [error('plan_not_map', at(path, 1))] };
  }
  const { format } = value as { readonly format?: unknown };
  if (typeof format === 'string' && format.startsWith('leadgoal.'))
    return { value: null, problems: [error('plan_is_result', at(path, 1), { format })] };
  const raw = { value: value as Record<string, unknown>, whereOf, whereOfKey };
  const inputs = [{ path: basename(path), shown: path, sha256: file.value.sha256 }];
  return { value: { ...UNCHANGED, raw, shown: path, folder: folderOf(path), inputs }, problems: [] };
}

/** Keys that may name a file, and so standard input. */
const FILE_KEYS = ['quotas', 'deal_size', 'rates', 'reps', 'actuals', 'pipeline', 'crm', 'agreed'];

/** What is read from standard input by one is not there for the next. */
function readableOnce(found: RawPlanFile): Parsed<RawPlanFile> {
  const keys = FILE_KEYS.flatMap((key) =>
    [found.raw.value[key]].flat().flatMap((name) => (name === STANDARD_INPUT ? [key] : [])),
  );
  const [first, ...more] = found.shown === STANDARD_INPUT ? ['the plan', ...keys] : keys;
  const problems = more.map((key) =>
    error('standard_input_twice', found.raw.whereOf([key]), { first: first ?? '' }),
  );
  return { value: problems.length === 0 ? found : null, problems };
}

const COMMAND_LINE = 'command line';

/** Nothing is changed. */
export const UNCHANGED = { changes: [], laterChanges: [], changeFaults: [], typedKeys: [] } as const;

const EMPTY: RawPlanFile = {
  ...UNCHANGED,
  raw: { value: {}, whereOf: () => at(COMMAND_LINE), whereOfKey: () => at(COMMAND_LINE) },
  shown: null,
  folder: '.',
  inputs: [],
};

function nearestPlan(): string | null {
  const found = findUpwards(PLAN_NAME, '.');
  return found === null ? null : relative('.', found) || found;
}

/** In results a plan file goes by its own name, wherever it was opened from. */
function basename(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Keys given as options replace those of the file; what is wrong with them is said of the option. */
function withOptions(file: RawPlanFile, { keys }: PlanRequest): RawPlanFile {
  const optionOf = (key: PropertyKey | undefined): Where | null =>
    key !== undefined && Object.hasOwn(keys, key) ? at(`--${String(key).replaceAll('_', '-')}`) : null;
  return {
    ...file,
    raw: {
      value: { ...file.raw.value, ...keys },
      whereOf: (path) => optionOf(path[0]) ?? file.raw.whereOf(path),
      whereOfKey: (path, key) => optionOf(path[0] ?? key) ?? file.raw.whereOfKey(path, key),
    },
  };
}
