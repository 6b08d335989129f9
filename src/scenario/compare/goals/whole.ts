/** The goal that stands for a plan: the company's, of the first stage that has one, over the quarters both plans have. */
import { stageIn } from '../../../plan/row.ts';
import type { Side } from '../side.ts';
import { type SharedPeriod, sharedPeriods } from './periods.ts';

export interface Whole {
  /** Index of the stage in each plan. */
  readonly stage: number;
  readonly quarters: readonly SharedPeriod[];
  readonly a: number;
  readonly b: number;
}

/** Null where the plans have no quarter in common. */
export function wholeOf(a: Side, b: Side): Whole | null {
  const quarters = sharedPeriods(a, b, 'quarter');
  if (quarters.length === 0) return null;
  const stages = Math.min(a.head.stages.length, b.head.stages.length);
  for (let stage = 0; stage < stages; stage++) {
    const of = { quarters, stage, source: null };
    const [before, after] = [companyGoal(a, 'a', of), companyGoal(b, 'b', of)];
    if (before !== null || after !== null) return { stage, quarters, a: before ?? 0, b: after ?? 0 };
  }
  return { stage: 0, quarters, a: 0, b: 0 };
}

interface Meant extends Pick<Whole, 'quarters' | 'stage'> {
  /** Null: over all sources. */
  readonly source: string | null;
}

/** Null where no quarter has a goal. */
export function companyGoal(
  { lines }: Side,
  which: 'a' | 'b',
  { quarters, stage, source }: Meant,
): number | null {
  const company = lines.find((line) => line.level === 'company' && line.source === source);
  if (company === undefined) return null;
  const goals = quarters
    .map((quarter) => stageIn(company, 'goals', { stage, period: quarter[which] }))
    .filter((goal) => !Number.isNaN(goal));
  return goals.length === 0 ? null : goals.reduce((sum, goal) => sum + goal, 0);
}
