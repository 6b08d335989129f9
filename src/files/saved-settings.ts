/** The settings of a saved plan → what the plan states, as far as comparisons ask. */
import type * as z from 'zod';
import type { Day } from '../period/day.ts';
import type { Stated } from '../scenario/compare/side.ts';
import type { settings } from './results/plan-result.ts';
import { parseDate } from './sheet/date-text.ts';

/** Stages that the funnel does not have are those of no capacity, and for a source the first. */
export function statedOf(saved: z.infer<typeof settings>, stages: readonly string[]): Stated {
  return {
    stages,
    ramp: saved.ramp,
    quotasIncludeRamp: saved.quotas_include_ramp,
    seasonality: saved.seasonality,
    sizeOn: saved.size_on,
    overAssigned: saved.over_assigned,
    blended: saved.rates_for_reps === 'blended',
    late: saved.late,
    lookahead: saved.lookahead,
    confidence: saved.confidence,
    capacity: stages.map((stage) => saved.capacity[stage] ?? null),
    sources: saved.sources.map(({ source, owner, share, starts_at }) => ({
      ...{ name: source, owner, share },
      startsAt: Math.max(0, stages.indexOf(starts_at)),
    })),
    reps: saved.reps.map(({ team, rep, rep_id, start, end }) => ({
      ...{ name: rep, team, id: rep_id },
      start: dayOf(start),
      end: dayOf(end),
    })),
  };
}

function dayOf(text: string | null): Day | null {
  return text === null ? null : parseDate(text, null).value;
}
