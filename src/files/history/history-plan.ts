/** What a plan file says of a history: its stages, the CRM's names for them, its columns, its day. */
import type { StageMeaning } from '../../history/layout.ts';
import type { Day } from '../../period/day.ts';
import type { Change } from '../../plan/change.ts';
import { error, hasErrors, NOWHERE, type Parsed, type Problem } from '../../problem.ts';
import type { Input } from '../input.ts';
import { parsePlanFile } from '../plan-file.ts';
import { funnelOf } from '../plan-parts.ts';
import { readPlanIfAny } from '../raw-plan.ts';
import type { Decimal } from '../sheet/decimal.ts';
import { nearestWord } from '../sheet/nearest.ts';
import { shownFrom } from '../side-file.ts';
import { stageWordsOf } from '../stage-words.ts';
import { asWritten, type ChangeText } from '../what-if/change-text.ts';
import { changesAsked } from '../what-if/changes-asked.ts';
import { withRawChanges } from '../what-if/raw-changes.ts';

export interface HistoryPlanRequest {
  /** Null: the nearest plan file, if there is one. */
  readonly plan: string | null;
  /** In place of the plan's; null: those. */
  readonly stages: readonly string[] | null;
  /** Our name (a stage too) → header, before the plan's `columns:`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Changes of the plan file's keys as they were typed: `columns.rep=Deal owner`. */
  readonly set: readonly string[];
  readonly decimal: Decimal | null;
}

export interface HistoryPlanRead {
  readonly name: string | null;
  readonly currency: string | null;
  readonly definitions: Readonly<Record<string, string>>;
  readonly stages: readonly string[];
  readonly meaning: StageMeaning;
  readonly columns: Readonly<Record<string, string>>;
  readonly asOf: Day | null;
  /** The plan's sources with who owes their leads; none where it names none. */
  readonly sources: readonly { readonly name: string; readonly owner: string | null }[];
  /** The plan's `crm:`, as they can be opened from here. */
  readonly crm: readonly string[];
  readonly inputs: readonly Input[];
  /** What was changed of the plan file. */
  readonly changes: readonly Change[];
}

/** Names of columns beside the stages that may be mapped. */
export const HISTORY_COLUMNS = [
  'id',
  'record',
  'rep',
  'team',
  'source',
  'amount',
  'lost',
  'stage',
  'to_stage',
  'entered',
  'created',
  'close_date',
  'won_date',
  'is_won',
  'is_closed',
  'lost_at',
  'stage_since',
  'field',
  'link',
];

/**
 * Errors: those of the plan file, of changes and of its funnel; `usage` for a column that is none, and for a change of what
 * no history depends on.
 */
export function readHistoryPlan(request: HistoryPlanRequest): Parsed<HistoryPlanRead> {
  const found = readPlanIfAny(request.plan);
  if (found.value === null) return { value: null, problems: found.problems };
  const { folder, inputs, shown } = found.value;
  const asked = changesAsked(found.value.raw, { scenario: null, set: request.set, decimal: request.decimal });
  const changed = withRawChanges(found.value.raw, asked.changes);
  const funnel = request.stages === null ? {} : { funnel: [...request.stages] };
  const raw = { ...changed.raw, value: { ...changed.raw.value, ...funnel } };
  const read = parsePlanFile(raw);
  if (read.value === null) return { value: null, problems: read.problems };
  const { file } = read.value;
  const { funnel: stages, problems: ofFunnel } = funnelOf(file, raw);
  const { words, problems: ofWords } = stageWordsOf(
    request.stages === null ? file : { ...file, stages: knownStages(file.stages, request.stages) },
    raw,
    stages.stages,
  );
  const problems: Problem[] = [
    ...asked.problems,
    ...changed.problems,
    ...changed.rest.map(changesNothing),
    ...read.problems,
    ...ofFunnel,
    ...ofWords,
    ...unknownColumns(request.columns, stages.stages),
  ];
  if (hasErrors(problems)) return { value: null, problems };
  return {
    value: {
      name: file.name ?? null,
      currency: file.currency ?? null,
      definitions: stages.definitions,
      stages: stages.stages,
      meaning: words.meant,
      columns: { ...file.columns, ...request.columns },
      asOf: file.as_of ?? null,
      sources: Object.entries(file.sources ?? {}).map(([name, { owner = null }]) => ({ name, owner })),
      crm: (file.crm ?? []).map((path) => (shown === null ? path : shownFrom(folder, path))),
      inputs,
      changes: asked.changes.map(asWritten),
    },
    problems,
  };
}

function changesNothing({ key, where }: ChangeText): Problem {
  const hint = 'leave it out here; plan, coverage, track, explain, compare and sensitivity take it';
  return error('usage', where, { detail: `no history depends on ${key}`, hint });
}

/** Names for stages that were replaced say nothing. */
function knownStages<Names>(
  names: Readonly<Record<string, Names>>,
  stages: readonly string[],
): Record<string, Names> {
  return Object.fromEntries(
    Object.entries(names).filter(([stage]) => stage === 'lost' || stages.includes(stage)),
  );
}

function unknownColumns(columns: Readonly<Record<string, string>>, stages: readonly string[]): Problem[] {
  const known = [...stages, ...HISTORY_COLUMNS];
  return Object.keys(columns)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestWord(name, known);
      const hint = nearest ? `did you mean ${nearest}?` : `known are ${known.join(', ')}`;
      return error('usage', NOWHERE, { detail: `--column ${name}: neither a stage nor a column`, hint });
    });
}
