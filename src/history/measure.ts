/** Every transition of the company, over all sources and of each: its life table, its counts, its rate. */
import type { Month } from '../period/month.ts';
import { monthOfDay } from '../period/month.ts';
import { pooledRate } from '../rates/blend.ts';
import { type MonthWorth, worthByMonth } from './effective.ts';
import { type LifeTable, rateOf, saysWhen, tableOf } from './life-table.ts';
import { type Slice, slicesOf, transitionsOf } from './slice.ts';
import type { HistoryTallies } from './tallies.ts';
import { type Counts, evidenceOf, type Ledger, ledgersOf, totalOf, type Units } from './units.ts';

export interface Measure {
  readonly slice: Slice;
  readonly table: LifeTable;
  /** What records are worth by their age, of the source's own table or, where that does not say when, of all sources'. */
  readonly worth: MonthWorth;
  readonly ledger: Ledger;
  readonly total: Counts;
  /** Share that ever converts; null without records. */
  readonly rate: number | null;
  /** Never ten at risk, or nothing converted. */
  readonly isLittle: boolean;
}

export interface Measuring {
  readonly sources: readonly (string | null)[];
  readonly units: Units;
  /** Months after which a record weighs half as much as one of the as-of month; null: all weigh the same. */
  readonly halfLife: number | null;
}

/** By source (all together first), then by place. */
export function measuresOf(tallies: HistoryTallies, { sources, units, halfLife }: Measuring): Measure[][] {
  const slices = slicesOf(tallies, sources);
  const tables = slices.map((places) => places.map(tableOf));
  const worth = slices.map((places, scope) =>
    places.map((slice, place) => {
      const timing = [tables[scope]![place]!, tables[0]![place]!].find(saysWhen);
      return worthByMonth(slice, timing ?? null);
    }),
  );
  const transitions = transitionsOf(tallies.stages);
  const weightOf = weighing(monthOfDay(tallies.asOf), halfLife);
  const ledgers = ledgersOf(tallies, units.unitOf, { sources, transitions, worth, weightOf });
  return slices.map((places, scope) =>
    places.map((slice, place) => {
      const table = tables[scope]![place]!;
      const ledger = ledgers[scope]![place]!;
      const total = totalOf(ledger.values());
      const rate = companyRate(table, total);
      return { slice, table, worth: worth[scope]![place]!, ledger, total, rate, isLittle: !saysWhen(table) };
    }),
  );
}

/** 1 for the as-of month, ½ for one a half-life (months) before it; null: 1 for all. */
export function weighing(latest: Month, halfLife: number | null): (month: Month) => number {
  if (halfLife === null) return () => 1;
  const perMonth = 0.5 ** (1 / halfLife);
  const weights: number[] = [1];
  return (month) => {
    const age = Math.max(0, latest - month);
    while (weights.length <= age) weights.push(weights.at(-1)! * perMonth);
    return weights[age]!;
  };
}

/**
 * The life table's rate. With a half-life it is moved by how much more (or less) the recent months converted of what
 * they are worth than all months did: when records convert is taken from all of them. Where the table says nothing,
 * converted ÷ effective, with half a record for none or all: 0 of 12 is .5 ÷ 13.
 */
function companyRate(table: LifeTable, total: Counts): number | null {
  const rate = rateOf(table);
  const evidence = evidenceOf(total);
  if (!saysWhen(table) || rate === null) return pooledRate([evidence]);
  const { converted, worth, weighedConverted, weighedWorth } = total;
  const moved = worth > 0 && weighedWorth > 0 ? weighedConverted / weighedWorth / (converted / worth) : 1;
  return Math.min(1, rate * moved);
}
