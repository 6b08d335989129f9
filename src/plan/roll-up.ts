/** Roll-ups: reps to teams to company, sources to all; every one the exact sum of its parts. */
import { pathUp } from '../rates/rate-row.ts';
import { compareKeys, keyOf, type Line, type LineKey } from './line.ts';

/** All lines above the finest, in order; none has the key of a finest line. */
export function rollUp(finest: readonly Line[]): Line[] {
  const taken = new Set(finest.map(keyOf));
  const sums = new Map<string, Line>();
  for (const line of finest) {
    for (const key of keysAbove(line)) {
      const text = keyOf(key);
      if (taken.has(text)) continue;
      const sum = sums.get(text);
      if (sum) addLine(sum, line);
      else sums.set(text, startOf(key, line));
    }
  }
  return [...sums.values()].sort(compareKeys);
}

/** Finest lines added up by team or company, sources kept apart: rows of one level that can be summed. */
export function sumLines(lines: readonly Line[], level: 'company' | 'team'): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const { source, owner } = line;
    const team = level === 'team' ? line.team : null;
    const key: LineKey = { level, team, rep: null, repId: null, territory: null, source, owner };
    const sum = sums.get(keyOf(key));
    if (sum) addLine(sum, line);
    else sums.set(keyOf(key), startOf(key, line));
  }
  return [...sums.values()].sort(compareKeys);
}

/** The same rep over all sources, each team of the path, the company; those for the line's source and for all. */
function* keysAbove(line: Line): Iterable<LineKey> {
  const bySource = [{ source: null, owner: null }, ...(line.source === null ? [] : [line])];
  const nobody = { rep: null, repId: null, territory: null };
  for (const { source, owner } of bySource) {
    if (source === null && line.level === 'rep') yield { ...keyPart(line), source, owner };
    for (const team of pathUp(line.team)) yield { level: 'team', team, ...nobody, source, owner };
    yield { level: 'company', team: null, ...nobody, source, owner };
  }
}

function keyPart({ level, team, rep, repId, territory }: Line): Omit<LineKey, 'source' | 'owner'> {
  return { level, team, rep, repId, territory };
}

function startOf(key: LineKey, { quota, goals, expected }: Line): Line {
  return {
    ...key,
    finest: false,
    quota: [...quota],
    goals: [...goals],
    expected: [...expected],
  };
}

function addLine(sum: Line, part: Line): void {
  for (let index = 0; index < sum.quota.length; index++) sum.quota[index]! += part.quota[index]!;
  for (const series of ['goals', 'expected'] as const) {
    const into = sum[series];
    const from = part[series];
    for (let index = 0; index < into.length; index++) {
      const value = from[index]!;
      if (Number.isNaN(value)) continue;
      into[index] = Number.isNaN(into[index]!) ? value : into[index]! + value;
    }
  }
}
