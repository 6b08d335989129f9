/** The plan as CSV: long rows of one level and one grain, safe to sum, or wide with a column per stage. */
import { formatDay } from '../../period/day.ts';
import type { Line } from '../../plan/line.ts';
import type { Plan } from '../../plan/plan.ts';
import { sumLines } from '../../plan/roll-up.ts';
import { type PlanPeriod, planPeriods, quotaIn, stageIn } from '../../plan/row.ts';
import { csvCell } from '../csv.ts';
import { EVERYTHING, type Selection, selectedStages, selects } from '../selection.ts';

export interface CsvOptions {
  /** A column per stage, and the quota, instead of a row per stage. */
  readonly wide: boolean;
  /** A byte order mark, for Excel. */
  readonly bom: boolean;
}

const KEY_COLUMNS = 'plan,as_of,team,rep,rep_id,territory,source,owner,period,period_start,period_end';

/** Text of the file in pieces, one line each. */
export function* planCsv(plan: Plan, selection: Selection, options: CsvOptions): Iterable<string> {
  const stages = selectedStages(selection, plan.model.stages);
  const names = stages.map((stage) => csvCell(plan.model.stages[stage]!));
  yield `${options.bom ? '\uFEFF' : ''}${KEY_COLUMNS},${options.wide ? ['quota', ...names].join(',') : 'stage,goal,expected'}\n`;
  const periods = planPeriods(plan.clock, selection.by ?? 'month');
  const head = `${csvCell(plan.model.name ?? '')},${formatDay(plan.model.asOf)}`;
  for (const line of linesOf(plan, selection)) {
    const { team, rep, repId, territory, source, owner } = line;
    const key = [
      head,
      ...[team, rep, repId, territory, source, owner].map((text) => csvCell(text ?? '')),
    ].join(',');
    for (const period of periods) {
      const { label, start, end } = period;
      const row = `${key},${label},${start},${end}`;
      if (options.wide) yield `${row},${quotaIn(line, period) / 100},${wideStages(line, stages, period)}\n`;
      else yield* longStages(line, { row, stages, names, period });
    }
  }
}

/** Filtered first, then added up to the level asked for: never a row that holds another. */
function linesOf(plan: Plan, selection: Selection): readonly Line[] {
  const lines = plan.lines.filter((line) => selects({ ...selection, level: EVERYTHING.level }, line));
  return selection.level === null || selection.level === 'rep' ? lines : sumLines(lines, selection.level);
}

function wideStages(line: Line, stages: readonly number[], period: PlanPeriod): string {
  return stages.map((stage) => bare(stageIn(line, 'goals', { stage, period }))).join(',');
}

interface LongRow {
  readonly row: string;
  readonly stages: readonly number[];
  readonly names: readonly string[];
  readonly period: PlanPeriod;
}

/** A stage without a goal (before the source starts) has no row. */
function* longStages(line: Line, { row, stages, names, period }: LongRow): Iterable<string> {
  for (const [position, stage] of stages.entries()) {
    const goal = stageIn(line, 'goals', { stage, period });
    if (Number.isNaN(goal)) continue;
    yield `${row},${names[position]},${goal},${bare(stageIn(line, 'expected', { stage, period }))}\n`;
  }
}

function bare(value: number): string {
  return Number.isNaN(value) ? '' : String(Math.round(value * 10_000) / 10_000 + 0);
}
