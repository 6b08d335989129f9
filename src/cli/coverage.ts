/** `leadgoal coverage`: open pipeline against the quota still to go; where it lands; what changed. */
import type { Command } from 'commander';
import { changesSince } from '../coverage/changes/changes.ts';
import type { Check } from '../coverage/checks.ts';
import { cover } from '../coverage/cover.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { MEASURES } from '../coverage/measures.ts';
import type { Input } from '../files/input.ts';
import type { FileReport } from '../files/side-file.ts';
import type { PlanModel } from '../plan/model.ts';
import { at, hasErrors, type Problem, warning } from '../problem.ts';
import { coverageCsv, coverageJson } from '../report/coverage/coverage-json.ts';
import { type CoverageShown, coverageView } from '../report/coverage/coverage-view.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { Selection } from '../report/selection.ts';
import { renderBlocks } from '../report/table.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { checksOf, incomparable, sayFailed, uncheckable } from './coverage/coverage-checks.ts';
import {
  type Asked,
  addCoverageOptions,
  askedFor,
  type CoverageOptions,
  periodsAsked,
  sourcesAsked,
} from './coverage/coverage-options.ts';
import { loadRequested } from './crm.ts';
import { deliver } from './deliver.ts';
import { EXIT, type Io } from './io.ts';
import { addOutputOptions, addPlanOptions, addRowOptions, type Format, planRequest } from './options.ts';
import { keepsAgreed, type Target, type TextStyle, targetsAmong, targetsOf } from './output.ts';
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

export function coverageCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addCoverageOptions(addOutputOptions(addRowOptions(addPlanOptions(command)))).action(
    async (plan: string | undefined, options: CoverageOptions) => {
      done(await runCoverage(plan, options, io));
    },
  );
}

async function runCoverage(path: string | undefined, options: CoverageOptions, io: Io): Promise<number> {
  const format = problemFormatOf(options);
  const loaded = await loadRequested(planRequest(path, options, { io, purpose: 'coverage' }));
  const asked = askedFor(options);
  const { targets, problems: untargeted } = targetsOf(options);
  if (loaded.value === null)
    return complain([...loaded.problems, ...asked.problems, ...untargeted], io, format);
  const { model, agreedFile } = loaded.value;
  const { periods, problems: unnamed } = periodsAsked(model, options);
  const deals = options.deals === true || asked.since !== null;
  const sources = sourcesAsked(model, options);
  const covered = cover(model, { periods, grain: options.by ?? 'quarter', deals, sources });
  const warnings = [...loaded.problems, ...covered.problems, ...asked.problems];
  if (covered.value === null) return complain([...warnings, ...unnamed], io, format);
  const coverage = covered.value;
  const { selection, picked, problems: unknown } = rowsAsked(model, coverage, options);
  const since = asked.since?.saved ?? null;
  const isNamed = periods.length > 0;
  const checks = checksOf(coverage, { selection, conditions: asked.conditions, since, isNamed });
  const inputs = [...loaded.value.inputs, ...(asked.since === null ? [] : [asked.since.input])];
  const refused = [...unnamed, ...unknown, ...untargeted, ...targetsAmong(targets, inputs)];
  refused.push(...incomparable(model, since, options.since));
  refused.push(...keepsAgreed(targets, agreedFile));
  refused.push(...uncheckable(coverage, asked.conditions, checks));
  if (refused.length > 0 || hasErrors(asked.problems))
    return complain([...asked.problems, ...refused], io, format);
  const of = { coverage, selection, picked, checks, asked, targets, inputs, warnings };
  return show({ ...of, reports: loaded.reports }, options, io);
}

/** Whose rows, and the names that picked sources: rows are of all sources asked for together. */
function rowsAsked(
  model: PlanModel,
  { rows }: Coverage,
  options: CoverageOptions,
): { selection: Selection; picked: string[]; problems: Problem[] } {
  const { selection, problems } = selectionOf(knownNames(model, rows), options);
  const picked = [...selection.sources, ...selection.owners];
  return { selection: { ...selection, sources: [], owners: [] }, picked, problems };
}

interface Showing {
  readonly coverage: Coverage;
  readonly selection: Selection;
  readonly picked: readonly string[];
  readonly checks: readonly Check[];
  readonly asked: Asked;
  readonly targets: readonly Target[];
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
  readonly reports: readonly FileReport[];
}

/** Delivers the result; the exit code tells of checks that failed. */
function show(of: Showing, options: CoverageOptions, io: Io): number {
  const { coverage, selection, picked, checks, asked, targets, inputs, reports } = of;
  const changes = asked.since === null ? null : changesSince(coverage, asked.since.saved);
  const isPartial = changes?.isPartial ?? false;
  const partial = isPartial ? [warning('since_partial', at(options.since ?? null))] : [];
  const warnings = [...of.warnings, ...partial];
  const shown = { coverage, selection, picked, deals: options.deals ?? false, changes, checks };
  const render = (written: Format, style: TextStyle) =>
    RENDERERS[written]({ shown, inputs, warnings, options, style });
  const code = deliver(
    { targets, render, reports, warnings, changes: shown.coverage.model.changes },
    options,
    io,
  );
  return code === EXIT.done ? sayFailed(shown, targets, io) : code;
}

interface Rendering {
  readonly shown: CoverageShown;
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
  readonly options: CoverageOptions;
  readonly style: TextStyle;
}

const text = ({ shown, style }: Rendering, line: string): string[] => [
  renderBlocks(coverageView(shown), { ...style, line }),
];

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<Format, (of: Rendering) => Iterable<string>>> = {
  table: (of) => text(of, of.style.ascii ? '|' : '│'),
  plain: (of) => text(of, ' '),
  json: ({ shown, inputs, warnings }) => coverageJson({ ...shown, inputs, warnings }),
  csv: ({ shown, options }) => coverageCsv(shown, options.bom ?? false),
  markdown: ({ shown }) => [renderMarkdown(coverageView(shown))],
};
