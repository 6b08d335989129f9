/** A coverage saved as JSON → what today's is compared with. */
import * as z from 'zod';
import { MEASURES, type MeasureName } from '../coverage/measures.ts';
import type { SavedCoverage, SavedDeal, SavedRow } from '../coverage/saved-coverage.ts';
import { at, error, type Parsed, warning } from '../problem.ts';
import type { Input } from './input.ts';
import { readBytes } from './read.ts';
import { parseDate } from './sheet/date-text.ts';

const text = z.string().nullable();
const number = z.number().nullable();

const savedSchema = z.object({
  format: z.literal('leadgoal.coverage'),
  plan: z.object({ name: text, quota_unit: z.string(), currency: text, as_of: z.string() }),
  coverage: z.array(
    z.looseObject({
      level: z.enum(['company', 'team', 'rep']),
      team: text,
      rep: text,
      territory: text.default(null),
      period: z.string(),
    }),
  ),
  deals: z
    .array(
      z.object({
        id: text,
        level: z.enum(['company', 'team', 'rep']).optional(),
        name: text,
        account: text.default(null),
        rep: text,
        team: text,
        territory: text.default(null),
        amount: number,
        close_date: text.default(null),
      }),
    )
    .optional(),
});

/** Errors: those of reading a file; `saved_unreadable` where it is no JSON or no saved coverage. */
export function readSavedCoverage(path: string): Parsed<{ saved: SavedCoverage; input: Input }> {
  const file = readBytes(path);
  if (file.value === null) return { value: null, problems: file.problems };
  const json = parseJson(new TextDecoder().decode(file.value.bytes));
  const read = json === undefined ? null : savedSchema.safeParse(json, { jitless: true });
  const asOf = read?.success ? parseDate(read.data.plan.as_of, null).value : null;
  if (!read?.success || asOf === null) {
    const args = { wanted: 'leadgoal coverage --deals -o last.json' };
    return { value: null, problems: [error('saved_unreadable', at(path), args)] };
  }
  const { coverage, deals } = read.data;
  const names = Object.keys(MEASURES) as MeasureName[];
  const rows = coverage.map((row): SavedRow => {
    const { level, team, rep, territory, period } = row;
    const known = names.flatMap((name) => {
      const value = row[name];
      return typeof value === 'number' ? [[name, value] as const] : [];
    });
    return { level, team, rep, territory, period, measures: Object.fromEntries(known) };
  });
  const reps = new Set(rows.filter(({ level }) => level === 'rep').map(({ team, rep }) => `${team}|${rep}`));
  const saved = deals?.map(
    ({ id, level, name, account, team, rep, territory, amount, close_date }): SavedDeal => ({
      id,
      name,
      account,
      team,
      rep:
        territory === null && (level === 'rep' || (level === undefined && reps.has(`${team}|${rep}`)))
          ? rep
          : null,
      territory,
      amount: Math.round((amount ?? 0) * 100),
      closeDate: close_date === null ? null : parseDate(close_date, null).value,
    }),
  );
  const problems = saved === undefined ? [warning('saved_without_deals', at(path))] : [];
  const input = { path, shown: path, sha256: file.value.sha256 };
  const { name, quota_unit: unit, currency } = read.data.plan;
  return { value: { saved: { name, unit, currency, asOf, rows, deals: saved ?? null }, input }, problems };
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
