/** What closed, by carrier and plan month: counted in actuals, or in closed records of the pipeline. */
import { filled } from '../funnel/series.ts';
import type { Context } from '../plan/context.ts';
import type { Actual } from '../plan/model.ts';
import { type CarrierFinder, quotaWeights, sourceShares } from '../plan/sharing.ts';
import { apportion } from '../quota/apportion.ts';
import type { Carrier } from '../quota/quota.ts';
import { dealSizeFor } from '../rates/deal-size.ts';
import type { Scope } from '../rates/rate-row.ts';

/** Minor units by plan month. */
export interface Closed {
  readonly byCarrier: readonly (readonly number[])[];
  /** Closed by nobody who carries a quota: for their team (null: the company) alone. */
  readonly besides: readonly {
    readonly team: string | null;
    readonly month: number;
    readonly amount: number;
  }[];
}

export function closedBy(context: Context, { carriers, find, sources }: ClosedOf): Closed {
  const { model, clock } = context;
  const byCarrier = carriers.map(() => filled(clock.months, 0));
  const besides: { team: string | null; month: number; amount: number }[] = [];
  for (const row of model.actuals ?? []) {
    const month = row.month - clock.from;
    const amount = partOf(context, row, sources);
    if (amount === null || month < 0 || month > clock.asOfMonth || month >= clock.months) continue;
    const own = find.ofRep(row.rep);
    if (row.isRecord && own.length === 0) {
      besides.push({ team: row.team, month, amount });
      continue;
    }
    const indexes = find.of(row);
    const parts = apportion(amount, quotaWeights(carriers, indexes, month));
    for (const [position, index] of indexes.entries()) byCarrier[index]![month]! += parts[position]!;
  }
  return { byCarrier, besides };
}

interface ClosedOf {
  readonly carriers: readonly Carrier[];
  readonly find: CarrierFinder;
  /** The sources asked for; null: all. */
  readonly sources: ReadonlySet<string | null> | null;
}

/** Of the sources asked for; what names no source is theirs by their shares. */
function partOf(context: Context, row: Actual, sources: ClosedOf['sources']): number | null {
  const amount = amountClosed(context, row);
  if (amount === null || sources === null) return amount;
  const { model } = context;
  const shares = sourceShares(model.sources, row.source, model.stages.length - 1);
  const parts = apportion(amount, shares);
  return parts.reduce((sum, part, index) => (sources.has(model.sources[index]!.name) ? sum + part : sum), 0);
}

/** Minor units; closes × deal size where the row has no amount. Null where it counts no closes. */
function amountClosed(context: Context, row: Actual): number | null {
  const { model } = context;
  const closes = row.counts[model.stages.length - 1] ?? null;
  if (model.quotaUnit === 'deals') return closes === null ? null : Math.round(closes * 100);
  if (row.amount !== null) return row.amount;
  if (closes === null) return null;
  const asker: Scope = { team: row.team, rep: row.rep?.name ?? null, source: row.source };
  return Math.round(closes * meanDealSize(context, asker));
}

/** The deal size of whoever asks; over all sources by their shares where only those have one. 0 where none is given. */
export function meanDealSize({ model, dealSizes }: Context, asker: Scope): number {
  const own = dealSizeFor(dealSizes, asker);
  if (own !== null) return own.dealSize.amount;
  let amount = 0;
  let share = 0;
  for (const source of model.sources) {
    const answer = dealSizeFor(dealSizes, { ...asker, source: source.name });
    if (answer === null) continue;
    amount += source.share * answer.dealSize.amount;
    share += source.share;
  }
  return share > 0 ? amount / share : 0;
}
