/** What changed since an earlier coverage: how open moved, deal by deal, and what became of every measure. */
import type { Day } from '../../period/day.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import { savedKey } from '../checks.ts';
import type { Coverage, CoverageKey } from '../coverage.ts';
import { coverageKeyText } from '../coverage-key.ts';
import { MEASURES, type MeasureName } from '../measures.ts';
import type { SavedCoverage, SavedDeal } from '../saved-coverage.ts';
import { type Movement, movementsOf, nothingMoved } from './movement.ts';
import { type Move, movesOf } from './moves.ts';
import { standings, thenAndNow, transitionsOf } from './standing.ts';

export interface Change {
  readonly key: CoverageKey;
  readonly period: PlanPeriod;
  /** Null where the earlier one was saved without its deals. */
  readonly movement: Movement | null;
  /** Now less then, in major units; null where either is. */
  readonly changes: Readonly<Partial<Record<MeasureName, number | null>>>;
}

export interface Changes {
  readonly since: Day;
  /** Whether its deals were not all there were, so that movements are not known. */
  readonly isPartial: boolean;
  readonly rows: readonly Change[];
  /** Of the first period; largest first. */
  readonly moves: readonly Move[];
}

export function changesSince(coverage: Coverage, since: SavedCoverage): Changes {
  const savedRows = new Map(since.rows.map((row) => [savedKey(row), row]));
  const byPeriod = coverage.periods.map((period) => movedIn(coverage, since, period));
  const rows = coverage.rows.map((row): Change => {
    const { period } = row;
    const position = coverage.periods.indexOf(period);
    const then = savedRows.get(savedKey({ ...row, period: period.label }));
    const movement = byPeriod[position]?.byKey.get(coverageKeyText(row)) ?? null;
    const changes: Partial<Record<MeasureName, number | null>> = {};
    for (const name of Object.keys(MEASURES) as MeasureName[]) {
      const before = then?.measures[name] ?? null;
      const now = MEASURES[name](row);
      changes[name] =
        before === null || now === null ? null : Math.round((now - before) * 10_000) / 10_000 + 0;
    }
    return {
      key: row,
      period,
      movement: byPeriod[position] === null ? null : (movement ?? nothingMoved()),
      changes,
    };
  });
  const isPartial = since.deals !== null && byPeriod.includes(null);
  return { since: since.asOf, isPartial, rows, moves: byPeriod[0]?.moves() ?? [] };
}

/** What moved in a period; null where the earlier coverage does not have all its deals. */
function movedIn(coverage: Coverage, since: SavedCoverage, period: PlanPeriod) {
  const { deals, asOf } = since;
  if (deals === null || !isWhole(since, deals, { coverage, period })) return null;
  const seen = thenAndNow(coverage, { since, deals, period });
  const transitions = transitionsOf(coverage, seen, asOf);
  return {
    byKey: movementsOf(transitions),
    moves: () => movesOf(coverage, transitions, { ...seen, since: asOf, period }),
  };
}

/** Whether the saved deals are all there were: they add up to what the company had open. */
function isWhole(
  since: SavedCoverage,
  deals: readonly SavedDeal[],
  { coverage, period }: { coverage: Coverage; period: PlanPeriod },
): boolean {
  const company = since.rows.find((row) => row.level === 'company' && row.period === period.label);
  const open = company?.measures.open ?? null;
  if (open === null) return true;
  let sum = 0;
  for (const { isOpen, amount } of standings(coverage, deals, { period, asOf: since.asOf }).values())
    if (isOpen) sum += amount;
  return sum === Math.round(open * 100);
}
