/** What the goals rest on: each rate, lag and deal size used, with the level that answered and its evidence. */
import { meanWait } from '../funnel/lag.ts';
import type { Carrier } from '../quota/quota.ts';
import type { DealSizeAnswer } from '../rates/deal-size.ts';
import type { Scope } from '../rates/rate-row.ts';
import type { RateAnswer } from '../rates/rate-table.ts';
import type { Answers } from './answers.ts';
import type { Context } from './context.ts';
import { compareText } from './line.ts';
import type { PlanModel, Source } from './model.ts';
import type { Assumption } from './plan.ts';

export interface AssumptionsOf {
  readonly context: Context;
  readonly carriers: readonly Carrier[];
  /** By carrier and source. */
  readonly answers: readonly (readonly Answers[])[];
}

/** Rates by source, team, rep and stage; then lags; then deal sizes. Each once, as fine as the input tells them apart. */
export function assumptionsOf({ context, carriers, answers: all }: AssumptionsOf): Assumption[] {
  const { model } = context;
  const rateGrain = grainOf([...model.rates, ...model.rateChanges.flat()]);
  const sizeGrain = grainOf([...model.dealSizes, ...model.dealSizeChanges]);
  const rates = new Map<string, Assumption>();
  const sizes = new Map<string, Assumption>();
  for (const [index, source] of model.sources.entries()) {
    for (const [position, carrier] of carriers.entries()) {
      const answers = all[position]![index]!;
      const ofRates = subjectOf(rateGrain, carrier, source);
      for (const [transition, answer] of answers.rates.entries()) {
        if (answer === null) continue;
        const key = `${ofRates.source ?? ''}\u0000${ofRates.team ?? ''}\u0000${ofRates.rep ?? ''}\u0000${transition}`;
        if (!rates.has(key)) rates.set(key, rateAssumption(model, { answer, subject: ofRates, transition }));
      }
      if (answers.dealSize === null) continue;
      const subject = subjectOf(sizeGrain, carrier, source);
      const key = `${subject.source ?? ''}\u0000${subject.team ?? ''}\u0000${subject.rep ?? ''}`;
      if (!sizes.has(key)) sizes.set(key, dealSizeAssumption(answers.dealSize, subject));
    }
  }
  return [...inOrder(rates), ...lagAssumptions(model), ...inOrder(sizes)];
}

/** The subject as fine as any row tells apart: one line per rep where rows name reps, else per team, else for all. */
function subjectOf(grain: GrainOfRows, carrier: Carrier, source: Source): Scope {
  return {
    team: grain.rep || grain.team ? carrier.team : null,
    rep: grain.rep ? (carrier.rep?.name ?? null) : null,
    source: grain.source ? source.name : null,
  };
}

interface GrainOfRows {
  readonly rep: boolean;
  readonly team: boolean;
  readonly source: boolean;
}

function grainOf(rows: readonly Scope[]): GrainOfRows {
  return {
    rep: rows.some((row) => row.rep !== null),
    team: rows.some((row) => row.team !== null),
    source: rows.some((row) => row.source !== null),
  };
}

interface RateUse {
  readonly answer: RateAnswer;
  readonly subject: Scope;
  readonly transition: number;
}

function rateAssumption(model: PlanModel, { answer, subject, transition }: RateUse): Assumption {
  return {
    what: 'rate',
    from: model.stages[transition]!,
    to: model.stages[transition + 1]!,
    ...subject,
    value: answer.value,
    basis: answer.basis,
    records: answer.records,
    converted: answer.converted,
    low: answer.measured?.low ?? null,
    high: answer.measured?.high ?? null,
    answeredBy: answer.answeredBy,
    set: answer.set,
    shares: null,
    where: answer.where,
  };
}

const UNMEASURED = { basis: 'typed', records: null, converted: null, low: null, high: null } as const;

function dealSizeAssumption({ dealSize, answeredBy, set }: DealSizeAnswer, subject: Scope): Assumption {
  const { where, amount, deals } = dealSize;
  return {
    what: 'deal_size',
    from: null,
    to: null,
    ...subject,
    value: amount / 100,
    ...UNMEASURED,
    ...(deals === null ? {} : { basis: 'measured' as const, records: deals }),
    answeredBy,
    set,
    shares: null,
    where,
  };
}

function lagAssumptions(model: PlanModel): Assumption[] {
  return model.lags.flatMap((lag, transition) =>
    lag === null
      ? []
      : [
          {
            what: 'lag' as const,
            from: model.stages[transition]!,
            to: model.stages[transition + 1]!,
            team: null,
            rep: null,
            source: null,
            value: meanWait(lag),
            ...UNMEASURED,
            basis: model.measured?.lags[transition] ? ('measured' as const) : ('typed' as const),
            answeredBy: 'all' as const,
            set: lagSet(model, transition),
            shares: lag.kind === 'shares' ? lag.shares : null,
            where: model.lagsWhere[transition] ?? null,
          },
        ],
  );
}

/** What was asked of a lag: `+1 month`; null: nothing. */
export function lagSet({ stages, changes }: PlanModel, transition: number): string | null {
  const keys = ['lags.*', `lags.${stages[transition]!}_to_${stages[transition + 1]!}`];
  const asked = changes.filter(({ key }) => keys.includes(key)).map(({ value }) => value);
  return asked.length === 0 ? null : asked.join(', ');
}

/** By source, team and rep; a subject's transitions stay in funnel order. */
function inOrder(assumptions: ReadonlyMap<string, Assumption>): Assumption[] {
  return [...assumptions.values()].sort(
    (first, second) =>
      compareText(first.source, second.source) ||
      compareText(first.team, second.team) ||
      compareText(first.rep, second.rep),
  );
}
