/** `leadgoal check`: validate inputs and say what was detected. */
import { type Command, Option } from 'commander';
import type { PlanRequest } from '../files/plan-request.ts';
import { STANDARD_INPUT } from '../files/read.ts';
import { planGoals } from '../plan/goals.ts';
import { hasErrors, type Problem } from '../problem.ts';
import { checkJson, checkLines } from '../report/check.ts';
import { problemLines } from '../report/problems.ts';
import type { CommandContext } from './command.ts';
import { complain } from './complain.ts';
import { loadRequested } from './crm.ts';
import { EXIT, type Io } from './io.ts';
import { addPlanOptions, planRequest, type TypedOptions } from './options.ts';

const EXAMPLES = `Examples:
  leadgoal check                                  the plan here and every file it names
  leadgoal check --quotas quotas.csv --rates rates.csv --deal-size 24000
  leadgoal check -f json                          encoding, delimiter, columns, totals of each file
`;

export function checkCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES);
  addPlanOptions(command)
    .addOption(
      new Option('-f, --format <format>', 'how it is written')
        .choices(['table', 'plain', 'json'])
        .default('table'),
    )
    .option('--quiet', 'no warnings on standard error')
    .action(async (plan: string | undefined, options: TypedOptions) => {
      done(await runCheck(plan, options, io));
    });
}

async function runCheck(path: string | undefined, options: TypedOptions, io: Io): Promise<number> {
  const request = planRequest(path, options, { io });
  const loaded = await loadRequested(request);
  const planned = loaded.value === null ? null : planGoals(loaded.value.model);
  const found = [...loaded.problems, ...(planned?.problems ?? [])];
  const problems = [...found, ...(await ofScenarios(request, loaded.value?.scenarios ?? [], found))];
  const format = options.format === 'json' ? 'json' : 'text';
  if (loaded.value === null || hasErrors(problems)) return complain(problems, io, format);
  const checked = { ...loaded.value, problems };
  io.out(format === 'json' ? checkJson(checked) : `${checkLines(checked).join('\n')}\n`);
  if (!options.quiet && problems.length > 0) {
    io.err(`${problemLines(problems).join('\n')}\n`);
  }
  return EXIT.done;
}

/** Errors of the plan's scenarios that it has not by itself: nobody wants to meet them in the meeting. */
async function ofScenarios(
  request: PlanRequest,
  scenarios: readonly string[],
  found: readonly Problem[],
): Promise<Problem[]> {
  const isReadOnce =
    request.plan === STANDARD_INPUT || Object.values(request.keys).flat().includes(STANDARD_INPUT);
  if (request.scenario !== null || isReadOnce || hasErrors(found)) return [];
  const problems: Problem[] = [];
  for (const scenario of scenarios) {
    const { value, problems: ofLoading } = await loadRequested({ ...request, scenario });
    const planned = value === null ? [] : planGoals(value.model).problems;
    problems.push(...[...ofLoading, ...planned].filter(({ severity }) => severity === 'error'));
  }
  return problems;
}
