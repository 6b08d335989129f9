/** What of a plan is neither a goal nor an assumption, so that its JSON is enough to make it again. */
import { formatDay } from '../../period/day.ts';
import type { PlanModel } from '../../plan/model.ts';

/** Shares are 0 … 1; ramp by month of tenure, seasonality by month of the fiscal year (it sums to whatever it was given as). */
export function settingsOf(model: PlanModel): object {
  const { stages, sizeOn, late, lookahead, confidence, ramp, seasonality, capacity } = model;
  return {
    quotas_include_ramp: model.quotasIncludeRamp,
    over_assigned: model.overAssigned,
    size_on: sizeOn,
    rates_for_reps: model.blended ? 'blended' : 'raw',
    late,
    lookahead,
    confidence,
    ramp,
    seasonality,
    sources: model.sources.map(({ name, owner, share, startsAt }) => ({
      ...{ source: name, owner, share, starts_at: stages[startsAt]! },
    })),
    reps: model.reps.map(({ name, team, id, start, end }) => ({
      ...{ team, rep: name, rep_id: id },
      start: start === null ? null : formatDay(start),
      end: end === null ? null : formatDay(end),
    })),
    capacity: Object.fromEntries(
      stages.flatMap((stage, index) => {
        const most = capacity[index] ?? null;
        return most === null ? [] : [[stage, most]];
      }),
    ),
  };
}
