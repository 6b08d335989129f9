/** `leadgoal check`: validate inputs and say what was detected. */
import { type Command, Option } from 'commander';
import { planGoals } from '../plan/goals.ts';
import { hasErrors } from '../problem.ts';
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
  const loaded = await loadRequested(planRequest(path, options, { io }));
  const planned = loaded.value === null ? null : planGoals(loaded.value.model);
  const problems = [...loaded.problems, ...(planned?.problems ?? [])];
  const format = options.format === 'json' ? 'json' : 'text';
  if (loaded.value === null || hasErrors(problems)) return complain(problems, io, format);
  const checked = { ...loaded.value, problems };
  io.out(format === 'json' ? checkJson(checked) : `${checkLines(loaded.reports, problems).join('\n')}\n`);
  if (!options.quiet && problems.length > 0) {
    io.err(`${problemLines(problems).join('\n')}\n`);
  }
  return EXIT.done;
}
