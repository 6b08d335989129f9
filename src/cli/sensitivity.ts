/** `leadgoal sensitivity`: which input moves the lead goal most. */
import { type Command, Option } from 'commander';
import type { Input } from '../files/input.ts';
import type { PlanModel } from '../plan/model.ts';
import type { Problem } from '../problem.ts';
import { pathUp } from '../rates/rate-row.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { sensitivityCsv, sensitivityJson } from '../report/sensitivity/sensitivity-json.ts';
import { sensitivityView } from '../report/sensitivity/sensitivity-view.ts';
import type { SensitivityShown } from '../report/sensitivity/sensitivity-words.ts';
import { BLOCKS, PLAIN } from '../report/sensitivity/tornado.ts';
import { renderBlocks } from '../report/table.ts';
import { sensitivityOf } from '../scenario/sensitivity/sensitivity.ts';
import type { CommandContext } from './command.ts';
import { complain, problemFormatOf } from './complain.ts';
import { loadRequested } from './crm.ts';
import { deliver } from './deliver.ts';
import type { Io } from './io.ts';
import {
  addOutputOptions,
  addPlanOptions,
  collect,
  type Format,
  planRequest,
  type TypedOptions,
} from './options.ts';
import { keepsAgreed, type TextStyle, targetsAmong, targetsOf } from './output.ts';
import { knownNames, selectionOf } from './select.ts';

const EXAMPLES = `Examples:
  leadgoal sensitivity                                  of the plan here, as a tornado
  leadgoal sensitivity --set quota=+10%                 of the plan with a larger quota
  leadgoal sensitivity --team West                      the rates of one team
  leadgoal sensitivity -f csv | head
`;

const FORMULAS = `
Formulas:
  measured rate   its 80% interval
  counted rate    10% and 90% points of Beta(x + ½, n − x + ½): x of n records
  deal size       mean × (1 ± 1.28 × cv ÷ √deals), where 20 or more closed deals are known
  lag             a month shorter and a month longer, never below 0
  all else        ±10% taken: typed rates and deal sizes, quota, the share of each source (the others
                  give way in proportion)
  at low, at high the company's lead goal over the plan with that input alone at either end; a rate
                  changes in proportion for everybody it speaks of
  +1 point        leads a quarter still to come that the rate saves with one more percentage point
`;

interface SensitivityOptions extends TypedOptions {
  readonly level?: 'company' | 'team';
}

export function sensitivityCommand(command: Command, { io, done }: CommandContext): void {
  command.addHelpText('before', EXAMPLES).addHelpText('after', FORMULAS);
  addOutputOptions(addPlanOptions(command))
    .option('--team <name>', 'only rates of this team and those below it (repeatable)', collect)
    .option('--source <name>', 'only rates and the share of this source (repeatable)', collect)
    .addOption(
      new Option('--level <level>', 'no rates of teams, or only those, however many').choices([
        'company',
        'team',
      ]),
    )
    .option('--bom', 'csv: a byte order mark, for Excel')
    .action(async (plan: string | undefined, options: SensitivityOptions) => {
      done(await runSensitivity(plan, options, io));
    });
}

async function runSensitivity(
  path: string | undefined,
  options: SensitivityOptions,
  io: Io,
): Promise<number> {
  const format = problemFormatOf(options);
  const loaded = await loadRequested(planRequest(path, options, { io }));
  if (loaded.value === null) return complain(loaded.problems, io, format);
  const { model, inputs, agreedFile } = loaded.value;
  const { selection, problems: unknown } = selectionOf(knownNames(model, whoCarries(model)), options);
  const { targets, problems: untargeted } = targetsOf(options);
  const refused = [
    ...unknown,
    ...untargeted,
    ...targetsAmong(targets, inputs),
    ...keepsAgreed(targets, agreedFile),
  ];
  if (refused.length > 0) return complain(refused, io, format);
  const { teams, sources } = selection;
  const found = sensitivityOf(model, { teams, sources, level: options.level ?? null });
  const warnings = [...loaded.problems, ...found.problems];
  if (found.value === null) return complain(warnings, io, format);
  const shown: SensitivityShown = { sensitivity: found.value, picked: [...teams, ...sources] };
  const render = (written: Format, style: TextStyle) =>
    RENDERERS[written]({ shown, inputs, warnings, options, style });
  const { reports } = loaded;
  return deliver({ targets, render, reports, warnings, changes: model.changes }, options, io);
}

/** Teams and reps with quota, and the teams above them. */
function whoCarries({ quotas, reps }: PlanModel): { team: string | null; rep: string | null }[] {
  const carriers = [...quotas.map(({ team, rep }) => ({ team: rep?.team ?? team, rep: rep?.name ?? null }))];
  const teams = [...carriers, ...reps].flatMap(({ team }) => pathUp(team));
  return [...carriers, ...[...new Set(teams)].map((team) => ({ team, rep: null }))];
}

interface Rendering {
  readonly shown: SensitivityShown;
  readonly inputs: readonly Input[];
  readonly warnings: readonly Problem[];
  readonly options: SensitivityOptions;
  readonly style: TextStyle;
}

const text = ({ shown, style }: Rendering, line: string): string[] => [
  renderBlocks(sensitivityView(shown, style.ascii ? PLAIN : BLOCKS), { ...style, line }),
];

/** A new format is one renderer and one line. */
const RENDERERS: Readonly<Record<Format, (of: Rendering) => Iterable<string>>> = {
  table: (of) => text(of, of.style.ascii ? '|' : '│'),
  plain: (of) => text(of, ' '),
  json: ({ shown: { sensitivity }, inputs, warnings }) => sensitivityJson({ sensitivity, inputs, warnings }),
  csv: ({ shown: { sensitivity }, options }) => sensitivityCsv(sensitivity, options.bom ?? false),
  markdown: ({ shown }) => [renderMarkdown(sensitivityView(shown, null))],
};
