/** Problems of the counts of past months. */
import type { ProblemCode } from '../../problem.ts';
import { say, type Wording } from './say.ts';

export const ACTUALS = {
  actuals_missing: say(
    () => 'the plan names no actuals',
    'add `actuals: actuals.csv` to the plan, or say --actuals FILE; closed records of a `pipeline` do for closes',
  ),
  actuals_without_stages: say(
    (w) => `no column of the actuals is a stage (${w('stages')})`,
    'name the columns like the stages of the funnel',
  ),
  actuals_not_a_month: say(
    () => 'this is not one month, but actuals are counted by month',
    'write a month such as 2027-01',
  ),
  actuals_after_as_of: say(
    (w) => `${w('month')} lies after the as-of day ${w('as_of')}: left out`,
    'if it is known already, move the as-of day with --as-of',
  ),
  actuals_not_in_plan: say(
    (w) => `${w('what')} ${w('text')} is not in the plan: ${w('counts') || 'the row is'} left out`,
    (w) => (w('what') === 'rep' ? 'correct the name, or add it as an alias in `reps`' : 'correct the name'),
  ),
  actuals_without_rows: say(
    (w) => `${w('who')} is in no row of the actuals: counted as 0`,
    'add the rows if something was reached, or correct the name',
  ),
  actuals_cell_empty: say(
    (w) => `the number of ${w('stage')} records is missing: counted as 0`,
    'write the number, 0 where nothing was reached',
  ),
  actuals_month_missing: say(
    (w) => `no row for ${w('month')}: counted as 0`,
    'add the month if anything was reached in it',
  ),
  actuals_twice: say(
    (w) => `line ${w('line')} counts the same month, team, rep and source already: left out`,
    'keep one of the two rows',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
