/** The measures of a coverage row by the names of the contract: amounts in major units, chances and ratios as they are. */
import type { CoverageRow } from './coverage.ts';

type Measure = (row: CoverageRow) => number | null;

const money = (value: number | null): number | null => (value === null ? null : Math.round(value) / 100 + 0);
const ratio = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000 + 0;

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

export function isMeasure(text: string): text is MeasureName {
  return Object.hasOwn(MEASURES, text);
}
