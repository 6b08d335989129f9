/** Saying problems on standard error, as text or as one JSON object. */
import { error, hasErrors, NOWHERE, type Problem } from '../problem.ts';
import { problemJson, problemLines } from '../report/problems.ts';
import { EXIT, type Io } from './io.ts';

export type ProblemFormat = 'text' | 'json';

/** Problems come as JSON where the result would have. */
export function problemFormatOf({ format }: { readonly format: string }): ProblemFormat {
  return format === 'json' ? 'json' : 'text';
}

/** Says all problems and gives the exit code of a command that was not done. */
export function complain(problems: readonly Problem[], io: Io, format: ProblemFormat): number {
  io.err(
    format === 'json' ? problemJson(problems) : `${problemLines(problems).join('\n')}\n${summary(problems)}`,
  );
  return EXIT.notDone;
}

/** With several errors, how many, and that nothing was written. */
function summary(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return hasErrors(problems) && errors > 1 ? `${errors} errors; nothing was written\n` : '';
}

/** A command called wrongly, from the parser's words. */
export function usageProblem(message: string): Problem {
  const [detail = '', suggestion = ''] = message.replace(/^error: /, '').split('\n');
  const hint = suggestion.replace(/^\(?(.*?)\)?$/, '$1').replace(/^Did you mean/, 'did you mean');
  return error('usage', NOWHERE, { detail, hint });
}
