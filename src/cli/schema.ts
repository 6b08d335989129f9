/** `leadgoal schema`: JSON Schema of the plan file and of results. */
import { Argument, type Command } from 'commander';
import type { CommandContext } from './command.ts';
import { EXIT } from './io.ts';

const EXAMPLES = `Examples:
  leadgoal schema plan > plan.schema.json       for your editor: # yaml-language-server: $schema=plan.schema.json
  leadgoal schema result                        of whatever is written with -f json, told apart by "format"
`;

export function schemaCommand(command: Command, { io, done }: CommandContext): void {
  command
    .addHelpText('before', EXAMPLES)
    .addArgument(new Argument('<of>', 'which schema').choices(['plan', 'result']))
    .action(async (of: 'plan' | 'result') => {
      const { planJsonSchema, resultJsonSchema } = await import('../files/json-schema.ts');
      io.out(`${JSON.stringify(of === 'plan' ? planJsonSchema() : resultJsonSchema(), null, 2)}\n`);
      done(EXIT.done);
    });
}
