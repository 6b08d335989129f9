/** `crm:` of a plan: what is asked of its files, and what they stand in for once they are read. */
import type { Lag } from '../funnel/lag.ts';
import { addDays, type Day } from '../period/day.ts';
import { firstDay, type Month } from '../period/month.ts';
import type { Actual, Pipeline } from '../plan/model.ts';
import { at, hasErrors } from '../problem.ts';
import type { DealSize } from '../rates/deal-size.ts';
import type { CrmAsked, CrmRead } from './crm/crm.ts';
import { crmActuals, firstMonthAsked } from './crm/crm-actuals.ts';
import { crmPipeline } from './crm/crm-pipeline.ts';
import { type Loading, note } from './loading.ts';
import type { Names } from './names.ts';
import type { PipelineContext } from './pipeline-reading.ts';
import { shownPath } from './side-file.ts';
import { stageWordsOf } from './stage-words.ts';

/** Days of closed records that are kept for what changed lately. */
const A_YEAR = 365;

/** Null where the plan names none, or is not sound enough to ask. */
export function crmAsked(
  loading: Loading,
  { asOf, from }: { readonly asOf: Day | null; readonly from: Month | null },
): CrmAsked | null {
  const { file, found, faulty, funnel, side, request } = loading;
  const isSound = loading.knowsStages && !hasErrors(loading.problems) && !faulty.has('columns');
  if (file.crm === undefined || asOf === null || from === null || !isSound) return null;
  const isMissing = (key: 'rates' | 'deal_size' | 'actuals') => file[key] === undefined && !faulty.has(key);
  return {
    named: file.crm.map((path) => ({ path, shown: shownPath(side, 'crm', path) })),
    stages: funnel.stages,
    columns: file.columns,
    meaning: stageWordsOf(file, found.raw, funnel.stages).words.meant,
    dateOrder: request.dateOrder,
    decimal: request.decimal,
    asOf,
    since: Math.min(firstDay(from), addDays(asOf, -A_YEAR)) as Day,
    isMeasured: isMissing('rates') && Object.keys(file.lags).length === 0,
    isCounted:
      isMissing('rates') ||
      isMissing('actuals') ||
      Object.keys(file.lags).length < funnel.stages.length - 1 ||
      (file.quota_unit === 'money' && isMissing('deal_size')),
    strict: request.strict,
  };
}

export interface CrmActualsAsked {
  readonly names: Names;
  readonly sources: readonly string[];
  readonly startsAt: ReadonlyMap<string, number>;
  readonly from: Month;
  readonly asOf: Day;
  readonly lags: readonly (Lag | null)[];
}

/** What reached the stages before the last, counted; null where nothing was. */
export function loadCrmActuals(loading: Loading, crm: CrmRead, asked: CrmActualsAsked): Actual[] | null {
  if (crm.history === null) return null;
  const { actuals, problems } = crmActuals(crm.history, {
    ...asked,
    stages: loading.funnel.stages,
    since: firstMonthAsked(asked),
    where: at(crm.files[0]?.shown ?? null),
    rowFaults: loading.request.strict ? 'error' : 'warning',
  });
  note(loading, problems);
  return actuals.length > 0 ? actuals : null;
}

/** Open and closed records; null where the files hold none that can be read one by one. */
export function loadCrmPipeline(
  loading: Loading,
  crm: CrmRead,
  { context, dealSizes }: { readonly context: PipelineContext; readonly dealSizes: readonly DealSize[] },
): Pipeline | null {
  if (context.asOf === null) return null;
  const whole = dealSizes.find(({ team, rep, source }) => team === null && rep === null && source === null);
  const dealSize = whole?.amount ?? dealSizes[0]?.amount ?? null;
  return crmPipeline(loading, crm.files, { ...context, asOf: context.asOf, dealSize });
}
