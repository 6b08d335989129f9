/** A row of goals under every month, quarter and year. */
import type { Line } from '../../plan/line.ts';
import { type Row, row } from '../block.ts';
import { goalCount } from '../format.ts';
import { cellsOf, type Periods } from './plan-periods.ts';
import { goalsOf, type Scope } from './plan-scope.ts';

export interface GoalRow extends Partial<Omit<Row, 'label' | 'cells'>> {
  readonly label: readonly string[];
  /** Finest lines, which the row adds up. */
  readonly lines: readonly Line[];
  readonly stage: number;
}

export function goalRow(scope: Scope, periods: Periods, { label, lines, stage, ...more }: GoalRow): Row {
  return row(label, cellsOf(periods, goalsOf(scope, lines, stage), goalCount), more);
}
