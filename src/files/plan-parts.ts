/** The parts of a plan file that refer to each other: funnel, sources, lags, months. */
import type { Lag } from '../funnel/lag.ts';
import type { Source } from '../plan/model.ts';
import { error, type Problem, type Where } from '../problem.ts';
import type { RawPlan } from './plan-file.ts';
import type { PlanFile } from './plan-schema.ts';
import { shareColumns } from './rate-measures.ts';
import { matchKey } from './sheet/column-keys.ts';
import { isSameKey, nearestWord } from './sheet/nearest.ts';

export const DEFAULT_STAGES: readonly string[] = ['lead', 'conversation', 'opportunity', 'close'];

/** Names of columns that stand beside stages in input and output. */
const RESERVED = new Set([
  'team',
  'rep',
  'source',
  'owner',
  'period',
  'month',
  'quota',
  'from',
  'to',
  'amount',
  'stage',
  'goal',
  'expected',
]);

export interface Funnel {
  readonly stages: readonly string[];
  readonly definitions: Readonly<Record<string, string>>;
}

/** Errors: `funnel_too_short`, `stage_twice`, `stage_reserved`. */
export function funnelOf(file: PlanFile, raw: RawPlan): { funnel: Funnel; problems: Problem[] } {
  const written = file.funnel ?? DEFAULT_STAGES;
  const isList = Array.isArray(written);
  const stages: readonly string[] = isList ? (written as readonly string[]) : Object.keys(written);
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  if (stages.length < 2)
    problems.push(error('funnel_too_short', raw.whereOf(['funnel']), { stages: stages.join(', ') }));
  for (const [index, stage] of stages.entries()) {
    const where = isList ? raw.whereOf(['funnel', index]) : raw.whereOfKey(['funnel'], stage);
    const before = seen.get(matchKey(stage));
    if (before !== undefined) problems.push(error('stage_twice', where, { stage, before }));
    if (RESERVED.has(matchKey(stage))) problems.push(error('stage_reserved', where, { stage }));
    seen.set(matchKey(stage), stage);
  }
  const definitions = isList ? {} : (written as Readonly<Record<string, string>>);
  return { funnel: { stages, definitions }, problems };
}

/** Without `sources` there is one, without a name, that stands for all. Errors: `stage_unknown`, `source_twice`. */
export function sourcesOf(
  file: PlanFile,
  raw: RawPlan,
  stages: readonly string[],
): { sources: Source[]; problems: Problem[] } {
  const where = raw.whereOf([]);
  if (file.sources === undefined) {
    return { sources: [{ name: null, owner: null, share: 1, startsAt: 0, where }], problems: [] };
  }
  const problems: Problem[] = [];
  const sources = Object.entries(file.sources).map(([name, entry]): Source => {
    const startsAt =
      entry.leads === 'none' ? stages.length - 1 : stages.indexOf(entry.starts_at ?? stages[0]!);
    if (startsAt < 0) {
      const where = raw.whereOf(['sources', name, 'starts_at']);
      problems.push(stageUnknown(where, entry.starts_at ?? '', stages));
    }
    return {
      name,
      owner: entry.owner ?? null,
      share: entry.share,
      startsAt: Math.max(0, startsAt),
      where: raw.whereOfKey(['sources'], name),
    };
  });
  const seen = new Map<string, Source>();
  for (const source of sources) {
    const key = (source.name as string).toLowerCase();
    const before = seen.get(key);
    if (before)
      problems.push(
        error('source_twice', source.where, { name: source.name as string, before: before.name as string }),
      );
    seen.set(key, source);
  }
  return { sources, problems };
}

/** Records of each stage that a full rep can work in a month; null where none is given. Errors: `stage_unknown`. */
export function capacityOf(
  { capacity }: Pick<PlanFile, 'capacity'>,
  raw: RawPlan,
  stages: readonly string[],
): { capacity: (number | null)[]; problems: Problem[] } {
  const problems = Object.keys(capacity)
    .filter((key) => !stages.includes(key))
    .map((key) => stageUnknown(raw.whereOfKey(['capacity'], key), key, stages));
  const given = stages.map((stage) => (Object.hasOwn(capacity, stage) ? capacity[stage]! : null));
  return { capacity: given, problems };
}

function stageUnknown(where: Where, text: string, stages: readonly string[]): Problem {
  const args = { text, nearest: nearestWord(text, stages) ?? '', stages: stages.join(', ') };
  return error('stage_unknown', where, args);
}

export interface Lags {
  /** One per transition; null where none is given. */
  readonly lags: readonly (Lag | null)[];
  readonly lagsWhere: readonly (Where | null)[];
}

/** Errors: `key_unknown` for a lag between anything but neighbouring stages. */
export function lagsOf(
  file: PlanFile,
  raw: RawPlan,
  stages: readonly string[],
): { lags: Lags; problems: Problem[] } {
  const columns = shareColumns(stages);
  const problems = Object.keys(file.lags)
    .filter((key) => !columns.some((column) => isSameKey(column, key)))
    .map((key) =>
      error('key_unknown', raw.whereOfKey(['lags'], key), {
        key,
        nearest: nearestWord(key, columns) ?? '',
        in: 'lags',
        known: columns.join(', '),
      }),
    );
  const written = columns.map((column) => Object.keys(file.lags).find((key) => isSameKey(key, column)));
  return {
    lags: {
      lags: written.map((key) => (key === undefined ? null : file.lags[key]!)),
      lagsWhere: written.map((key) => (key === undefined ? null : raw.whereOfKey(['lags'], key))),
    },
    problems,
  };
}
