/** The measures of a coverage row by the names of the contract: amounts in major units, chances and ratios as they are. */
import type { CoverageRow } from './coverage.ts';

type Measure = (row: CoverageRow) => number | null;

const money = (value: number | null): number | null => (value === null ? null : Math.round(value) / 100 + 0);
const ratio = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000 + 0;

/** What measures count in: `money` in major units, `share` 0 … 1, `ratio` any number of times, `count` whole. */
export type MeasureKind = 'money' | 'share' | 'ratio' | 'count';

/** In the order of the formats. A new measure is one line. */
export const MEASURES = {
  quota: (row) => money(row.quota),
  closed: (row) => money(row.closed),
  to_go: (row) => money(row.toGo),
  open: (row) => money(row.open),
  coverage: (row) => ratio(row.coverage),
  to_go_coverage: (row) => ratio(row.toGoCoverage),
  enough: (row) => ratio(row.enough),
  expected_open: (row) => money(row.expectedOpen),
  expected_new: (row) => money(row.expectedNew),
  lands: (row) => money(row.lands),
  versus_quota: (row) => money(row.versusQuota),
  chance: (row) => ratio(row.chance),
  short_opportunities: (row) => ratio(row.shortOpportunities),
  fresh_chance: (row) => ratio(row.freshChance),
  overdue_count: (row) => row.overdue.count,
  overdue_amount: (row) => money(row.overdue.amount),
  stale_count: (row) => row.stale.count,
  stale_amount: (row) => money(row.stale.amount),
  undated_count: (row) => row.undated.count,
  undated_amount: (row) => money(row.undated.amount),
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof MEASURES;

const KINDS: Readonly<Partial<Record<MeasureName, MeasureKind>>> = {
  coverage: 'ratio',
  to_go_coverage: 'ratio',
  enough: 'ratio',
  chance: 'share',
  fresh_chance: 'share',
  short_opportunities: 'count',
  overdue_count: 'count',
  stale_count: 'count',
  undated_count: 'count',
};

/** Money unless said otherwise. */
export function kindOf(name: MeasureName): MeasureKind {
  return KINDS[name] ?? 'money';
}

/** Measures that nothing can be said of without rates. */
export const NEED_RATES: ReadonlySet<MeasureName> = new Set([
  'enough',
  'expected_open',
  'expected_new',
  'lands',
  'versus_quota',
  'chance',
  'short_opportunities',
  'fresh_chance',
]);

export function isMeasure(text: string): text is MeasureName {
  return Object.hasOwn(MEASURES, text);
}
