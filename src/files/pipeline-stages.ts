/** At which of our stages the rows of a pipeline file stand, open, won or lost. */
import type { PipelineRecord } from '../plan/model.ts';
import type { Problem } from '../problem.ts';
import { namesLeftOut } from './pipeline-names.ts';
import { spreadsheetError } from './sheet/number-text.ts';
import type { Row } from './sheet/records.ts';
import type { CellReader } from './sheet/sheet-cells.ts';
import type { Sheet } from './sheet/sheet-model.ts';
import type { StageMeant, StageWords } from './stage-words.ts';

export interface RowStages {
  /** Null where nobody said what the row's stage means. */
  of(row: Row): Pick<PipelineRecord, 'stage' | 'outcome' | 'crmStage'> | null;
  /** Remembers a row that is left out for its stage. */
  unknown(row: Row, amount: number): void;
  /** Whether the records of the file begin in that stage. */
  beginsIn(stage: number): boolean;
  /** Whether the CRM has several names within it. */
  hasSeveral(stage: number): boolean;
  problems(): Problem[];
}

const YES = /^(true|yes|y|1|x)$/i;
const WON = /^(true|yes|y|1|x|(closed[ -]?)?won)$/i;
const NOT_WON = /^(false|no|n|0)?$/i;
const LOST = /^(closed[ -]?)?lost$/i;

/**
 * Won and lost as the CRM's flags say, else as the stage's name says. Where the plan says nothing of stages and the
 * file has none of ours, what is not closed is taken to be at the stage before the last: that is what CRMs call open.
 */
export function stagesOfRows(
  sheet: Sheet,
  read: CellReader,
  { words, stages }: { readonly words: StageWords; readonly stages: readonly string[] },
): RowStages {
  const last = stages.length - 1;
  const left = namesLeftOut();
  const index = sheet.columns.find(({ name }) => name === 'stage')?.index ?? -1;
  const textIn = (row: Row) => (spreadsheetError(row.cells[index] ?? '') ? '' : (row.cells[index] ?? ''));
  // faults of the cells are told once, here
  const named = [...new Set(sheet.rows.map((row) => read.text(row, 'stage') ?? ''))];
  const meant = new Map(named.map((text) => [text, text === '' ? null : words.meant(text)]));
  const open = [...meant.values()].filter((stage): stage is number => stage !== null && stage !== 'lost');
  const openStages = open.filter((stage) => stage < last);
  const isUnsaid = !words.areSaid && openStages.length === 0;
  const taken = new Map<string, { row: Row; count: number }>();
  const stageOf = (row: Row, text: string): StageMeant | null => {
    const stage = meant.get(text) ?? null;
    if (stage !== null || !isUnsaid || text === '') return stage;
    const known = taken.get(text);
    taken.set(text, { row: known?.row ?? row, count: (known?.count ?? 0) + 1 });
    return last - 1;
  };
  const has = (column: string) => sheet.columns.some(({ name }) => name === column);
  const knowsWon = has('is_won');
  const hasFlags = knowsWon || has('is_closed');
  const standing = (stage: StageMeant | null, crmStage: string): ReturnType<RowStages['of']> => {
    if (stage === null) return null;
    if (stage === 'lost') return { stage: last - 1, outcome: 'lost', crmStage };
    return { stage, outcome: stage === last ? 'won' : 'open', crmStage };
  };
  const begins = openStages.reduce((least, stage) => Math.min(least, stage), last - 1);
  return {
    of(row) {
      const crmStage = textIn(row);
      if (!hasFlags) return standing(stageOf(row, crmStage), crmStage);
      const won = read.text(row, 'is_won') ?? '';
      if (WON.test(won)) return { stage: last, outcome: 'won', crmStage };
      const isClosed = YES.test(read.text(row, 'is_closed') ?? '');
      const byName = meant.get(crmStage) ?? null;
      const isNotWon = NOT_WON.test(won);
      // Closed, and nobody says how.
      if (isClosed && byName === null && !LOST.test(won) && !(knowsWon && isNotWon)) return null;
      const isLost = LOST.test(won) || (isClosed && isNotWon && byName !== last);
      return standing(isLost ? 'lost' : stageOf(row, crmStage), crmStage);
    },
    unknown(row, amount) {
      left.add('pipeline_stage_unknown', { text: textIn(row), row, column: 'stage', amount });
    },
    beginsIn: (stage) => stage === begins,
    hasSeveral: (stage) => isUnsaid || openStages.filter((of) => of === stage).length > 1,
    problems() {
      const [first] = taken.values();
      if (first === undefined) return left.problems(read);
      const args = {
        names: [...taken].map(([text, { count }]) => `${asYaml(text)} (${count})`).join(', '),
        list: [...taken.keys()].map(asYaml).join(', '),
        stage: stages[last - 1]!,
      };
      const unsaid = read.problemAt(first.row, 'stage', { code: 'pipeline_stages_unsaid', arguments: args });
      return [unsaid, ...left.problems(read)];
    },
  };
}

/** A name as it may stand in a YAML list. */
function asYaml(text: string): string {
  return /^(?![\d.]+$)[\p{L}\p{N}][\p{L}\p{N} ./&()%+-]*$/u.test(text) ? text : JSON.stringify(text);
}
