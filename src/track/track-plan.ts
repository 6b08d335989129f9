/** Tracking: from a validated model and the goals that were agreed to how each row stands. */
import { addDays, type Day } from '../period/day.ts';
import { firstDay, lastDay } from '../period/month.ts';
import type { Clock } from '../plan/clock.ts';
import { timesForConfidence } from '../plan/confidence.ts';
import { collectLines } from '../plan/goals.ts';
import { compareKeys, keyOf, type LineKey } from '../plan/line.ts';
import type { PlanModel } from '../plan/model.ts';
import { prepare } from '../plan/prepare.ts';
import { error, hasErrors, NOWHERE, type Parsed, type Problem, warning } from '../problem.ts';
import { type AgreedGoals, agreedGoals } from './agreed.ts';
import { emptySeries, pathsUp, sumInto } from './roll-up-track.ts';
import type { SavedPlan } from './saved-plan.ts';
import type { Track, TrackLine } from './track.ts';
import { trackUnit } from './track-unit.ts';

/**
 * The plan made again as of the day, beside what was agreed. Without agreed goals those of the day before the plan
 * stand in for them. Problems stand in its place where the plan cannot be made; warnings come with it.
 */
export function trackPlan(model: PlanModel, saved: SavedPlan | null): Parsed<Track> {
  const prepared = prepare(model);
  if (prepared.value === null) return { value: null, problems: prepared.problems };
  const { context } = prepared.value;
  const { clock } = context;
  const agreed = saved === null ? recomputed(model, clock) : agreedGoals(saved, model);
  const finest = new Map<string, TrackLine>();
  const { times, problems: outOfReach } = timesForConfidence(prepared.value);
  for (const planned of prepared.value.units({ times }))
    for (const line of trackUnit(context, planned, agreed)) finest.set(keyOf(line), line);
  for (const [key, goals] of agreed.byKey) {
    if (finest.has(key)) continue;
    // agreed for somebody who is not in the plan any more
    const stages = goals.stages.map((series) => ({ ...emptySeries(clock.months), agreed: [...series] }));
    finest.set(key, { ...goals.key, finest: true, stages });
  }
  const problems = [...prepared.problems, ...outOfReach];
  if (saved === null) problems.push(warning('goals_recomputed', NOWHERE));
  else problems.push(...notOfThisPlan(saved, model));
  problems.push(...leftOutOf(finest.values(), model));
  if (hasErrors(problems)) return { value: null, problems };
  return {
    value: {
      model,
      clock,
      agreedOn: saved?.asOf ?? null,
      when: whenOf(model),
      lines: rolledUp([...finest.values()], clock),
    },
    problems,
  };
}

/** Sources that have goals but no actuals, while others have both. */
function leftOutOf(finest: Iterable<TrackLine>, { stages, sources }: PlanModel): Problem[] {
  const uncounted = new Map(sources.map(({ name }) => [name, new Set<number>()]));
  const counted = new Set<number>();
  for (const { source, stages: series } of finest) {
    for (const [stage, { actual, uncounted: missing }] of series.entries()) {
      if (actual.some((value) => !Number.isNaN(value))) counted.add(stage);
      if (missing.some((value) => value > 0)) uncounted.get(source)?.add(stage);
    }
  }
  return [...uncounted].flatMap(([source, missing]) => {
    const names = [...missing].filter((stage) => counted.has(stage)).map((stage) => stages[stage]!);
    if (source === null || names.length === 0) return [];
    return [warning('actuals_leave_out', NOWHERE, { source, stages: names.join(', ') })];
  });
}

/** Goals of other months or stages hold nobody to anything; those of a plan of another name are at least said. */
function notOfThisPlan(
  { path, name, goals }: SavedPlan,
  { name: ours, from, to, stages }: PlanModel,
): Problem[] {
  const inMonths = goals.filter(({ month }) => month >= from && month <= to);
  if (inMonths.length === 0) return [error('agreed_elsewhere', NOWHERE, { path, what: 'other months' })];
  if (!inMonths.some((row) => stages.some((stage) => typeof row.goals[stage] === 'number')))
    return [error('agreed_elsewhere', NOWHERE, { path, what: 'other stages' })];
  return name === ours
    ? []
    : [
        warning('agreed_other_plan', NOWHERE, {
          path,
          theirs: name ?? '(no name)',
          ours: ours ?? '(no name)',
        }),
      ];
}

/** What the plan would have said on the day before it: no later facts. */
function recomputed(model: PlanModel, clock: Clock): AgreedGoals {
  const asOf = addDays(firstDay(model.from), -1);
  const actuals = model.actuals?.filter(({ month }) => month < model.from) ?? null;
  const before: PlanModel = {
    ...model,
    asOf: Math.min(asOf, model.asOf) as Day,
    actuals: actuals !== null && actuals.length > 0 ? actuals : null,
    pipeline: null,
  };
  const lines = collectLines(before);
  const byKey = new Map(
    lines.map((line) => {
      const stages = model.stages.map((_, stage) =>
        line.goals.slice(stage * clock.months, (stage + 1) * clock.months),
      );
      return [keyOf(line), { key: line, stages }] as const;
    }),
  );
  return { byKey };
}

function whenOf({ asOf, from, to }: PlanModel): Track['when'] {
  if (asOf < firstDay(from)) return 'before';
  return asOf >= lastDay(to) ? 'over' : 'during';
}

/** Between a row's key and the owner it is of. */
const SEPARATOR = '\u0000';

/** Finest lines and every sum of them: sources to all, owners, reps to teams to the company. */
function rolledUp(finest: readonly TrackLine[], { months }: Clock): TrackLine[] {
  const sums = new Map<string, TrackLine>();
  for (const line of finest) {
    for (const key of pathsUp(line)) {
      const text = keyOf(key) + SEPARATOR + (key.source === null ? (key.owner ?? '') : '');
      let sum = sums.get(text);
      if (sum === undefined) {
        const isItself = text === keyOf(line) + SEPARATOR;
        sum = { ...key, finest: isItself, stages: line.stages.map(() => emptySeries(months)) };
        sums.set(text, sum);
      }
      sumInto(sum, line);
    }
  }
  return [...sums.values()].sort((first, second) => compareKeys(first, second) || byOwner(first, second));
}

/** Over all sources before the owners. */
function byOwner(first: LineKey, second: LineKey): number {
  if (first.owner === second.owner) return 0;
  if (first.owner === null) return -1;
  if (second.owner === null) return 1;
  return first.owner < second.owner ? -1 : 1;
}
