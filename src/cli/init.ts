/** `leadgoal init`: a plan that runs at once. Never overwrites. */
import type { Command } from 'commander';
import { initTemplate } from '../files/init-template.ts';
import { writeNewFile } from '../files/read.ts';
import { hasErrors } from '../problem.ts';
import type { CommandContext } from './command.ts';
import { complain } from './complain.ts';
import { EXIT } from './io.ts';

const EXAMPLES = `Examples:
  leadgoal init && leadgoal plan
  leadgoal init emea.yaml && leadgoal plan emea.yaml
`;

export function initCommand(command: Command, { io, done }: CommandContext): void {
  command
    .addHelpText('before', EXAMPLES)
    .argument('[file]', 'where to write it', 'leadgoal.yaml')
    .action((file: string) => {
      const template = initTemplate();
      const written =
        template.value === null ? template : writeNewFile({ path: file, pieces: [template.value] });
      if (hasErrors(written.problems)) return done(complain(written.problems, io, 'text'));
      io.err(
        `wrote ${file}; see its goals with: leadgoal plan${file === 'leadgoal.yaml' ? '' : ` ${file}`}\n`,
      );
      return done(EXIT.done);
    });
}
