/** A plan saved as JSON → the goals people were given. */
import * as z from 'zod';
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import { monthOf } from '../period/month.ts';
import type { LineKey } from '../plan/line.ts';
import { at, error, type Parsed, type Where } from '../problem.ts';
import type { SavedGoal, SavedPlan } from '../track/saved-plan.ts';
import type { Input } from './input.ts';
import { readBytes } from './read.ts';
import { parseJson } from './saved-coverage.ts';
import { parseDate } from './sheet/date-text.ts';

const text = z.string().nullable();

/** A row of goals, as far as it is needed to know whose it is, when, and how many. */
export const savedGoalRow = z.object({
  level: z.enum(['company', 'team', 'rep']),
  team: text,
  rep: text,
  rep_id: text,
  territory: text,
  source: text,
  owner: text,
  grain: z.string(),
  period: z.string(),
  goals: z.record(z.string(), z.number().nullable()),
});

/** The rows that tell whether a plan was saved whole. */
export const savedTotals = z.array(z.looseObject({ level: z.string(), source: text }));

const savedSchema = z.object({
  format: z.literal('leadgoal.plan'),
  plan: z.object({ name: text, as_of: z.string() }),
  totals: savedTotals,
  goals: z.array(savedGoalRow),
});

/**
 * Errors, at the place that names the file: those of reading it; `saved_unreadable` where it is no JSON or no saved
 * plan; `agreed_without_goals` where it was saved without its monthly rows.
 */
export function readSavedPlan(
  path: string,
  of: { readonly written: string; readonly where: Where },
): Parsed<{ saved: SavedPlan; input: Input }> {
  const file = readBytes(path);
  if (file.value === null)
    return { value: null, problems: file.problems.map((problem) => ({ ...problem, where: of.where })) };
  const json = parseJson(new TextDecoder().decode(file.value.bytes));
  const read = json === undefined ? null : savedSchema.safeParse(json, { jitless: true });
  const asOf: Day | null = read?.success ? parseDate(read.data.plan.as_of, null).value : null;
  if (!read?.success || asOf === null) {
    const args = { wanted: 'leadgoal plan -o goals.json' };
    return { value: null, problems: [error('saved_unreadable', at(path), args)] };
  }
  if (!isWhole(read.data)) return { value: null, problems: [error('agreed_partial', of.where, { path })] };
  const goals = read.data.goals.flatMap((row): SavedGoal[] => {
    const month = monthNamed(row.period);
    if (row.grain !== 'month' || month === null) return [];
    return [{ key: keyOfSaved(row), month, goals: row.goals }];
  });
  if (goals.length === 0)
    return { value: null, problems: [error('agreed_without_goals', of.where, { path })] };
  const input = { path: of.written, shown: path, sha256: file.value.sha256 };
  return {
    value: { saved: { path: of.written, name: read.data.plan.name, asOf, goals }, input },
    problems: [],
  };
}

/** Whether there is a row of the whole company: a plan that was saved of a part has none. */
export function isWhole({
  goals,
  totals,
}: {
  readonly goals: readonly z.infer<typeof savedGoalRow>[];
  readonly totals: z.infer<typeof savedTotals>;
}): boolean {
  return [...goals, ...totals].some((row) => row.level === 'company' && row.source === null);
}

/** Whose row it is. */
export function keyOfSaved(row: z.infer<typeof savedGoalRow>): LineKey {
  const { level, team, rep, rep_id: repId, territory, source, owner } = row;
  return { level, team, rep, repId, territory, source, owner };
}

/** `2027-01`; null where it is no month. */
export function monthNamed(period: string): Month | null {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period) ?? [];
  return year === undefined ? null : monthOf(Number(year), Number(month));
}
