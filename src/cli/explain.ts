/** `leadgoal explain`: one goal step by step, from quota to leads. */
import type { Command } from 'commander';
import type { Io } from './io.ts';
export function explainCommand(_program: Command, _io: Io, _done: (code: number) => void): void {}
