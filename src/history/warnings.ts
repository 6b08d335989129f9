/** What a history cannot be trusted with, and what that does to goals: they are quota ÷ rate. */
import { formatDay } from '../period/day.ts';
import { NOWHERE, type Problem, type ProblemArguments, warning } from '../problem.ts';
import type { ClosedOnly } from './closed-only.ts';
import { deadOpen } from './dead-open.ts';
import { movedRate, stillToCome, TAIL, tailOf } from './drift.ts';
import type { DealSizeEstimate } from './estimate.ts';
import { rateOf, saysWhen, tableOf } from './life-table.ts';
import { isLogLate } from './log-start.ts';
import type { Measure } from './measure.ts';
import { firstEntry } from './slice.ts';

export interface Evidence {
  readonly stages: readonly string[];
  /** By source (all together first), then by place. */
  readonly measures: readonly (readonly Measure[])[];
  readonly closedOnly: readonly ClosedOnly[];
  readonly dealSizes: readonly DealSizeEstimate[];
}

/** The worst first; of each kind the whole funnel before its steps; sources only where all together are not touched. */
export function historyWarnings(evidence: Evidence): Problem[] {
  const [overall = []] = evidence.measures;
  const neighbours = overall.filter(({ slice }) => slice.to - slice.from === 1);
  const whole = overall.filter((measure) => !neighbours.includes(measure));
  const ordered = [...whole, ...neighbours];
  return [
    ...ordered.flatMap((measure) => littleWarning(measure, evidence)),
    ...ordered.flatMap((measure) => youngWarning(measure, evidence)),
    ...ordered.flatMap((measure) => movingWarning(measure, evidence)),
    ...ordered.flatMap((measure) => lateWarning(measure, evidence)),
    ...closedOnlyWarning(evidence.closedOnly),
    ...lossWarning(neighbours),
    ...deadWarning(neighbours, evidence),
  ];
}

const told = (code: Problem['code'], args: ProblemArguments): Problem => warning(code, NOWHERE, args);

const stepOf = ({ slice }: Measure, { stages }: Evidence) => ({
  from: stages[slice.from]!,
  to: stages[slice.to]!,
});

/** Of a named source, the measures of one transition that are to be told of. */
function sourcesWhere(
  place: number,
  { measures }: Evidence,
  isTold: (measure: Measure) => boolean,
): Measure[] {
  return measures.slice(1).flatMap((places) => {
    const measure = places[place]!;
    return isTold(measure) ? [measure] : [];
  });
}

const namesOf = (measures: readonly Measure[]): string =>
  measures.map(({ slice }) => slice.source ?? '').join(', ');

function littleWarning(measure: Measure, evidence: Evidence): Problem[] {
  const step = stepOf(measure, evidence);
  const { records, converted } = measure.total;
  if (measure.isLittle) return [told('history_too_little', { ...step, sources: '', records, converted })];
  const little = sourcesWhere(
    measure.slice.place,
    evidence,
    ({ isLittle, total }) => isLittle && total.records > 0,
  );
  if (little.length === 0) return [];
  const sum = (of: (measure: Measure) => number) => little.reduce((total, each) => total + of(each), 0);
  return [
    told('history_too_little', {
      ...step,
      sources: namesOf(little),
      records: sum(({ total }) => total.records),
      converted: sum(({ total }) => total.converted),
    }),
  ];
}

/** Of fewer conversions a single one is more than a tail may hold. */
const LEAST_OF_SOURCE = 1 / TAIL;

function youngWarning(measure: Measure, evidence: Evidence): Problem[] {
  const isYoung = ({ table }: Measure): boolean => tailOf(table) !== null;
  const isYoungSource = (source: Measure): boolean =>
    source.table.conversions > LEAST_OF_SOURCE && isYoung(source);
  const young = isYoung(measure) ? [measure] : sourcesWhere(measure.slice.place, evidence, isYoungSource);
  if (young.length === 0) return [];
  const worst = young.reduce((most, each) => (tailOf(each.table)! > tailOf(most.table)! ? each : most));
  const rest = stillToCome(worst.table);
  return [
    told('history_young', {
      ...stepOf(measure, evidence),
      sources: namesOf(young),
      days: worst.table.last! + 1,
      tail: tailOf(worst.table)!,
      ...(rest === null ? {} : { off: rest }),
    }),
  ];
}

function movingWarning(measure: Measure, evidence: Evidence): Problem[] {
  const moved = movedRate(measure);
  if (moved === null) return [];
  const { recent, whole, interval } = moved;
  const { low, high } = interval;
  return [told('history_rates_moving', { ...stepOf(measure, evidence), recent, whole, low, high })];
}

/** Beside what goals would be if older records had been counted from their first day on. */
function lateWarning(measure: Measure, evidence: Evidence): Problem[] {
  if (!isLogLate(measure)) return [];
  const { slice, table } = measure;
  const inFull = rateOf(tableOf({ ...slice, logStart: null }));
  const off = inFull !== null && inFull > 0 ? rateOf(table)! / inFull - 1 : 0;
  return [
    told('history_log_late', {
      ...stepOf(measure, evidence),
      day: formatDay(slice.logStart!),
      first: formatDay(firstEntry(slice)!),
      off,
    }),
  ];
}

/** So many names are said; the rest are counted. */
const NAMED = 5;

function closedOnlyWarning(reps: readonly ClosedOnly[]): Problem[] {
  if (reps.length === 0) return [];
  const sum = (of: (rep: ClosedOnly) => number) => reps.reduce((total, rep) => total + of(rep), 0);
  return [
    told('history_rep_closed_only', {
      names: reps
        .slice(0, NAMED)
        .map(({ rep }) => rep ?? '')
        .join(', '),
      more: Math.max(0, reps.length - NAMED),
      records: sum(({ records }) => records),
      converted: sum(({ converted }) => converted),
    }),
  ];
}

function lossWarning(neighbours: readonly Measure[]): Problem[] {
  const isLost = neighbours.some(({ total }) => total.lost > 0);
  return isLost || !neighbours.some(({ table }) => saysWhen(table)) ? [] : [told('history_no_losses', {})];
}

function deadWarning(neighbours: readonly Measure[], { stages, dealSizes }: Evidence): Problem[] {
  const dead = deadOpen(neighbours, dealSizes);
  if (dead === null) return [];
  const places = dead.stages.map(({ stage, records }) => `${records} at ${stages[stage]!}`);
  return [
    told('history_dead_open', {
      records: dead.records,
      places: places.join(', '),
      closes: dead.closes,
      ...(dead.amount === null ? {} : { amount: dead.amount }),
    }),
  ];
}
