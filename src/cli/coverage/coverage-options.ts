/** What a coverage is asked for beside its plan: options, what it is compared with, which sources and periods. */
import type { Command } from 'commander';
import type { Condition } from '../../coverage/checks.ts';
import type { SavedCoverage } from '../../coverage/saved-coverage.ts';
import type { Input } from '../../files/input.ts';
import { readSavedCoverage } from '../../files/saved-coverage.ts';
import type { PlanModel } from '../../plan/model.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import { error, NOWHERE, type Problem } from '../../problem.ts';
import { selectedSources } from '../../report/selection.ts';
import { conditionOf } from '../conditions.ts';
import { collect, type TypedOptions } from '../options.ts';
import { periodIn } from '../period.ts';
import { knownNames, selectionOf } from '../select.ts';

export interface CoverageOptions extends TypedOptions {
  readonly period?: readonly string[];
  readonly deals?: boolean;
  readonly since?: string;
  readonly failWhen?: readonly string[];
}

/** Adds the options that only `coverage` has. */
export function addCoverageOptions(command: Command): Command {
  return command
    .option('--source <name>', 'only this source: its part of the quota, its deals (repeatable)', collect)
    .option('--owner <name>', 'only the sources of this department (repeatable)', collect)
    .option('--stage <name>', 'deals: only those at this stage (repeatable)', collect)
    .option(
      '--period <period>',
      'month, quarter or year of the plan, in place of this and the next (repeatable)',
      collect,
    )
    .option('--deals', 'list open deals, those expected to bring most first')
    .option('--since <file>', 'what changed since a coverage that was saved with --deals -o FILE.json')
    .option(
      '--fail-when <condition>',
      "exit with 1 when a row is so: 'to_go_coverage<enough', 'chance<80%', 'to_go_coverage drops 10%' (repeatable)",
      collect,
    )
    .option('--bom', 'csv: a byte order mark, for Excel');
}

export interface Asked {
  readonly conditions: readonly Condition[];
  readonly since: { readonly saved: SavedCoverage; readonly input: Input } | null;
  readonly problems: readonly Problem[];
}

/** What to compare with, and what must not be. Errors: `usage`, and those of reading the saved coverage. */
export function askedFor({ since: path, failWhen = [] }: CoverageOptions): Asked {
  const read = path === undefined ? null : readSavedCoverage(path);
  const conditions = failWhen.map(conditionOf);
  const problems = [...(read?.problems ?? []), ...conditions.flatMap((condition) => condition.problems)];
  const given = conditions.flatMap(({ value }) => value ?? []);
  if (read === null && given.some(({ operator }) => operator === 'drops')) {
    const hint = 'name what it is compared with: --since last.json';
    problems.push(error('usage', NOWHERE, { detail: '--fail-when with drops needs --since', hint }));
  }
  return { conditions: given, since: read?.value ?? null, problems };
}

/** The periods named, cut to the plan; none: this one and the next. Errors: those of `periodIn`. */
export function periodsAsked(
  model: PlanModel,
  { period = [] }: CoverageOptions,
): { periods: PlanPeriod[]; problems: Problem[] } {
  const named = period.map((text) => periodIn(model, text));
  return {
    periods: named.flatMap(({ value }) => value ?? []),
    problems: named.flatMap(({ problems }) => problems),
  };
}

/** The sources asked for, by name or owner; null: all. */
export function sourcesAsked(model: PlanModel, options: CoverageOptions): ReadonlySet<string | null> | null {
  const only = { ...options, team: [], rep: [], stage: [] };
  const { selection } = selectionOf(knownNames(model, []), only);
  const sources = selectedSources(selection, model.sources);
  return sources === null ? null : new Set(sources.map(({ name }) => name));
}
