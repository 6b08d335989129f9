/** A plan saved as JSON → the goals people were given. */
import * as z from 'zod';
import type { Day } from '../period/day.ts';
import type { Month } from '../period/month.ts';
import { monthOf } from '../period/month.ts';
import { at, error, type Parsed, type Where } from '../problem.ts';
import type { SavedGoal, SavedPlan } from '../track/saved-plan.ts';
import type { Input } from './input.ts';
import { readBytes } from './read.ts';
import { parseJson } from './saved-coverage.ts';
import { parseDate } from './sheet/date-text.ts';

const text = z.string().nullable();

const savedSchema = z.object({
  format: z.literal('leadgoal.plan'),
  plan: z.object({ name: text, as_of: z.string() }),
  totals: z.array(z.looseObject({ level: z.string(), source: text })),
  goals: z.array(
    z.object({
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
    }),
  ),
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
  const all = [...read.data.goals, ...read.data.totals];
  if (!all.some((row) => row.level === 'company' && row.source === null))
    return { value: null, problems: [error('agreed_partial', of.where, { path })] };
  const goals = read.data.goals.flatMap((row): SavedGoal[] => {
    const { level, team, rep, rep_id: repId, territory, source, owner } = row;
    const month = monthNamed(row.period);
    if (row.grain !== 'month' || month === null) return [];
    return [{ key: { level, team, rep, repId, territory, source, owner }, month, goals: row.goals }];
  });
  if (goals.length === 0)
    return { value: null, problems: [error('agreed_without_goals', of.where, { path })] };
  const input = { path: of.written, shown: path, sha256: file.value.sha256 };
  return {
    value: { saved: { path: of.written, name: read.data.plan.name, asOf, goals }, input },
    problems: [],
  };
}

function monthNamed(period: string): Month | null {
  const [, year, month] = /^(\d{4})-(\d\d)$/.exec(period) ?? [];
  return year === undefined ? null : monthOf(Number(year), Number(month));
}
