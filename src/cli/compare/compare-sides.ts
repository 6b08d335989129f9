/** The plans that `compare` is given → loaded and planned, or all their problems at once. */
import type { Input } from '../../files/input.ts';
import { exists, type FileBytes, readBytes, STANDARD_INPUT } from '../../files/read.ts';
import { type SavedJson, savedJson, sideOfSaved } from '../../files/saved-result.ts';
import type { FileReport } from '../../files/side-file.ts';
import { planGoals } from '../../plan/goals.ts';
import { at, error, hasErrors, NOWHERE, type Problem } from '../../problem.ts';
import { type Side, type SideName, sideOf } from '../../scenario/compare/side.ts';
import { loadRequested } from '../crm.ts';
import type { Io } from '../io.ts';
import { planRequest, type TypedOptions } from '../options.ts';

export interface LoadedSides {
  /** In the order they were named; those that could not be planned are missing. */
  readonly sides: readonly Side[];
  /** Every file that was read. */
  readonly inputs: readonly Input[];
  readonly reports: readonly FileReport[];
  /** Of all sides, each once. */
  readonly problems: readonly Problem[];
}

interface LoadedSide extends Omit<LoadedSides, 'sides'> {
  readonly side: Side | null;
}

/** What was typed, apart. */
interface Typed {
  readonly name: string;
  readonly path: string;
  /** The scenario after the `@`; null where there is none. */
  readonly scenario: string | null;
}

/** `plan.yaml`, `plan.yaml@stretch`, `@stretch`, `goals.json`; a file of that very name wins. */
function typedSide(name: string): Typed {
  if (name === STANDARD_INPUT) return { name: 'standard input', path: name, scenario: null };
  const cut = name.lastIndexOf('@');
  const isScenario = cut >= 0 && cut < name.length - 1 && !exists(name);
  if (!isScenario) return { name, path: name, scenario: null };
  return { name, path: name.slice(0, cut), scenario: name.slice(cut + 1) };
}

/**
 * Loads them one after the other. Errors: those of loading and planning each, `standard_input_twice`, `usage` where a
 * scenario of saved goals is asked for.
 */
export async function loadSides(
  names: readonly string[],
  options: TypedOptions,
  io: Io,
): Promise<LoadedSides> {
  const all = names.map(typedSide);
  const fromInput = all.filter(({ path }) => path === STANDARD_INPUT);
  if (fromInput.length > 1) {
    const problems = [error('standard_input_twice', at(null), { first: fromInput[0]!.name })];
    return { sides: [], inputs: [], reports: [], problems };
  }
  const loaded: LoadedSide[] = [];
  for (const typed of all) loaded.push(await loadSide(typed, options, io));
  const reports = new Map(loaded.flatMap((side) => side.reports).map((report) => [report.shown, report]));
  return {
    sides: loaded.flatMap(({ side }) => side ?? []),
    inputs: loaded.flatMap(({ inputs }) => inputs),
    reports: [...reports.values()],
    problems: eachOnce(loaded.flatMap(({ problems }) => problems)),
  };
}

/** Saved goals are told by what the file holds, whatever it is called; all else is a plan file. */
async function loadSide(typed: Typed, options: TypedOptions, io: Io): Promise<LoadedSide> {
  const { name, path } = typed;
  const isThere = path === STANDARD_INPUT || (path !== '' && exists(path));
  const content = isThere ? readBytes(path).value : null;
  const saved = content === null ? null : savedJson(content.bytes);
  if (saved === null) {
    const called: SideName = {
      ...{ name, path, format: 'plan_file' },
      scenario: typed.scenario ?? options.scenario ?? null,
    };
    return await plannedSide({ called, content }, options, io);
  }
  if (typed.scenario === null)
    return savedSide({ name, path, scenario: null, format: 'leadgoal.plan' }, saved);
  const hint = `name the plan file they were saved from: leadgoal.yaml@${typed.scenario}`;
  const problem = error('usage', NOWHERE, { detail: `saved goals have no scenarios: ${name}`, hint });
  return { side: null, inputs: [], reports: [], problems: [problem] };
}

function savedSide(called: SideName, saved: SavedJson): LoadedSide {
  const { value, problems } = sideOfSaved(called, saved);
  const inputs = value === null ? [] : [{ path: called.path, shown: called.path, sha256: () => '' }];
  return { side: value, inputs, reports: [], problems };
}

interface PlanFile {
  readonly called: SideName;
  /** Null where it could not be read, or is looked for. */
  readonly content: FileBytes | null;
}

async function plannedSide(
  { called, content }: PlanFile,
  options: TypedOptions,
  io: Io,
): Promise<LoadedSide> {
  const { path, scenario } = called;
  const request = planRequest(path === '' ? undefined : path, options, { io });
  const loaded = await loadRequested({ ...request, scenario, content });
  if (loaded.value === null)
    return { side: null, inputs: [], reports: loaded.reports, problems: loaded.problems };
  const { model, inputs } = loaded.value;
  const planned = planGoals(model);
  const problems = [...loaded.problems, ...planned.problems];
  const side = planned.value === null || hasErrors(problems) ? null : sideOf(planned.value, called, inputs);
  return { side, inputs, reports: loaded.reports, problems };
}

/** What several sides say of the same file is said once. */
function eachOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
