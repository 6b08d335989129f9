/** Problems of reps, their stays, and quotas. */
import type { ProblemCode } from '../../problem.ts';
import { amount } from '../format.ts';
import { plural, say, type Wording, type Words } from './say.ts';

/** A quota that comes in hundredths, as people write it. */
const quotaText = (words: Words, name: string): string =>
  amount(Number(words(name)), {
    kind: words('unit') === 'deals' ? 'deals' : 'money',
    currency: words('currency') || null,
  });

export const REPS_AND_QUOTAS = {
  rep_empty: say(() => 'the name of the rep is missing', 'write the name'),
  rep_ends_before_start: say((w) => `the end of ${w('who')} lies before the start`, 'check the two dates'),
  rep_twice: say(
    (w) => `${w('who')} is in line ${w('line')} too, for overlapping times`,
    'for a move, let the dates of the two rows not overlap; give two people of one name an id each',
  ),
  rep_without_team: say(
    (w) => `${w('who')} has no team, but others have one`,
    'write the team in this row, or list the rep with a team in `reps`',
  ),
  rep_ambiguous: say(
    (w) => `"${w('text')}" may be any of these: ${w('who')}`,
    'use an id or email, or name the team',
  ),
  rep_moved: say(
    (w) => `${w('text')} was in several teams in these months: ${w('teams')}`,
    'name the team in this row',
  ),
  rep_returned: say(
    (w) =>
      `${w('text')} left${w('team') ? ` ${w('team')}` : ''} and came back: these months hold several stays`,
    'give the quota by months or quarters that lie within one stay',
  ),
  rep_not_listed: say(
    (w) => `${w('text')} is not in reps; did you mean ${w('nearest')}?`,
    'correct the name, or add it as an alias in `reps`',
  ),
  rep_in_other_team: say(
    (w) => `${w('text')} is in ${w('teams')} in reps, but in ${w('team')} here`,
    'correct the team, or add a row for it in `reps`',
  ),
  rep_left: say(
    (w) => `${w('who')} leaves on ${w('end')}: ${quotaText(w, 'amount')} of quota after that is open`,
    'give it to somebody else, or leave it open',
  ),
  scope_without_quota: say(
    (w) => `${w('who')} has ${w('what')} here, but no quota in the plan`,
    'correct the name if it is misspelt',
  ),
  quota_empty: say(() => 'the quota is missing', 'an empty cell is not 0: write 0, or remove the row'),
  quota_negative: say((w) => `the quota is less than 0: ${w('text')}`, 'write 0 or more'),
  duplicate_quota: say(
    (w) =>
      `${w('who')} has a quota for these months already${w('line') !== '0' ? `, in line ${w('line')}` : ''}`,
    'keep one of the two',
  ),
  quota_before_start: say(
    (w) => `${w('who')} has not started in any month of this quota`,
    'check the start in `reps`, or give the quota to the team',
  ),
  quota_given_twice: say(
    (w) =>
      `${w('who')} has a quota of ${quotaText(w, 'own')}, and those in it have quotas of ${quotaText(w, 'below')} for the same months`,
    'say which to plan on: `size_on: reps` or `size_on: team` (or --size-on)',
  ),
  quota_before_plan: say(
    (w) =>
      `${quotaText(w, 'amount')} of quota in ${plural(w('months'), 'month')} before the plan is left out`,
    'start the plan earlier with `from` if it belongs in it',
  ),
  no_quota_in_plan: say(
    () => 'no quota falls into the months of the plan',
    'check `from` and `to` against the periods of the quotas',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
