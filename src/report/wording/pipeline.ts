/** Problems of the CRM's records. */
import type { ProblemCode } from '../../problem.ts';
import { shortAmount } from '../format.ts';
import { plural, say, type Wording, type Words } from './say.ts';

/** `3 deals, $85k`. */
const deals = (words: Words): string => {
  const amount = Number(words('amount'));
  const unit = { kind: 'money', currency: words('currency') || null } as const;
  const worth = words('unit') === 'deals' || amount === 0 ? '' : `, ${shortAmount(amount, unit)}`;
  return `${plural(words('count'), 'deal')}${worth}`;
};

/** What a day of a record says, by its column. */
const HAPPENED: Readonly<Record<string, string>> = {
  close_date: 'won on',
  won_date: 'won on',
  created: 'created on',
  stage_since: 'at its stage since',
};

export const PIPELINE = {
  pipeline_missing: say(
    () => 'the plan names no pipeline',
    'add `pipeline: opportunities.csv` to the plan, or say --pipeline FILE',
  ),
  stage_mapped_twice: say(
    (w) => `stages: ${w('name')} is both ${w('first')} and ${w('second')}`,
    'keep it under one of them',
  ),
  pipeline_stage_unknown: say(
    (w) =>
      w('text') === ''
        ? `the stage is missing; not in plan: ${deals(w)}`
        : `stage ${w('text')} is none of ours; not in plan: ${deals(w)}`,
    (w) =>
      w('text') === ''
        ? 'write the stage in the CRM'
        : 'say which it is under `stages:` in the plan file, as in `stages: { opportunity: [Discovery, Proposal] }`',
  ),
  pipeline_stages_unsaid: say(
    (w) => `the plan does not say what these stages are; all taken as ${w('stage')}: ${w('names')}`,
    (w) => `write in the plan file: \`stages: { ${w('stage')}: [${w('list')}] }\``,
  ),
  pipeline_rep_unknown: say(
    (w) =>
      w('text') === ''
        ? `no rep and no team; not in plan: ${deals(w)}`
        : `there is no ${w('what')} called ${w('text')}; not in plan: ${deals(w)}`,
    (w) =>
      w('text') === ''
        ? 'export the owner of each deal too'
        : w('what') === 'team'
          ? 'correct the name, or name the rep'
          : 'correct the name, add it as an alias in `reps`, or list that person in `reps` with a team',
  ),
  pipeline_rep_without_quota: say(
    (w) => `${w('text')} has no quota: ${deals(w)} counted for ${w('team') || 'the company'}`,
    'correct the name, give the deals to somebody who has a quota, or leave them to the team',
  ),
  pipeline_source_unknown: say(
    (w) => `source ${w('text')} is not in the plan: ${deals(w)} counted without a source`,
    'correct the name, or add the source to the plan',
  ),
  pipeline_twice: say(
    (w) => `${w('id')} is in line ${w('line')} already: left out`,
    'keep one of the two rows',
  ),
  pipeline_amount_empty: say(
    (w) =>
      w('column') === ''
        ? 'the deal has no amount, for the file has no column amount: left out'
        : 'the deal has no amount: left out',
    (w) =>
      w('column') === ''
        ? 'export the amounts too, or name their header under `columns:` in the plan file'
        : 'write its amount in the CRM',
  ),
  pipeline_amount_negative: say(() => 'the amount is less than 0: left out', 'write 0 or more'),
  pipeline_closed_without_date: say(
    () => 'the deal is won, but has no close date: left out',
    'write the day it closed',
  ),
  pipeline_after_as_of: say(
    (w) => `${HAPPENED[w('what')]} ${w('day')}, after the as-of day ${w('as_of')}: left out`,
    'if it is known already, move the as-of day with --as-of',
  ),
  pipeline_age_unknown: say(
    (w) =>
      `${plural(w('count'), 'open record')} without a day of creation or of the last stage change: taken as new on the as-of day`,
    'export those days too',
  ),
  crm_amounts_assumed: say(
    (w) => `${plural(w('count'), 'deal')} without an amount: counted at the deal size`,
    'export amounts of open deals too, or name a pipeline that has them: `pipeline: opportunities.csv`',
  ),
  closed_unknown: say(
    (w) =>
      `what closed up to ${w('as_of')} is not known: neither the pipeline nor the actuals say it; 0 is taken`,
    'export closed records too, or say --actuals FILE',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
