/** Reps of a model that is put together of two: the same person is one object wherever the model names it. */
import type { PlanModel } from '../../../plan/model.ts';
import type { Rep } from '../../../quota/rep.ts';
import { personKey } from './person.ts';

/** By `personKey`: everybody once; who left and came back to the same team with each stay, in order of time. */
export type People = ReadonlyMap<string, readonly Rep[]>;

/** Everybody listed, and everybody who has a quota. */
export function repsOf({ reps, quotas }: Pick<PlanModel, 'reps' | 'quotas'>): People {
  const known = new Map<string, Set<Rep>>();
  for (const rep of reps) known.set(personKey(rep), (known.get(personKey(rep)) ?? new Set()).add(rep));
  for (const { rep } of quotas)
    if (rep !== null && !known.has(personKey(rep))) known.set(personKey(rep), new Set([rep]));
  return new Map([...known].map(([key, stays]) => [key, [...stays].sort(byStart)]));
}

function byStart(first: Rep, second: Rep): number {
  return (first.start ?? 0) - (second.start ?? 0);
}

/**
 * The model with quotas, actuals and records of the reps it has: whom they name in another plan becomes the
 * namesake in `people`, of several stays the one nearest in time; who has none there stays as they were.
 */
export function withPeople(model: PlanModel, people: People): PlanModel {
  const own = <Row extends { readonly rep: Rep | null }>(row: Row): Row =>
    row.rep === null ? row : { ...row, rep: namesake(row.rep, people) };
  const { quotas, actuals, pipeline } = model;
  return {
    ...model,
    quotas: quotas.map(own),
    actuals: actuals === null ? null : actuals.map(own),
    pipeline: pipeline === null ? null : { ...pipeline, records: pipeline.records.map(own) },
  };
}

function namesake(rep: Rep, people: People): Rep {
  const stays = people.get(personKey(rep)) ?? [rep];
  return stays.reduce((best, stay) => (daysApart(stay, rep) < daysApart(best, rep) ? stay : best));
}

/** Days by which two stays begin and end apart from each other; somebody who was always there began on day 0. */
function daysApart(first: Rep, second: Rep): number {
  const apart = (one: number | null, other: number | null, usual: number) =>
    Math.abs((one ?? usual) - (other ?? usual));
  return apart(first.start, second.start, 0) + apart(first.end, second.end, NO_END);
}

/** A day after every other. */
const NO_END = 1_000_000;
