/** Test oracle: the method, sections 2 (curves), 3 (required pace) and 4 (whole numbers), written plainly. */

/** A lag of one transition: a duration in months, shares by months waited, or none given. */
export type ReferenceLag = { months: number } | { shares: number[] } | null;

/** Chance by months waited of passing all these transitions, for records that pass: sums to 1. */
export function curveShape(lags: ReferenceLag[]): number[] {
  let wait = 0;
  for (const lag of lags) if (lag !== null && 'months' in lag) wait += lag.months;
  if (Math.abs(wait - Math.round(wait)) < 1e-9) wait = Math.round(wait);
  const whole = Math.floor(wait);
  const shape: number[] = [];
  for (let d = 0; d <= whole + 1; d++) shape.push(d === whole ? 1 - (wait - whole) : 0);
  shape[whole + 1] = wait - whole;
  let curve = shape;
  for (const lag of lags) if (lag !== null && 'shares' in lag) curve = convolve(curve, lag.shares);
  while (curve.length > 1 && curve[curve.length - 1] === 0) curve.pop();
  return curve;
}

export function convolve(left: number[], right: number[]): number[] {
  const result: number[] = [];
  for (let d = 0; d < left.length + right.length - 1; d++) {
    let sum = 0;
    for (let i = 0; i <= d; i++) sum += (left[i] ?? 0) * (right[d - i] ?? 0);
    result.push(sum);
  }
  return result;
}

/** K[d] = k[0] + … + k[d]; 0 before, the yield after. */
export function cumulative(k: number[], d: number): number {
  let sum = 0;
  for (let i = 0; i <= d && i < k.length; i++) sum += k[i]!;
  return sum;
}

export interface PaceInput {
  k: number[];
  /** Q[t] in closes, months 0 … T−1. */
  quota: number[];
  /** a[u] of any month, also before the plan (u < 0), before the as-of cut. */
  presence: (month: number) => number;
  /** Activity for the pace where it differs from `presence`: always 1 where no lag is given. */
  working?: (month: number) => number;
  quarterOf: (month: number) => number;
  yearOf: (month: number) => number;
  /** C[t], missing months 0; 'assumed' only without `asOf`. */
  carryIn: number[] | 'assumed';
  lookahead: number;
  late: 'spread' | 'report';
  joiner: boolean;
  /** As-of day in month `month`, `gone` of it gone: cuts a. */
  asOf?: { month: number; gone: number };
  /** A joiner's gaps by fiscal year in the plan as of the day before `from`: only what exceeds them is caught up. */
  gapsBefore?: Map<number, number>;
  /** false: nothing caught up (the first two steps of the bridge). */
  catchUp?: boolean;
}

export interface PaceResult {
  /** L[s]. */
  leads: number[];
  /** x of month s; 0 where a[s] = 0. */
  pace: number[];
  smoothed: number[];
  fresh: number[];
  carryIn: number[];
  required: number[];
  gaps: { year: number; gap: number; caughtUp: number }[];
  late: { month: number; closes: number; treated: 'spread' | 'reported' }[];
}

/** Q̄: the mean of Q over the months 0 … T−1 of t's fiscal quarter with a > 0 or Q > 0. */
export function smoothQuota(input: Pick<PaceInput, 'quota' | 'presence' | 'quarterOf'>): number[] {
  const counts = (t: number) => input.presence(t) > 0 || input.quota[t]! > 0;
  return input.quota.map((_, t) => {
    if (!counts(t)) return 0;
    let sum = 0;
    let months = 0;
    for (let u = 0; u < input.quota.length; u++) {
      if (input.quarterOf(u) !== input.quarterOf(t) || !counts(u)) continue;
      sum += input.quota[u]!;
      months++;
    }
    return sum / months;
  });
}

export function requiredPace(input: PaceInput): PaceResult {
  const { k, quota } = input;
  const T = quota.length;
  const p = cumulative(k, k.length - 1);
  const K = (d: number) => cumulative(k, d);
  const a = (u: number): number => {
    const working = (input.working ?? input.presence)(u);
    if (input.asOf === undefined || u > input.asOf.month) return working;
    return u === input.asOf.month ? working * (1 - input.asOf.gone) : 0;
  };
  const lev = (s: number, c: number): number => {
    let sum = 0;
    for (let u = s; u <= c; u++) sum += a(u) * K(c - u);
    return sum;
  };
  const levByEnd = (s: number, c: number, end: number): number => {
    let sum = 0;
    for (let u = s; u <= Math.min(c, end); u++) sum += a(u) * (K(end - u) / p) * K(c - u);
    return sum;
  };
  const cum = (values: number[], c: number): number => {
    let sum = 0;
    for (let t = 0; t <= c; t++) sum += values[t] ?? 0;
    return sum;
  };
  let A = 0;
  while (K(A) < input.lookahead * p - 1e-12) A++;

  const smoothed = smoothQuota(input);
  const fresh: number[] = [];
  const carryIn: number[] = [];
  for (let t = 0; t < T; t++) {
    let sum = 0;
    for (let u = 0; u <= t; u++) sum += (a(u) * (k[t - u] ?? 0)) / p;
    fresh.push(Math.min(1, sum));
    let before = 0;
    for (let u = t - k.length; u < 0; u++)
      before += ((input.working ?? input.presence)(u) * (k[t - u] ?? 0)) / p;
    carryIn.push(input.carryIn === 'assumed' ? smoothed[t]! * before : (input.carryIn[t] ?? 0));
  }
  const byNew = smoothed.map((value, t) => value * fresh[t]!);

  const gaps: { year: number; gap: number; caughtUp: number; first: number; end: number }[] = [];
  const late: PaceResult['late'] = [];
  let earlierGaps = 0;
  for (let first = 0; first < T; first++) {
    const year = input.yearOf(first);
    if (first > 0 && input.yearOf(first - 1) === year) continue;
    let end = -1;
    let maxQuota = 0;
    const months: number[] = [];
    for (let t = first; t < T && input.yearOf(t) === year; t++) {
      months.push(t);
      if (a(t) > 0) end = t;
      maxQuota = Math.max(maxQuota, quota[t]!);
    }
    if (end < 0) continue;
    const gap = Math.max(0, cum(quota, end) - cum(carryIn, end) - cum(byNew, end) - earlierGaps);
    earlierGaps += gap;
    let open = gap;
    if (input.joiner)
      open = input.gapsBefore === undefined ? 0 : Math.max(0, gap - (input.gapsBefore.get(year) ?? 0));
    let caughtUp = Math.min(open, (levByEnd(first, end, end) * maxQuota) / p);
    if (input.late === 'report' || input.catchUp === false) caughtUp = 0;
    gaps.push({ year, gap, caughtUp, first, end });
    if (gap === 0) continue;
    const weights = months.map((t) => quota[t]! * (1 - fresh[t]!));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    months.forEach((t, index) => {
      // weights that are but the last bits of floats are 0
      const share = total > 1e-9 * maxQuota ? weights[index]! / total : t === end ? 1 : 0;
      if (share * caughtUp > 0) late.push({ month: t, closes: share * caughtUp, treated: 'spread' });
      if (share * (gap - caughtUp) > 0)
        late.push({ month: t, closes: share * (gap - caughtUp), treated: 'reported' });
    });
  }

  const required: number[] = [];
  for (let c = 0; c < T; c++) {
    let reachable = cum(byNew, c);
    for (const { first, end, caughtUp } of gaps)
      if (c >= first && caughtUp > 0)
        reachable += caughtUp * Math.min(1, levByEnd(first, c, end) / levByEnd(first, end, end));
    required.push(Math.max(0, Math.min(cum(quota, c) - cum(carryIn, c), reachable)));
  }

  const need = [...required];
  const leads: number[] = quota.map(() => 0);
  const pace: number[] = quota.map(() => 0);
  for (let s = 0; s < T; s++) {
    if (!(a(s) > 0)) continue;
    let e = s + 1;
    while (e < T && !(a(e) > 0)) e++;
    let x = 0;
    for (let c = s; c <= Math.min(T - 1, Math.max(s, e - 1) + A); c++)
      if (need[c]! > 0 && lev(s, c) > 0) x = Math.max(x, need[c]! / lev(s, c));
    pace[s] = x;
    leads[s] = x * a(s);
    for (let c = s; c < T; c++) need[c] = need[c]! - leads[s]! * K(c - s);
  }
  return {
    leads,
    pace,
    smoothed,
    fresh,
    carryIn,
    required,
    gaps: gaps.map(({ year, gap, caughtUp }) => ({ year, gap, caughtUp })),
    late,
  };
}

/** Section 4: ⌈running total⌉ (with tolerance) − what was given before. */
export function wholeNumbers(exact: number[]): number[] {
  let running = 0;
  let given = 0;
  return exact.map((value) => {
    running += value;
    // a running total of 0 gives −0 without the || 0
    const goal = (Math.ceil(running - (1e-9 + 1e-12 * running)) || 0) - given;
    given += goal;
    return goal;
  });
}
