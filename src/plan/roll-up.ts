/** Roll-ups: reps to teams to company, sources to all; every one the exact sum of its parts. */
import { pathUp } from '../rates/rate-row.ts';
import { compareKeys, keyOf, type Line, type LineKey } from './line.ts';

/** All lines above the finest, in order; none has the key of a finest line. */
export function rollUp(finest: readonly Line[]): Line[] {
  const taken = new Set(finest.filter((line) => line.level !== 'rep' || line.source === null).map(keyOf));
  const sums = new Map<string, Line>();
  const add = (key: LineKey, line: Line) => {
    const text = keyOf(key);
    if (!taken.has(text)) addTo(sums, { text, key, line });
  };
  for (const line of finest) if (line.source !== null && line.level === 'rep') add(overSources(line), line);
  for (const line of sumLines(finest, 'team')) for (const key of keysAbove(line)) add(key, line);
  return [...sums.values()].sort(compareKeys);
}

/** Lines of the same key as one: who left and came back to the same team has a line of each stay. */
export function oncePerKey(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const text = keyOf(line);
    const known = sums.get(text);
    const sum = known === undefined ? line : { ...startOf(known, known), finest: known.finest };
    if (known !== undefined) addLine(sum, line);
    sums.set(text, sum);
  }
  return [...sums.values()];
}

function addTo(
  sums: Map<string, Line>,
  { text, key, line }: { text: string; key: LineKey; line: Line },
): void {
  const sum = sums.get(text);
  if (sum) addLine(sum, line);
  else sums.set(text, startOf(key, line));
}

/** Finest lines added up by their own team or the company, sources kept apart: rows that can be summed. */
export function sumLines(lines: readonly Line[], level: 'company' | 'team'): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const { source, owner } = line;
    const team = level === 'team' ? line.team : null;
    const key: LineKey = { level, team, rep: null, repId: null, territory: null, source, owner };
    addTo(sums, { text: `${team ?? '\u0001'}\u0000${source ?? '\u0001'}`, key, line });
  }
  return [...sums.values()].sort(compareKeys);
}

/** Each team of the path and the company, for the line's source and for all. */
function* keysAbove(line: Line): Iterable<LineKey> {
  const bySource = [{ source: null, owner: null }, ...(line.source === null ? [] : [line])];
  const nobody = { rep: null, repId: null, territory: null };
  for (const { source, owner } of bySource) {
    for (const team of pathUp(line.team)) yield { level: 'team', team, ...nobody, source, owner };
    yield { level: 'company', team: null, ...nobody, source, owner };
  }
}

/** The key of the same rep or territory over all sources. */
export function overSources({ level, team, rep, repId, territory }: LineKey): LineKey {
  return { level, team, rep, repId, territory, source: null, owner: null };
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
