/** Problems of what-ifs: `--set` and scenarios. */
import type { ProblemCode } from '../../problem.ts';
import { say, type Wording } from './say.ts';

export const WHAT_IF = {
  set_unreadable: say(
    (w) => `${w('text')} says no key and value`,
    'write KEY=VALUE, such as --set deal_size=+10% or --set rates.opportunity_to_close=25%',
  ),
  set_scope_unreadable: say(
    (w) => `${w('text')}: whom it speaks of cannot be read`,
    'write [team=West], [rep=Ana Ruiz], [source=inbound], or several with a comma between',
  ),
  set_scope_unfit: say(
    (w) => `${w('key')} is not told apart by those in brackets`,
    'rates and deal_size may be of a team, rep or source, quota of a team or rep; for all else leave the brackets out',
  ),
  set_change_unfit: say(
    (w) => `${w('text')} is no change of ${w('key')}`,
    (w) => `write ${w('expected')}`,
  ),
  set_without_value: say(
    (w) => `there is no ${w('key')} in the plan for ${w('text')} to change`,
    'say the value itself, without + or -',
  ),
  set_touches_nothing: say(
    (w) =>
      w('key') === 'quota'
        ? `no quota is given for ${w('who')} by itself, so it cannot be changed`
        : 'no such wait is given',
    (w) =>
      w('key') === 'quota'
        ? 'change the quota of whoever has one: the team above, or all'
        : 'say the wait itself, such as 20 days',
  ),
  set_shares_not_whole: say(
    (w) => `the shares of the sources cannot be made 100% with ${w('shares')}`,
    'leave a part for the other sources; they share it as before',
  ),
  set_rate_above_one: say(
    (w) => `${w('from')} to ${w('to')} would be ${w('percent')}, more than 100%, with ${w('text')}`,
    'choose a smaller change',
  ),
  set_leaves_nothing: say(
    (w) =>
      `${w('from') === '' ? 'no deal size' : `nothing of ${w('from')} to ${w('to')}`} would be left with ${w('text')}`,
    'choose a smaller change',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
