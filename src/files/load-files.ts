/** The files a plan names, one function each: sheet → rows of the model, problems noted on the way. */
import type { Day } from '../period/day.ts';
import type { Pipeline, PlanModel } from '../plan/model.ts';
import type { Quota } from '../quota/quota.ts';
import { actualColumns, parseActuals } from './actuals.ts';
import { type Loading, load, note, noteOf } from './loading.ts';
import { type Names, namesOf } from './names.ts';
import { PIPELINE_COLUMNS, parsePipeline } from './pipeline.ts';
import type { PipelineContext } from './pipeline-reading.ts';
import { parseQuotas, QUOTA_COLUMNS, WIDE_QUOTA_COLUMNS } from './quotas.ts';
import { parseReps, REP_COLUMNS } from './reps.ts';
import { stageWordsOf } from './stage-words.ts';

export function loadReps(loading: Loading): Names {
  const spec = {
    key: 'reps',
    kind: 'reps',
    wanted: REP_COLUMNS,
    wide: null,
    rowFaults: 'error' as const,
    summed: [],
  };
  const sheet = load(loading, loading.file.reps, spec);
  if (sheet === null) return namesOf([]);
  const { reps, problems } = parseReps(sheet);
  noteOf(loading, sheet, problems);
  return namesOf(reps);
}

export function loadQuotas(loading: Loading, names: Names): Quota[] | null {
  const spec = {
    key: 'quotas',
    kind: 'quotas',
    wanted: QUOTA_COLUMNS,
    wide: WIDE_QUOTA_COLUMNS,
    rowFaults: 'error' as const,
    summed: ['quota'],
  };
  const sheet = load(loading, loading.file.quotas, spec);
  if (sheet === null) return null;
  const { quotas, problems } = parseQuotas(sheet, { names, currency: loading.currency });
  noteOf(loading, sheet, problems);
  return quotas;
}

export function loadActuals(
  loading: Loading,
  of: { names: Names; sources: readonly string[]; startsAt: ReadonlyMap<string, number>; asOf: Day | null },
): PlanModel['actuals'] {
  const { stages } = loading.funnel;
  const rowFaults = loading.request.strict ? ('error' as const) : ('warning' as const);
  const wanted = actualColumns(stages);
  const spec = {
    key: 'actuals',
    kind: 'actuals',
    wanted,
    wide: null,
    rowFaults,
    summed: [...stages, 'amount'],
  };
  const sheet = load(loading, loading.file.actuals, spec);
  if (sheet === null) return null;
  const { actuals, problems } = parseActuals(sheet, { ...of, stages, currency: loading.currency });
  noteOf(loading, sheet, problems);
  return actuals.length > 0 ? actuals : null;
}

export interface PipelineAsked {
  readonly names: Names;
  readonly sources: readonly string[];
  readonly asOf: Day | null;
  /** Whether rates and lags are known, so that chances depend on age. */
  readonly needsAge: boolean;
}

/** How records are read. Errors: those of the plan's `stages:`. */
export function pipelineContext(loading: Loading, asked: PipelineAsked): PipelineContext {
  const { file, found, funnel, currency } = loading;
  const { stages } = funnel;
  const { words, problems } = stageWordsOf(file, found.raw, stages);
  note(loading, problems);
  return { ...asked, stages, words, currency, unit: file.quota_unit };
}

export function loadPipeline(loading: Loading, context: PipelineContext): Pipeline | null {
  const rowFaults = loading.request.strict ? ('error' as const) : ('warning' as const);
  const spec = {
    key: 'pipeline',
    kind: 'pipeline',
    wanted: PIPELINE_COLUMNS,
    wide: null,
    rowFaults,
    summed: [],
  };
  const sheet = load(loading, loading.file.pipeline, spec);
  if (sheet === null) return null;
  const { pipeline, problems } = parsePipeline(sheet, context);
  noteOf(loading, sheet, problems);
  return pipeline;
}
