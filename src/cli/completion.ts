/** `leadgoal completion`: completion scripts for shells, made from the commands themselves. */
import { Argument, type Command } from 'commander';
import type { CommandContext } from './command.ts';
import { EXIT } from './io.ts';

const EXAMPLES = `Examples:
  source <(leadgoal completion bash)                                 for this shell
  leadgoal completion zsh > "\${fpath[1]}/_leadgoal"
  leadgoal completion fish > ~/.config/fish/completions/leadgoal.fish
`;

type Shell = 'bash' | 'zsh' | 'fish';

/** A command with its long options and, where an option or argument has fixed choices, those. */
interface Completable {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    flag: string;
    description: string;
    choices: readonly string[];
    takesFile: boolean;
  }[];
  readonly choices: readonly string[];
}

export function completionCommand(command: Command, { io, done, everything }: CommandContext): void {
  command
    .addHelpText('before', EXAMPLES)
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: Shell) => {
      io.out(SCRIPTS[shell](completables(await everything())));
      done(EXIT.done);
    });
}

function completables(program: Command): Completable[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options
      .filter((option) => !option.hidden && option.long)
      .map((option) => ({
        flag: option.long as string,
        description: option.description,
        choices: option.argChoices ?? [],
        takesFile: /file/.test(option.flags),
      })),
    choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  }));
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly Completable[]) => string>> = {
  bash: (commands) => `_leadgoal() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(' ')} --help --version"
  else
    case "\${COMP_WORDS[1]} $previous" in
${commands.flatMap(bashChoices).join('\n')}
    esac
    if [ -z "$words" ]; then
      case "\${COMP_WORDS[1]}" in
${commands.map(bashWords).join('\n')}
      esac
    fi
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _leadgoal leadgoal
`,
  zsh: (commands) => `#compdef leadgoal
_leadgoal() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(zshCase).join('\n')}
  esac
}
compdef _leadgoal leadgoal
`,
  fish: (commands) => `complete -c leadgoal -f
${commands.flatMap(fishLines).join('\n')}
`,
};

function bashChoices({ name, options }: Completable): string[] {
  return options
    .filter((option) => option.choices.length > 0)
    .map((option) => `      "${name} ${option.flag}") words="${option.choices.join(' ')}" ;;`);
}

function bashWords({ name, options, choices }: Completable): string {
  return `        ${name}) words="${[...choices, ...options.map(({ flag }) => flag), '--help'].join(' ')}" ;;`;
}

function zshCase({ name, options, choices }: Completable): string {
  const specs = options.map(({ flag, description, choices: values, takesFile }) => {
    const value = values.length > 0 ? `:value:(${values.join(' ')})` : takesFile ? ':file:_files' : '';
    return quoted(`*${flag}[${description.replaceAll(/[[\]:]/g, ' ')}]${value}`);
  });
  const argument = quoted(choices.length > 0 ? `1:what:(${choices.join(' ')})` : '*:file:_files');
  return `    ${name}) _arguments ${[...specs, argument].join(' ')} ;;`;
}

function fishLines({ name, description, options, choices }: Completable): string[] {
  const here = `complete -c leadgoal -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c leadgoal -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    `${here} ${choices.length > 0 ? `-a '${choices.join(' ')}'` : '-F'}`,
    ...options.map(({ flag, description: text, choices: values }) => {
      const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : '';
      return `${here} -l ${flag.slice(2)}${value} -d ${quoted(text)}`;
    }),
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
