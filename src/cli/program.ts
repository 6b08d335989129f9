/** The program: its commands, and what is said when it is called wrongly. A new command is one file and one line. */
import { Command, CommanderError } from 'commander';
import { checkCommand } from './check.ts';
import { completionCommand } from './completion.ts';
import { explainCommand } from './explain.ts';
import { initCommand } from './init.ts';
import { EXIT, type Io } from './io.ts';
import { planCommand } from './plan.ts';
import { schemaCommand } from './schema.ts';
import { VERSION } from './version.ts';

/** Every command, in the order of the help. Each adds itself and reports its exit code through `done`. */
export type AddCommand = (program: Command, io: Io, done: (code: number) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  planCommand,
  explainCommand,
  initCommand,
  checkCommand,
  schemaCommand,
  completionCommand,
];

const EXAMPLES = `Examples:
  leadgoal init                                                   a plan that runs at once
  leadgoal plan                                                   lead goals of the plan here
  leadgoal plan --quotas quotas.csv --rates rates.csv --deal-size 24000
  leadgoal plan --level team --by quarter -o goals.csv            targets for another system
  leadgoal explain --rep "Ana Ruiz" --period 2027-03              where one number comes from
`;

/** The program with all its commands; `done` hears the exit code of the one that runs. */
export function buildProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('leadgoal')
    .description('How many leads must marketing deliver each month so that every rep makes quota?')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .helpCommand(false)
    .addHelpText('before', EXAMPLES)
    .addHelpText(
      'after',
      '\n`leadgoal <command> --help` shows the options of a command, with examples and formulas.',
    )
    .configureHelp({ helpWidth: helpWidth(io), showGlobalOptions: false })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: () => {},
    });
  for (const add of COMMANDS) add(program, io, done);
  return program;
}

/** Help is set for the terminal it is read on; elsewhere for 100 columns. */
function helpWidth({ columns }: Io): number {
  return Math.max(40, Math.min(120, columns ?? 100));
}

/** Runs the command that the arguments name. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  const program = buildProgram(io, (of) => {
    code = of;
  });
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault;
    if (fault.exitCode === 0) return EXIT.done;
    const { complain, usageProblem } = await import('./complain.ts');
    return complain([usageProblem(fault.message)], io, wantsJson(args) ? 'json' : 'text');
  }
}

/** Whether problems are to be JSON, asked before the arguments could be understood. */
function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, index) =>
      arg === '--format=json' ||
      arg === '-fjson' ||
      ((arg === '-f' || arg === '--format') && args[index + 1] === 'json'),
  );
}
