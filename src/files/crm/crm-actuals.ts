/** What reached each stage in past months, from the records of the CRM: the rows of an actuals file, counted. */
import type { Lag } from '../../funnel/lag.ts';
import type { UnitTally } from '../../history/tallies.ts';
import { type Day, formatDay } from '../../period/day.ts';
import { addMonths, firstDay, type Month, monthOfDay } from '../../period/month.ts';
import type { Actual } from '../../plan/model.ts';
import { type Problem, type Severity, type Where, warning } from '../../problem.ts';
import { isKnownRep, isKnownTeam, type Names, nameKey, personMeant, teamNamed } from '../names.ts';
import type { CrmHistory } from './crm.ts';

export interface CrmActualsContext {
  readonly names: Names;
  /** The plan's source names; empty where it knows none. */
  readonly sources: readonly string[];
  /** Index of the first stage of each. */
  readonly startsAt: ReadonlyMap<string, number>;
  readonly stages: readonly string[];
  /** The first month anybody asks for. */
  readonly since: Month;
  readonly where: Where;
  /** What a name that the plan does not know is. */
  readonly rowFaults: Severity;
}

interface Counting extends CrmActualsContext {
  /** Index of the stage that the history begins with. */
  readonly begins: number;
  readonly rows: Map<string, Actual & { readonly counts: (number | null)[] }>;
  readonly people: Map<string, Pick<Actual, 'team' | 'rep'> | null>;
  /** By name: records at each stage that are nobody's in the plan. */
  readonly leftOut: Map<string, { readonly what: string; readonly text: string; readonly counts: number[] }>;
}

/**
 * Counts of the stages before the last, by rep or team, source and month: what closes is counted record by record,
 * with its amount. Whoever the plan does not know counts for the team, where it knows that. Warnings (errors with
 * `--strict`): `actuals_not_in_plan`, once a name.
 */
export function crmActuals(
  { estimate, units }: CrmHistory,
  context: CrmActualsContext,
): { actuals: Actual[]; problems: Problem[] } {
  const begins = context.stages.length - estimate.stages.length;
  const counting: Counting = { ...context, begins, rows: new Map(), people: new Map(), leftOut: new Map() };
  for (const unit of units) {
    // from the first stage to the last is counted beside neighbouring stages, of three and more
    if (unit.transition < estimate.stages.length - 1 && unit.month >= context.since) add(counting, unit);
  }
  return { actuals: [...counting.rows.values()], problems: notInPlan(counting) };
}

/** Months before the plan whose records may still bring something: as many as the curves are long. */
export function firstMonthAsked({
  from,
  asOf,
  lags,
}: {
  readonly from: Month;
  readonly asOf: Day;
  readonly lags: readonly (Lag | null)[];
}): Month {
  const longest = lags.reduce((sum, lag) => sum + (lag === null ? 0 : monthsOf(lag)), 0);
  return addMonths(Math.min(from, monthOfDay(asOf)) as Month, -longest - 1);
}

const monthsOf = (lag: Lag): number =>
  lag.kind === 'shares' ? lag.shares.length : Math.ceil(lag.months) + 1;

function add(counting: Counting, { transition, team, rep, source, month, records }: UnitTally): void {
  const { stages, begins, rows, sources, startsAt } = counting;
  const stage = begins + transition;
  const whose = whoseIs(counting, { team, rep, month });
  if (whose === null) {
    leaveOut(counting, { team, rep, stage, records });
    return;
  }
  const known = source === null ? undefined : sources.find((name) => nameKey(name) === nameKey(source));
  const named = known ?? null;
  const key = JSON.stringify([whose.team, whose.rep?.name ?? null, named, month]);
  let row = rows.get(key);
  if (row === undefined) {
    const first = named === null ? begins : Math.max(begins, startsAt.get(named) ?? 0);
    const counts = stages.map((_, at) => (at >= first && at < stages.length - 1 ? 0 : null));
    rows.set(key, (row = { ...whose, source: named, month, counts, amount: null, isRecord: false }));
  }
  if (row.counts[stage] != null) row.counts[stage]! += records;
}

type Whose = Pick<UnitTally, 'team' | 'rep' | 'month'>;

/** Null where the plan knows neither the rep nor the team. */
function whoseIs(counting: Counting, of: Whose): Pick<Actual, 'team' | 'rep'> | null {
  const key = JSON.stringify([of.team, of.rep, of.month]);
  let whose = counting.people.get(key);
  if (whose === undefined) counting.people.set(key, (whose = lookedUp(counting, of)));
  return whose;
}

function lookedUp({ names, where }: Counting, of: Whose): Pick<Actual, 'team' | 'rep'> | null {
  const team = of.team !== null && isKnownTeam(names, of.team) ? teamNamed(names, of.team) : null;
  if (of.rep !== null && isKnownRep(names, of.rep)) {
    const months = { first: of.month, last: of.month };
    const { rep } = personMeant(names, { text: of.rep, team, where, months });
    if (rep !== null) return { team: rep.team, rep };
  }
  if (team !== null) return { team, rep: null };
  const isNobodys = of.rep === null && of.team === null;
  return isNobodys || (names.reps.size === 0 && names.teams.size === 0) ? { team: null, rep: null } : null;
}

function leaveOut(
  { leftOut, stages }: Counting,
  of: Pick<UnitTally, 'team' | 'rep' | 'records'> & { readonly stage: number },
): void {
  const [what, text] = of.rep === null ? (['team', of.team ?? ''] as const) : (['rep', of.rep] as const);
  const key = JSON.stringify([what, text]);
  const group = leftOut.get(key) ?? { what, text, counts: stages.map(() => 0) };
  leftOut.set(key, group);
  group.counts[of.stage]! += of.records;
}

function notInPlan({ leftOut, stages, where, rowFaults, since }: Counting): Problem[] {
  return [...leftOut.values()].map(({ what, text, counts }) => {
    const reached = counts.flatMap((count, stage) => (count > 0 ? [`${count} ${stages[stage]}`] : []));
    const args = { what, text, counts: `${reached.join(', ')} since ${formatDay(firstDay(since))}` };
    return { ...warning('actuals_not_in_plan', where, args), severity: rowFaults };
  });
}
