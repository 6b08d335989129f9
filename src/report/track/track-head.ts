/** The first lines of the tracking report: against what, how far, ahead or behind, what is left. */
import { addMonths, firstDay, lastDay } from '../../period/month.ts';
import type { PlanPeriod } from '../../plan/row.ts';
import { isOver } from '../../track/stand.ts';
import type { Track, TrackRow } from '../../track/track.ts';
import { type Block, type Prose, prose } from '../block.ts';
import { count, dayName, GLUE, wholePercent } from '../format.ts';
import { periodTitle } from '../period-title.ts';
import { counted, plural } from '../plan/plan-words.ts';

/** `Northwind FY2028 · goals agreed on 31 Jan 2027 · data to 15 Mar 2027`. */
export function trackHead({ model, agreedOn }: Track, picked: string | null): Prose {
  const parts = [
    ...(model.name === null || model.name === '' ? [] : [model.name]),
    ...(picked === null ? [] : [picked]),
    agreedOn === null ? 'goals recomputed, not agreed' : `goals agreed with data to ${dayName(agreedOn)}`,
    `data to ${dayName(model.asOf)}`,
  ];
  return prose(parts.join(' · '), 'strong');
}

/** That the plan has not begun, or is over: then nothing is ahead or behind. */
export function whenLine({ model, when }: Track): Block[] {
  if (when === 'before')
    return [prose(`The plan starts on ${dayName(firstDay(model.from))}: nothing to track yet.`)];
  if (when === 'over')
    return [prose(`The plan ended on ${dayName(lastDay(model.to))}: nothing is left of it.`)];
  return [];
}

/** `FY28 Q1: 1,391 of 2,845 leads, 49%; 20 behind what was due by today, 1 day. 1,474 to go, 2,806 at today's pace.` */
export function standLine(track: Track, row: TrackRow, apart: boolean): Prose {
  const { model } = track;
  const stage = model.stages[row.stage]!;
  const name = `${periodTitle(model, row.period)}${dayText(model, row.period)}`;
  if (row.actual === null) {
    const agreed = row.agreed === null ? `no goal for ${plural(stage)}` : counted(row.agreed, stage);
    const why = row.due === null ? 'not begun' : `${plural(stage)} are not counted in the actuals`;
    return prose(`${name}: ${agreed}; ${why}.`, 'usual', apart);
  }
  if (row.isPartial) {
    const all =
      row.agreed === null ? '' : `, of ${count(row.agreed)} agreed with those whom the actuals leave out`;
    return prose(`${name}: ${counted(row.actual, stage)} counted${all}.`, 'usual', apart);
  }
  const share = row.attainment === null ? '' : `, ${wholePercent(row.attainment)}`;
  const of = row.agreed === null ? '' : ` of ${count(row.agreed)}`;
  const start = `${name}: ${count(row.actual)}${of} ${plural(stage)}${share}`;
  const rest =
    isOver(track.clock, row.period) || row.goalLeft === null
      ? ''
      : ` The goal for what is left is ${count(row.goalLeft)}${paceText(row)}.`;
  return prose(`${start}${aheadText(row)}.${rest}`, 'usual', apart);
}

function dayText(model: Track['model'], { first, last }: PlanPeriod): string {
  const start = firstDay(addMonths(model.from, first));
  const days = lastDay(addMonths(model.from, last)) - start + 1;
  const gone = model.asOf - start + 1;
  return gone > 0 && gone < days ? `, day${GLUE}${gone} of${GLUE}${days}` : '';
}

function aheadText({ ahead, aheadDays }: TrackRow): string {
  if (ahead === null) return '';
  const whole = Math.round(ahead);
  if (whole === 0) return '; on pace';
  const days = aheadDays === null || aheadDays === 0 ? '' : ` (${counted(Math.abs(aheadDays), 'day')})`;
  return `; ${count(Math.abs(whole))} ${whole > 0 ? 'ahead of' : 'behind'} what was due by now${days}`;
}

function paceText({ estimate }: TrackRow): string {
  return estimate === null ? '' : `; at the pace so far it comes to ${count(Math.round(estimate))}`;
}
