/** A plan saved as JSON → a side to compare: its goals, its bridge, and what it says it rests on. */
import * as z from 'zod';
import type { Day } from '../period/day.ts';
import type { FiscalCalendar } from '../period/fiscal.ts';
import type { Month } from '../period/month.ts';
import { type Clock, clockOf } from '../plan/clock.ts';
import { compareKeys, keyOf, type Line, plus } from '../plan/line.ts';
import type { BridgeRow } from '../plan/plan.ts';
import { rollUp } from '../plan/roll-up.ts';
import { planPeriods } from '../plan/row.ts';
import { at, error, type Parsed } from '../problem.ts';
import { OWN_NAMES, type PlanHead, type Side, type SideName } from '../scenario/compare/side.ts';
import { assumption, bridge, settings } from './results/plan-result.ts';
import { set } from './results/result-values.ts';
import { parseJson } from './saved-coverage.ts';
import { isWhole, keyOfSaved, monthNamed, savedGoalRow, savedTotals } from './saved-plan.ts';
import { statedOf } from './saved-settings.ts';
import { parseDate } from './sheet/date-text.ts';

const text = z.string().nullable();

const headSchema = z.object({
  name: text,
  currency: text,
  quota_unit: z.enum(['money', 'deals']),
  from: z.string(),
  to: z.string(),
  fiscal_year_starts: z.int().min(1).max(12),
  fiscal_year_named_by: z.enum(['end', 'start']),
  as_of: z.string(),
  stages: z.array(z.string()).min(2),
  definitions: z.record(z.string(), z.string()),
});

const resultSchema = z.object({
  format: z.literal('leadgoal.plan'),
  plan: headSchema,
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
  // results of earlier versions have neither
  set: set.optional(),
  settings: settings.optional(),
  goals: z.array(savedGoalRow.extend({ quota: z.number() })),
  totals: savedTotals,
  bridge: z.array(bridge),
  assumptions: z.array(
    assumption.pick({ what: true, from: true, to: true, team: true, rep: true, source: true, value: true }),
  ),
});

type SavedResult = z.infer<typeof resultSchema>;

/** The JSON of a saved result of any kind; null of anything else, such as a plan file. */
export interface SavedJson {
  readonly format: string;
  readonly json: unknown;
}

export function savedJson(bytes: Uint8Array): SavedJson | null {
  const source = new TextDecoder().decode(bytes);
  if (!/^\ufeff?\s*\{/.test(source)) return null;
  const json = parseJson(source);
  // one that is cut off is still one: it is said to be no whole one
  const [, begun = null] = /^[^{]*\{\s*"format"\s*:\s*"(leadgoal\.\w+)"/.exec(source) ?? [];
  if (json === undefined) return begun === null ? null : { format: begun, json };
  const { format } = json as { readonly format?: unknown };
  return typeof format === 'string' && format.startsWith('leadgoal.') ? { format, json } : null;
}

/**
 * Errors: `saved_unreadable` where it is no saved plan; `agreed_partial` and `agreed_without_goals` where it was saved
 * of a part, or without its monthly rows.
 */
export function sideOfSaved(called: SideName, { json }: SavedJson): Parsed<Side> {
  const { path } = called;
  const read = resultSchema.safeParse(json, { jitless: true });
  const head = read.success ? headOf(read.data.plan) : null;
  if (!read.success || head === null) {
    const args = { wanted: 'leadgoal plan -o goals.json' };
    return { value: null, problems: [error('saved_unreadable', at(path), args)] };
  }
  const hasStages = read.data.goals.every(({ goals }) => head.stages.every((stage) => stage in goals));
  if (!isWhole(read.data) || !hasStages)
    return { value: null, problems: [error('agreed_partial', at(path), { path })] };
  const lines = finestOf(read.data, head, clockOf(head));
  if (lines.length === 0)
    return { value: null, problems: [error('agreed_without_goals', at(path), { path })] };
  return { value: sideWith(called, { saved: read.data, head, finest: lines }), problems: [] };
}

interface Parts {
  readonly saved: SavedResult;
  readonly head: PlanHead;
  readonly finest: readonly Line[];
}

function sideWith(called: SideName, { saved, head, finest }: Parts): Side {
  const clock = clockOf(head);
  return {
    called,
    head,
    clock,
    lines: [...finest, ...rollUp(finest)].sort(compareKeys),
    bridge: bridgeOf(saved, clock),
    restsOn: saved.assumptions,
    changes: saved.set ?? [],
    stated: saved.settings === undefined ? null : statedOf(saved.settings, head.stages),
    model: null,
    files: saved.inputs.map((input) => ({ path: input.path, sha256: () => input.sha256 })),
    formerNames: OWN_NAMES,
  };
}

function headOf(saved: SavedResult['plan']): PlanHead | null {
  const { name, currency, quota_unit: quotaUnit, stages, definitions } = saved;
  const from: Month | null = monthNamed(saved.from);
  const to: Month | null = monthNamed(saved.to);
  const asOf: Day | null = parseDate(saved.as_of, null).value;
  if (from === null || to === null || asOf === null || to < from) return null;
  const calendar: FiscalCalendar = { starts: saved.fiscal_year_starts, namedBy: saved.fiscal_year_named_by };
  return { name, currency, quotaUnit, from, to, calendar, asOf, stages, definitions };
}

/** The finest lines of its monthly rows, several of one month added up; months without a row have no goal. */
function finestOf({ goals }: SavedResult, { stages, from }: PlanHead, { months }: Clock): Line[] {
  const lines = new Map<string, Line>();
  for (const row of goals) {
    const month = monthNamed(row.period);
    if (row.grain !== 'month' || month === null || month < from || month >= from + months) continue;
    const key = keyOfSaved(row);
    const line = lines.get(keyOf(key)) ?? emptyLine(key, months, stages.length);
    lines.set(keyOf(key), line);
    line.quota[month - from]! += Math.round(row.quota * 100);
    for (const [stage, name] of stages.entries()) {
      const index = stage * months + month - from;
      line.goals[index] = plus(line.goals[index]!, row.goals[name] ?? Number.NaN);
    }
  }
  return [...lines.values()].sort(compareKeys);
}

function emptyLine(key: ReturnType<typeof keyOfSaved>, months: number, stages: number): Line {
  const series = () => new Array<number>(stages * months).fill(Number.NaN);
  return {
    ...key,
    finest: true,
    quota: new Array<number>(months).fill(0),
    goals: series(),
    expected: series(),
  };
}

/** Ten-thousandths of a lead, as the plan counts its bridge. */
const FINENESS = 10_000;

/** Its quarters over all sources. */
function bridgeOf({ bridge: rows }: SavedResult, clock: Clock): BridgeRow[] {
  const fine = (value: number) => Math.round(value * FINENESS);
  const byName = new Map(planPeriods(clock, 'quarter').map((period) => [period.label, period]));
  return rows.flatMap((row): BridgeRow[] => {
    const period = byName.get(row.period);
    if (row.source !== null || period === undefined) return [];
    return [
      {
        source: null,
        grain: 'quarter',
        first: period.first,
        last: period.last,
        naive: fine(row.naive),
        timing: fine(row.timing),
        late: fine(row.late),
        carryIn: fine(row.carry_in),
        confidence: fine(row.confidence),
        rounding: fine(row.rounding),
        goal: fine(row.goal),
      },
    ];
  });
}
