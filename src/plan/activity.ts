/** Activity: how much of a full rep works leads in a month, divided into what is past and what is still to come. */
import { filled } from '../funnel/series.ts';
import type { Timing } from '../funnel/timing.ts';
import { addMonths } from '../period/month.ts';
import type { Carrier } from '../quota/quota.ts';
import { presenceUntil, workingPart } from '../quota/rep.ts';
import type { Clock } from './clock.ts';

/**
 * Activity by month, for months −back … length − 1; entry `back + u` is month u.
 * `known` happened up to the as-of day, `between` lies after it but before the plan, `coming` is the rest.
 */
export interface Activity {
  readonly back: number;
  readonly length: number;
  readonly full: number[];
  readonly known: number[];
  readonly between: number[];
  readonly coming: number[];
}

/**
 * A rep's activity: ramp × days there until the end, 1 from the day after (the open territory is worked by the
 * team); 1 for teams and the company, and before the plan where no start is known.
 */
export function activityOf(carrier: Pick<Carrier, 'rep'>, clock: Clock, size: ActivitySize): Activity {
  const { back, length, ramp } = size;
  const full = filled(back + length, 1);
  const rep = carrier.rep;
  if (rep !== null && (rep.firstStart !== null || rep.start !== null || rep.end !== null)) {
    for (let index = 0; index < full.length; index++) {
      const month = addMonths(clock.from, index - back);
      full[index] = workingPart(rep, month, ramp) + (1 - presenceUntil(rep.end, month));
    }
  }
  return { back, length, full, ...divide(full, back, clock) };
}

export interface ActivitySize {
  /** Months before the plan that matter: the length of the longest curve. */
  readonly back: number;
  readonly length: number;
  readonly ramp: readonly number[];
}

function divide(full: number[], back: number, clock: Clock): Pick<Activity, 'known' | 'between' | 'coming'> {
  const known = filled(full.length, 0);
  const between = filled(full.length, 0);
  const coming = filled(full.length, 0);
  for (let index = 0; index < full.length; index++) {
    const month = index - back;
    const gone = month < clock.asOfMonth ? 1 : month === clock.asOfMonth ? clock.gone : 0;
    known[index] = full[index]! * gone;
    const rest = month < 0 ? between : coming;
    rest[index] = full[index]! * (1 - gone);
  }
  return { known, between, coming };
}

/**
 * Of what a steady flow with this activity would bring in month `month`, the part that comes from activity up to
 * that month: Σ activity[u] × share[month − u].
 */
export function arriving(activity: number[], back: number, timing: Timing, month: number): number {
  let sum = 0;
  const reach = timing.share.length - 1;
  for (let u = Math.max(-back, month - reach); u <= month; u++)
    sum += activity[back + u]! * timing.share[month - u]!;
  return sum;
}
