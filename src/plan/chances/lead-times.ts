/** How many times the leads still to come it would take to be as sure as wanted. */

/** Beyond this many times the leads, more leads are no answer; goals are raised to no more. */
export const MOST_TIMES = 3;

/** As close as the times are found: a part of the leads that is less than one of a thousand goals. */
export const CLOSE_ENOUGH = 1e-4;

/**
 * How many times the leads to come would be enough; null where three times are not. The chance is nearly straight
 * in the number of leads: false position (Illinois), which halves the weight of an end that stays.
 */
export function timesFor(
  chanceAt: (times: number) => number,
  { chance, confidence }: { chance: number; confidence: number },
): number | null {
  if (chance >= confidence) return 1;
  let low = { times: 1, miss: chance - confidence };
  let high = { times: MOST_TIMES, miss: chanceAt(MOST_TIMES) - confidence };
  if (high.miss < 0) return null;
  let kept: 'low' | 'high' | null = null;
  while (high.times - low.times > CLOSE_ENOUGH) {
    const times = low.times + ((high.times - low.times) * -low.miss) / (high.miss - low.miss);
    const miss = chanceAt(times) - confidence;
    if (Math.abs(miss) < CLOSE_ENOUGH) return times;
    if (miss >= 0) {
      high = { times, miss };
      if (kept === 'low') low = { ...low, miss: low.miss / 2 };
      kept = 'low';
    } else {
      low = { times, miss };
      if (kept === 'high') high = { ...high, miss: high.miss / 2 };
      kept = 'high';
    }
  }
  return high.times;
}
