/** `leadgoal plan`: lead goals per owner, source, team and rep, by month, quarter and year. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Input } from '../files/input.ts';
import { parseShare } from '../files/sheet/number-text.ts';
import { planGoals } from '../plan/goals.ts';
import type { Plan } from '../plan/plan.ts';
import { renderPlanMarkdown } from '../report/markdown.ts';
import { renderPlanPlain } from '../report/plain.ts';
import { planCsv } from '../report/plan/plan-csv.ts';
import { planJson } from '../report/plan/plan-json.ts';
import type { Asked } from '../report/plan/plan-scope.ts';
import { renderPlanTable } from '../report/table.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { loadRequested } from './crm.ts';
import { deliver } from './deliver.ts';
import type { Io } from './io.ts';
import {
  addOutputOptions,
  addPlanOptions,
  addSelectionOptions,
  type Format,
  planRequest,
  type TypedOptions,
} from './options.ts';
import { keepsAgreed, type TextStyle, targetsAmong, targetsOf } from './output.ts';
import { knownNames, selectionOf } from './select.ts';

const EXAMPLES = `Examples:
  leadgoal plan                                                     the plan here, as a table
  leadgoal plan plan.yaml --as-of 2027-05-31 --late report
  leadgoal plan --quotas quotas.csv --rates rates.csv --deal-size 24000
  leadgoal plan --quotas quotas.csv --crm leads.csv --crm opportunities.csv --as-of today
  leadgoal plan --set quota=+10% --set "lags.opportunity_to_close=+1 month"
  leadgoal plan --scenario stretch --spend 10%                      what if, and what leads may cost
  leadgoal plan -f csv --level team --by quarter | head
  leadgoal plan -o goals.json -o goals.csv -o goals.md
`;

const FORMULAS = `
Formulas:
  closes needed   quota × share of the source ÷ (1 + over_assigned) ÷ deal size
  no lag          lead goal = closes needed ÷ (rate × rate × …)
  with lags       the pace of leads that, held from this month on, meets the quota at every
                  month-end that this month's leads can still influence; asked again every month
  no source       closes that neither records that exist nor new leads in step can bring in time
  whole goals     running total rounded up, less what was given before: parts add up to totals
  can be worked   capacity × ramp × days there ÷ days in the month
  unworked        whole goal − what can be worked, rounded up: what is begun counts as worked, as the
                  goal was rounded up too
  lead's worth    lead → deal × deal size: the mean over reps, weighted by their leads
  80% interval    10% and 90% points of a lognormal with that mean; its variance ÷ mean² is the sum
                  of those of its rates, where these are measured or counted
`;

export function planCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addSelectionOptions(addPlanOptions(command)))
    .option('--wide', 'csv: the quota and a column per stage')
    .option('--bom', 'csv: a byte order mark, for Excel')
    .option('--spend <share>', 'what may be paid for leads: a share of the revenue they bring', spendShare)
    .action(async (plan: string | undefined, options: PlanOptions) => {
      done(await runPlan(plan, options, io));
    });
}

/** Above 0 and up to 100 %. */
function spendShare(text: string): number {
  const share = parseShare(text.trim(), 'point').value;
  if (share === null || !(share > 0 && share <= 1))
    throw new InvalidArgumentError('write a share above 0% and up to 100%, such as 10%.');
  return share;
}

/** Options of this command alone. */
interface PlanOptions extends TypedOptions {
  readonly spend?: number;
}

async function runPlan(path: string | undefined, options: PlanOptions, io: Io): Promise<number> {
  const format = problemFormatOf(options);
  const loaded = await loadRequested(planRequest(path, options, { io }));
  if (loaded.value === null) return complain(loaded.problems, io, format);
  const planned = planGoals(loaded.value.model);
  if (planned.value === null) return complain([...loaded.problems, ...planned.problems], io, format);
  const plan: Plan = { ...planned.value, warnings: [...loaded.problems, ...planned.problems] };
  const { selection, problems: unknown } = selectionOf(knownNames(plan.model, plan.allLines), options);
  const { targets, problems: untargeted } = targetsOf(options);
  const overwriting = [
    ...targetsAmong(targets, loaded.value.inputs),
    ...keepsAgreed(targets, loaded.value.agreedFile),
  ];
  const refused = [...unknown, ...untargeted, ...overwriting];
  if (refused.length > 0) return complain(refused, io, format);
  const { inputs } = loaded.value;
  const render = (written: Format, style: TextStyle) =>
    RENDERERS[written]({
      plan,
      selection: { ...selection, spend: options.spend ?? null },
      inputs,
      options,
      style,
    });
  return deliver(
    { targets, render, reports: loaded.reports, warnings: plan.warnings, changes: plan.model.changes },
    options,
    io,
  );
}

interface Rendering {
  readonly plan: Plan;
  readonly selection: Asked;
  readonly inputs: readonly Input[];
  readonly options: TypedOptions;
  readonly style: TextStyle;
}

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<Format, (of: Rendering) => Iterable<string>>> = {
  table: ({ plan, selection, style }) => [renderPlanTable(plan, selection, style)],
  plain: ({ plan, selection, style }) => [renderPlanPlain(plan, selection, style)],
  json: ({ plan, selection, inputs }) => planJson(plan, selection, inputs),
  csv: ({ plan, selection, options }) =>
    planCsv(plan, selection, { wide: options.wide ?? false, bom: options.bom ?? false }),
  markdown: ({ plan, selection }) => [renderPlanMarkdown(plan, selection)],
};
