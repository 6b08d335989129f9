/** The numbers of one holding in one period: closed, to go, open, enough or not, where it lands and how likely. */
import { type Bench, chanceOfReaching, chanceOfSum, type NewDeals } from '../chance/amounts.ts';
import { arrivedBy, type Timing } from '../funnel/timing.ts';
import type { Clock } from '../plan/clock.ts';
import type { PlanPeriod } from '../plan/row.ts';
import type { CoverageRow, Status } from './coverage.ts';
import { type Holding, nothingOpen, type PeriodTally } from './holding.ts';

/** What a row is measured by. */
export interface Measuring {
  readonly clock: Clock;
  readonly period: PlanPeriod;
  /** Place of the period among those the prospects' chances are of. */
  readonly position: number;
  /** From the stage before the last to the last. */
  readonly closing: Timing;
  readonly hasRates: boolean;
  /** Coefficient of variation of deal sizes; 0 where it is not known. */
  readonly variation: number;
  readonly bench: Bench;
}

export function measure(holding: Holding, measuring: Measuring): CoverageRow {
  const { period, position } = measuring;
  const quota = sumIn(holding.quota, period);
  const closed = sumIn(holding.closed, period);
  const toGo = Math.max(0, quota - closed);
  const within = holding.within[position] ?? nothingOpen();
  const { open } = within;
  const { all, overdue, stale, undated } = holding;
  const base = {
    ...holding.key,
    finest: holding.isFinest,
    period,
    quota,
    closed,
    toGo,
    open,
    coverage: quota > 0 ? open / quota : null,
    toGoCoverage: toGo > 0 ? open / toGo : null,
    prospects: all.count,
    overdue,
    stale,
    undated,
  };
  if (!measuring.hasRates) {
    const status: Status | null = quota === 0 ? 'no_quota' : toGo === 0 ? 'made' : null;
    return { ...base, ...WITHOUT_RATES, status };
  }
  const fresh = freshIn(holding, period);
  const expectedOpen = Math.round(within.dated + within.others);
  const expectedNew = Math.round(fresh);
  const lands = closed + expectedOpen + expectedNew;
  const versusQuota = lands - quota;
  const status = quota === 0 ? 'no_quota' : toGo === 0 ? 'made' : versusQuota >= 0 ? 'enough' : 'short';
  const freshShare = chanceOfNew(measuring);
  return {
    ...base,
    enough: enoughFor(within, { fresh, toGo }),
    expectedOpen,
    expectedNew,
    lands,
    versusQuota,
    chance: quota === 0 ? null : reaches(holding, within, { ...measuring, toGo }),
    shortOpportunities: quota === 0 ? null : missing(holding, versusQuota, freshShare),
    freshChance: holding.worth.weight > 0 ? (holding.worth.rate / holding.worth.weight) * freshShare : null,
    freshShare,
    status: status satisfies Status,
  };
}

const WITHOUT_RATES = {
  enough: null,
  expectedOpen: null,
  expectedNew: null,
  lands: null,
  versusQuota: null,
  chance: null,
  shortOpportunities: null,
  freshChance: null,
  freshShare: 0,
} as const;

function sumIn(series: readonly number[], { first, last }: PlanPeriod): number {
  let sum = 0;
  for (let month = first; month <= last; month++) sum += series[month]!;
  return sum;
}

/** Amount expected of deals still to be created. */
function freshIn({ fresh }: Holding, period: PlanPeriod): number {
  let created = 0;
  for (const [size, closes] of fresh) created += size * sumIn(closes, period);
  return created;
}

/**
 * The to-go coverage at which the quota is landed on average: what the deals dated in the period must bring, ÷ the
 * share of their amount that they bring, ÷ to go. At least 0; null where there is nothing to divide by.
 */
function enoughFor(
  { open, dated, others }: PeriodTally,
  { fresh, toGo }: { fresh: number; toGo: number },
): number | null {
  if (!(toGo > 0 && open > 0 && dated > 0)) return null;
  return Math.max(0, (toGo - fresh - others) / (dated / open) / toGo);
}

function reaches(
  { fresh: created }: Holding,
  { amounts, chances, count, dated, others, variance, third }: PeriodTally,
  { period, variation, bench, toGo }: Measuring & { readonly toGo: number },
): number {
  const fresh: NewDeals[] = [];
  for (const [size, closes] of created) {
    const expected = sumIn(closes, period);
    if (expected > 0) fresh.push({ expected, size, variation });
  }
  if (count > amounts.length)
    return chanceOfSum({ wanted: toGo, deals: { mean: dated + others, variance, third }, fresh });
  const deals = amounts.map((amount, index) => ({ amount, chance: chances[index]! }));
  return chanceOfReaching({ wanted: toGo, deals, fresh, bench });
}

/** Of opportunities created now, or as a later period begins, of those that ever close, the share that does so within it. */
function chanceOfNew({ closing, period, clock }: Measuring): number {
  const now = clock.gone === 1 ? clock.asOfMonth + 1 : clock.asOfMonth;
  const month = Math.max(now, period.first);
  return arrivedBy(closing, period.last - month) - arrivedBy(closing, period.first - 1 - month);
}

/** New opportunities that close the gap on average; 0 where there is none, null where new ones cannot close in time. */
function missing({ worth }: Holding, versusQuota: number, freshShare: number): number | null {
  if (versusQuota >= 0) return 0;
  const each = worth.weight > 0 ? (worth.amount / worth.weight) * freshShare : 0;
  return each > 0 ? -versusQuota / each : null;
}
