/** The plan as JSON: the format `leadgoal.plan`, one row a line, written piece by piece so that size is no matter. */

import type { Input } from '../files/input.ts';
import { formatDay } from '../period/day.ts';
import { isCalendarYear } from '../period/fiscal.ts';
import { addMonths, formatMonth } from '../period/month.ts';
import type { Line, LineKey } from '../plan/line.ts';
import type { Assumption, BridgeRow, Plan } from '../plan/plan.ts';
import { type PlanPeriod, planPeriods, quotaIn, stageIn } from '../plan/row.ts';
import type { Problem, Where } from '../problem.ts';
import { writtenWhere } from './input.ts';
import { problemMessage } from './problems.ts';
import { type Selection, selectedStages, selects } from './selection.ts';

const FORMAT = { format: 'leadgoal.plan', version: '1.0' } as const;

/** Text of the document in pieces. Keys and rows stand in a fixed order: same input, same bytes. */
export function* planJson(plan: Plan, selection: Selection, inputs: readonly Input[]): Iterable<string> {
  const { format, version } = FORMAT;
  yield `{\n  "format": ${JSON.stringify(format)},\n  "version": ${JSON.stringify(version)},\n`;
  yield `  "plan": ${JSON.stringify(head(plan))},\n`;
  yield* rows(
    'inputs',
    inputs.map(({ path, sha256 }) => JSON.stringify({ path, sha256: sha256() })),
  );
  yield* rows('goals', goalRows(plan, selection));
  yield* rows('totals', totalRows(plan, selection));
  yield* rows('bridge', bridgeRows(plan, selection));
  yield* rows('chances', []);
  yield* rows('late', lateRows(plan, selection));
  yield* rows('assumed', assumedRows(plan));
  yield* rows('assumptions', assumptionRows(plan, selection, inputs));
  yield* rows(
    'warnings',
    plan.warnings.map((problem) => warningRow(problem, inputs)),
    '\n}\n',
  );
}

/** Rows are joined into pieces of this many characters before they are handed on. */
const PIECE = 65_536;

function* rows(key: string, texts: Iterable<string>, end = ',\n'): Iterable<string> {
  let piece = `  ${JSON.stringify(key)}: [`;
  let any = false;
  for (const text of texts) {
    piece += any ? ',\n    ' : '\n    ';
    piece += text;
    any = true;
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}${any ? '\n  ' : ''}]${end}`;
}

function head({ model }: Plan): object {
  const { name, currency, quotaUnit, from, to, calendar, asOf, stages, definitions } = model;
  return {
    name,
    currency,
    quota_unit: quotaUnit,
    from: formatMonth(from),
    to: formatMonth(to),
    fiscal_year_starts: calendar.starts,
    fiscal_year_named_by: isCalendarYear(calendar) ? 'end' : calendar.namedBy,
    as_of: formatDay(asOf),
    stages,
    definitions,
  };
}

interface RowShape {
  readonly periods: readonly PlanPeriod[];
  readonly stages: readonly number[];
  readonly stageNames: readonly string[];
}

function shapeOf(plan: Plan, selection: Selection, grains: readonly PlanPeriod['grain'][]): RowShape {
  const wanted = grains.filter((grain) => selection.by === null || selection.by === grain);
  const stages = selectedStages(selection, plan.model.stages);
  return {
    periods: wanted.flatMap((grain) => planPeriods(plan.clock, grain)),
    stages,
    stageNames: stages.map((stage) => JSON.stringify(plan.model.stages[stage])),
  };
}

function* goalRows(plan: Plan, selection: Selection): Iterable<string> {
  const shape = shapeOf(plan, selection, ['month']);
  for (const line of plan.lines) if (selects(selection, line)) yield* lineRows(line, shape);
}

/** Roll-ups with their months, quarters and years; of the finest lines, whose months stand in `goals`, the rest. */
function* totalRows(plan: Plan, selection: Selection): Iterable<string> {
  const ofRollUps = shapeOf(plan, selection, ['month', 'quarter', 'year']);
  const ofFinest = shapeOf(plan, selection, ['quarter', 'year']);
  for (const line of plan.allLines) {
    if (selects(selection, line)) yield* lineRows(line, line.finest ? ofFinest : ofRollUps);
  }
}

function* lineRows(line: Line, shape: RowShape): Iterable<string> {
  const key = JSON.stringify(keyOf(line)).slice(0, -1);
  for (const period of shape.periods) {
    const { grain, label, start, end } = period;
    yield `${key},"grain":"${grain}","period":"${label}","period_start":"${start}","period_end":"${end}","quota":${
      quotaIn(line, period) / 100
    },"goals":${stagesText(line, shape, { series: 'goals', period })},"expected":${stagesText(line, shape, {
      series: 'expected',
      period,
    })}}`;
  }
}

function stagesText(
  line: Line,
  shape: RowShape,
  of: { series: 'goals' | 'expected'; period: PlanPeriod },
): string {
  let text = '{';
  for (const [position, stage] of shape.stages.entries()) {
    const value = stageIn(line, of.series, { stage, period: of.period });
    text += `${position > 0 ? ',' : ''}${shape.stageNames[position]}:${Number.isNaN(value) ? 'null' : decimalText(value)}`;
  }
  return `${text}}`;
}

function keyOf({ level, team, rep, repId, territory, source, owner }: LineKey): object {
  return { level, team, rep, rep_id: repId, territory, source, owner };
}

/** Four decimals as text: whole ten-thousandths are written, which is several times as fast as writing a fraction. */
function decimalText(value: number): string {
  const fine = Math.round(value * 10_000);
  const whole = Math.trunc(fine / 10_000);
  const rest = Math.abs(fine - whole * 10_000);
  if (rest === 0) return `${whole}`;
  let digits = `${rest + 10_000}`.slice(1);
  while (digits.endsWith('0')) digits = digits.slice(0, -1);
  return `${fine < 0 && whole === 0 ? '-' : ''}${whole}.${digits}`;
}

/** Four decimals. */
function decimals(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}

function* bridgeRows(plan: Plan, selection: Selection): Iterable<string> {
  for (const row of plan.bridge) {
    const { sources, by } = selection;
    if (sources.length > 0 && (row.source === null || !sources.includes(row.source))) continue;
    if (by !== null && by !== row.grain) continue;
    yield JSON.stringify({ source: row.source, period: labelOf(plan, row), ...partsOf(row) });
  }
}

function partsOf(row: BridgeRow): object {
  const { naive, timing, late, carryIn, rounding, goal } = row;
  const leads = (value: number) => value / 10_000;
  return {
    naive: leads(naive),
    timing: leads(timing),
    late: leads(late),
    carry_in: leads(carryIn),
    rounding: leads(rounding),
    goal: leads(goal),
  };
}

function labelOf(plan: Plan, row: BridgeRow): string {
  return planPeriods(plan.clock, row.grain).find((period) => period.first === row.first)!.label;
}

/** Amounts in major units, to the cent. */
function money(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount) / 100;
}

function* lateRows(plan: Plan, selection: Selection): Iterable<string> {
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
      amount: money(amount),
      treated,
    });
  }
}

function* assumedRows(plan: Plan): Iterable<string> {
  for (const { what, month, closes, amount } of plan.assumed) {
    const period = formatMonth(addMonths(plan.clock.from, month));
    yield JSON.stringify({ what, period, closes: decimals(closes), amount: money(amount) });
  }
}

function* assumptionRows(plan: Plan, selection: Selection, inputs: readonly Input[]): Iterable<string> {
  for (const assumption of plan.assumptions) {
    if (selectsAssumption(selection, assumption)) yield JSON.stringify(assumptionRow(assumption, inputs));
  }
}

/** What is used for all is used for whoever was asked for. */
function selectsAssumption(selection: Selection, { team, rep, source }: Assumption): boolean {
  const key = { level: 'rep' as const, team, rep, repId: null, territory: null, source, owner: null };
  return selects(
    {
      ...selection,
      level: null,
      owners: [],
      teams: team === null ? [] : selection.teams,
      reps: rep === null ? [] : selection.reps,
      sources: source === null ? [] : selection.sources,
    },
    key,
  );
}

function assumptionRow(assumption: Assumption, inputs: readonly Input[]): object {
  const { what, from, to, team, rep, source, value, basis, records, converted, low, high } = assumption;
  const answered_by = assumption.answeredBy;
  const where = assumption.where === null ? null : placeText(writtenWhere(assumption.where, inputs));
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
    where,
  };
}

function placeText({ file, line }: Where): string | null {
  return file === null ? null : line === null ? file : `${file}:${line}`;
}

function warningRow(problem: Problem, inputs: readonly Input[]): string {
  const { file, line } = writtenWhere(problem.where, inputs);
  return JSON.stringify({ code: problem.code, message: problemMessage(problem), file, line });
}
