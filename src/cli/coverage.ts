/** `leadgoal coverage`: open pipeline against the quota still to go; where it lands; what changed. */
import type { Command } from 'commander';
import { changesSince } from '../coverage/changes.ts';
import { type Check, type Condition, checkRows } from '../coverage/checks.ts';
import { cover } from '../coverage/cover.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { MEASURES, NEED_RATES } from '../coverage/measures.ts';
import type { SavedCoverage } from '../coverage/saved-coverage.ts';
import type { Input } from '../files/input.ts';
import { readSavedCoverage } from '../files/saved-coverage.ts';
import { formatDay } from '../period/day.ts';
import type { PlanModel } from '../plan/model.ts';
import { at, error, hasErrors, NOWHERE, type Problem, warning } from '../problem.ts';
import { checkLines } from '../report/coverage/checks-lines.ts';
import { coverageCsv, coverageJson } from '../report/coverage/coverage-json.ts';
import { selectedRows } from '../report/coverage/coverage-selection.ts';
import { type CoverageShown, coverageView } from '../report/coverage/coverage-view.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { type Selection, selectedSources } from '../report/selection.ts';
import { renderBlocks } from '../report/table.ts';
import type { CommandContext } from './command.ts';
import { complain } from './complain.ts';
import { conditionOf } from './conditions.ts';
import { loadRequested } from './crm.ts';
import { EXIT, type Io } from './io.ts';
import {
  addOutputOptions,
  addPlanOptions,
  addRowOptions,
  collect,
  type Format,
  planRequest,
  type TypedOptions,
} from './options.ts';
import {
  fileStyle,
  keepsAgreed,
  print,
  type Result,
  type Target,
  type TextStyle,
  targetsAmong,
  targetsOf,
  terminalStyle,
  writeFiles,
} from './output.ts';
import { periodIn } from './period.ts';
import { remark } from './remark.ts';
import { knownNames, selectionOf } from './select.ts';

const EXAMPLES = `Examples:
  leadgoal coverage --as-of today                                     this quarter and the next
  leadgoal coverage --quotas quotas.csv --pipeline opportunities.csv --as-of today
  leadgoal coverage --quotas quotas.csv --crm leads.csv --crm opportunities.csv --as-of today
  leadgoal coverage --deals --rep "Ana Ruiz"                          the deals to work on first
  leadgoal coverage --as-of today --deals -o this-week.json           to compare with next Monday
  leadgoal coverage --as-of today --since last-week.json
  leadgoal coverage --as-of today --fail-when 'to_go_coverage<enough' --level team
`;

const FORMULAS = `
Formulas:
  to go           quota less closed, at least 0
  open            open deals dated in the period; overdue and undated ones stand apart
  lands           closed + what open deals bring on average (each by its age and stage, whatever its
                  date) + deals still to be created by the plan's goals
  open ÷ to go    to-go coverage
  enough          the to-go coverage at which the quota is landed on average: 3× is an accident
  chance          that closed and all that may close reach the quota
  bar             filled: open ÷ to go; light: what is missing to enough
Measures of --fail-when (with <, <=, >, >= or drops): a number, a percent, or another of them as the limit:
  ${Object.keys(MEASURES)
    .join(', ')
    .replace(/(.{70,90}?), /g, '$1,\n  ')}
`;

interface CoverageOptions extends TypedOptions {
  readonly period?: readonly string[];
  readonly deals?: boolean;
  readonly since?: string;
  readonly failWhen?: readonly string[];
}

export function coverageCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addRowOptions(addPlanOptions(command)))
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
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (plan: string | undefined, options: CoverageOptions) => {
      done(await runCoverage(plan, options, io));
    });
}

async function runCoverage(path: string | undefined, options: CoverageOptions, io: Io): Promise<number> {
  const format = options.format === 'json' ? 'json' : 'text';
  const loaded = await loadRequested(planRequest(path, options, { io, purpose: 'coverage' }));
  const asked = askedFor(options);
  const { targets, problems: untargeted } = targetsOf(options);
  if (loaded.value === null)
    return complain([...loaded.problems, ...asked.problems, ...untargeted], io, format);
  const { model } = loaded.value;
  const named = (options.period ?? []).map((text) => periodIn(model, text));
  const unnamed = named.flatMap(({ problems }) => problems);
  const periods = named.flatMap(({ value }) => value ?? []);
  const deals = options.deals === true || asked.since !== null;
  const sources = sourcesAsked(model, options);
  const covered = cover(model, {
    periods,
    grain: options.by ?? 'quarter',
    deals,
    sources,
  });
  const warnings = [...loaded.problems, ...covered.problems, ...asked.problems];
  if (covered.value === null) return complain([...warnings, ...unnamed], io, format);
  const coverage = covered.value;
  const { selection: picked, problems: unknown } = selectionOf(knownNames(model, coverage.rows), options);
  // rows are of all sources asked for together
  const selection = { ...picked, sources: [], owners: [] };
  const since = asked.since?.saved ?? null;
  const inputs = [...loaded.value.inputs, ...(asked.since === null ? [] : [asked.since.input])];
  const refused = [...unnamed, ...unknown, ...untargeted, ...targetsAmong(targets, inputs)];
  refused.push(...incomparable(model, since, options.since));
  refused.push(...keepsAgreed(targets, loaded.value.agreedFile));
  const checks = checksOf(coverage, {
    selection,
    conditions: asked.conditions,
    since,
    isNamed: periods.length > 0,
  });
  refused.push(...uncheckable(coverage, asked.conditions, checks));
  if (refused.length > 0 || hasErrors(asked.problems))
    return complain([...asked.problems, ...refused], io, format);
  const changes = since === null ? null : changesSince(coverage, since);
  if (changes?.isPartial) warnings.push(warning('since_partial', at(options.since ?? null)));
  const shown = {
    coverage,
    selection,
    picked: [...picked.sources, ...picked.owners],
    deals: options.deals ?? false,
    changes,
    checks,
  };
  const of: Rendering = { shown, inputs, warnings, options, io };
  const results: Result[] = targets.map((target) => ({ target, pieces: RENDERERS[target.format](of) }));
  const problems = writeFiles(results);
  if (hasErrors(problems)) return complain(problems, io, format);
  if (!options.quiet) remark(loaded.reports, warnings, io);
  print(results, io);
  return sayFailed(of, targets);
}

/** The sources asked for, by name or owner; null: all. */
function sourcesAsked(model: PlanModel, options: CoverageOptions): ReadonlySet<string | null> | null {
  const only = { ...options, team: [], rep: [], stage: [] };
  const { selection } = selectionOf(knownNames(model, []), only);
  const sources = selectedSources(selection, model.sources);
  return sources === null ? null : new Set(sources.map(({ name }) => name));
}

interface Asked {
  readonly conditions: readonly Condition[];
  readonly since: { readonly saved: SavedCoverage; readonly input: Input } | null;
  readonly problems: readonly Problem[];
}

/** What to compare with, and what must not be. */
function askedFor({ since: path, failWhen = [] }: CoverageOptions): Asked {
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

/** A saved coverage of other money, of a later day, or of a part of the company says nothing of what changed. */
function incomparable(model: PlanModel, since: SavedCoverage | null, path = ''): Problem[] {
  if (since === null) return [];
  const why =
    since.unit !== model.quotaUnit || since.currency !== model.currency
      ? 'currency'
      : since.asOf > model.asOf
        ? 'later'
        : since.rows.some(({ level }) => level === 'company')
          ? null
          : 'part';
  if (why !== null) return [error('since_incomparable', at(path), { why, as_of: formatDay(since.asOf) })];
  return [];
}

/** Checks that cannot be made: without rates, or of no row at all. */
function uncheckable(
  { hasRates, model }: Coverage,
  conditions: readonly Condition[],
  checks: readonly Check[],
): Problem[] {
  const measures = conditions.flatMap(({ measure, limit }) =>
    typeof limit === 'string' ? [measure, limit] : [measure],
  );
  const needing = hasRates ? undefined : measures.find((measure) => NEED_RATES.has(measure));
  if (needing !== undefined) {
    const hint = 'add `rates:` to the plan, or say --rates FILE';
    return [error('usage', NOWHERE, { detail: `--fail-when: ${needing} needs rates`, hint })];
  }
  if (conditions.length === 0 || checks.length > 0) return [];
  const hint = model.reps.length > 0 ? 'choose another --level, --team or --rep' : 'choose another --level';
  return [error('usage', NOWHERE, { detail: '--fail-when: there is no such row to check', hint })];
}

interface Checked {
  readonly selection: Selection;
  readonly conditions: readonly Condition[];
  readonly since: SavedCoverage | null;
  /** Whether periods were named: then all are checked, else the current one alone. */
  readonly isNamed: boolean;
}

/** Of the company unless a level, or a team or rep, was asked for. */
function checksOf({ rows, periods }: Coverage, { selection, conditions, since, isNamed }: Checked): Check[] {
  const { level, teams, reps } = selection;
  const asked = level ?? (reps.length > 0 ? 'rep' : teams.length > 0 ? 'team' : 'company');
  const selected = selectedRows(rows, { ...selection, level: null });
  const meant = isNamed ? selected : selected.filter(({ period }) => period === periods[0]);
  return checkRows(meant, { conditions, level: asked, since });
}

/** The exit code; failed checks are also said on standard error where no text on standard output says them. */
function sayFailed({ shown, io }: Rendering, targets: readonly Target[]): number {
  const { checks, coverage } = shown;
  if (!checks.some(({ status }) => status === 'fail')) return EXIT.done;
  const isSaid = targets.some(({ path, format }) => path === null && format !== 'json' && format !== 'csv');
  const unit = { kind: coverage.model.quotaUnit, currency: coverage.model.currency };
  if (!isSaid) io.err(`${checkLines(checks, unit).join('\n')}\n`);
  return EXIT.checkFailed;
}

interface Rendering {
  readonly shown: CoverageShown;
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
  readonly options: CoverageOptions;
  readonly io: Io;
}

const text = ({ shown }: Rendering, style: TextStyle, line: string): string[] => [
  renderBlocks(coverageView(shown), { ...style, line }),
];

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<Format, (of: Rendering) => Iterable<string>>> = {
  table: (of) => {
    const style = terminalStyle(of.options, of.io);
    return text(of, style, style.ascii ? '|' : '│');
  },
  plain: (of) => text(of, fileStyle(of.options), ' '),
  json: ({ shown, inputs, warnings }) => coverageJson({ ...shown, inputs, warnings }),
  csv: ({ shown, options }) => coverageCsv(shown, options.bom ?? false),
  markdown: ({ shown }) => [renderMarkdown(coverageView(shown))],
};
