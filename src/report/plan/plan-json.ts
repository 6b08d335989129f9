/** The plan as JSON: the format `leadgoal.plan`, one row a line, written piece by piece so that size is no matter. */

import type { Input } from '../../files/input.ts';
import type { Line } from '../../plan/line.ts';
import type { Plan } from '../../plan/plan.ts';
import { type PlanPeriod, planPeriods, quotaIn, stageIn } from '../../plan/row.ts';
import { jsonDocument, warningRows } from '../json-document.ts';
import { type Selection, selectedStages, selects } from '../selection.ts';
import {
  assumedRows,
  assumptionRows,
  bridgeRows,
  capacityRows,
  chanceRows,
  keyOf,
  lateRows,
  leadValueRows,
} from './plan-json-rows.ts';
import type { Asked } from './plan-scope.ts';
import { settingsOf } from './plan-settings.ts';

/** Text of the document in pieces. Keys and rows stand in a fixed order: same input, same bytes. */
export function planJson(plan: Plan, selection: Asked, inputs: readonly Input[]): Iterable<string> {
  return jsonDocument({
    format: 'leadgoal.plan',
    model: plan.model,
    inputs,
    parts: [
      ['settings', { value: settingsOf(plan.model) }],
      ['goals', goalRows(plan, selection)],
      ['totals', totalRows(plan, selection)],
      ['bridge', bridgeRows(plan, selection)],
      ['chances', chanceRows(plan, selection)],
      ['late', lateRows(plan, selection)],
      ['assumed', assumedRows(plan)],
      ['capacity', capacityRows(plan, selection)],
      ['lead_values', leadValueRows(plan, selection)],
      ['assumptions', assumptionRows(plan, selection, inputs)],
      ['warnings', warningRows(plan.warnings, inputs)],
    ],
  });
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
