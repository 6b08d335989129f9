/** Problems of the plan file and of what it leaves out. */
import type { ProblemCode } from '../../problem.ts';
import { didYouMean, say, type Wording } from './say.ts';

export const PLAN = {
  key_unknown: say(
    (w) => `unknown key ${w('key')}${w('in') ? ` in ${w('in')}` : ''}`,
    (w) => didYouMean(w, w('known') === '' ? 'there are none in the plan' : `known here: ${w('known')}`),
  ),
  value_not_allowed: say(
    (w) => {
      const key = w('key') ? `${w('key')} ` : '';
      return w('value') === 'missing' ? `${key}is missing` : `${key}cannot be ${w('value')}`;
    },
    (w) => `write ${w('expected')}`,
  ),
  funnel_too_short: say(
    () => 'a funnel has at least two stages',
    'name the stages in order, from the first contact to the closed deal',
  ),
  stage_twice: say(
    (w) => `the stages ${w('before')} and ${w('stage')} have the same name`,
    'give each stage its own name; case and plural make no difference',
  ),
  stage_reserved: say(
    (w) => `a stage cannot be called ${w('stage')}: a column has that name`,
    'choose another name for the stage',
  ),
  stage_unknown: say(
    (w) => `there is no stage ${w('text')}`,
    (w) => didYouMean(w, `stages: ${w('stages')}`),
  ),
  source_twice: say(
    (w) => `the sources ${w('before')} and ${w('name')} have the same name`,
    'give each source its own name; case makes no difference',
  ),
  source_unknown: say(
    (w) => `source ${w('text')} is not in the plan`,
    (w) => didYouMean(w, `sources of the plan: ${w('known')}`),
  ),
  quotas_missing: say(
    () => 'the plan names no quotas',
    'add `quotas: quotas.csv` to the plan, or say --quotas FILE',
  ),
  rates_missing: say(
    () => 'the plan names no conversion rates',
    'add `rates: rates.csv` to the plan, or say --rates FILE',
  ),
  deal_size_missing: say(
    () => 'quotas are money, but the plan has no deal size',
    'add `deal_size: 24000` (or --deal-size), or `quota_unit: deals` if quotas count deals',
  ),
  plan_ends_before_start: say(
    (w) => `the plan ends (${w('to')}) before it starts (${w('from')})`,
    'check `from` and `to`, and the periods of the quotas where one of them is not said',
  ),
  goals_recomputed: say(
    () =>
      'goals recomputed, not agreed: compared with those the plan would have set on the day before it begins',
    'save the plan people are given with `leadgoal plan -o goals.json`, and name it: `agreed: goals.json` (or --agreed)',
  ),
  actuals_leave_out: say(
    (w) =>
      `the actuals count nothing of ${w('source')} (${w('stages')}): where its goals are in a sum, nothing is ahead or behind`,
    'add its rows to the actuals (0 where there were none), or narrow the report with --source',
  ),
  plan_is_over: say(
    (w) => `the plan ended on ${w('to')}, before the as-of day ${w('as_of')}: seen as of its last day`,
  ),
  as_of_after_plan: say(
    (w) =>
      `the as-of day ${w('as_of')} lies after the plan's last month, ${w('to')}: nothing is left to plan`,
    'choose an earlier as-of day, or plan later months',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
