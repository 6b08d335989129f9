/** The inputs a plan states, key by key, in a fixed order: sections that only models know are left out of results. */
import { addDays } from '../../../period/day.ts';
import { firstDay } from '../../../period/month.ts';
import type { PlanModel } from '../../../plan/model.ts';
import type { PlanHead, Stated } from '../side.ts';
import { type Input, input } from './input-value.ts';

/** What every result says of its plan. */
export function headInputs({ from, to, calendar, quotaUnit, currency, stages }: PlanHead): Input[] {
  return [
    input('months', { kind: 'months', from, to }),
    input('fiscal_year_starts', { kind: 'calendar', calendar }),
    input('funnel', { kind: 'stages', stages }),
    input('quota_unit', { kind: 'text', text: quotaUnit }),
    ...(currency === null ? [] : [input('currency', { kind: 'text', text: currency })]),
  ];
}

/** What spreads quotas over months and sizes goals on them. */
export function quotaRuleInputs(stated: Stated): Input[] {
  const { ramp, quotasIncludeRamp, sizeOn, seasonality, overAssigned } = stated;
  const year = seasonality.reduce((sum, weight) => sum + weight, 0);
  const isFlat = seasonality.every((weight) => weight === seasonality[0]);
  return [
    ...(ramp.length === 0 ? [] : [input('ramp', { kind: 'shares', shares: ramp })]),
    input('quotas_include_ramp', { kind: 'yes_no', yes: quotasIncludeRamp }),
    ...(sizeOn === null ? [] : [input('size_on', { kind: 'text', text: sizeOn })]),
    input(
      'seasonality',
      isFlat
        ? { kind: 'text', text: 'the same in every month' }
        : { kind: 'seasons', shares: seasonality.map((weight) => weight / year) },
    ),
    input('over_assigned', { kind: 'share', share: overAssigned }),
  ];
}

/** Share, owner and first stage of every source. */
export function sourceInputs({ sources, stages }: Stated): Input[] {
  return sources.flatMap(({ name, share, owner, startsAt }) =>
    name === null
      ? []
      : [
          input(`sources.${name}.share`, { kind: 'share', share }),
          ...(owner === null ? [] : [input(`sources.${name}.owner`, { kind: 'text', text: owner })]),
          input(`sources.${name}.starts_at`, { kind: 'text', text: stages[startsAt]! }),
        ],
  );
}

/** Waits between stages, with their shape. */
export function lagInputs({ lags, stages }: PlanModel): Input[] {
  return lags.flatMap((lag, transition) => {
    if (lag === null) return [];
    const key = `lags.${stages[transition]!}_to_${stages[transition + 1]!}`;
    const value =
      lag.kind === 'duration'
        ? ({ kind: 'wait', months: lag.months } as const)
        : ({ kind: 'shares', shares: lag.shares } as const);
    return [input(key, value)];
  });
}

/** How goals are made of all this. */
export function methodInputs({ blended, late, lookahead, confidence }: Stated): Input[] {
  return [
    input('rates_for_reps', { kind: 'text', text: blended ? 'blended' : 'raw' }),
    input('late', { kind: 'text', text: late }),
    input('lookahead', { kind: 'share', share: lookahead }),
    ...(confidence === null ? [] : [input('confidence', { kind: 'share', share: confidence })]),
  ];
}

/** What a full rep can work in a month; no goal depends on it. */
export function capacityInputs({ capacity, stages }: Stated): Input[] {
  return capacity.flatMap((records, stage) =>
    records === null ? [] : [input(`capacity.${stages[stage]!}`, { kind: 'capacity', records })],
  );
}

/** The last day whose facts are known. */
export function asOfInputs({ asOf }: PlanHead): Input[] {
  return [input('as_of', { kind: 'day', day: asOf })];
}

/** Whether that is the day before the plan, as where nobody says one. */
export function isUsualAsOf({ asOf, from }: PlanHead): boolean {
  return asOf === addDays(firstDay(from), -1);
}

/** What is known of the past and of open records. */
export function factInputs({ actuals, pipeline }: PlanModel): Input[] {
  const counted = (actuals ?? []).filter(({ isRecord }) => !isRecord);
  const most = (counts: readonly (number | null)[]) => counts.find((count) => count !== null) ?? 0;
  const records = counted.reduce((sum, { counts }) => sum + most(counts), 0);
  const open = (pipeline?.records ?? []).filter(({ outcome }) => outcome === 'open');
  const hundredths = open.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  return [
    ...(counted.length === 0 ? [] : [input('actuals', { kind: 'counts', rows: counted.length, records })]),
    ...(pipeline === null
      ? []
      : [
          input('pipeline', {
            kind: 'records',
            records: pipeline.records.length,
            open: open.length,
            hundredths,
          }),
        ]),
  ];
}
