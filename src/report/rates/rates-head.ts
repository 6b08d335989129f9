/** The first lines of the rates report: what the rates are, how far plain ratios are off, and what was left out. */
import type { HistoryEstimate, RateEstimate } from '../../history/estimate.ts';
import type { Dirt } from '../../history/tallies.ts';
import { type Block, type Prose, prose } from '../block.ts';
import { count, dayName, GLUE, percent, wholePercent } from '../format.ts';
import { days, dirtPlace, dirtWords, interval, isWhole, transitionName } from '../history/history-words.ts';
import { counted, plural, stageWord } from '../plan/plan-words.ts';
import { isWhose, selectsWhose, topOf } from './rates-selection.ts';
import type { RatesShown } from './rates-view.ts';

/** `Northwind · CRM history of 12,000 records · data to 31 Dec 2026 · only West`. */
export function headLine({ estimate, plan, selection }: RatesShown): Prose {
  const { teams, reps, sources } = selection;
  const picked = [...teams, ...reps, ...sources];
  const parts = [
    ...(plan.name === null || plan.name === '' ? [] : [plan.name]),
    `CRM history of ${counted(estimate.rows, 'record')}`,
    `data to ${dayName(estimate.asOf)}`,
    ...(picked.length === 0 ? [] : [`only ${picked.join(', ')}`]),
  ];
  return prose(parts.join(' · '), 'strong');
}

/** What becomes of a lead, step by step, and what a spreadsheet would have said. */
export function sentences({ estimate, selection }: RatesShown): Block[] {
  const top = topOf(selection);
  if (top === null) return [];
  const rates = estimate.rates.filter((rate) => rate.source === top.source && isWhose(top, rate));
  const whole = rates.find((rate) => isWhole(estimate.stages, rate));
  if (whole === undefined) return [];
  if (whole.rate === null) return [tooLittle(estimate, whole)];
  const steps = rates.filter((rate) => rate !== whole).map((rate) => stepText(estimate, rate));
  return [
    prose(yieldText(estimate, whole)),
    ...(steps.length === 0 ? [] : [prose(`Step by step: ${steps.join('; ')}.`)]),
    ...spreadsheetLine(estimate, whole),
  ];
}

function tooLittle({ stages }: HistoryEstimate, { records, converted }: RateEstimate): Prose {
  const names = transitionName(stages, { from: 0, to: stages.length - 1 });
  const evidence = `${counted(records, stageWord(stages[0]!))}, ${counted(converted, stageWord(stages.at(-1)!))}`;
  return prose(`! too little data for ${names}: ${evidence}`, 'warning');
}

/** `3.9% of leads become deals (80% interval 3.6–4.1%), half of those within 96 days.` */
function yieldText({ stages }: HistoryEstimate, whole: RateEstimate): string {
  const { rate, low, high, medianLagDays, answeredBy } = whole;
  const isExact = low === null || high === null || percent(low) === percent(high);
  const range = isExact ? '' : `80%${GLUE}interval ${interval(low, high)}`;
  const weak = answeredBy === 'too little data' ? 'too little data to rely on' : '';
  const notes = [range, weak].filter((part) => part !== '').join(', ');
  const lag = medianLagDays === null ? '' : `, half of those within ${days(medianLagDays)}`;
  const who = plural(stageWord(stages[0]!));
  const what = plural(stageWord(stages.at(-1)!));
  return `${percent(rate!)} of ${who} become ${what}${notes === '' ? '' : ` (${notes})`}${lag}.`;
}

/** `lead → conversation 50.1%, median 9 days`; the intervals stand in the table. */
function stepText({ stages }: HistoryEstimate, step: RateEstimate): string {
  const name = transitionName(stages, step);
  if (step.rate === null) return `${name}${GLUE}unknown`;
  const { medianLagDays } = step;
  const lag = medianLagDays === null ? '' : `, median${GLUE}${days(medianLagDays)}`;
  return `${name}${GLUE}${percent(step.rate)}${lag}`;
}

/** Records of a history at least so mature are not called young. */
const RIPE = 0.98;

/** Goals are quota ÷ yield: a yield too low by a third makes goals too high by half. */
function spreadsheetLine({ stages }: HistoryEstimate, whole: RateEstimate): Block[] {
  const { naive, rate, records, converted, maturity } = whole;
  if (naive === null || rate === null) return [];
  const ratio = `naive: ${count(converted)} of ${count(records)}`;
  if (naive === 0) return [prose(`A spreadsheet would say 0% (${ratio}): no goal at all.`)];
  const start = `A spreadsheet would say ${percent(naive)} (${ratio})`;
  const off = rate / naive - 1;
  if (Math.abs(off) < 0.005) return [prose(`${start}: as good as the same.`)];
  const goals = `${stageWord(stages[0]!)} goals ${wholePercent(Math.abs(off))} too ${off > 0 ? 'high' : 'low'}`;
  const isYoung = off > 0 && maturity !== null && maturity < RIPE;
  const why = isYoung ? `, as many ${plural(stageWord(stages[0]!))} have not had their time yet` : '';
  return [prose(`${start}: ${goals}${why}.`)];
}

/** Of the places of a fault, this many are named. */
const SHOWN = 3;

/** A line a kind: what was wrong with records, and where to find the first of them. */
export function dirtLines(dirt: readonly Dirt[]): Block[] {
  return dirt
    .filter(({ count: number }) => number > 0)
    .map(({ kind, count: number, rows }) => {
      const places = rows
        .slice(0, SHOWN)
        .map(dirtPlace)
        .filter((place) => place !== '');
      const more = number > places.length ? ' …' : '';
      const where = places.length === 0 ? '' : ` (${places.join('; ')}${more})`;
      return prose(`! left out: ${dirtWords(kind, number)}${where}`, 'warning');
    });
}

/** From when on the log can be trusted, where it starts later than the records do. */
export function logLine({ logStarts, stages }: HistoryEstimate): Block[] {
  const late = logStarts.filter(({ isLate }) => isLate);
  if (late.length === 0) return [];
  const starts = late.map(({ day, ...of }) => `${transitionName(stages, of)} on${GLUE}${dayName(day)}`);
  const text = `the log starts late: ${starts.join(', ')}; older records count only from that day on`;
  return [prose(text, 'dim')];
}

/** Below this part of the plain ratio a rate is told to be so. */
const BELOW = 0.99;

/** A rate ends where fewer than ten are followed; of few records it may so fall below the plain ratio. */
export function belowNaiveLine({ estimate, selection }: RatesShown): Block[] {
  const isLate = estimate.logStarts.some((start) => start.isLate);
  const isBelow = ({ rate, naive, answeredBy }: RateEstimate): boolean =>
    rate !== null && naive !== null && answeredBy === 'company' && rate < BELOW * naive;
  const rows = estimate.rates.filter((rate) => selectsWhose(selection, rate));
  if (isLate || !rows.some(isBelow)) return [];
  const why =
    'a rate below naive: it ends at the age to which ten records are followed, and some converted later';
  return [prose(why, 'dim')];
}
