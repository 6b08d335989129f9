/** Coverage: from a validated model to what each rep, team and the company has against its quota. */
import { chanceBench } from '../chance/amounts.ts';
import { formatDay } from '../period/day.ts';
import type { Grain } from '../period/fiscal.ts';
import { timesForConfidence } from '../plan/confidence.ts';
import { type Context, contextOf } from '../plan/context.ts';
import { dealSpread } from '../plan/deal-spread.ts';
import { compareText } from '../plan/line.ts';
import type { PipelineRecord, PlanModel } from '../plan/model.ts';
import type { OddsOf } from '../plan/odds.ts';
import { carriersOf, type Prepared, prepare } from '../plan/prepare.ts';
import { type PlanPeriod, planPeriods } from '../plan/row.ts';
import { hasErrors, NOWHERE, type Parsed, type Problem, warning } from '../problem.ts';
import { meanDealSize } from './closed.ts';
import type { Coverage, CoverageRow, OpenDeal } from './coverage.ts';
import { addFresh, addProspect, addWithin } from './holding.ts';
import { addUnit, type Holdings, holdingsOf, type Upwards } from './holdings.ts';
import { measure } from './measure.ts';
import { chanceWithin, isDatedIn, isEarly, type Prospect, prospectOf } from './prospect.ts';

/** What is asked for. */
export interface CoverageRequest {
  /** Periods of the plan; empty: the current one and the next. */
  readonly periods: readonly PlanPeriod[];
  /** How long the current one is, where none is named. */
  readonly grain: Grain;
  /** Whether the open deals are wanted one by one. */
  readonly deals?: boolean;
  /** Names of the sources asked for, with their part of the quota; null: all. */
  readonly sources?: ReadonlySet<string | null> | null;
}

/**
 * Coverage of every holding in every period. Problems stand in its place where the quotas contradict each other or,
 * with rates given, one has none; warnings come with it.
 */
export function cover(model: PlanModel, request: CoverageRequest): Parsed<Coverage> {
  const hasRates = model.rates.length > 0;
  const made = hasRates ? prepareSized(model) : withoutRates(model);
  const problems = [...made.problems];
  if (made.value === null) return { value: null, problems };
  const { context, carriers } = made.value;
  const sources = request.sources ?? null;
  const periods = request.periods.length > 0 ? request.periods : currentPeriods(context, request.grain);
  const holdings = holdingsOf(context, carriers, sources);
  const { oddsOf } = made.value;
  const deals = placeRecords(context, holdings, {
    periods,
    oddsOf,
    isListed: request.deals ?? true,
    sources,
  });
  for (const planned of made.value.units())
    if (sources === null || sources.has(planned.source.name)) addUnit(holdings, planned, context);
  const last = model.stages.length - 1;
  const measuring = {
    clock: context.clock,
    hasRates,
    closing: context.timing(last - 1, last),
    variation: dealSpread(model),
    bench: chanceBench(),
  };
  const rows: CoverageRow[] = holdings.all.flatMap((holding) =>
    periods.map((period, position) => measure(holding, { ...measuring, period, position })),
  );
  problems.push(...closedUnknown(model, context, periods));
  return { value: { model, clock: context.clock, periods, rows, deals, hasRates }, problems };
}

type Made = Pick<Prepared, 'context' | 'carriers' | 'oddsOf' | 'units'>;

/** The plan with its goals as they are given: sized for a chance where it asks for one. */
function prepareSized(model: PlanModel): Parsed<Made> {
  const prepared = prepare(model);
  if (prepared.value === null) return prepared;
  const { times, problems } = timesForConfidence(prepared.value);
  const { units } = prepared.value;
  const value = { ...prepared.value, units: () => units({ times, endsOnly: true }) };
  return { value, problems: [...prepared.problems, ...problems] };
}

/** Who carries what, where no goals can be planned for want of rates. */
function withoutRates(model: PlanModel): Parsed<Made> {
  const context = contextOf(model);
  const { carriers, problems } = carriersOf(context);
  const value = { context, carriers, oddsOf: null, units: () => [] };
  return { value: hasErrors(problems) ? null : value, problems };
}

/** The period that holds the as-of day, or the first of the plan, and the next one. */
export function currentPeriods({ clock }: Pick<Context, 'clock'>, grain: Grain): PlanPeriod[] {
  const all = planPeriods(clock, grain);
  const current = Math.max(
    0,
    all.findIndex(({ first, last }) => first <= clock.asOfMonth && clock.asOfMonth <= last),
  );
  return all.slice(current, current + 2);
}

interface Placing {
  readonly periods: readonly PlanPeriod[];
  /** Null where rates are not known. */
  readonly oddsOf: OddsOf | null;
  /** Whether the deals are wanted one by one. */
  readonly isListed: boolean;
  readonly sources: ReadonlySet<string | null> | null;
}

/** Every open record to its holdings; gives the deals among them, those expected to bring most first. */
function placeRecords(context: Context, holdings: Holdings, of: Placing): OpenDeal[] {
  const { model, clock } = context;
  const deals: OpenDeal[] = [];
  for (const record of model.pipeline?.records ?? []) {
    if (record.outcome !== 'open' || (of.sources !== null && !of.sources.has(record.source))) continue;
    const up = holdings.holdersOf(record);
    const prospect = prospectOf(record, model, of.oddsOf);
    if (isEarly(model, record)) {
      addEarly(context, up, { record, prospect });
      continue;
    }
    for (const holding of up) addProspect(holding, prospect);
    const { amount, odds } = prospect;
    for (const [position, period] of of.periods.entries()) {
      const chance = odds === null ? 0 : chanceWithin(odds, period, clock);
      const within = { amount, chance, isDated: isDatedIn(prospect, period) };
      for (const holding of up) addWithin(holding, position, within);
    }
    if (!of.isListed) continue;
    const [first] = of.periods;
    const chance = odds === null || first === undefined ? null : chanceWithin(odds, first, clock);
    deals.push({
      record,
      key: up[0]!.key,
      amount,
      ageDays: record.since === null ? null : Math.max(0, model.asOf - record.since),
      chance,
      expected: chance === null ? null : chance * amount,
      isStale: prospect.isStale,
      isOverdue: prospect.isOverdue,
    });
  }
  return deals.sort(byWorth);
}

/** A record without a deal yet is among what is still to be created: by plan month, the chance that it closes. */
function addEarly(
  context: Context,
  up: Upwards,
  { record, prospect }: { record: PipelineRecord; prospect: Prospect },
): void {
  const { model, clock } = context;
  const { odds } = prospect;
  if (odds === null) return;
  const scope = { team: record.team, rep: record.rep?.name ?? null, source: record.source };
  const size = model.quotaUnit === 'deals' ? 100 : meanDealSize(context, scope);
  const closes = planPeriods(clock, 'month').map((month) => chanceWithin(odds, month, clock));
  for (const holding of up) addFresh(holding, size, closes);
}

/** Most expected first, then the largest; the rest in the order of their ids and rows. */
function byWorth(first: OpenDeal, second: OpenDeal): number {
  return (
    (second.expected ?? 0) - (first.expected ?? 0) ||
    second.amount - first.amount ||
    compareText(first.record.id, second.record.id) ||
    (first.record.where.line ?? 0) - (second.record.where.line ?? 0)
  );
}

/** Where a part of a period is over and neither actuals nor the pipeline say what closed in it. */
function closedUnknown(model: PlanModel, { clock }: Context, periods: readonly PlanPeriod[]): Problem[] {
  const last = model.stages.length - 1;
  const isKnown =
    (model.pipeline?.knowsClosed ?? false) ||
    (model.actuals ?? []).some((row) => row.counts[last] !== null || row.amount !== null);
  if (isKnown || !periods.some(({ first }) => first <= clock.asOfMonth)) return [];
  return [warning('closed_unknown', NOWHERE, { as_of: formatDay(model.asOf) })];
}
