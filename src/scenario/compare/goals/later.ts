/** Goals that the lead goal does not tell: of sources that begin at a later stage of the funnel. */
import type { Side } from '../side.ts';
import { companyGoal, type Whole } from './whole.ts';

/** What sources owe that begin at a stage, over the quarters both plans have. */
export interface LaterGoal {
  /** The stage by name; it has one place or two in the funnels. */
  readonly stage: string;
  /** By name, in order of the lines. */
  readonly sources: readonly string[];
  readonly a: number;
  readonly b: number;
}

/**
 * By stage, after that of the lead goal and before the last: who owes no records but deals owes nobody leads. A source
 * that begins there in one plan alone is among them.
 */
export function laterGoals(a: Side, b: Side, { quarters, stage: first }: Whole): LaterGoal[] {
  const { stages } = a.head;
  const [beginsInA, beginsInB] = [firstStages(a), firstStages(b)];
  return stages.slice(first + 1, -1).flatMap((stage): LaterGoal[] => {
    const other = b.head.stages.indexOf(stage);
    const begins = (source: string) => [beginsInA.get(source), beginsInB.get(source)].includes(stage);
    const sources = [...new Set([...beginsInA.keys(), ...beginsInB.keys()])].filter(begins);
    if (other < 0 || sources.length === 0) return [];
    const total = (side: Side, which: 'a' | 'b', at: number) =>
      sources.reduce(
        (sum, source) => sum + (companyGoal(side, which, { quarters, stage: at, source }) ?? 0),
        0,
      );
    return [{ stage, sources, a: total(a, 'a', stages.indexOf(stage)), b: total(b, 'b', other) }];
  });
}

/** By source the first stage that has goals, by name. */
function firstStages({ lines, head, clock }: Side): Map<string, string> {
  const found = new Map<string, string>();
  for (const { level, source, goals } of lines) {
    if (level !== 'company' || source === null) continue;
    const index = goals.findIndex((goal) => !Number.isNaN(goal));
    if (index >= 0) found.set(source, head.stages[Math.floor(index / clock.months)]!);
  }
  return found;
}
