/** Runs the command line in process, in a folder, with a world of its own: no terminal, no clock. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Io, run } from '../../src/cli/run.ts';

export const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface CliWorld {
  /** The folder the command runs in; paths in messages start there. */
  readonly cwd?: string;
  readonly environment?: Io['environment'];
  /** Columns of the terminal; no terminal where it is not said. */
  readonly columns?: number;
  readonly today?: string;
}

/** Exit code and all output of one command. Changes the process's folder while it runs: one at a time. */
export async function runCli(args: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const { cwd = FIXTURES, environment = {}, columns, today = '2026-12-15' } = world;
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
      return true;
    },
    err: (text) => {
      err += text;
      return true;
    },
    columns: columns ?? null,
    isTerminal: columns !== undefined,
    environment,
    today: () => today,
  };
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return { code: await run(args, io), out, err };
  } finally {
    process.chdir(before);
  }
}

/** The arguments in a fixture's `args`: words, or texts in double quotes. */
export function argsIn(folder: string, otherwise: string): string[] {
  const line = readIfThere(resolve(folder, 'args')) ?? otherwise;
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
}

/** The text of a file, or null where there is none. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
