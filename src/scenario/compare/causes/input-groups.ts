/** The inputs of a plan in groups that can be put into another one, in the order in which they are. */
import type { PlanModel } from '../../../plan/model.ts';
import type { RateRow } from '../../../rates/rate-row.ts';
import { repsOf, withPeople } from '../people/known-reps.ts';
import { type Person, personKey } from '../people/person.ts';
import { isSame } from '../same.ts';

/** Inputs that are put in place together. */
export interface InputGroup {
  /** As in the plan file, or the nearest to it: `quotas`, `rates.lead_to_conversation`. */
  readonly key: string;
  /** What the goals rest on of it. */
  readonly says: (model: PlanModel) => unknown;
  /** The model with these inputs of the other. */
  readonly put: (model: PlanModel, other: PlanModel) => PlanModel;
}

/**
 * Months; reps; ramp and whether quotas include it; what is sized on; quotas; seasonality; over-assignment; sources; deal sizes; how rates of reps are made, then the rates of
 * each transition by itself; each lag by itself; late; lookahead; confidence; the as-of day with actuals and
 * pipeline. Of two plans of the same stages.
 */
export function inputGroups({ stages }: Pick<PlanModel, 'stages'>): InputGroup[] {
  const transitions = stages.slice(1).map((to, transition) => ({
    name: `${stages[transition]!}_to_${to}`,
    transition,
  }));
  return [
    keys('months', ['from', 'to', 'calendar']),
    REPS,
    keys('ramp', ['ramp']),
    keys('quotas_include_ramp', ['quotasIncludeRamp']),
    keys('size_on', ['sizeOn']),
    QUOTAS,
    keys('seasonality', ['seasonality']),
    keys('over_assigned', ['overAssigned']),
    SOURCES,
    DEAL_SIZES,
    keys('rates_for_reps', ['blended']),
    ...transitions.map(ratesOf),
    ...transitions.map(lagOf),
    keys('late', ['late']),
    keys('lookahead', ['lookahead']),
    keys('confidence', ['confidence']),
    KNOWN_FACTS,
  ];
}

/** Inputs that stand under keys of their own. */
function keys(key: string, names: readonly (keyof PlanModel)[]): InputGroup {
  const pick = (model: PlanModel) => Object.fromEntries(names.map((name) => [name, model[name]]));
  return { key, says: pick, put: (model, other) => ({ ...model, ...pick(other) }) };
}

/** Who is there and when. */
const REPS: InputGroup = {
  key: 'reps',
  says: (model) => ({
    reps: [...repsOf(model).values()].flat().map(({ name, team, start, end, firstStart }) => ({
      name,
      team,
      start,
      end,
      firstStart,
    })),
    listed: model.reps.map(personKey),
  }),
  put: (model, { reps, quotas }) => withPeople({ ...model, reps }, repsOf({ reps, quotas })),
};

/** A row without the details of whom it names. */
function named<Row extends { readonly rep: Pick<Person, 'team' | 'name'> | null }>(row: Row): object {
  return { ...row, rep: row.rep === null ? null : personKey(row.rep) };
}

const QUOTAS: InputGroup = {
  key: 'quotas',
  says: ({ quotas }) => quotas.map(named),
  put: (model, { quotas }) => withPeople({ ...model, quotas }, repsOf(model)),
};

const SOURCES: InputGroup = {
  key: 'sources',
  says: ({ sources }) => sources.map(({ name, share, startsAt }) => [name, share, startsAt]),
  put: (model, { sources }) => ({ ...model, sources }),
};

const DEAL_SIZES: InputGroup = {
  key: 'deal_size',
  says: ({ dealSizes, dealSizeChanges, measured }) => [
    dealSizes,
    dealSizeChanges,
    measured?.dealSpread ?? null,
  ],
  put: (model, { dealSizes, dealSizeChanges, measured, currency }) => ({
    ...model,
    dealSizes,
    dealSizeChanges,
    measured,
    currency,
  }),
};

interface Transition {
  readonly name: string;
  readonly transition: number;
}

function ratesOf({ name, transition }: Transition): InputGroup {
  const rowsOf = ({ rates }: PlanModel) => rates.flatMap((row) => only(row, (at) => at === transition));
  return {
    key: `rates.${name}`,
    says: (model) => [
      model.rateChanges[transition] ?? [],
      rowsOf(model).map(({ lastMonth: _, ...row }) => row),
    ],
    put: (model, other) => ({
      ...model,
      rates: [...model.rates.flatMap((row) => only(row, (at) => at !== transition)), ...rowsOf(other)],
      rateChanges: model.stages
        .slice(1)
        .map((_, at) => (at === transition ? other : model).rateChanges[at] ?? []),
    }),
  };
}

/** The row with the measures of these transitions alone; none where it says nothing of them. */
function only(row: RateRow, isMeant: (transition: number) => boolean): RateRow[] {
  const measures = row.measures.map((measure, at) => (isMeant(at) ? measure : null));
  return measures.some((measure) => measure !== null) ? [{ ...row, measures }] : [];
}

function lagOf({ name, transition }: Transition): InputGroup {
  return {
    key: `lags.${name}`,
    says: ({ lags }) => lags[transition] ?? null,
    put: (model, { lags, lagsWhere }) => ({
      ...model,
      lags: model.lags.with(transition, lags[transition] ?? null),
      lagsWhere: model.lagsWhere.with(transition, lagsWhere[transition] ?? null),
    }),
  };
}

/** What is known of the past, and until when. */
const KNOWN_FACTS: InputGroup = {
  key: 'as_of',
  says: ({ asOf, actuals, pipeline }) => ({
    asOf,
    actuals: actuals?.map(named) ?? null,
    pipeline: pipeline === null ? null : { ...pipeline, records: pipeline.records.map(named) },
  }),
  put: (model, { asOf, actuals, pipeline }) =>
    withPeople({ ...model, asOf, actuals, pipeline }, repsOf(model)),
};

/** Those in which the second differs from the first. */
export function differingGroups(a: PlanModel, b: PlanModel): InputGroup[] {
  return inputGroups(a).filter(({ says }) => !isSame(says(a), says(b)));
}
