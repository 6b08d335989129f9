/** Reps of a model that is put together of two: the same person is one object wherever the model names it. */
import type { PlanModel } from '../../plan/model.ts';
import type { Rep } from '../../quota/rep.ts';

/** Who somebody is in every plan: a rep is a name in a team. */
export function repKey({ team, name }: Pick<Rep, 'team' | 'name'>): string {
  return `${team ?? '\u0001'}\u0000${name}`;
}

/** Everybody listed, and everybody who has a quota, by `repKey`. */
export function repsOf({ reps, quotas }: Pick<PlanModel, 'reps' | 'quotas'>): Map<string, Rep> {
  const known = new Map<string, Rep>();
  for (const rep of [...reps, ...quotas.map((quota) => quota.rep)])
    if (rep !== null && !known.has(repKey(rep))) known.set(repKey(rep), rep);
  return known;
}

/**
 * The model with quotas, actuals and records of the reps it has: whom they name in another plan becomes the
 * namesake in `people`; who has none there stays as they were.
 */
export function withPeople(model: PlanModel, people: ReadonlyMap<string, Rep>): PlanModel {
  const own = <Row extends { readonly rep: Rep | null }>(row: Row): Row =>
    row.rep === null ? row : { ...row, rep: people.get(repKey(row.rep)) ?? row.rep };
  const { quotas, actuals, pipeline } = model;
  return {
    ...model,
    quotas: quotas.map(own),
    actuals: actuals === null ? null : actuals.map(own),
    pipeline: pipeline === null ? null : { ...pipeline, records: pipeline.records.map(own) },
  };
}
