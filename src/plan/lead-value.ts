/** What one lead of each source is worth, how sure that is, and what may be paid for it at a share of the revenue. */
import { normalQuantile } from '../chance/normal.ts';
import { filled } from '../funnel/series.ts';
import { dealSizeFor } from '../rates/deal-size.ts';
import { estimateSpread } from '../rates/evidence.ts';
import type { RateAnswer } from '../rates/rate-table.ts';
import type { Context } from './context.ts';
import { compareText, type Line, plus, sumOver } from './line.ts';
import type { Source } from './model.ts';
import type { PlannedUnit } from './prepare.ts';

/** A unit with what its leads bring. */
export interface PricedUnit {
  readonly source: Source;
  /** Its finest lines: the rep's and the territory's. */
  readonly lines: readonly Line[];
  /** Share of its leads (or of the records it begins with) that ever close. */
  readonly yield: number;
  /** Minor units; null where quotas count deals and no deal size is given. */
  readonly dealSize: number | null;
  /** The rates behind the yield, by transition; null before the first stage. */
  readonly rates: readonly (RateAnswer | null)[];
}

/** What a record of a source's first stage is worth, over those it was worked out for. */
export interface LeadValue {
  readonly source: Source;
  /** Share of the records that ever close, and the mean size of those closes: their product is the value. */
  readonly yield: number;
  readonly dealSize: number | null;
  /** Minor units, exactly; null where no deal size is known. */
  readonly value: number | null;
  /** Its 80 % interval, as far as the rates are estimates; null where they are typed. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whole goals by plan month; NaN where there is none. */
  readonly leads: readonly number[];
}

/** Of quotas in deals by the deal sizes that are given beside them. */
export function pricedUnit(
  { worthSizes }: Pick<Context, 'worthSizes'>,
  { source, path, answers, carrier }: PlannedUnit,
  lines: readonly Line[],
): PricedUnit {
  const asker = { team: carrier.team, rep: carrier.rep?.name ?? null, source: source.name };
  const { dealSize } = answers.dealSize ?? dealSizeFor(worthSizes, asker) ?? NO_DEAL_SIZE;
  return {
    source,
    lines,
    yield: path.yield(path.first, path.last),
    dealSize: dealSize !== null && dealSize.amount > 0 ? dealSize.amount : null,
    rates: answers.rates,
  };
}

const NO_DEAL_SIZE = { dealSize: null };

/**
 * A row per source with leads, by name: Σ leads · yield · deal size ÷ Σ leads over the lines that are wanted, with the
 * exact leads of the plan as weights. A lead of which 5 % close at 20,000 is worth 1,000. Where the plan needs none of
 * a source's leads, its units weigh the same.
 */
export function leadValues(
  { priced, clock }: { readonly priced: readonly PricedUnit[]; readonly clock: { readonly months: number } },
  isWanted: (line: Line) => boolean,
): LeadValue[] {
  const bySource = new Map<Source, WeighedUnit[]>();
  for (const unit of priced) {
    const lines = unit.lines.filter(isWanted);
    if (lines.length === 0) continue;
    const known = bySource.get(unit.source);
    const weighed = { unit, ...leadsOf(unit.source, lines, clock.months) };
    if (known) known.push(weighed);
    else bySource.set(unit.source, [weighed]);
  }
  return [...bySource]
    .map(([source, units]) => valueOfSource(source, units))
    .sort((first, second) => compareText(first.source.name, second.source.name));
}

interface WeighedUnit {
  readonly unit: PricedUnit;
  /** Exact leads over the plan. */
  readonly expected: number;
  readonly leads: readonly number[];
}

function leadsOf(
  { startsAt }: Source,
  lines: readonly Line[],
  months: number,
): Pick<WeighedUnit, 'expected' | 'leads'> {
  const offset = startsAt * months;
  const leads = filled(months, Number.NaN);
  let expected = Number.NaN;
  for (const line of lines) {
    expected = plus(expected, sumOver(line.expected, offset, offset + months - 1));
    for (let month = 0; month < months; month++)
      leads[month] = plus(leads[month]!, line.goals[offset + month]!);
  }
  return { expected: plus(0, expected), leads };
}

function valueOfSource(source: Source, units: readonly WeighedUnit[]): LeadValue {
  const isNeeded = units.some(({ expected }) => expected > 0);
  const weight = ({ expected }: WeighedUnit): number => (isNeeded ? expected : 1);
  const mean = (of: (unit: PricedUnit) => number): number =>
    units.reduce((sum, one) => sum + weight(one) * of(one.unit), 0) /
    units.reduce((sum, one) => sum + weight(one), 0);
  const rate = mean((unit) => unit.yield);
  const value = units.some(({ unit }) => unit.dealSize === null)
    ? null
    : mean((unit) => unit.yield * unit.dealSize!);
  const dealSize = value === null ? null : value / rate;
  const months = units[0]!.leads.length;
  const leads = Array.from({ length: months }, (_, month) =>
    units.reduce((sum, one) => plus(sum, one.leads[month]!), Number.NaN),
  );
  const doubt = doubtOf(units.map((one) => ({ unit: one.unit, weight: weight(one) })));
  return { source, yield: rate, dealSize, value, ...intervalOf(value, dealSize, doubt), leads };
}

/**
 * Squared coefficient of variation of the value, as far as rates are estimates. Units that one and the same rate
 * answers for are off together; different rates are off apart from each other: Σ over rates of (Σ over its units of
 * weight · value · spread)² ÷ (Σ weight · value)². One rate for all with a spread of .1 is .01; typed rates are 0.
 */
function doubtOf(units: readonly { readonly unit: PricedUnit; readonly weight: number }[]): number {
  const byRate = new Map<string, number>();
  let whole = 0;
  for (const { unit, weight } of units) {
    const worth = weight * unit.yield * (unit.dealSize ?? 1);
    whole += worth;
    for (const [transition, answer] of unit.rates.entries()) {
      if (answer === null) continue;
      const { team, rep, source } = answer.scope;
      const key = [transition, team, rep, source].map((part) => part ?? '').join('\u0000');
      byRate.set(key, (byRate.get(key) ?? 0) + worth * Math.sqrt(estimateSpread(answer)));
    }
  }
  if (!(whole > 0)) return 0;
  let squares = 0;
  for (const off of byRate.values()) squares += (off / whole) ** 2;
  return squares;
}

/** An 80 % interval lies between these shares of what may turn out. */
const TAILS = [0.1, 0.9] as const;

/**
 * The 10 % and 90 % points of a lognormal with that mean and that squared coefficient of variation: a product of
 * estimates. 1,000 known to .1 (.01) is 876 to 1,131. A record closes once at most: never above the deal size.
 */
function intervalOf(
  value: number | null,
  dealSize: number | null,
  doubt: number,
): Pick<LeadValue, 'low' | 'high'> {
  if (value === null || dealSize === null || doubt === 0) return { low: null, high: null };
  const deviation = Math.sqrt(Math.log1p(doubt));
  const middle = value / Math.sqrt(1 + doubt);
  const [low, high] = TAILS.map((share) => middle * Math.exp(deviation * normalQuantile(share)));
  return { low: low!, high: Math.min(dealSize, high!) };
}

/** What may be paid for one, to the minor unit, at a share of the revenue it brings; null where either is not known. */
export function mayCost({ value }: Pick<LeadValue, 'value'>, spend: number | null): number | null {
  return value === null || spend === null ? null : Math.round(value * spend);
}

/** What may be paid for the leads of the months first … last: each what one may cost. NaN where none are asked for. */
export function budgetIn(
  of: LeadValue,
  spend: number,
  { first, last }: { first: number; last: number },
): number {
  return (mayCost(of, spend) ?? Number.NaN) * sumOver([...of.leads], first, last);
}
