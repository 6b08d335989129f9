/** Which changes a plan is to be made with: those of the scenario that is asked for, then those typed. */
import { at, error, type Problem } from '../../problem.ts';
import type { RawPlan } from '../plan-file.ts';
import type { PlanRequest } from '../plan-request.ts';
import { isSameKey, nearestWord } from '../sheet/nearest.ts';
import { type ChangeText, changeOf, parseSet } from './change-text.ts';

export interface ChangesAsked {
  readonly changes: readonly ChangeText[];
  readonly problems: readonly Problem[];
}

/** All scenarios are read, so that a fault is found before the meeting in which it is needed. Errors: `not_found`, `set_unreadable`, `set_scope_unreadable`. */
export function changesAsked(
  raw: RawPlan,
  { scenario, set, decimal }: Pick<PlanRequest, 'scenario' | 'set' | 'decimal'>,
): ChangesAsked {
  const problems: Problem[] = [];
  const scenarios = scenariosIn(raw, problems);
  const changes: ChangeText[] = [];
  if (scenario !== null) {
    const name = [...scenarios.keys()].find((known) => isSameKey(known, scenario));
    if (name === undefined) problems.push(noScenario(scenario, [...scenarios.keys()]));
    else changes.push(...scenarios.get(name)!);
  }
  for (const typed of set) {
    const { value, problems: faults } = parseSet(typed, decimal);
    problems.push(...faults);
    if (value !== null) changes.push(value);
  }
  return { changes: withoutReplaced(changes), problems };
}

function noScenario(text: string, known: readonly string[]): Problem {
  const args = { what: 'scenario', text, nearest: nearestWord(text, known) ?? '', known: known.join(', ') };
  return error('not_found', at('--scenario'), args);
}

/** Keys whose parts may be written below them: `lags: { lead_to_close: +1 month }`. */
const PARTED: Readonly<Record<string, number>> = { rates: 1, lags: 1, capacity: 1, sources: 2 };

function scenariosIn({ value, whereOfKey }: RawPlan, problems: Problem[]): Map<string, ChangeText[]> {
  const scenarios = new Map<string, ChangeText[]>();
  if (!isMap(value.scenarios)) return scenarios;
  for (const [name, keys] of Object.entries(value.scenarios)) {
    if (!isMap(keys)) continue;
    const changes: ChangeText[] = [];
    for (const { path, value: written } of leavesOf(keys)) {
      const where = whereOfKey(['scenarios', name, ...path.slice(0, -1)], path.at(-1)!);
      const change = changeOf(path.join('.'), {
        value: written,
        text: textOf(written),
        plain: textOf(written),
        scenario: name,
        where,
      });
      problems.push(...change.problems);
      if (change.value !== null) changes.push(change.value);
    }
    scenarios.set(name, changes);
  }
  return scenarios;
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function leavesOf(keys: Readonly<Record<string, unknown>>): Leaf[] {
  const below = (value: unknown, path: readonly string[], depth: number): Leaf[] =>
    depth > 0 && isMap(value)
      ? Object.entries(value).flatMap(([key, inner]) => below(inner, [...path, key], depth - 1))
      : [{ path, value }];
  return Object.entries(keys).flatMap(([key, value]) => below(value, [key], PARTED[key] ?? 0));
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : JSON.stringify(value));

/** Of changes of one key for the same people, one that stands in place of what was there leaves nothing of those before. */
function withoutReplaced(changes: readonly ChangeText[]): ChangeText[] {
  const same = (first: ChangeText, second: ChangeText) => subjectOf(first) === subjectOf(second);
  const replaces = ({ text }: ChangeText) => !/^[+\u2212-]/.test(text);
  return changes.filter(
    (change, index) => !changes.slice(index + 1).some((later) => same(change, later) && replaces(later)),
  );
}

/** What is changed and for whom, however it is written. */
function subjectOf({ key, scope }: ChangeText): string {
  const name = key.replace(/^quotas$/, 'quota').replace(/[\s_]+/g, '');
  return JSON.stringify([name, scope.team, scope.rep, scope.source]).toLowerCase();
}
