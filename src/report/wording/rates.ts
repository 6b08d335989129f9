/** Problems of conversion rates and deal sizes. */
import type { ProblemCode } from '../../problem.ts';
import { wholePercent } from '../format.ts';
import { plural, say, type Wording } from './say.ts';

export const RATES = {
  rates_need_sources: say(
    () => 'rates are given per source, but the plan has no sources',
    'add `sources:` with the share of the quota each stands for, or give rates for all',
  ),
  rates_of_both_kinds: say(
    () => 'this file has both counts and shares',
    'keep the counts: the shares follow from them',
  ),
  rates_without_stages: say(
    (w) => `found neither two stages (${w('stages')}) nor a rate between two (${w('shares') || 'none'})`,
    (w) =>
      w('measured') === 'yes'
        ? 'this looks like the CSV of `leadgoal rates`: make it YAML, -o rates.yaml'
        : 'name the columns like the stages of the funnel, or set `funnel:` to the stages of the file',
  ),
  rate_column_missing: say(
    (w) => `the column ${w('column')} is missing`,
    'every stage from the first to the last needs its column; name other headers under `columns:`',
  ),
  rate_above_one: say(
    (w) =>
      `conversion from ${w('from')} to ${w('to')} is ${w('rate')}, more than 1: ${w('converted')} reached ${w('to')} but only ${w('entered')} reached ${w('from')}`,
    'count a record at a stage when it reached that stage or a later one',
  ),
  share_rate_above_one: say(
    (w) => `conversion from ${w('from')} to ${w('to')} is ${w('rate')}, more than 1`,
    'write a share of at most 100%: the records that reached a stage or a later one, of those that reached the one before',
  ),
  rate_zero: say(
    (w) => `conversion from ${w('from')} to ${w('to')} is 0: no number of leads would be enough`,
    'check the counts, count a longer time, or give the rate of a larger group',
  ),
  rate_empty: say(
    (w) => `the conversion from ${w('from')} to ${w('to')} is missing`,
    'an empty cell is not 0: write the share',
  ),
  rate_twice: say(
    (w) => `line ${w('line')} gives rates for the same team, rep and source already`,
    (w) =>
      w('measured') === 'yes'
        ? 'keep one of the two, or make the file again with `leadgoal rates`'
        : 'keep one row, or say the months each counts (from, to) and let them not overlap',
  ),
  rates_other_stages: say(
    (w) =>
      `no rate here is from ${w('from')} to ${w('to')}: they were measured between ${w('theirs')}; the plan's stages are ${w('ours')}`,
    'measure them again with `leadgoal rates --stages` and the stages of the plan, or set `funnel:` to theirs',
  ),
  rates_other_sources: say(
    (w) =>
      `nothing was measured for ${w('sources')}: the overall rate answers (measured sources: ${w('measured')})`,
    'call the sources of the plan what the history calls them',
  ),
  rates_window_backwards: say(() => 'these counts end before they start', 'check from and to'),
  no_rate: say(
    (w) =>
      `no conversion rate from ${w('from')} to ${w('to')} for ${w('who')}${w('source') ? `, ${w('source')}` : ''}`,
    'add a row to the rates: for it, for its team, or for all',
  ),
  source_without_rates: say(
    (w) => `no row of the rates is for ${w('source')}: the other sources taken together stand in for it`,
    (w) => `add a row for ${w('source')}`,
  ),
  counts_too_young: say(
    (w) =>
      `these counts run to ${w('until')}, within twice the lag (${w('lag')} months) of the as-of day ${w('as_of')}: young leads have not had the time to close, so rates are probably too low and goals too high`,
    'count leads of an earlier time',
  ),
  deal_size_empty: say(() => 'the deal size is missing', 'write the average amount of a closed deal'),
  deal_size_not_positive: say(
    (w) => `the deal size cannot be ${w('text')}`,
    'write the average amount of a closed deal, more than 0',
  ),
  deal_size_twice: say(
    (w) => `line ${w('line')} gives a deal size for the same team, rep and source already`,
    'keep one of the two',
  ),
  no_deal_size: say(
    (w) => `no deal size for ${w('who')}${w('source') ? `, ${w('source')}` : ''}`,
    'add a row to the deal sizes: for it, for its team, or for all',
  ),
  confidence_out_of_reach: say(
    (w) =>
      `${wholePercent(Number(w('wanted')))} is out of reach in ${w('period')}: with ${w('times')} times the leads the chance would be ${wholePercent(Number(w('chance')))}; goals are not sized for it`,
    'start earlier, lower the quota, or raise the conversion rates',
  ),
  rounding_adds: say(
    (w) =>
      `whole leads per rep and source add ${plural(w('extra'), 'lead')} (${w('percent')}%) to what the company needs`,
    'quotas this small are better given to teams',
  ),
} satisfies Partial<Record<ProblemCode, Wording>>;
