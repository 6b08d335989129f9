/** The plan as JSON: the format `leadgoal.plan`, one row a line, written piece by piece so that size is no matter. */

import type { Input } from '../../files/input.ts';
import { formatDay } from '../../period/day.ts';
import { isCalendarYear } from '../../period/fiscal.ts';
import { formatMonth } from '../../period/month.ts';
import type { Line } from '../../plan/line.ts';
import type { PlanModel } from '../../plan/model.ts';
import type { Plan } from '../../plan/plan.ts';
import { type PlanPeriod, planPeriods, quotaIn, stageIn } from '../../plan/row.ts';
import { inputRows } from '../input.ts';
import { type Selection, selectedStages, selects } from '../selection.ts';
import { assumedRows, assumptionRows, bridgeRows, keyOf, lateRows, warningRow } from './plan-json-rows.ts';

const FORMAT = { format: 'leadgoal.plan', version: '1.0' } as const;

/** Text of the document in pieces. Keys and rows stand in a fixed order: same input, same bytes. */
export function* planJson(plan: Plan, selection: Selection, inputs: readonly Input[]): Iterable<string> {
  const { format, version } = FORMAT;
  yield `{\n  "format": ${JSON.stringify(format)},\n  "version": ${JSON.stringify(version)},\n`;
  yield `  "plan": ${JSON.stringify(headOf(plan.model))},\n`;
  yield* rows(
    'inputs',
    inputRows(inputs).map((row) => JSON.stringify(row)),
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

/** The head of every kind of result: which plan it is of. */
export function headOf(model: PlanModel): object {
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
