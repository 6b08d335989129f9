/** By source and day or age: when records came, how they left, and which did not. */
import { DAYS_PER_MONTH } from '../../period/month.ts';
import { part } from './part-sql.ts';
import {
  cutsOf,
  dayAt,
  monthOf,
  numberOf,
  type Step,
  stagesOf,
  stepsOf,
  type TallyRequest,
} from './tally-request.ts';

/** The tables of days, ages and cohorts, in parts of the answer. */
export function spreadParts(request: TallyRequest): string[] {
  return [
    ...stagesOf(request.stages - 1).map((stage) => enteredPart(stage, request)),
    ...stepsOf(request).map((step) => exitPart(step, request)),
    cohortPart(request),
  ];
}

/** Transitions that start from a stage: to the next one, and from the first also to the last. */
export function stepsFrom(stage: number, request: Pick<TallyRequest, 'stages'>): Step[] {
  return stepsOf(request).filter(({ from }) => from === stage);
}

/** Records that came to a stage on each day; for each transition from it those that left, at all and since each cut. */
function enteredPart(stage: number, request: TallyRequest): string {
  const leaves = stepsFrom(stage, request).map(({ to }) => `coalesce(r${to}, x)`);
  const left = leaves.flatMap((leave) => [`count(${leave})`, ...countsSince(leave, request)]);
  const start = `r${stage}`;
  return part('entered', {
    place: stage,
    by: 'source',
    a: numberOf(start),
    counts: ['count(*)', ...left],
    where: [`${start} IS NOT NULL`],
  });
}

/** Key of those that were lost among those that left; the others advanced. */
export const IS_LOST = 1;

/** Records that left after so many days, with the first day that any of them did, and those since each cut. */
function exitPart({ place, from, to }: Step, request: TallyRequest): string {
  const [start, end] = [`r${from}`, `r${to}`];
  const leave = `coalesce(${end}, x)`;
  // Those lost at the first stage have left it and the funnel at one age: they are counted there.
  const stayed = from === 0 && to > 1 ? ['r1 IS NOT NULL'] : [];
  return part('exits', {
    place,
    by: 'source',
    a: `${leave} - ${start}`,
    b: `CASE WHEN ${end} IS NULL THEN ${IS_LOST} ELSE 0 END`,
    counts: ['count(*)', numberOf(`min(${leave})`), ...countsSince(leave, request)],
    where: [`${start} IS NOT NULL`, ...stayed, `${leave} IS NOT NULL`],
  });
}

const countsSince = (day: string, request: TallyRequest): string[] =>
  cutsOf(request).map((cut) => `count(CASE WHEN ${day} >= ${dayAt(cut)} THEN 1 END)`);

/** Records that came to the end, by the month they came and how many months later. */
function cohortPart({ stages }: TallyRequest): string {
  const end = `r${stages - 1}`;
  return part('cohorts', {
    place: stages > 2 ? stages - 1 : 0,
    a: monthOf('r0'),
    b: `CAST(floor((${end} - r0) / ${DAYS_PER_MONTH}) AS INTEGER)`,
    counts: ['count(*)'],
    where: ['r0 IS NOT NULL', `${end} IS NOT NULL`],
  });
}
