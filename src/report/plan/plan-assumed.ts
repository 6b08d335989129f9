/** What nobody said and the plan assumes; sources without leads; and what the stages mean. */
import { arrivedBy, timingOver } from '../../funnel/timing.ts';
import { formatPeriod, periodOf } from '../../period/fiscal.ts';
import { addMonths } from '../../period/month.ts';
import { horizonMonths } from '../../plan/clock.ts';
import type { AssumedRow } from '../../plan/plan.ts';
import { type Block, prose } from '../block.ts';
import { dayName, GLUE, monthSpan, shortAmount, typedPercent, wholePercent } from '../format.ts';
import { type Periods, quarterTitle } from './plan-periods.ts';
import { expectedOf, pickedSources, type Scope } from './plan-scope.ts';
import { listed, plural } from './plan-words.ts';

export function assumedLines(scope: Scope, periods: Periods): Block[] {
  const rows = (what: AssumedRow['what']) => scope.plan.assumed.filter((of) => of.what === what);
  const texts = [quotaText(scope, periods, rows('quota')), carryInText(scope, rows('carry_in'))];
  return texts.flatMap((text) =>
    text === null ? [] : [prose(`${scope.everything ? 'assumed' : 'assumed, over the company'}: ${text}`)],
  );
}

/** `next year's quota flat at $1.03M a month; 89% of Q4's leads close there. Add FY2029.` */
function quotaText(scope: Scope, periods: Periods, rows: readonly AssumedRow[]): string | null {
  const { model, clock } = scope.plan;
  if (rows.length === 0) return null;
  const monthly = rows.map((of) => quotaBehind(scope, of));
  const [least, most] = [Math.min(...monthly), Math.max(...monthly)];
  const mean = shortAmount(monthly.reduce((sum, value) => sum + value, 0) / monthly.length, scope.unit);
  const flat = most - least <= most * 0.005;
  const months = flat
    ? `flat at ${mean} a month`
    : `at ${shortAmount(least, scope.unit)} to ${shortAmount(most, scope.unit)} a month`;
  const { first, last, years } = yearsNamed(scope, rows);
  const isYears = periodOf(first, 'year', clock.calendar).first === first;
  const partly = model.quotas.some((quota) => quota.last > model.to);
  const isNext = isYears && years.length === 1 && first === model.to + 1;
  const whose = isNext ? "next year's quota" : `quota for ${monthSpan(first, last)}`;
  const given = partly ? ', where none is given,' : '';
  const add = isYears ? listed(years) : 'it';
  const close = closeThere(scope, periods);
  return `${whose}${given} ${months}${close === null ? '' : `; ${close}`}. Add ${add}.`;
}

/**
 * The whole quota behind the assumed closes of a month, in hundredths: they are of sources that look so far ahead
 * only, and of a quota that may be over-assigned.
 */
function quotaBehind({ plan: { model, clock } }: Scope, { month, closes, amount }: AssumedRow): number {
  const last = model.stages.length - 1;
  const share = model.sources
    .filter(({ startsAt }) => {
      const curve = timingOver(model.lags.slice(startsAt, last)).share.length;
      return horizonMonths(clock, curve) > month;
    })
    .reduce((sum, source) => sum + source.share, 0);
  return ((amount ?? closes * 100) * (1 + model.overAssigned)) / share;
}

/** A fiscal year is named from this part of the assumed closes on: measured lags have long thin tails. */
const NOTABLE = 0.05;

/** The fiscal years worth asking for, and the months they are assumed in, first to last. */
function yearsNamed({ plan: { clock } }: Scope, rows: readonly AssumedRow[]) {
  const { calendar } = clock;
  const yearOf = ({ month }: AssumedRow) =>
    formatPeriod(periodOf(addMonths(clock.from, month), 'year', calendar), calendar);
  const byYear = new Map<string, number>();
  for (const of of rows) byYear.set(yearOf(of), (byYear.get(yearOf(of)) ?? 0) + of.closes);
  const all = [...byYear.values()].reduce((sum, closes) => sum + closes, 0);
  const least = Math.min(all * NOTABLE, Math.max(...byYear.values()));
  const named = rows.filter((of) => byYear.get(yearOf(of))! >= least);
  return {
    first: addMonths(clock.from, named[0]!.month),
    last: addMonths(clock.from, named.at(-1)!.month),
    years: [...new Set(named.map(yearOf))],
  };
}

/**
 * Of the leads of the last quarter that ever close, the share that closes after the plan:
 * Σ leads[s] × (1 − share closed by the plan's end) ÷ Σ leads. Lags are the same for all, so it is exact for leads.
 */
function closeThere(scope: Scope, periods: Periods): string | null {
  const { model, clock } = scope.plan;
  const { first, last } = periods.quarters.at(-1)!;
  const leads = expectedOf(scope, scope.lines, 0);
  const timing = timingOver(model.lags);
  let all = 0;
  let after = 0;
  for (let month = first; month <= last; month++) {
    const value = Number.isNaN(leads[month]!) ? 0 : leads[month]!;
    all += value;
    after += value * (1 - arrivedBy(timing, clock.months - 1 - month));
  }
  if (!(all > 0) || after < all * 1e-9) return null;
  return `${wholePercent(after / all)} of ${quarterTitle(periods, { first, last })}'s ${plural(model.stages[0]!)} close there`;
}

/** `128 deals ($3.07M) in Feb – Jul 2027 come from records that exist on 31 Jan 2027, as many as the plan's own pace`. */
function carryInText(scope: Scope, rows: readonly AssumedRow[]): string | null {
  const { model, clock } = scope.plan;
  const closes = rows.reduce((sum, of) => sum + of.closes, 0);
  const notable = rows.filter((of) => of.closes >= closes * 0.005);
  if (notable.length === 0) return null;
  const span = monthSpan(
    addMonths(clock.from, notable[0]!.month),
    addMonths(clock.from, notable.at(-1)!.month),
  );
  const amount = rows.reduce((sum, of) => sum + (of.amount ?? 0), 0);
  const money = scope.unit.kind === 'money' ? ` (${shortAmount(amount, scope.unit)})` : '';
  const exist = `records that exist on ${dayName(model.asOf)}`;
  const deals = shortAmount(closes * 100, { kind: 'deals', currency: null });
  const come = deals.startsWith(`1${GLUE}`) ? 'comes' : 'come';
  return `${deals}${money} in ${span} ${come} from ${exist}, as many as the plan's own pace brings.`;
}

/** `expansion brings 20% of the quota without leads`: why the shares of the sources shown are not all. */
export function withoutLeadsLine(scope: Scope): Block[] {
  const { model } = scope.plan;
  const without = pickedSources(model, scope.selection).filter(
    ({ name, startsAt }) => name !== null && startsAt === model.stages.length - 1,
  );
  if (without.length === 0) return [];
  const share = without.reduce((sum, source) => sum + source.share, 0);
  const names = listed(without.map(({ name }) => name!));
  const verb = without.length === 1 ? 'brings' : 'bring';
  return [prose(`${names} ${verb} ${typedPercent(share)} of the quota without leads`, 'dim')];
}

/** `lead: A named person who asked to hear more`, in funnel order. */
export function definitionLines({ plan: { model } }: Scope): Block[] {
  const { stages, definitions } = model;
  const defined = stages.filter((stage) => definitions[stage]);
  return defined.map((stage, index) => prose(`${stage}: ${definitions[stage]}`, 'dim', index === 0));
}
