/** A small, realistic model: three teams, twelve reps, four sources, a fiscal year from February; parts can be replaced. */
import { type Day, dayOf } from '../../src/period/day.ts';
import { type Month, monthOf, monthOfDay } from '../../src/period/month.ts';
import { planGoals } from '../../src/plan/goals.ts';
import type { PlanModel, Source } from '../../src/plan/model.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { at } from '../../src/problem.ts';
import type { Quota } from '../../src/quota/quota.ts';
import type { Rep } from '../../src/quota/rep.ts';
import type { RateRow } from '../../src/rates/rate-row.ts';

export function day(text: string): Day {
  const [year, month, dayOfMonth] = text.split('-').map(Number) as [number, number, number];
  return dayOf(year, month, dayOfMonth) as Day;
}

export function rep(name: string, team: string | null, dates: { start?: string; end?: string } = {}): Rep {
  const start = dates.start === undefined ? null : day(dates.start);
  const end = dates.end === undefined ? null : day(dates.end);
  return {
    name,
    team,
    start,
    end,
    firstStart: start,
    id: null,
    email: null,
    aliases: [],
    where: at('reps.csv'),
  };
}

const TEAMS: Readonly<Record<string, readonly string[]>> = {
  East: ['Ana Ruiz', 'Ben Cho', 'Chloe Martin', 'Dev Patel'],
  West: ['Eva Lindqvist', 'Finn Murphy', 'Gil Moreau', 'Hana Sato'],
  'EMEA/UK': ['Imogen Clarke', 'Jack Doyle'],
  'EMEA/DACH': ['Katja Vogel', 'Lukas Weber'],
};
const DATES: Readonly<Record<string, { start?: string; end?: string }>> = {
  'Ben Cho': { start: '2027-05-01' },
  'Gil Moreau': { end: '2027-08-15' },
  'Lukas Weber': { start: '2026-12-01' },
};

export const REPS: readonly Rep[] = Object.entries(TEAMS).flatMap(([team, names]) =>
  names.map((name) => rep(name, team, DATES[name])),
);

/** A year's quota of a rep, in dollars. */
export function quotaOf(of: Rep, dollars: number): Quota {
  return {
    team: of.team,
    rep: of,
    first: of.start === null ? monthOf(2027, 2) : (Math.max(monthOf(2027, 2), monthOfDay(of.start)) as Month),
    last: monthOf(2028, 1),
    amount: dollars * 100,
    where: at('quotas.csv', 2),
  };
}

const SOURCES: readonly Source[] = [
  { name: 'inbound', owner: 'marketing', share: 0.45, startsAt: 0, where: at('leadgoal.yaml', 20) },
  { name: 'outbound', owner: 'sales', share: 0.25, startsAt: 0, where: at('leadgoal.yaml', 21) },
  { name: 'partner', owner: 'partners', share: 0.1, startsAt: 2, where: at('leadgoal.yaml', 22) },
  { name: 'expansion', owner: 'sales', share: 0.2, startsAt: 3, where: at('leadgoal.yaml', 23) },
];

/** Stage counts of a source; null where a stage is not counted. */
export function counted(scope: Partial<RateRow>, counts: readonly (number | null)[], line: number): RateRow {
  const where = at('rates.csv', line);
  const measures = counts.slice(1).map((converted, index) => {
    const entered = counts[index]!;
    return entered === null || converted === null
      ? null
      : { kind: 'counts' as const, tally: { converted, entered }, where };
  });
  return { team: null, rep: null, source: null, ...scope, measures, lastMonth: null, where };
}

export function smallModel(parts: Partial<PlanModel> = {}): PlanModel {
  return {
    name: 'Northwind FY2028',
    currency: 'USD',
    quotaUnit: 'money',
    from: monthOf(2027, 2),
    to: monthOf(2028, 1),
    calendar: { starts: 2, namedBy: 'end' },
    asOf: day('2027-01-31'),
    stages: ['lead', 'conversation', 'opportunity', 'close'],
    definitions: {},
    quotas: REPS.map((of) => quotaOf(of, of.name === 'Ben Cho' ? 600_000 : 1_050_000)),
    reps: REPS,
    ramp: [0, 0.25, 0.5, 0.75],
    quotasIncludeRamp: true,
    seasonality: new Array<number>(12).fill(1),
    sizeOn: null,
    overAssigned: 0,
    dealSizes: [
      { team: null, rep: null, source: null, amount: 2_400_000, deals: null, where: at('leadgoal.yaml', 9) },
    ],
    rates: [
      counted({ source: 'inbound' }, [9590, 4805, 1499, 373], 2),
      counted({ source: 'outbound' }, [4100, 1230, 410, 82], 3),
      counted({ source: 'partner' }, [null, null, 200, 60], 4),
    ],
    blended: true,
    lags: [
      { kind: 'duration', months: 10 / 30.4375 },
      { kind: 'duration', months: 1 },
      { kind: 'shares', shares: [0.1, 0.25, 0.3, 0.2, 0.1, 0.05] },
    ],
    lagsWhere: [null, null, null],
    measured: null,
    sources: SOURCES,
    late: 'spread',
    lookahead: 0.8,
    actuals: null,
    pipeline: null,
    confidence: null,
    capacity: [null, null, null, null],
    changes: [],
    rateChanges: [],
    dealSizeChanges: [],
    ...parts,
  };
}

export function planOf(model: PlanModel): Plan {
  const { value, problems } = planGoals(model);
  if (value === null) throw new Error(JSON.stringify(problems));
  return value;
}
