/** The rows of the rate table by source and transition: shares by scope, counts as tallies, each put together once. */
import type { Adjustment } from './adjust.ts';
import type { Measure, RateRow } from './rate-row.ts';
import { type Counted, rateOverall, type Tallies, talliesOf } from './tallies.ts';

export interface RateTable {
  readonly rows: readonly RateRow[];
  readonly transitions: number;
  readonly blended: boolean;
  /** What is laid over the answers, by transition; none where that is not said. */
  readonly changes: readonly (readonly Adjustment[])[];
  readonly bySource: Map<string | null, (SourceRates | undefined)[]>;
  /** The overall lines of all sources together, by transition. */
  readonly overall: (SourceRates | undefined)[];
}

/** What answers as it stands. */
export type Share = Exclude<Measure, { kind: 'counts' }>;

/** All rows of one source (or of no source) for one transition: typed and measured shares by scope, counts as tallies. */
export interface SourceRates {
  readonly shares: ReadonlyMap<string, Share>;
  readonly tallies: Tallies | null;
}

export function rateTable(
  rows: readonly RateRow[],
  options: { transitions: number; blended: boolean; changes: RateTable['changes'] },
): RateTable {
  return { rows, ...options, bySource: new Map(), overall: [] };
}

/** Of whom a share speaks, as one text. */
export const scopeKey = (rep: string | null, team: string | null): string =>
  `${rep ?? ''}\u0000${team ?? ''}`;

/** The rows of one source, or of none. */
export function ratesOf(table: RateTable, source: string | null, transition: number): SourceRates {
  let byTransition = table.bySource.get(source);
  if (byTransition === undefined) table.bySource.set(source, (byTransition = []));
  return (byTransition[transition] ??= collect(
    table.rows.filter((row) => row.source === source),
    { transition, blended: table.blended },
  ));
}

/** The overall line where only rows per source are given: their sum. Shares cannot be added, so only counts. */
export function ratesOfAllSources(table: RateTable, transition: number): SourceRates {
  return (table.overall[transition] ??= addUpSources(table, transition));
}

function addUpSources(table: RateTable, transition: number): SourceRates {
  const sources = [...new Set(table.rows.map((row) => row.source))].filter((source) => source !== null);
  const rows: Counted[] = [];
  for (const source of sources) {
    const tallies = ratesOf(table, source, transition).tallies;
    const line = tallies && rateOverall(tallies);
    if (line) rows.push({ ...line, team: null, rep: source });
  }
  return { shares: new Map(), tallies: rows.length > 0 ? talliesOf(rows, false) : null };
}

function collect(rows: readonly RateRow[], options: { transition: number; blended: boolean }): SourceRates {
  const shares = new Map<string, Share>();
  const counted: Counted[] = [];
  for (const row of rows) {
    const measure = row.measures[options.transition];
    if (!measure) continue;
    if (measure.kind !== 'counts') {
      shares.set(scopeKey(row.rep, row.team), measure);
      continue;
    }
    const { converted, entered } = measure.tally;
    counted.push({ converted, entered, team: row.team, rep: row.rep, where: measure.where });
  }
  return { shares, tallies: counted.length > 0 ? talliesOf(counted, options.blended) : null };
}
