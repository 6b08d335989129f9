/** What a command file exports: a function that gives its command examples, options and an action. */
import type { Command } from 'commander';
import type { Io } from './io.ts';

export interface CommandContext {
  readonly io: Io;
  /** Hears the exit code of the command that ran. */
  readonly done: (code: number) => void;
  /** The program with all its commands, for what speaks of them all. */
  readonly everything: () => Promise<Command>;
}

export type AddCommand = (command: Command, context: CommandContext) => void;
