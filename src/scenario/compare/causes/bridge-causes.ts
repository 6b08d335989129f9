/** Parts of a change by the bridges of two results: what each step from quota to goal adds more or less. */
import type { BridgeRow } from '../../../plan/plan.ts';
import type { Whole } from '../goals/whole.ts';
import type { Side } from '../side.ts';
import type { Cause } from './causes.ts';

/** Steps of the bridge under the names that results give them, in its order. */
const STEPS: readonly (readonly [key: string, of: (row: BridgeRow) => number])[] = [
  ['quota ÷ deal size ÷ rates', ({ naive }) => naive],
  ['timing', ({ timing }) => timing],
  ['late', ({ late }) => late],
  ['carry_in', ({ carryIn }) => carryIn],
  ['confidence', ({ confidence }) => confidence],
  ['rounding', ({ rounding }) => rounding],
];

/** Ten-thousandths of a lead in which the bridge is counted. */
const FINENESS = 10_000;

/** The steps that differ; what the bridge does not tell (a goal of a later stage, say) is `other`. */
export function bridgeCauses(a: Side, b: Side, { quarters, a: before, b: after }: Whole): Cause[] {
  const total = ({ bridge }: Side, which: 'a' | 'b', of: (row: BridgeRow) => number) => {
    const firsts = new Set(quarters.map((quarter) => quarter[which].first));
    return bridge.reduce((sum, row) => (firsts.has(row.first) ? sum + of(row) : sum), 0);
  };
  const changes = STEPS.map(([key, of]) => ({ key, change: total(b, 'b', of) - total(a, 'a', of) }));
  const told = changes.reduce((sum, { change }) => sum + change, 0);
  const rest = Math.round((after - before) * FINENESS) - told;
  return [...changes, { key: 'other', change: rest }]
    .filter(({ change }) => change !== 0)
    .map(({ key, change }) => ({ key, change: change / FINENESS }));
}
