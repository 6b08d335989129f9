/** A small estimate made by hand: two teams, three reps, two sources, a funnel of four stages; and odd ones. */
import type {
  CohortRow,
  DealSizeEstimate,
  HistoryEstimate,
  LagCurve,
  RateEstimate,
} from '../../src/history/estimate.ts';
import { dayOf } from '../../src/period/day.ts';
import { addMonths, monthOf } from '../../src/period/month.ts';
import { at, warning } from '../../src/problem.ts';
import type { HistoryMade, HistoryPlan } from '../../src/report/history/history-head.ts';
import type { RatesFile } from '../../src/report/rates/rates-rows.ts';
import { EVERYTHING, type Selection } from '../../src/report/selection.ts';

export const STAGES = ['lead', 'conversation', 'opportunity', 'close'] as const;

type Who = Pick<RateEstimate, 'level' | 'team' | 'rep' | 'source'>;

const COMPANY: Who = { level: 'company', team: null, rep: null, source: null };
const team = (name: string): Who => ({ ...COMPANY, level: 'team', team: name });
const rep = (name: string, of: string): Who => ({ ...COMPANY, level: 'rep', team: of, rep: name });

export const WHO: readonly Who[] = [
  COMPANY,
  { ...COMPANY, source: 'inbound' },
  { ...COMPANY, source: 'outbound, cold' },
  team('EMEA'),
  team('EMEA/UK'),
  team('West'),
  rep('Ana Ruiz', 'EMEA/UK'),
  rep('Ben "B" Cho', 'West'),
  { ...rep('Ben "B" Cho', 'West'), source: 'inbound' },
  rep('Cy', 'West'),
];

/** Records at the first stage, then those that reached each later one; what is still open has yet to convert. */
const COUNTS = [12_000, 5_900, 1_800, 310] as const;

/** What the rates are: above the ratios of the counts, as many records are young. */
const RATES = [0.5012345678, 0.3123456789, 0.2487654321] as const;

const TRANSITIONS = [
  [0, 1],
  [1, 2],
  [2, 3],
  [0, 3],
] as const;

function rateOf(who: Who, [from, to]: readonly [number, number], part: number): RateEstimate {
  const records = Math.round(COUNTS[from]! * part);
  const converted = Math.round(COUNTS[to]! * part);
  const rate = RATES.slice(from, to).reduce((product, value) => product * value, 1);
  const open = Math.round((records - converted) / 3);
  return {
    ...who,
    from,
    to,
    records,
    converted,
    lost: records - converted - open,
    open,
    naive: converted / records,
    rate,
    low: rate * 0.93,
    high: Math.min(1, rate * 1.06),
    maturity: Math.min(1, converted / records / rate),
    medianLagDays: 9 + 29 * to,
    lag80Days: 20 + 61.5 * to,
    answeredBy: who.level,
  };
}

const NOTHING = { records: 0, converted: 0, lost: 0, open: 0, naive: null, maturity: null } as const;

/** Of a rep nobody has heard of. */
const UNKNOWN = {
  ...NOTHING,
  rate: null,
  low: null,
  high: null,
  medianLagDays: null,
  lag80Days: null,
  answeredBy: 'too little data',
} as const;

const curve = (from: number, to: number, byMonth: readonly number[]): LagCurve => ({
  from,
  to,
  source: null,
  byMonth,
});

const size = (who: Who, deals: number, mean: number): DealSizeEstimate => ({
  ...who,
  deals,
  mean,
  variation: deals < 2 ? null : 0.7123456,
});

/** So many months up to December 2026, each with its shares by age as far as it is old. */
export function cohorts(months: number): CohortRow[] {
  const last = monthOf(2026, 12);
  return Array.from({ length: months }, (_, index) => {
    const age = months - 1 - index;
    return {
      month: addMonths(last, -age),
      records: 900 + 10 * index,
      shares: Array.from({ length: months }, (_, at) => (at <= age ? 0.039 * (1 - 0.7 ** at) : null)),
    };
  });
}

const WHOLE = [0.0008, 0.0041, 0.0093, 0.0152, 0.0207, 0.0251, 0.0286, 0.0313, 0.0334, 0.035, 0.0361];

export const AS_OF = dayOf(2026, 12, 31)!;

export const ESTIMATE: HistoryEstimate = {
  asOf: AS_OF,
  stages: STAGES,
  rows: 12_000,
  rates: WHO.flatMap((who, index) =>
    TRANSITIONS.map((transition) => {
      const rate = rateOf(who, transition, 1 / (index + 1));
      return who.rep === 'Cy' ? { ...rate, ...UNKNOWN } : rate;
    }),
  ),
  curves: [
    curve(0, 1, [0.38, 0.49, 0.5012345678]),
    curve(1, 2, [0.12, 0.25, 0.3, 0.3123456789]),
    curve(2, 3, [0.03, 0.11, 0.18, 0.22, 0.2487654321]),
    curve(0, 3, [...WHOLE, 0.0371, 0.0378, 0.0383, 0.0386, 0.0388, 0.0389, RATES[0] * RATES[1] * RATES[2]]),
    { ...curve(0, 3, [0.001, 0.05]), source: 'inbound' },
  ],
  dealSizes: [
    size(COMPANY, 310, 24_312.555),
    size({ ...COMPANY, source: 'inbound' }, 200, 21_000),
    size(team('West'), 120, 30_500.1),
    size(rep('Ben "B" Cho', 'West'), 1, 8_000),
  ],
  triangles: [{ from: 0, to: 3, rows: cohorts(12) }],
  logStarts: [
    { from: 0, to: 1, day: dayOf(2025, 3, 1)!, isLate: true },
    { from: 1, to: 2, day: dayOf(2025, 1, 2)!, isLate: false },
  ],
  dirt: [
    {
      kind: 'end_before_start',
      count: 3,
      rows: [
        { row: 12, file: 'leads.csv', id: 'A-17', text: '2018-12-07' },
        { row: 1400, file: 'leads.csv', id: null, text: '=1+1: no\n# "x"' },
        { row: null, file: null, id: 'A-19', text: null },
      ],
    },
    { kind: 'after_as_of', count: 121, rows: [{ row: 7, file: null, id: null, text: '2027-03-01' }] },
    { kind: 'twice', count: 1, rows: [] },
    { kind: 'amount_impossible', count: 0, rows: [] },
  ],
  problems: [],
};

/** A history of one step in which nothing is known. */
export const EMPTY: HistoryEstimate = {
  asOf: AS_OF,
  stages: ['lead', 'close'],
  rows: 0,
  rates: [{ ...COMPANY, from: 0, to: 1, ...UNKNOWN }],
  curves: [],
  dealSizes: [],
  triangles: [{ from: 0, to: 1, rows: [] }],
  logStarts: [],
  dirt: [],
  problems: [],
};

/** With so many reps in a team. */
export function withReps(count: number): HistoryEstimate {
  const more = Array.from({ length: count }, (_, index) =>
    rateOf(rep(`Rep ${String(index).padStart(3, '0')}`, 'West'), [0, 3], 1 / count),
  );
  const rates = ESTIMATE.rates.filter(({ level, source }) => level !== 'rep' && source === null);
  return { ...ESTIMATE, rates: [...rates, ...more] };
}

export const PLAN: HistoryPlan = {
  name: 'Northwind',
  currency: 'USD',
  definitions: { lead: 'Asked: to "hear"' },
};

export const MADE: HistoryMade = {
  inputs: [{ path: 'crm/leads.csv', shown: '/tmp/crm/leads.csv', sha256: () => 'ab'.repeat(32) }],
  warnings: [warning('rates_window_backwards', at('/tmp/crm/leads.csv', 3))],
  made: {
    logFrom: dayOf(2025, 3, 1)!,
    halfLife: null,
    options: { stages: ['lead', 'close'], columns: { lead: 'Created: on' }, time_zone: null },
  },
};

/** The same of one step, of the company and West alone. */
export function oneStep({ rates, dealSizes, ...of }: HistoryEstimate): HistoryEstimate {
  const isKept = (row: Who) => row.source === null && (row.team === null || row.team === 'West');
  const whole = rates.filter(({ from, to, ...row }) => from === 0 && to === 3 && isKept(row));
  return {
    ...of,
    stages: ['lead', 'close'],
    rates: whole.map((rate) => ({ ...rate, to: 1 })),
    curves: [{ from: 0, to: 1, source: null, byMonth: [0.01, 0.03, 0.04] }],
    triangles: [{ from: 0, to: 1, rows: cohorts(3) }],
    dealSizes: dealSizes.filter(isKept),
    logStarts: [{ from: 0, to: 1, day: dayOf(2025, 3, 1)!, isLate: true }],
  };
}

/** The company's rates from so many sources, the first with the fewest records. */
export function withSources(count: number): HistoryEstimate {
  const rates = Array.from({ length: count }, (_, index) => {
    const source = `source ${String(index).padStart(2, '0')}`;
    return rateOf({ ...COMPANY, source }, [0, 3], (index + 1) / 100);
  });
  return { ...ESTIMATE, rates };
}

/** Reps of those names. */
export function withNames(names: readonly string[]): HistoryEstimate {
  const rates = names.map((name) => rateOf(rep(name, 'West'), [0, 1], 0.1));
  return { ...ESTIMATE, rates: [...ESTIMATE.rates.slice(0, 4), ...rates] };
}

/** The estimate as it is rendered. */
export function ratesFile(estimate: HistoryEstimate, selection: Partial<Selection> = {}): RatesFile {
  return { estimate, plan: PLAN, selection: { ...EVERYTHING, ...selection }, ...MADE };
}
