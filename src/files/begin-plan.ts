/** Beginning to load a plan: what has to be known before its CRM can be counted, the months and the as-of day. */
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import type { Source } from '../plan/model.ts';
import type { Parsed } from '../problem.ts';
import type { Quota } from '../quota/quota.ts';
import type { SavedPlan } from '../track/saved-plan.ts';
import type { CrmAsked } from './crm/crm.ts';
import { crmAsked } from './load-crm.ts';
import { loadQuotas, loadReps } from './load-files.ts';
import { type Loading, note, startLoading } from './loading.ts';
import type { Names } from './names.ts';
import { parsePlanFile } from './plan-file.ts';
import { asOfOf, monthsOf } from './plan-months.ts';
import { capacityOf, type Lags, lagsOf, sourcesOf } from './plan-parts.ts';
import type { PlanRequest } from './plan-request.ts';
import { type RawPlanFile, readRawPlan } from './raw-plan.ts';
import { readSavedPlan } from './saved-plan.ts';
import { shownPath } from './side-file.ts';

/** A plan of which the months and the as-of day are known: what its CRM is to be counted for. */
export interface BegunPlan {
  /** What to ask of the plan's exports of the CRM; null where it names none. */
  readonly crm: CrmAsked | null;
  readonly loading: Loading;
  readonly agreed: SavedPlan | null;
  readonly sources: readonly Source[];
  readonly lags: Lags;
  /** Records of each stage that a full rep can work in a month; null where nobody said. */
  readonly capacity: readonly (number | null)[];
  readonly names: Names;
  readonly quotas: Quota[] | null;
  readonly months: { readonly from: Month; readonly to: Month } | null;
  readonly asOf: Day | null;
}

/** Reads the plan file, reps and quotas. */
export function beginPlan(request: PlanRequest): Parsed<BegunPlan> {
  const found = readRawPlan(request);
  return found.value === null ? { value: null, problems: found.problems } : beginFrom(found.value, request);
}

/** The same of a plan file that is at hand. */
export function beginFrom(found: RawPlanFile, request: PlanRequest): Parsed<BegunPlan> {
  const read = parsePlanFile(found.raw);
  if (read.value === null) return { value: null, problems: read.problems };
  const loading = startLoading(request, found, read.value);
  note(loading, read.problems);
  const { file, funnel } = loading;
  const agreed = request.purpose === 'track' ? loadAgreed(loading) : null;
  const { sources, problems: ofSources } = sourcesOf(file, found.raw, funnel.stages);
  const { lags, problems: ofLags } = lagsOf(file, found.raw, funnel.stages);
  const { capacity, problems: ofCapacity } = capacityOf(file, found.raw, funnel.stages);
  if (loading.knowsStages) note(loading, [...ofSources, ...ofLags, ...ofCapacity]);
  const names = loadReps(loading);
  const quotas = loadQuotas(loading, names);
  const months = monthsOf(loading, quotas ?? []);
  const asOf = months === null ? null : asOfOf(loading, months);
  const crm = crmAsked(loading, { asOf, from: months?.from ?? null });
  return {
    value: { crm, loading, agreed, sources, lags, capacity, names, quotas, months, asOf },
    problems: [],
  };
}

function loadAgreed(loading: Loading): SavedPlan | null {
  const { file, found, side } = loading;
  if (file.agreed === undefined) return null;
  const where = found.raw.whereOf(['agreed']);
  const { value, problems } = readSavedPlan(shownPath(side, 'agreed', file.agreed), {
    written: file.agreed,
    where,
  });
  note(loading, problems);
  if (value === null) return null;
  side.inputs.push(value.input);
  return value.saved;
}
