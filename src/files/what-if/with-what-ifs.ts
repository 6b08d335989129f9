/** The model of a plan with the what-ifs that were asked for. */
import type { PlanModel } from '../../plan/model.ts';
import { applyWhatIfs } from '../../scenario/apply.ts';
import type { WhatIf } from '../../scenario/what-if.ts';
import type { BegunPlan } from '../begin-plan.ts';
import { type Loading, note } from '../loading.ts';
import { asWritten, type ChangeText } from './change-text.ts';
import { whatIfOf } from './model-changes.ts';

/** Null where there is no model, or a change cannot be made; problems of changes are noted in any case. */
export function withWhatIfs(
  loading: Loading,
  { names, sources }: Pick<BegunPlan, 'names' | 'sources'>,
  model: PlanModel | null,
): PlanModel | null {
  const { found, funnel } = loading;
  if (found.changes.length === 0 || !loading.knowsStages) return model;
  const known = sources.flatMap(({ name }) => (name === null ? [] : [name]));
  const context = { names, stages: funnel.stages, sources: known };
  const read = new Map<ChangeText, WhatIf>();
  for (const text of found.laterChanges) {
    const { value, problems } = whatIfOf(text, context);
    note(loading, problems);
    if (value !== null) read.set(text, value);
  }
  if (model === null || read.size < found.laterChanges.length) return null;
  const { value, problems } = applyWhatIfs(model, [...read.values()]);
  note(loading, problems);
  if (value === null) return null;
  return { ...value, changes: found.changes.map((text) => read.get(text)?.change ?? asWritten(text)) };
}
