/** What is asked for when a plan is to be loaded. */
import type { FileBytes } from './read.ts';
import type { DateOrder } from './sheet/date-text.ts';
import type { Decimal } from './sheet/decimal.ts';

export type Purpose = 'plan' | 'coverage' | 'track';

/** What was asked for, typed: the plan file and what options say in its place. */
export interface PlanRequest {
  /** Path of the plan file, `-` for standard input; null to look for `leadgoal.yaml` here and above. */
  readonly plan: string | null;
  /** What the plan file holds, where it was read already: standard input can be read once. */
  readonly content?: FileBytes | null;
  /** Keys of the plan file given as options; they win over the file. Several values: those of a list. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  /** Number of the fiscal year that is planned, in place of `from` and `to`. */
  readonly fiscalYear: number | null;
  readonly decimal: Decimal | null;
  readonly dateOrder: DateOrder | null;
  /** What the plan is wanted for: each command needs keys of its own. */
  readonly purpose: Purpose;
  /** Faults in rows of actuals, pipeline and CRM are errors. */
  readonly strict: boolean;
  /** A scenario of the plan file; null: the plan as it is. */
  readonly scenario: string | null;
  /** Changes as they were typed, on top of the scenario: `deal_size=+10%`. */
  readonly set: readonly string[];
}
