/** Problems of the command line. */
import type { ProblemCode } from '../../problem.ts';
import { didYouMean, say, type Wording } from './say.ts';

export const USAGE = {
  usage: say(
    (w) => w('detail'),
    (w) => w('hint') || 'see leadgoal --help',
  ),
  not_found: say(
    (w) => `the plan has no ${w('what')} called ${w('text')}`,
    (w) => didYouMean(w, w('known') ? `there are: ${w('known')}` : ''),
  ),
  no_goal: say(
    (w) => `${w('who')} has no goal in ${w('period')}`,
    'choose a period of the plan, or another stage or source',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
