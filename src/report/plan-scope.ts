/** Whose goals a report shows: the finest lines the selection leaves, what to call them all, and their sums. */
import { type Line, plus, sumOver } from '../plan/line.ts';
import type { PlanModel } from '../plan/model.ts';
import type { Plan } from '../plan/plan.ts';
import { isWithin } from '../quota/rep.ts';
import type { AmountUnit } from './format.ts';
import { EVERYTHING, type Selection, selectedStages, selects } from './selection.ts';

export interface Scope {
  readonly plan: Plan;
  readonly selection: Selection;
  /** Finest lines, whatever level and grain is shown. */
  readonly lines: readonly Line[];
  /** `Company`, or the teams or reps asked for. */
  readonly name: string;
  /** Whether it is the company with all its reps: what is known only of the company may be said. */
  readonly everybody: boolean;
  /** Whether no source or owner was picked either. */
  readonly everything: boolean;
  readonly unit: AmountUnit;
}

export function scopeOf(plan: Plan, selection: Selection): Scope {
  const { teams, reps, sources, owners } = selection;
  const everybody = teams.length === 0 && reps.length === 0;
  return {
    plan,
    selection,
    lines: plan.lines.filter((line) => isSelected(selection, line)),
    name: everybody ? 'Company' : [...teams, ...reps].join(' + '),
    everybody,
    everything: everybody && sources.length === 0 && owners.length === 0,
    unit: { kind: plan.model.quotaUnit, currency: plan.model.currency },
  };
}

/** Whether a finest row was asked for; the level only says how far rows are opened up. */
export function isSelected(selection: Selection, key: Parameters<typeof selects>[1]): boolean {
  return selects({ ...selection, level: EVERYTHING.level }, key);
}

/** The name of all lines together, with what was picked of them: `Company, inbound`. */
export function totalName({ name, selection }: Scope): string {
  const picked = [...selection.sources, ...selection.owners];
  return [name, ...picked].join(', ');
}

/** Whole goals of a stage by plan month, added up; NaN where no line has one. */
export function goalsOf(scope: Scope, lines: readonly Line[], stage: number): Float64Array {
  return added(scope, lines, { stage, series: 'goals' });
}

/** Exact goals in the same way. */
export function expectedOf(scope: Scope, lines: readonly Line[], stage: number): Float64Array {
  return added(scope, lines, { stage, series: 'expected' });
}

function added(
  { plan }: Scope,
  lines: readonly Line[],
  of: { stage: number; series: 'goals' | 'expected' },
): Float64Array {
  const { months } = plan.clock;
  const sum = new Float64Array(months).fill(Number.NaN);
  for (const line of lines) {
    for (let t = 0; t < months; t++) sum[t] = plus(sum[t]!, line[of.series][of.stage * months + t]!);
  }
  return sum;
}

/** A sum over the whole plan; 0 where there is nothing. */
export function overPlan(series: Float64Array): number {
  const sum = sumOver(series, 0, series.length - 1);
  return Number.isNaN(sum) ? 0 : sum;
}

/** The stages whose goals are shown: those asked for, else the first at which any source begins. */
export function shownStages({ plan, selection }: Scope): number[] {
  const { stages, sources } = plan.model;
  if (selection.stages.length > 0) return selectedStages(selection, stages);
  const chosen = sources.filter(({ name, owner }) =>
    isSelected({ ...selection, teams: [], reps: [] }, { ...NOBODY, source: name, owner }),
  );
  const first = Math.min(...(chosen.length > 0 ? chosen : sources).map(({ startsAt }) => startsAt));
  return [first];
}

const NOBODY = { level: 'company', team: null, rep: null, repId: null, territory: null } as const;

/** Teams that were asked for and lie in none of the others; empty: all. */
export function pickedTeams({ selection: { teams } }: Scope): string[] {
  return teams.filter((team) => !teams.some((other) => other !== team && isWithin(team, other)));
}

/** Whether everything the model's sources stand for begins at this stage. */
export function sourcesFrom(model: PlanModel, selection: Selection, stage: number): PlanModel['sources'] {
  return model.sources.filter(
    ({ name, owner, startsAt }) =>
      startsAt === stage &&
      isSelected({ ...selection, teams: [], reps: [] }, { ...NOBODY, source: name, owner }),
  );
}
