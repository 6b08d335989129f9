/** What each step of a chance does, in one sentence; and of goals that are sized for one. */
import type { ChanceStepKind } from '../plan/explain/explain-step.ts';
import { decimal, percentExact, typedPercent } from './format.ts';

/** A detail of the step: its text, or its number. */
type Details = (name: string) => string;

export const CHANCE_SENTENCES: Readonly<Record<ChanceStepKind, (details: Details) => string>> = {
  confidence: (d) =>
    `Goals are sized for a chance of ${typedPercent(Number(d('confidence')))} in the year: what is enough on average, times as many${sizedText(d)}.`,
  quota_left: (d) =>
    `How likely is it that ${d('who')} reaches the quota of ${d('period')}? So much of it is still to close.`,
  expected_closes: (d) => `So many closes are expected in ${d('period')}, each record counted by its chance.`,
  variance: () => 'Each record closes or does not, so the number of closes varies by luck.',
  matched_chance: () =>
    'Equal records stand for them all: 1 − variance ÷ closes expected is the chance of each.',
  matched_records: () => 'Divided by the chance of each, that many equal records bring the closes expected.',
  deal_size: () => 'What is expected to close, divided by the closes, is the mean deal size.',
  deal_spread: () =>
    'Deals differ in size, by so much of the mean: the root of (1 + first squared) × (1 + second squared) − 1.',
  closes_wanted: () => 'Divided by the mean deal size, that many closes are wanted.',
  chance_at_fixed_rates: (d) => FIXED[d('method')]!,
  doubt: (d) =>
    `But rates are estimates and move from quarter to quarter, so all closes may be off together: by the root of the sum of share squared × (known to within squared + move squared ÷ quarters), with the shares over all ${d('grain')}s.`,
  chance: (d) => chanceText(d),
  extra_leads: (d) => moreText(d),
};

/** How the chance at rates that are sure is worked out; n equal records of chance p, w closes wanted. */
const FIXED: Readonly<Record<string, string>> = {
  binomial:
    'If the rates were exactly these, the chance of so many closes is that of a binomial: I(p; w, n − w + 1), the incomplete beta of p the chance of each, w closes wanted, n equal records.',
  poisson: 'If the rates were exactly these, the chance of so many closes is that of a Poisson number.',
  deals:
    'If the rates were exactly these, the chance of so much money is a sum over every number of closes: its chance (binomial) × the chance that so many deals come to it (gamma).',
  'many deals':
    'If the rates were exactly these, the chance of so much money is that of a normal of the same mean, variance and skewness, as there are many closes.',
};

function sizedText(d: Details): string {
  return d('year') === '' ? '' : `; with them ${d('year')} is reached with ${percentExact(chanceOf(d))}`;
}

/** Chances have four digits at most. */
const chanceOf = (d: Details): number => Math.round(Number(d('chance')) * 1e4) / 1e4;

function chanceText(d: Details): string {
  switch (d('how')) {
    case 'closed':
      return 'All of it is closed already.';
    case 'nothing':
      return 'Nothing is expected to close.';
    case 'certain rates':
      return 'None of these closes comes by a rate, so that is the chance.';
    default:
      return `Averaged over ${d('nodes')} equally likely outcomes for the rates (a beta with the mean yield of ${percentExact(Number(d('rate')))} and that deviation), each record's chance being so many times as large.`;
  }
}

function moreText(d: Details): string {
  const wanted = typedPercent(Number(d('confidence')));
  const stage = d('stage');
  switch (d('how')) {
    case 'enough':
      return `That is as sure as wanted (${wanted}): no more ${stage} goals are needed.`;
    case 'not enough':
      return `Even ${decimal(3)} times the ${stage} goals still to come would not make it ${wanted}.`;
    default:
      return `To make it ${wanted} it would take so many more: ${stage} goals to come × (times as many − 1), rounded up.`;
  }
}
