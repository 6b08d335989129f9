/** Problems of reading a CRM's history. */
import type { Day } from '../../period/day.ts';
import type { ProblemCode } from '../../problem.ts';
import { dayName, GLUE } from '../format.ts';
import { say, type Wording } from './say.ts';

export const HISTORY_FILES = {
  engine_missing: say(
    (w) => `histories are read with DuckDB, which is not installed (${w('package')})`,
    (w) => `install it beside leadgoal: npm install ${w('package')} (with -g where leadgoal is installed so)`,
  ),
  history_unreadable: say(
    (w) => `this history cannot be read: ${w('cause')}`,
    'export it again as CSV UTF-8, with a header row and the same columns in every row',
  ),
  history_without_dates: say(
    (w) =>
      w('text') === ''
        ? 'no record has a date'
        : `no record has a date that can be read: "${w('text')}" is none`,
    'export the date on which each record entered each stage, or name its column: --column STAGE=HEADER',
  ),
  history_begins_later: say(
    (w) =>
      `no record came before ${w('as_of')}${w('first') === '' ? '' : `; the history begins on ${w('first')}`}`,
    'say a later day: --as-of 2026-12-31, or leave it out for the last day in the history',
  ),
  history_ends_early: say(
    (w) =>
      `the last day in this history is ${dayName(Number(w('last')) as Day).replaceAll(GLUE, ' ')}, ${w('days')} days before the as-of day: what happened since is not in it, and open records look dead`,
    (w) => `export again, or say --as-of ${w('day')}`,
  ),
  history_stage_unmeasured: say(
    (w) =>
      `nothing says when records came to ${w('stage')}: who reached ${w('next')} counts as having come there on that day, and all who did not as lost on the way to ${w('stage')}`,
    (w) => `name its column, --column ${w('stage')}=HEADER, or leave the stage out: --stages ${w('others')}`,
  ),
  history_nothing_there: say(
    (w) => `there is no history in ${w('path')}`,
    'name CSV, JSON lines or Parquet files (also .gz), a folder of them, or a pattern such as exports/*.csv',
  ),
  history_columns_unknown: say(
    (w) => `no dates of ${w('stages')} were found among the columns: ${w('columns')}`,
    (w) =>
      `say which column holds the date of each stage: --column ${w('first')}=HEADER --column ${w('last')}=HEADER; other stages: --stages ${w('first')},${w('last')}`,
  ),
  history_dirt: say(
    (w) => `${w('what')}${w('rows') === '' ? '' : `: ${w('rows')}`}`,
    'correct them in the CRM, or leave --strict out: they are counted and left out',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
