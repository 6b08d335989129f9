/** Rows of the plan's JSON beside its goals: bridge, late closes, assumptions, chances, capacity, what leads are worth. */
import type { Input } from '../../files/input.ts';
import { addMonths, formatMonth } from '../../period/month.ts';
import { leadValues, mayCost } from '../../plan/lead-value.ts';
import { type LineKey, plus } from '../../plan/line.ts';
import type { PlanModel } from '../../plan/model.ts';
import type { Assumption, BridgeRow, ChanceRow, Plan } from '../../plan/plan.ts';
import { planPeriods } from '../../plan/row.ts';
import { placeText, writtenWhere } from '../input.ts';
import { decimals, majorUnits, significant } from '../json-document.ts';
import { type Selection, selectedSources, selects } from '../selection.ts';
import { type Asked, isSelected } from './plan-scope.ts';

/** Whose row it is, by the keys of the format. */
export function keyOf({ level, team, rep, repId, territory, source, owner }: LineKey): object {
  return { level, team, rep, rep_id: repId, territory, source, owner };
}

export function* bridgeRows(plan: Plan, selection: Selection): Iterable<string> {
  const { by } = selection;
  const sources = selectedSources(selection, plan.model.sources)?.map(({ name }) => name);
  for (const row of plan.bridge) {
    if (sources !== undefined && !sources.includes(row.source)) continue;
    if (by !== null && by !== row.grain) continue;
    yield JSON.stringify({ source: row.source, period: labelOf(plan, row), ...partsOf(row) });
  }
}

function partsOf(row: BridgeRow): object {
  const { naive, timing, late, carryIn, confidence, rounding, goal } = row;
  const leads = (value: number) => value / 10_000;
  return {
    naive: leads(naive),
    timing: leads(timing),
    late: leads(late),
    carry_in: leads(carryIn),
    confidence: leads(confidence),
    rounding: leads(rounding),
    goal: leads(goal),
  };
}

function labelOf(plan: Plan, row: BridgeRow): string {
  return planPeriods(plan.clock, row.grain).find((period) => period.first === row.first)!.label;
}

export function* lateRows(plan: Plan, selection: Selection): Iterable<string> {
  for (const { key, month, closes, amount, treated } of plan.late) {
    if (!selects(selection, key)) continue;
    const { level, team, rep, rep_id, territory, source } = keyOf(key) as Record<string, string | null>;
    const period = formatMonth(addMonths(plan.clock.from, month));
    yield JSON.stringify({
      level,
      team,
      rep,
      rep_id,
      territory,
      source,
      period,
      closes: decimals(closes),
      amount: majorUnits(amount),
      treated,
    });
  }
}

export function* assumedRows(plan: Plan): Iterable<string> {
  for (const { what, month, closes, amount } of plan.assumed) {
    const period = formatMonth(addMonths(plan.clock.from, month));
    yield JSON.stringify({ what, period, closes: decimals(closes), amount: majorUnits(amount) });
  }
}

export function* assumptionRows(
  plan: Plan,
  selection: Selection,
  inputs: readonly Input[],
): Iterable<string> {
  const sources = selectedSources(selection, plan.model.sources)?.map(({ name }) => name);
  for (const assumption of plan.assumptions) {
    if (sources !== undefined && assumption.source !== null && !sources.includes(assumption.source)) continue;
    if (selectsAssumption(selection, assumption)) yield JSON.stringify(assumptionRow(assumption, inputs));
  }
}

/** What is used for all is used for whoever was asked for; sources apart. */
function selectsAssumption(selection: Selection, { team, rep, source }: Assumption): boolean {
  const key = { level: 'rep' as const, team, rep, repId: null, territory: null, source, owner: null };
  return selects(
    {
      ...selection,
      level: null,
      owners: [],
      teams: team === null ? [] : selection.teams,
      reps: rep === null ? [] : selection.reps,
      sources: [],
    },
    key,
  );
}

function assumptionRow(assumption: Assumption, inputs: readonly Input[]): object {
  const { what, from, to, team, rep, source, value, basis, records, converted, low, high, set, shares } =
    assumption;
  const answered_by = assumption.answeredBy;
  const where = assumption.where === null ? null : placeText(writtenWhere(assumption.where, inputs)) || null;
  return {
    what,
    from,
    to,
    team,
    rep,
    source,
    value,
    basis,
    records,
    converted,
    low,
    high,
    answered_by,
    set,
    shares,
    where,
  };
}

/** How likely quotas are reached, by level, team and period; of the teams and periods asked for. */
export function* chanceRows(plan: Plan, selection: Selection): Iterable<string> {
  for (const row of plan.chances) {
    const { level, team, period, chance, confidence, leads, extraLeads } = row;
    const key = { level, team, rep: null, repId: null, territory: null, source: null, owner: null };
    const isWanted = selection.by === null || selection.by === period.grain;
    if (!isWanted || !selects({ ...selection, sources: [], owners: [], reps: [] }, key)) continue;
    yield JSON.stringify({
      level,
      team,
      period: period.label,
      chance: chance === null ? null : decimals(chance),
      confidence,
      leads,
      extra_leads: extraLeads(),
      ...basisOf(row, plan.model),
    });
  }
}

/** What a chance can be worked out from again. */
function basisOf({ basis }: ChanceRow, { quotaUnit }: PlanModel): object {
  const { expectedCloses, variance, wantedCloses, dealSize, dealVariation, rate, doubt } = basis();
  return {
    expected_closes: significant(expectedCloses),
    variance: significant(variance),
    wanted_closes: wantedCloses === null ? null : significant(wantedCloses),
    deal_size: quotaUnit === 'deals' ? null : majorUnits(dealSize),
    deal_variation: significant(dealVariation),
    yield: significant(rate),
    doubt: significant(doubt),
  };
}

/** What reps and open territories are asked for beyond what they can work: finest rows by month, safe to sum. */
export function* capacityRows(plan: Plan, selection: Selection): Iterable<string> {
  const { clock, model } = plan;
  for (const { key, stage, month, goal, capacity, unworked } of plan.capacity) {
    const name = model.stages[stage]!;
    const isWanted = selection.stages.length === 0 || selection.stages.includes(name);
    if (unworked === 0 || !isWanted || !selects({ ...selection, sources: [], owners: [] }, key)) continue;
    const { level, team, rep, repId: rep_id, territory } = key;
    const period = formatMonth(addMonths(clock.from, month));
    const whose = { level, team, rep, rep_id, territory };
    yield JSON.stringify({ ...whose, stage: name, period, goal, capacity: decimals(capacity), unworked });
  }
}

/** What one lead of each source is worth, over the rows asked for; what may be paid for it where a share is asked for. */
export function* leadValueRows(plan: Plan, { spend: asked, ...selection }: Asked): Iterable<string> {
  const spend = asked ?? null;
  for (const of of leadValues(plan, (line) => isSelected(selection, line))) {
    const cost = mayCost(of, spend);
    const leads = of.leads.reduce(plus, 0);
    yield JSON.stringify({
      source: of.source.name,
      owner: of.source.owner,
      stage: plan.model.stages[of.source.startsAt],
      yield: significant(of.yield),
      deal_size: majorUnits(of.dealSize),
      value: majorUnits(of.value),
      low: majorUnits(of.low),
      high: majorUnits(of.high),
      spend,
      may_cost: majorUnits(cost),
      leads,
      budget: majorUnits(cost === null ? null : cost * leads),
    });
  }
}
