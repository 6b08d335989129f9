/** The plans that `compare` is given → loaded and planned, or all their problems at once. */
import type { Input } from '../../files/input.ts';
import { exists, STANDARD_INPUT } from '../../files/read.ts';
import { readSavedResult, savedFormat } from '../../files/saved-result.ts';
import type { FileReport } from '../../files/side-file.ts';
import { planGoals } from '../../plan/goals.ts';
import { at, error, hasErrors, type Problem } from '../../problem.ts';
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

/** What was typed: `plan.yaml`, `plan.yaml@stretch`, `@stretch`, `goals.json`; a file of that very name wins. */
export function sideName(typed: string, scenario: string | null): SideName {
  const cut = typed.lastIndexOf('@');
  const isScenario = cut >= 0 && cut < typed.length - 1 && !exists(typed);
  const path = isScenario ? typed.slice(0, cut) : typed;
  const isSaved = path !== '' && path !== STANDARD_INPUT && exists(path) && savedFormat(path) !== null;
  if (isSaved && !isScenario) return { name: typed, path, scenario: null, format: 'leadgoal.plan' };
  return { name: typed, path, scenario: isScenario ? typed.slice(cut + 1) : scenario, format: 'plan_file' };
}

/** Loads them one after the other. Errors: those of loading and planning each, `standard_input_twice`. */
export async function loadSides(
  typed: readonly string[],
  options: TypedOptions,
  io: Io,
): Promise<LoadedSides> {
  const names = typed.map((name) => sideName(name, options.scenario ?? null));
  const fromInput = names.filter(({ path }) => path === STANDARD_INPUT);
  if (fromInput.length > 1) {
    const problems = [error('standard_input_twice', at(null), { first: fromInput[0]!.name })];
    return { sides: [], inputs: [], reports: [], problems };
  }
  const loaded: LoadedSide[] = [];
  for (const called of names) {
    loaded.push(
      called.format === 'leadgoal.plan' ? savedSide(called) : await plannedSide(called, options, io),
    );
  }
  const reports = new Map(loaded.flatMap((side) => side.reports).map((report) => [report.shown, report]));
  return {
    sides: loaded.flatMap(({ side }) => side ?? []),
    inputs: loaded.flatMap(({ inputs }) => inputs),
    reports: [...reports.values()],
    problems: eachOnce(loaded.flatMap(({ problems }) => problems)),
  };
}

function savedSide(called: SideName): LoadedSide {
  const { value, problems } = readSavedResult(called);
  const inputs = value === null ? [] : [{ path: called.path, shown: called.path, sha256: () => '' }];
  return { side: value, inputs, reports: [], problems };
}

async function plannedSide(called: SideName, options: TypedOptions, io: Io): Promise<LoadedSide> {
  const { path, scenario } = called;
  const request = planRequest(path === '' ? undefined : path, options, { io });
  const loaded = await loadRequested({ ...request, scenario });
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
