/** Whose goals a report shows: the finest lines the selection leaves, what to call them all, and their sums. */
import { type Line, plus } from '../../plan/line.ts';
import type { PlanModel } from '../../plan/model.ts';
import type { Plan } from '../../plan/plan.ts';
import { isWithin } from '../../quota/rep.ts';
import type { AmountUnit } from '../format.ts';
import { EVERYTHING, type Selection, selectedStages, selects } from '../selection.ts';

/** What a report of a plan is asked for: which rows, and what may be paid for leads. */
export interface Asked extends Selection {
  /** A share of the revenue they bring, 0 … 1; null or not there: nobody asked. */
  readonly spend?: number | null;
}

export interface Scope {
  readonly plan: Plan;
  readonly selection: Asked;
  /** Finest lines, whatever level and grain is shown. */
  readonly lines: readonly Line[];
  /** `Company`, or the teams or reps asked for. */
  readonly name: string;
  /** Whether several teams or several reps were asked for. */
  readonly several: boolean;
  /** Whether it is the company with all its reps: what is known only of the company may be said. */
  readonly everybody: boolean;
  /** Whether no source or owner was picked either. */
  readonly everything: boolean;
  readonly unit: AmountUnit;
}

export function scopeOf(plan: Plan, selection: Asked): Scope {
  const { teams, reps, sources, owners } = selection;
  const everybody = teams.length === 0 && reps.length === 0;
  return {
    plan,
    selection,
    lines: plan.lines.filter((line) => isSelected(selection, line)),
    name: everybody ? 'Company' : pickedName(teams, reps),
    several: Math.max(teams.length, reps.length) > 1,
    everybody,
    everything: everybody && sources.length === 0 && owners.length === 0,
    unit: { kind: plan.model.quotaUnit, currency: plan.model.currency },
  };
}

/** `East`, `East + West`, `3 reps`, `2 reps in East`. */
function pickedName(teams: readonly string[], reps: readonly string[]): string {
  const name = (names: readonly string[], word: string): string =>
    names.length > 2 ? `${names.length} ${word}` : names.join(' + ');
  if (reps.length === 0) return name(teams, 'teams');
  return teams.length === 0 ? name(reps, 'reps') : `${name(reps, 'reps')} in ${name(teams, 'teams')}`;
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
export function goalsOf(scope: Scope, lines: readonly Line[], stage: number): number[] {
  return added(scope, lines, { stage, series: 'goals' });
}

/** Exact goals in the same way. */
export function expectedOf(scope: Scope, lines: readonly Line[], stage: number): number[] {
  return added(scope, lines, { stage, series: 'expected' });
}

function added(
  { plan }: Scope,
  lines: readonly Line[],
  of: { stage: number; series: 'goals' | 'expected' },
): number[] {
  const { months } = plan.clock;
  const sum = new Array<number>(months).fill(Number.NaN);
  for (const line of lines) {
    for (let t = 0; t < months; t++) sum[t] = plus(sum[t]!, line[of.series][of.stage * months + t]!);
  }
  return sum;
}

/** The stages whose goals are shown: those asked for, else the first at which any source begins. */
export function shownStages({ plan, selection }: Scope): number[] {
  if (selection.stages.length > 0) return selectedStages(selection, plan.model.stages);
  return [Math.min(...pickedSources(plan.model, selection).map(({ startsAt }) => startsAt))];
}

/** The sources asked for. */
export function pickedSources({ sources }: PlanModel, selection: Selection): PlanModel['sources'] {
  const picked = { ...selection, teams: [], reps: [] };
  return sources.filter(({ name, owner }) => isSelected(picked, { ...NOBODY, source: name, owner }));
}

const NOBODY = { level: 'company', team: null, rep: null, repId: null, territory: null } as const;

/** The rep of a row, also of what a rep who left leaves open. */
export function personOf({ rep, territory }: Pick<Line, 'rep' | 'territory'>): string | null {
  return rep ?? /^open \(was (.*)\)$/s.exec(territory ?? '')?.[1] ?? null;
}

/** Teams that were asked for and lie in none of the others; empty: all. */
export function pickedTeams({ selection: { teams } }: Scope): string[] {
  return teams.filter((team) => !teams.some((other) => other !== team && isWithin(team, other)));
}
