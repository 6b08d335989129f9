/** The command line from arguments to exit code. Loads as little as the command needs. */
import { EXIT, type Io } from './io.ts';

export type { Io } from './io.ts';

/** Runs one command. Never throws: a fault of our own is said and ends with 70. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(args, io);
  } catch (fault) {
    const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    io.err(
      `leadgoal: this is our own fault, not yours. Please report it with the command you ran.\n${text}\n`,
    );
    return EXIT.ourFault;
  }
}
