/** The program: its commands, and what is said when it is called wrongly. A new command is one file and one line. */
import { Command, CommanderError } from 'commander';
import type { AddCommand, CommandContext } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { VERSION } from './version.ts';

interface CommandEntry {
  readonly name: string;
  /** When it is used: the heading it stands under in the help. */
  readonly when: 'Every Monday:' | 'Each quarter:' | 'When asked:' | 'Set-up:';
  readonly summary: string;
  /** Loads the command only when it is called: the help of the program needs none of them. */
  readonly load: () => Promise<AddCommand>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'coverage',
    when: 'Every Monday:',
    summary: 'open pipeline against the quota still to go; where it lands; what changed',
    load: async () => (await import('./coverage.ts')).coverageCommand,
  },
  {
    name: 'track',
    when: 'Every Monday:',
    summary: 'actuals against the agreed goals: attainment, pace, goals for what is left',
    load: async () => (await import('./track.ts')).trackCommand,
  },
  {
    name: 'rates',
    when: 'Each quarter:',
    summary: 'conversion rates and lags from CRM history, with evidence, as a rates file',
    load: async () => (await import('./rates.ts')).ratesCommand,
  },
  {
    name: 'plan',
    when: 'Each quarter:',
    summary: 'lead goals per owner, source, team and rep, by month, quarter and year',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  {
    name: 'compare',
    when: 'Each quarter:',
    summary: 'plans or saved results side by side: what changed and what it does to the goals',
    load: async () => (await import('./compare.ts')).compareCommand,
  },
  {
    name: 'explain',
    when: 'When asked:',
    summary: 'one goal step by step, from quota to leads, every number with its origin',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'sensitivity',
    when: 'When asked:',
    summary: 'which input moves the lead goal most',
    load: async () => (await import('./sensitivity.ts')).sensitivityCommand,
  },
  {
    name: 'backtest',
    when: 'When asked:',
    summary: 'how far goals made on earlier days would have been off',
    load: async () => (await import('./backtest.ts')).backtestCommand,
  },
  {
    name: 'init',
    when: 'Set-up:',
    summary: 'write a plan file that runs at once, with every key as a comment',
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'check',
    when: 'Set-up:',
    summary: 'validate all inputs and say what was detected in them',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  {
    name: 'schema',
    when: 'Set-up:',
    summary: 'JSON Schema of the plan file or of results',
    load: async () => (await import('./schema.ts')).schemaCommand,
  },
  {
    name: 'completion',
    when: 'Set-up:',
    summary: 'completion script for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completionCommand,
  },
];

const EXAMPLES = `Examples:
  leadgoal init                                                   a plan that runs at once
  leadgoal plan                                                   lead goals of the plan here
  leadgoal plan --quotas quotas.csv --rates rates.csv --deal-size 24000
  leadgoal plan --level team --by quarter -o goals.csv            targets for another system
  leadgoal rates history.csv -o rates.yaml                        rates and lags, measured in the CRM's history
  leadgoal explain --rep "Ana Ruiz" --period 2027-03              where one number comes from
  leadgoal coverage --pipeline opportunities.csv --as-of today    is the pipeline enough?
  leadgoal track --actuals actuals.csv --as-of today              are we on pace?
`;

const MORE = '\n`leadgoal <command> --help` shows the options of a command, with examples.';

/** The program; of its commands those named by `loaded` are there whole, the others by name and summary. */
async function buildProgram(
  io: Io,
  done: (code: number) => void,
  loaded: (name: string) => boolean,
): Promise<Command> {
  const program = new Command('leadgoal')
    .description('How many leads must marketing deliver each month so that every rep makes quota?')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .helpCommand(false)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', MORE)
    .configureHelp({ helpWidth: helpWidth(io), showGlobalOptions: false })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: () => {},
    });
  const context: CommandContext = { io, done, everything: () => buildProgram(io, done, () => true) };
  for (const { name, when, summary, load } of COMMANDS) {
    const command = program.command(name).helpGroup(when).description(summary);
    if (loaded(name)) (await load())(command, context);
  }
  return program;
}

/** Help is set for the terminal it is read on; elsewhere for 100 columns. */
function helpWidth({ columns }: Io): number {
  return Math.max(40, Math.min(120, columns ?? 100));
}

/** Runs the command that the arguments name. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  const done = (of: number) => {
    code = of;
  };
  const program = await buildProgram(io, done, (name) => name === args[0]);
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
